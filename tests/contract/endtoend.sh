#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Walks the real program on a virtual display by its accessible names: endtoend.sh CREDENZA CREDENZA-SANDBOX
for tool in xvfb-run dbus-run-session openbox xdotool; do
    command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 77; }
done
/usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null || { echo "Atspi is missing"; exit 77; }

HOME=$(mktemp -d)
export HOME XDG_CONFIG_HOME="$HOME/config" XDG_CACHE_HOME="$HOME/cache" XDG_DATA_HOME="$HOME/data"
export XDG_RUNTIME_DIR="$HOME/run" TMPDIR="$HOME/tmp" LC_ALL=C.UTF-8 TZ=UTC
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_QPA_PLATFORM=xcb
# Fonts and the accessibility bus are held for the life of the process; others look for leaks.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
unset LANGUAGE LOSANT_API_TOKEN LOSANT_API_URL
mkdir -p "$TMPDIR" && mkdir -m 700 "$XDG_RUNTIME_DIR"
trap 'rm -rf "$HOME"' EXIT
# A bus of its own for each: it goes when the last program leaves it.
for name in test_from_sign_in_through_the_sandbox test_each_type_is_created_and_no_secret_is_left_behind; do
    xvfb-run -a -s "-screen 0 1400x900x24" dbus-run-session -- \
        /usr/bin/python3 "$(dirname "$0")/endtoend.py" "$@" "EndToEnd.$name" || exit 1
done
