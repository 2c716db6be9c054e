#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Credenza and opens it on its sandbox; with arguments, opens it with those instead. On Debian the packages
# that are missing are installed first. Without a display the program runs under a virtual one until its first page is
# painted, and the picture is written to build/credenza.png.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

packages=("${build_packages[@]}")
has_display || packages+=("${display_packages[@]}")
install_packages "${packages[@]}"

build=$(build_folder default)
build_programs

arguments=(--sandbox)
(($# == 0)) || arguments=("$@")
if has_display; then
    exec "$build/bin/credenza" "${arguments[@]}"
fi

picture=$build/credenza.png
log=$build/credenza.log
rm -f "$picture"
start_display 1400x900
export QT_LOGGING_RULES="${QT_LOGGING_RULES:+$QT_LOGGING_RULES;}credenza.perf=true"
"$build/bin/credenza" "${arguments[@]}" 2>"$log" &
program=$!
trap 'kill "$program" 2>/dev/null || true; stop_display' EXIT

deadline=$((SECONDS + 60))
until grep -q 'page-painted' "$log"; do
    if ! kill -0 "$program" 2>/dev/null; then
        status=0
        wait "$program" || status=$?
        cat "$log" >&2
        say "the program ended (status $status) before it painted a page"
        exit "$status"
    fi
    if ((SECONDS >= deadline)); then
        cat "$log" >&2
        fail "no page of credentials was painted within 60 seconds"
    fi
    sleep 0.1
done
sleep 0.5 # the X server draws what it was sent
import -window root "$picture"
say "there is no display here, so Credenza ran under a virtual one; this is what it showed: $picture"
