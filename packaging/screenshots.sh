#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes pictures from the sandbox: the browser on a light and on a dark desktop (those of the README) and the form;
# below states/ signing in, and what goes wrong: packaging/screenshots.sh [FOLDER]. Needs a tree that try.sh has built.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_packages "${display_packages[@]}" openbox qt6ct xdotool dbus gnome-keyring openssl python3

program=$(build_folder default)/bin/credenza
folder=${1:-$root/packaging/linux/screenshots}
[[ -x $program && -x $program-sandbox ]] || fail "build Credenza first: packaging/try.sh"
mkdir -p "$folder/states"

# A desktop without any setting of the person who runs this: its own home, Fusion, Noto Sans, frames around dialogs alone.
home=$(mktemp -d)
password="password-of-the-sandbox"
manager='' running='' server='' bus='' keychain=''
start_display "${CREDENZA_DISPLAY_SIZE:=1400x900}"
trap 'kill $manager $running $server $keychain $bus 2>/dev/null || true; stop_display; rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run
export XDG_DATA_HOME=$home/data LC_ALL=C.UTF-8 TZ=UTC QT_QPA_PLATFORMTHEME=qt6ct QT_LOGGING_RULES="credenza.perf=true"
unset LANGUAGE LOSANT_API_TOKEN LOSANT_API_URL QT_STYLE_OVERRIDE QT_SCALE_FACTOR
mkdir -p "$XDG_CONFIG_HOME/qt6ct" "$XDG_CONFIG_HOME/openbox" "$XDG_CACHE_HOME" "$XDG_DATA_HOME"
mkdir -m 700 "$XDG_RUNTIME_DIR"
cat >"$XDG_CONFIG_HOME/openbox/rc.xml" <<'XML'
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><keepBorder>no</keepBorder></theme>
  <focus><focusNew>yes</focusNew></focus>
  <applications><application type="normal"><decor>no</decor></application></applications>
</openbox_config>
XML
openbox --config-file "$XDG_CONFIG_HOME/openbox/rc.xml" >/dev/null 2>&1 &
manager=$!

# A keychain, as a desktop has one.
dbus-daemon --session --nofork --address="unix:path=$home/bus" 2>/dev/null &
bus=$!
export DBUS_SESSION_BUS_ADDRESS=unix:path=$home/bus
until [[ -S $home/bus ]]; do sleep 0.1; done
gnome-keyring-daemon --foreground --unlock --components=secrets <<<"password" >/dev/null 2>&1 &
keychain=$!

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

# start_program EVENT ARGUMENT...: Credenza, until it logs the event, in a window that fills the display.
start_program() {
    local event=$1 log=$home/log deadline=$((SECONDS + 60))
    shift
    "$program" "$@" 2>"$log" &
    running=$!
    until grep -q "$event" "$log"; do
        if ! kill -0 "$running" 2>/dev/null || ((SECONDS >= deadline)); then
            cat "$log" >&2
            fail "there was no $event"
        fi
        sleep 0.1
    done
    fill_display
}

fill_display() {
    local window
    window=$(xdotool search --sync --onlyvisible --pid "$running" --name Credenza | head -n 1)
    xdotool windowmove --sync "$window" 0 0 windowsize "$window" "${CREDENZA_DISPLAY_SIZE%x*}" \
        "${CREDENZA_DISPLAY_SIZE#*x}" windowfocus --sync "$window"
    sleep 1
}

# Without what the program keeps from one run to the next.
forget() { rm -rf "$XDG_CONFIG_HOME/Credenza"; }

end_program() {
    kill "$running"
    wait "$running" 2>/dev/null || true
    running=''
}

