// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QObject;

/// What a window or dialog of the program derives from if something would be lost by its closing: what was
/// typed, or what becomes of a write.
class UnsavedWork
{
public:
    virtual ~UnsavedWork() = default;

    virtual bool hasUnsavedWork() const = 0;
    /// Asks whether to give it up, or waits for a write that is under way, and closes itself. `then` is
    /// called once nothing can be lost any more, and never if the person would rather go on.
    virtual void giveUpWork(std::function<void()> then) = 0;
};

/// Whether a window that shows would lose something.
bool isAnyWorkUnsaved();

/// Calls `then` once no window would lose anything: at once, or after each was asked. Everything that closes
/// windows goes through here: quitting, switching, signing out. Not called after `context` has gone.
void afterUnsavedWork(QObject *context, std::function<void()> then);
