// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenproblem.h"

#include <QCoreApplication>

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("TokenProblem", text);
}

} // namespace

QString tokenProblemText(TokenText::Problem problem)
{
    using Problem = TokenText::Problem;
    switch (problem) {
    case Problem::WebAddress:
        return words(QT_TRANSLATE_NOOP("TokenProblem", "it is a web address. Copy the token itself."));
    case Problem::Id:
        return words(QT_TRANSLATE_NOOP(
            "TokenProblem", "it is an ID, such as that of an application. Make a token in the Losant "
                            "console, and copy it when it is shown."));
    case Problem::AccessKey:
        return words(QT_TRANSLATE_NOOP(
            "TokenProblem", "it is an access key, as devices have. Make a token in the Losant console, "
                            "and copy it when it is shown."));
    case Problem::Placeholder:
        return words(QT_TRANSLATE_NOOP("TokenProblem", "it only stands for one. Copy the token itself."));
    case Problem::Missing:
        return words(QT_TRANSLATE_NOOP("TokenProblem", "it is the name of one. Copy the token itself."));
    case Problem::Mask:
        return words(QT_TRANSLATE_NOOP(
            "TokenProblem", "it is what a field shows that hides its text. Copy the token where it is "
                            "shown."));
    case Problem::Several:
        return words(QT_TRANSLATE_NOOP("TokenProblem", "there is more than one. Copy one alone."));
    case Problem::None:
    case Problem::NoToken:
        break;
    }
    return words(QT_TRANSLATE_NOOP(
        "TokenProblem", "a token is one word of ASCII characters, without blanks or line breaks. Copy "
                        "it again, and nothing else."));
}
