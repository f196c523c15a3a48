#!/bin/sh
# Sees to the system packages that our wheels need: `system_packages.sh run|test|package`.
# As root on Debian and its kin it installs what is missing; elsewhere it names it.
set -eu

[ "$(uname -s)" = Linux ] || exit 0
missing=""

needs_library() { # file, Debian package
    .venv/bin/python -c "import ctypes; ctypes.CDLL('$1')" 2>/dev/null || missing="$missing $2"
}

needs_command() { # command, Debian package
    command -v "$1" >/dev/null || missing="$missing $2"
}

case "$1" in
run)
    needs_library libgomp.so.1 libgomp1
    needs_library libstdc++.so.6 libstdc++6
    ;;
test)
    needs_command ip iproute2
    needs_command unshare util-linux
    needs_command mount mount
    ;;
package)
    needs_command objdump binutils
    ;;
esac

[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$missing" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 - one word a package
    apt-get install -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 $missing >/dev/null
    exit 0
fi
echo "This machine lacks:$missing. Install them, as root: apt-get install$missing" >&2
[ "$1" = test ] || exit 1
