#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Walks the real program on a virtual display by its accessible names: endtoend.sh SCRIPT CREDENZA CREDENZA-SANDBOX
for tool in xvfb-run dbus-run-session openbox xdotool xclip xprop xwininfo openssl; do
    command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 77; }
done
/usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null || { echo "Atspi is missing"; exit 77; }

HOME=$(mktemp -d)
export HOME XDG_CONFIG_HOME="$HOME/config" XDG_CACHE_HOME="$HOME/cache" XDG_DATA_HOME="$HOME/data"
export XDG_STATE_HOME="$HOME/state" XDG_RUNTIME_DIR="$HOME/run" TMPDIR="$HOME/tmp" LC_ALL=C.UTF-8 TZ=UTC
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_QPA_PLATFORM=xcb
# Fonts and the accessibility bus are held for the life of the process; others look for leaks.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
unset LANGUAGE LOSANT_API_TOKEN LOSANT_API_URL
mkdir -p "$TMPDIR" && mkdir -m 700 "$XDG_RUNTIME_DIR"
trap 'rm -rf "$HOME"' EXIT
# No keychain: the bus would start one that is installed, which asks a person for a password.
mkdir -p "$XDG_DATA_HOME/dbus-1/services"
printf '[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/false\n' \
    >"$XDG_DATA_HOME/dbus-1/services/org.freedesktop.secrets.service"
# A bus of its own: it goes when the last program leaves it.
xvfb-run -a -s "-screen 0 1400x900x24" dbus-run-session -- /usr/bin/python3 -B "$@"
