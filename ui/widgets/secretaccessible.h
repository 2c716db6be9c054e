// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class SecretEdit;

/// Makes secret editors password fields to assistive technology, which gets bullets for their text. Once is
/// enough; further calls do nothing.
void installSecretAccessibility();

/// Tells assistive technology what an edit did, in code points and bullets.
void tellRemovedAndInserted(SecretEdit &edit, int position, int removed, int inserted);
void tellCursorMoved(SecretEdit &edit);
