# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034 # the lists are for the scripts that source this one
#
# What try.sh, test.sh, deb.sh and the other scripts have in common; they source it, after `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What one folder has compiled serves another, such as the copy that a test makes a package in.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros

# Debian's names of what Credenza is built from and runs on.
readonly build_packages=(
    g++ cmake pkg-config ninja-build ccache
    qt6-base-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-svg-dev qt6-httpserver-dev qt6-websockets-dev
    qtkeychain-qt6-dev libsecret-1-0 libexpected-dev libsimdjson-dev libssl-dev zlib1g-dev
    ca-certificates
)
# What makes a Debian package of it.
readonly deb_packages=(dpkg-dev file)
# To show the program where there is no display.
readonly display_packages=(xvfb xauth imagemagick fonts-noto-core fonts-noto-mono fonts-noto-cjk)
# What the tests need on top.
readonly test_packages=(
    libvalijson-dev openbox dbus at-spi2-core gir1.2-atspi-2.0 python3 python3-gi xdotool gcovr curl procps
    gnome-keyring libsecret-tools xclip x11-utils nginx openssl tinyproxy microsocks brotli zstd
    binutils git mold "${deb_packages[@]}"
)
# What bench.sh needs: the tests' libraries to build with, servers, and what Credenza is measured against.
readonly bench_packages=(libvalijson-dev nginx openssl xdotool curl python3 python3-requests)
# What lint.sh needs.
readonly lint_packages=(git clang-format clang-tidy)
# What test.sh --long needs besides.
readonly fuzz_packages=(clang-16 libclang-rt-16-dev)

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# Qt wants a UTF-8 locale; a bare machine has none set.
if [[ $(locale charmap 2>/dev/null) != UTF-8 ]]; then
    export LC_ALL=C.UTF-8
fi

# install_packages NAME...: installs those that are missing, and asks no network when none is.
install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "not a Debian system, so nothing is installed here; CMake will name what is missing"
        return
    fi
    local name missing=()
    for name in "$@"; do
        [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$name" 2>/dev/null) == installed ]] ||
            missing+=("$name")
    done
    ((${#missing[@]})) || return 0

    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            fail "these packages are missing; as root run: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    say "installs these Debian packages, which are missing: ${missing[*]}"
    "${as_root[@]}" apt-get update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "${missing[@]}"
}

# build_folder PRESET: where CMakePresets.json builds it.
build_folder() {
    if [[ $1 == default ]]; then
        printf '%s\n' "$root/build"
    else
        printf '%s\n' "$root/build-$1"
    fi
}

# Both programs, from the preset default. The tests, and what they need, are left out; in a folder where they are in,
# they stay.
build_programs() {
    local options=()
    [[ -f $(build_folder default)/CMakeCache.txt ]] || options=(-DCREDENZA_TESTS=OFF)
    cd "$root" || return
    cmake --preset default "${options[@]}" >&2
    cmake --build --preset default --target credenza credenza-sandbox >&2
}

has_display() { [[ -n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-} ]]; }

# start_display WIDTHxHEIGHT: a private X server on a free number, gone when the script ends.
start_display() {
    display_folder=$(mktemp -d)
    XAUTHORITY=$display_folder/authority
    export XAUTHORITY
    touch "$XAUTHORITY"
    local cookie
    cookie=$(mcookie)
    xauth -q -f "$display_folder/server" add :0 . "$cookie" 2>/dev/null
    mkfifo "$display_folder/number"
    Xvfb -displayfd 3 -screen 0 "${1}x24" -auth "$display_folder/server" -nolisten tcp \
        3>"$display_folder/number" >"$display_folder/log" 2>&1 &
    display_pid=$!
    trap stop_display EXIT
    local number
    read -r -t 30 number <"$display_folder/number" ||
        fail "the virtual display did not start: $(cat "$display_folder/log")"
    xauth -q add ":$number" . "$cookie" 2>/dev/null
    export DISPLAY=:$number QT_QPA_PLATFORM=xcb
    unset WAYLAND_DISPLAY
}

stop_display() {
    local status=$?
    kill "$display_pid" 2>/dev/null || true
    wait "$display_pid" 2>/dev/null || true
    rm -rf "$display_folder"
    return "$status"
}
