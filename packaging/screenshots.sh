#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes pictures from the sandbox: the browser on a light and on a dark desktop (those of the README) and the form:
# packaging/screenshots.sh [FOLDER]. Needs a tree that try.sh has built.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_packages "${display_packages[@]}" openbox qt6ct xdotool

program=$(build_folder default)/bin/credenza
folder=${1:-$root/packaging/linux/screenshots}
[[ -x $program ]] || fail "build Credenza first: packaging/try.sh"
mkdir -p "$folder"

# A desktop without any setting of the person who runs this: its own home, Fusion, Noto Sans, no window frames.
home=$(mktemp -d)
manager='' running=''
start_display 1400x900
trap 'kill $manager $running 2>/dev/null || true; stop_display; rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run
export XDG_DATA_HOME=$home/data LC_ALL=C.UTF-8 TZ=UTC QT_QPA_PLATFORMTHEME=qt6ct QT_LOGGING_RULES="credenza.perf=true"
unset LANGUAGE LOSANT_API_TOKEN LOSANT_API_URL QT_STYLE_OVERRIDE QT_SCALE_FACTOR
mkdir -p "$XDG_CONFIG_HOME/qt6ct" "$XDG_CONFIG_HOME/openbox" "$XDG_CACHE_HOME" "$XDG_DATA_HOME"
mkdir -m 700 "$XDG_RUNTIME_DIR"
cat >"$XDG_CONFIG_HOME/openbox/rc.xml" <<'XML'
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><keepBorder>no</keepBorder></theme>
  <focus><focusNew>yes</focusNew></focus>
  <applications><application class="*"><decor>no</decor></application></applications>
</openbox_config>
XML
openbox --config-file "$XDG_CONFIG_HOME/openbox/rc.xml" >/dev/null 2>&1 &
manager=$!

# use_theme light|dark: window text, button, light, midlight, dark, mid, text, bright text, button text, base, window,
# shadow, highlight, highlighted text, link, visited link, alternate base, none, tool tip base and text, placeholder.
use_theme() {
    local active disabled
    if [[ $1 == dark ]]; then
        active="#eceff1, #2b2f33, #4a4f55, #3a3f44, #16181a, #25282b, #eceff1, #ffffff, #eceff1, #1b1e20, #232629, #0c0d0e"
        active+=", #2a7fb8, #ffffff, #5aaee6, #a58fd6, #202326, #000000, #31363b, #eceff1, #80eceff1"
    else
        active="#232629, #f3f4f5, #ffffff, #f8f8f9, #9aa0a6, #c4c8cc, #232629, #ffffff, #232629, #ffffff, #eff0f1, #70757a"
        active+=", #2a7fb8, #ffffff, #1f6fa8, #6b4fa0, #f6f7f8, #000000, #f7f7f7, #232629, #80232629"
    fi
    disabled=$(sed -E 's/^#[0-9a-f]+/#8a9096/; s/^(([^,]*,){6}) [^,]*/\1 #8a9096/; s/^(([^,]*,){8}) [^,]*/\1 #8a9096/' <<<"$active")
    printf '[ColorScheme]\nactive_colors=%s\ninactive_colors=%s\ndisabled_colors=%s\n' \
        "$active" "$active" "$disabled" >"$XDG_CONFIG_HOME/qt6ct/colors.conf"
    cat >"$XDG_CONFIG_HOME/qt6ct/qt6ct.conf" <<INI
[Appearance]
color_scheme_path=$XDG_CONFIG_HOME/qt6ct/colors.conf
custom_palette=true
style=Fusion
[Fonts]
general="Noto Sans,10,-1,5,400,0,0,0,0,0,0,0,0,0,0,1"
fixed="Noto Sans Mono,10,-1,5,400,0,0,0,0,0,0,0,0,0,0,1"
INI
}

# start_program: Credenza on its sandbox, until its first page is painted; sets $window.
start_program() {
    local log=$home/log deadline=$((SECONDS + 60))
    rm -rf "$XDG_DATA_HOME" "$XDG_CONFIG_HOME/Credenza"
    "$program" --sandbox 2>"$log" &
    running=$!
    until grep -q page-painted "$log"; do
        if ! kill -0 "$running" 2>/dev/null || ((SECONDS >= deadline)); then
            cat "$log" >&2
            fail "no page of credentials was painted"
        fi
        sleep 0.1
    done
    window=$(xdotool search --sync --onlyvisible --pid "$running" --name Credenza | head -n 1)
    xdotool windowmove --sync "$window" 0 0 windowsize "$window" 1400 900 windowfocus --sync "$window"
    sleep 1
}

end_program() {
    kill "$running"
    wait "$running" 2>/dev/null || true
    running=''
}

# keys KEY...: presses them one after the other, as a person would.
keys() {
    xdotool key --delay 60 "$@"
    sleep 0.4
}

# show_form TYPE NAME: opens the form for a credential of this type.
show_form() {
    keys ctrl+n
    xdotool type --delay 20 "$1"
    keys Return
    xdotool type --delay 20 "$2"
    keys Tab
}

for theme in light dark; do
    use_theme "$theme"
    start_program
    keys ctrl+k
    xdotool type --delay 20 "Plant floor"
    keys Return
    keys ctrl+k BackSpace
    xdotool mousemove 420 330 click 1 mousemove 700 895
    sleep 1
    import -window root "$folder/browser-$theme.png"
    say "made $folder/browser-$theme.png"
    end_program
done

use_theme light
for form in "aws:Amazon:S3 archive, nightly" "http:HTTP:Weather service" "gcp:Google:Vertex scoring" "sql:SQL:Tank levels"; do
    IFS=: read -r key type name <<<"$form"
    start_program
    show_form "$type" "$name"
    import -window "$(xdotool getactivewindow)" "$folder/create-$key.png"
    say "made $folder/create-$key.png"
    end_program
done