# start_server COMMAND...: in place of the one before, on the same port; sets $url when it is there.
start_server() {
    if [[ -n $server ]]; then
        kill "$server"
        wait "$server" 2>/dev/null || true
    fi
    "$@" >"$home/server" &
    server=$!
    until grep -q '^URL:' "$home/server"; do sleep 0.1; done
    url=$(sed -n 's/^URL: //p' "$home/server")
    port=${url##*:}
}

# start_sandbox TOKEN
start_sandbox() { start_server "$program-sandbox" --token "$1" --password "$password" --port "${port:-0}"; }

# start_failing STATUS [CERTIFICATE-AND-KEY]: a server that answers everything so.
start_failing() { start_server python3 "$root/packaging/failingserver.py" "${port:-0}" "$@"; }

# keys KEY...: presses them one after the other, as a person would.
keys() {
    xdotool key --delay 60 "$@"
    sleep 0.4
}

write() { xdotool type --delay 20 "$1"; }

# take NAME [WINDOW]: a picture of it, else of the whole display.
take() {
    import -window "${2:-root}" -strip +dither -colors 256 "png8:$folder/$1.png"
    say "made $folder/$1.png"
}

take_active() { take "$1" "$(xdotool getactivewindow)"; }

# show_form TYPE NAME: opens the form for a credential of this type.
show_form() {
    keys ctrl+n
    write "$1"
    keys Return
    write "$2"
    keys Tab
}

# show_application NAME
show_application() {
    keys ctrl+k
    write "$1"
    keys Return
    keys ctrl+k BackSpace
}

browser() {
    forget
    start_program page-painted --sandbox
    show_application "Plant floor"
    xdotool mousemove 420 330 click 1 mousemove 700 895
    sleep 1
    take "browser-$1"
    end_program
}

forms() {
    local form key type name
    for form in "aws:Amazon:S3 archive, nightly" "http:HTTP:Weather service" "gcp:Google:Vertex scoring" "sql:SQL:Tank levels"; do
        IFS=: read -r key type name <<<"$form"
        forget
        start_program page-painted --sandbox
        show_form "$type" "$name"
        take_active "create-$key"
        end_program
    done
}

# start_dialog ARGUMENT...: Credenza on its sign-in dialog.
start_dialog() {
    forget
    "$program" "$@" 2>/dev/null &
    running=$!
    xdotool search --sync --onlyvisible --pid "$running" --name "Sign in" windowfocus --sync >/dev/null
    sleep 1
}

# sign_in_as EMAIL
sign_in_as() {
    keys alt+e
    write "$1"
    keys Tab
    write "$password"
    keys Return
    sleep 1
}

signing_in() {
    start_dialog
    take_active "states/signin-$1"
    end_program

    start_sandbox "token"
    local step
    for step in twofactor:grace@example.com sso:ada@sso.example.com locked:locked@example.com; do
        start_dialog --api-url "$url"
        sign_in_as "${step#*:}"
        take_active "states/signin-${step%:*}-$1"
        end_program
    done
}

# The window of a profile, its settings, and the same as one of production.
profile() {
    start_sandbox "token"
    start_dialog --api-url "$url"
    write "token"
    keys Return
    sleep 1
    fill_display
    show_application "Plant floor"
    keys alt+m e
    sleep 0.5
    write "Acme, production"
    keys alt+p
    take_active "states/profile-$1"
    keys Return
    sleep 1
    fill_display
    take "states/production-$1"
    end_program
}

expired() {
    forget
    start_sandbox "token"
    LOSANT_API_TOKEN=token start_program page-painted --api-url "$url"
    show_form "Amazon" "S3 archive, nightly"
    keys Tab Tab
    write "AKIAIOSFODNN7EXAMPLE"
    keys Tab
    write "wJalrXUtnFEMI"
    keys Tab Tab
    write "us-east-1"
    start_sandbox "another"
    keys ctrl+Return
    sleep 1
    take "states/expired-$1"
    end_program
}

# failing NAME THEME COMMAND...: the window before a server that comes to fail so.
failing() {
    local name=$1 theme=$2
    shift 2
    forget
    start_sandbox "token"
    LOSANT_API_TOKEN=token start_program page-painted --api-url "$url"
    show_application "Plant floor"
    "$@"
    keys F5
    sleep 5
    take "states/$name-$theme"
    end_program
}

stop_server() {
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=''
}

tls() {
    forget
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=losant.example.com" \
        -keyout "$home/key.pem" -out "$home/certificate.pem" 2>/dev/null
    cat "$home/key.pem" >>"$home/certificate.pem"
    start_failing 200 "$home/certificate.pem"
    LOSANT_API_TOKEN=token start_program window-painted --api-url "$url" --application 575ec8687ae143cd83dc4a97
    sleep 4
    take "states/tls-$1"
    end_program
}

pictures=${CREDENZA_PICTURES:-browser forms signing_in profile expired failing tls}
for theme in light dark; do
    use_theme "$theme"
    for picture in $pictures; do
        case $picture in
        forms) [[ $theme == dark ]] || forms ;;
        failing)
            failing offline "$theme" stop_server
            failing throttled "$theme" start_failing 429
            failing forbidden "$theme" start_failing 403
            ;;
        *) "$picture" "$theme" ;;
        esac
    done
done
