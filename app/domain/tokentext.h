// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringView>

/// API tokens as people copy them: wrapped, in lines, with what stood around them, or something else instead.
namespace TokenText {

enum class Problem {
    None,
    Missing,     ///< nothing, or no more than the name of one
    WebAddress,  ///< a URL
    Id,          ///< 24 digits, as those of applications
    AccessKey,   ///< of a device, or of another cloud
    Placeholder, ///< what stands for a token, such as the variable that holds it
    Mask,        ///< the bullets of a field that hides it
    Several,     ///< which one?
    NoToken,     ///< no token, or one that can't be told from what is around it
};

struct Reading
{
    QByteArray token; ///< to be sent; empty if there is a problem
    Problem problem = Problem::None;
    bool isMended = false; ///< more than blanks around the token was left out
};

/// Takes a token out of what is around it where only one can be meant. Blanks and line breaks within are left
/// out if a JSON Web Token comes out; a token of another form is one word as it is.
Reading read(QStringView text);

} // namespace TokenText
