#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Credenza and measures it against what stands beside it, for some nine minutes; the exit status is 0
# only when every row of the table reaches its bound. On Debian the packages that are missing are installed first.
# With --short it takes two minutes, and the bounds are half as wide again. --only NAME measures what has that in its
# name, such as filling.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_packages "${build_packages[@]}" "${display_packages[@]}" "${bench_packages[@]}"

build=$(build_folder default)
cd "$root"
cmake --preset default -DCREDENZA_TESTS=ON >&2
cmake --build --preset default --target bench >&2

start_display 1400x900
PYTHONPATH=$root/tests/support /usr/bin/python3 -B "$root/tests/bench/bench.py" "$build" "$@"
