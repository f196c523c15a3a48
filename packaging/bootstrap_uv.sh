#!/bin/sh
# Installs uv into `.uv`, a virtual environment of its own: Debian's pip refuses any other place.
set -eu
cd "$(dirname "$0")/.."
uv="uv>=0.13"

complain() {
    echo "$1" >&2
    exit 1
}

python=""
for candidate in python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null
    then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || complain "Python 3.11, 3.12 or 3.13 is needed; this machine has \
$(python3 --version 2>/dev/null || echo none). Install one, for example with: apt-get install python3"

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    # Debian keeps these in a package that carries the version in its name.
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq >&2
        apt-get install -qq -y --no-install-recommends "$package" >&2
    else
        complain "Python's venv module is missing. Install it, as root: apt-get install $package"
    fi
fi

"$python" -m venv --clear .uv
.uv/bin/pip install --quiet --disable-pip-version-check "$uv" || {
    rm -rf .uv
    complain "uv could not be installed. Set-up needs the network once; try again when it is there."
}
