// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// A crash of this process, or of one that it starts, writes no memory to a file and pipes none to a program:
/// secrets may be in it. Does nothing where there are no such files.
void turnOffCoreDumps();
