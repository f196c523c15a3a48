#!/bin/sh
# Runs uv: the machine's own if it is recent enough, else one that this installs into `.uv`,
# a virtual environment of its own, because Debian's pip refuses any other place.
set -eu
least=$(sed -n 's/^required-version = ">=\([0-9.]*\)".*/\1/p' pyproject.toml)

is_recent() { # a uv program
    version=$("$1" --version 2>/dev/null | cut -d ' ' -f 2) && [ -n "$version" ] &&
        printf '%s\n' "$least" "$version" | sort -V -C
}

complain() {
    echo "$1" >&2
    exit 1
}

find_python() {
    for python in python3 python3.13 python3.12 python3.11; do
        suits='import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'
        "$python" -c "$suits" 2>/dev/null && return
    done
    complain "Python 3.11, 3.12 or 3.13 is needed; this machine has $(python3 --version 2>/dev/null \
        || echo none). Install one, for example with: apt-get install python3"
}

need_venv() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    # Debian keeps these in a package that carries Python's version in its name.
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        complain "Python's venv module is missing. Install it, as root: apt-get install $package"
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 "$package" >/dev/null
}

install_uv() {
    find_python
    need_venv
    "$python" -m venv --clear .uv
    .uv/bin/pip install --quiet --disable-pip-version-check "uv>=$least" || {
        rm -rf .uv
        complain "uv could not be installed. Set-up needs the network once: try again with it."
    }
}

if is_recent uv; then
    exec uv "$@"
fi
is_recent .uv/bin/uv || install_uv
exec .uv/bin/uv "$@"
