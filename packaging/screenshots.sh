#!/bin/sh
# Runs `screenshots.py` on a screen of its own, which ends with it: `screenshots.sh FOLDER [STATE…]`.
set -eu
exec xvfb-run --auto-servernum --server-args="-screen 0 1920x1080x24" \
    .venv/bin/python packaging/screenshots.py "$@"
