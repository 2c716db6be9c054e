#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Credenza and makes a Debian package of it: build/credenza_VERSION_ARCHITECTURE.deb. On Debian the packages
# that are missing are installed first.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_packages "${build_packages[@]}" "${deb_packages[@]}"
build_programs

build=$(build_folder default)
rm -f "$build"/credenza_*.deb
cd "$build"
cpack -G DEB >&2
say "made $(echo "$build"/credenza_*.deb)"
