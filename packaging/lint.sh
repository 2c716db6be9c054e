#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every source is formatted as .clang-format says, and clang-tidy finds nothing in those of app/ and ui/ that changed:
# in the last commit, or on a branch since it left origin's. With --all in every one of them. They are compiled as in the
# build folder of CREDENZA_PRESET, which has to be built.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

check_format() {
    git ls-files -z -- '*.cpp' '*.h' | xargs -0 clang-format --dry-run -Werror || return
    say "all sources are formatted"
}

# What the changes are counted from; fails where nobody knows, as in a clone of one commit.
base_commit() {
    local base
    base=$(git merge-base HEAD origin/HEAD 2>/dev/null) || base=
    [[ $base && $base != $(git rev-parse HEAD) ]] || base=$(git rev-parse --quiet --verify 'HEAD~1^{commit}') || return
    printf '%s\n' "$base"
}

# The sources that changed, and of a header that did its own source, or one that includes it; each ended by a NUL.
changed_sources() {
    local path
    git diff -z --name-only --diff-filter=d "$1" -- 'app/*.cpp' 'app/*.h' 'ui/*.cpp' 'ui/*.h' |
        while read -r -d '' path; do
            if [[ -f ${path%.*}.cpp ]]; then
                printf '%s\0' "${path%.*}.cpp"
            else
                { git grep -z --files-with-matches --fixed-strings "#include \"${path#*/}\"" -- 'app/*.cpp' 'ui/*.cpp' ||
                    true; } | head -z -n 1
            fi
        done | sort -zu
}

# tidy FILE...: clang reads no header that GCC has precompiled, and knows other warnings.
tidy() {
    local commands
    commands=$(mktemp -d)
    sed -E 's/ (-Winvalid-pch|-Werror|-include [^"]*cmake_pch\.hxx)//g' "$build/compile_commands.json" \
        >"$commands/compile_commands.json"
    local failed=0
    printf '%s\0' "$@" | xargs -0 -n 2 -P "$(nproc)" clang-tidy -quiet -warnings-as-errors='*' -p "$commands" \
        2> >(grep -vE '^[0-9]+ warnings?( and [0-9]+ errors?)? generated|^Suppressed|^Use -header-filter' >&2) || failed=1
    rm -r "$commands"
    return "$failed"
}

check_changed() {
    local base sources
    base=$(base_commit) || {
        say "there is no commit to compare with, so clang-tidy is skipped"
        return
    }
    mapfile -d '' -t sources < <(changed_sources "$base")
    wait $! || return
    say "clang-tidy reads ${#sources[@]} sources that changed since ${base:0:7}"
    ((${#sources[@]} == 0)) || tidy "${sources[@]}"
}

check_all() {
    local sources
    mapfile -d '' -t sources < <(git ls-files -z -- 'app/*.cpp' 'ui/*.cpp')
    say "clang-tidy reads all ${#sources[@]} sources"
    tidy "${sources[@]}"
}

install_packages "${lint_packages[@]}"
build=$(build_folder "${CREDENZA_PRESET:-default}")
cd "$root"
status=0
check_format || status=1
if [[ ${1:-} == --all ]]; then
    check_all || status=1
else
    check_changed || status=1
fi
exit "$status"
