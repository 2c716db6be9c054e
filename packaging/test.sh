#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Credenza and runs every test; the exit status is 0 only when all passed. On Debian the packages that are
# missing are installed first. Arguments go to CMake (for example -DCREDENZA_WARNINGS_AS_ERRORS=ON);
# CREDENZA_PRESET chooses another preset of CMakePresets.json. With --long as the first argument lint.sh then
# reads all sources, the fuzz targets run for a minute each, and the soak tests for ten and two; --long=SECONDS gives the
# first of these another length. With --released only those tests are built and run that no sanitizer may have a part in.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

# fuzz NAME: a minute of one target, from the corpus that is kept of it. What it finds is left in build-fuzz/NAME.
fuzz() {
    local folder=$root/build-fuzz/$1 findings=0 log
    log=$folder/log
    rm -rf "$folder"
    mkdir -p "$folder/new"
    QT_LOGGING_RULES='*=false' "$root/build-fuzz/tests/${1}fuzz" -max_total_time=60 -timeout=10 \
        -artifact_prefix="$folder/" -print_final_stats=1 "$folder/new" "$root/tests/fuzz/corpus/$1" \
        >"$log" 2>&1 || findings=1
    ((findings)) && tail -n 40 "$log"
    awk -v name="$1" -v findings=$findings '
        /^#[0-9]/ { for (i = 1; i < NF; ++i) { if ($i == "cov:") edges = $(i + 1); if ($i == "ft:") features = $(i + 1) } }
        /^stat::number_of_executed_units/ { runs = $2 }
        END { printf "%-12s %9d executions %6d edges %6d features %3d findings\n", name, runs, edges, features, findings }
    ' "$log"
    return "$findings"
}

hammer() {
    local name failed=0
    cmake --preset fuzz || return
    cmake --build --preset fuzz || return
    printf '\nFuzzing:\n'
    for name in jsonreader query draft pem; do
        fuzz "$name" || failed=1
    done
    printf '\nSoak tests:\n'
    "$build/tests/soaktest" --seconds "$soak_seconds" || failed=1
    QT_QPA_PLATFORM=offscreen "$build/tests/windowsoaktest" --seconds 120 || failed=1
    return "$failed"
}

long=false
soak_seconds=600
targets=(all)
tests=()
if [[ ${1:-} == --released ]]; then
    targets=(released_tests)
    tests=(--label-regex '^released$')
    shift
fi
if [[ ${1:-} == --long || ${1:-} == --long=* ]]; then
    long=true
    [[ $1 == --long ]] || soak_seconds=${1#--long=}
    shift
fi

packages=("${build_packages[@]}" "${display_packages[@]}" "${test_packages[@]}")
! $long || packages+=("${lint_packages[@]}" "${fuzz_packages[@]}")
install_packages "${packages[@]}"

preset=${CREDENZA_PRESET:-default}
build=$(build_folder "$preset")
cd "$root"
cmake --preset "$preset" -DCREDENZA_TESTS=ON "$@"
cmake --build "$build" --target "${targets[@]}"

coverage=false
if grep -q '^CREDENZA_COVERAGE:BOOL=ON$' "$build/CMakeCache.txt"; then
    coverage=true
    find "$build" -name '*.gcda' -delete
fi

status=0
# Two tests at a time, and those that only wait beside them: tests/CMakeLists.txt.
ctest --test-dir "$build" --output-on-failure --no-tests=error --parallel 8 "${tests[@]}" || status=$?

if $long; then
    packaging/lint.sh --all || status=$?
    hammer || status=$?
fi

if $coverage; then
    printf '\nLine coverage of app/:\n'
    gcovr --gcov-ignore-parse-errors --root "$root" --filter "$root/app/" --object-directory "$build" -j 2 "$build"
fi
exit "$status"
