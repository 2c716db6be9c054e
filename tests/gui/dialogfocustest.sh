#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the test of the focus on a virtual display with a window manager: dialogfocustest.sh TEST
for tool in xvfb-run openbox xprop; do
    command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 77; }
done
export QT_QPA_PLATFORM=xcb DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent
exec xvfb-run -a -s "-screen 0 1366x768x24" sh -c '
    openbox >/dev/null 2>&1 &
    manager=$!
    until xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q "window id"; do sleep 0.05; done
    "$@"
    result=$?
    kill $manager
    exit $result' sh "$@"
