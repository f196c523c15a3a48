#!/bin/sh
# Sees to the system packages that our wheels need: `system_packages.sh run|window|test|package|documents|export`.
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

needs_file() { # file, Debian package
    [ -e "$1" ] || missing="$missing $2"
}

case "$1" in
run)
    needs_library libgomp.so.1 libgomp1
    needs_library libstdc++.so.6 libstdc++6
    ;;
window)
    needs_library libGL.so.1 libgl1
    needs_library libEGL.so.1 libegl1
    needs_library libxkbcommon.so.0 libxkbcommon0
    needs_library libfontconfig.so.1 libfontconfig1
    needs_library libglib-2.0.so.0 libglib2.0-0
    needs_library libdbus-1.so.3 libdbus-1-3
    needs_library libxcb-cursor.so.0 libxcb-cursor0
    needs_library libxcb-icccm.so.4 libxcb-icccm4
    needs_library libxcb-keysyms.so.1 libxcb-keysyms1
    needs_library libxcb-shape.so.0 libxcb-shape0
    needs_library libxkbcommon-x11.so.0 libxkbcommon-x11-0
    ;;
test)
    needs_command Xvfb xvfb
    needs_command xauth xauth
    needs_command xdotool xdotool
    needs_command trayer trayer
    needs_command openbox openbox
    needs_command ip iproute2
    needs_command unshare util-linux
    needs_command mount mount
    needs_command gnome-keyring-daemon gnome-keyring
    needs_command dbus-daemon dbus
    needs_command desktop-file-validate desktop-file-utils
    ;;
package)
    needs_command objdump binutils
    ;;
export) # the programs that read the files of a proof, and fonts of other scripts
    needs_command soffice libreoffice-writer-nogui
    needs_command pandoc pandoc
    needs_command pdftotext poppler-utils
    needs_file /usr/share/fonts/truetype/noto/NotoSansKannada-Regular.ttf fonts-noto-core
    needs_file /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc fonts-noto-cjk
    needs_file /usr/share/fonts/truetype/noto/NotoColorEmoji.ttf fonts-noto-color-emoji
    ;;
documents) # the programs that make the documents of a proof, and those that read them again
    needs_command soffice libreoffice-writer-nogui
    needs_command pandoc pandoc
    needs_command chromium chromium
    needs_command wkhtmltopdf wkhtmltopdf
    needs_command pdflatex texlive-latex-base
    needs_command asciidoctor asciidoctor
    needs_command asciidoctor-pdf ruby-asciidoctor-pdf
    needs_command groff groff
    needs_command gropdf groff
    needs_command enscript enscript
    needs_command ps2pdf ghostscript
    needs_command /usr/lib/cups/filter/texttopdf cups-filters
    needs_command mutool mupdf-tools
    needs_command abiword abiword
    needs_command xvfb-run xvfb
    needs_command xauth xauth
    needs_command qpdf qpdf
    needs_command tesseract tesseract-ocr
    needs_command pdftotext poppler-utils
    needs_command lynx lynx
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
[ "$1" = test ] || [ "$1" = export ] || exit 1
