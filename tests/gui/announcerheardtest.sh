#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test of what assistive technology hears on a virtual display with an accessibility bus: announcerheardtest.sh TEST
for tool in xvfb-run dbus-run-session dbus-send; do
    command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 77; }
done

XDG_RUNTIME_DIR=$(mktemp -d)
export XDG_RUNTIME_DIR QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_QPA_PLATFORM=xcb
trap 'rm -rf "$XDG_RUNTIME_DIR"' EXIT
xvfb-run -a -s "-screen 0 640x480x24" dbus-run-session -- sh -c '
    dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress >/dev/null || exit 77
    exec "$0"' "$1"
