#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Credenza and runs every test; the exit status is 0 only when all passed. On Debian the packages that are
# missing are installed first. Arguments go to CMake (for example -DCREDENZA_WARNINGS_AS_ERRORS=ON);
# CREDENZA_PRESET chooses another preset of CMakePresets.json.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_packages "${build_packages[@]}" "${display_packages[@]}" "${test_packages[@]}"

preset=${CREDENZA_PRESET:-default}
build=$(build_folder "$preset")
cd "$root"
cmake --preset "$preset" -DCREDENZA_TESTS=ON "$@"
cmake --build "$build"

coverage=false
if grep -q '^CREDENZA_COVERAGE:BOOL=ON$' "$build/CMakeCache.txt"; then
    coverage=true
    find "$build" -name '*.gcda' -delete
fi

status=0
ctest --test-dir "$build" --output-on-failure --no-tests=error --parallel 2 || status=$?

if $coverage; then
    printf '\nLine coverage of app/:\n'
    gcovr --root "$root" --filter "$root/app/" --object-directory "$build" -j 2 "$build"
fi
exit "$status"
