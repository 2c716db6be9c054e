#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Types into secret editors on a virtual display and listens on the accessibility bus: secretsilencetest.sh WINDOW
for tool in xvfb-run dbus-run-session openbox xdotool xclip; do
    command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 77; }
done
/usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null || { echo "Atspi is missing"; exit 77; }

XDG_RUNTIME_DIR=$(mktemp -d)
export XDG_RUNTIME_DIR QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_QPA_PLATFORM=xcb
trap 'rm -rf "$XDG_RUNTIME_DIR"' EXIT
xvfb-run -a -s "-screen 0 640x480x24" dbus-run-session -- \
    /usr/bin/python3 "$(dirname "$0")/secretsilencetest.py" "$1"
