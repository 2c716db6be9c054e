#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the clipboard's test on a virtual display, where it has a second client: secretclipboardtest.sh TEST
for tool in xvfb-run xclip; do
    command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 77; }
done
# No bus: where there is none, libdbus looks for one on the display, and leaks what it finds there.
export QT_QPA_PLATFORM=xcb DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent
exec xvfb-run -a -s "-screen 0 640x480x24" "$@"
