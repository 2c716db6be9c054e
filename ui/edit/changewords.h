// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/changeoutcome.h"

#include <QCoreApplication>

/// What is said of one kind of change, part by part. A part that it has no use for is empty.
struct ChangeTexts
{
    QString title;  ///< of the window
    QString action; ///< of the button that sends it
    QString actionToolTip;
    // Of the same button, in questions.
    QString actionOnceMore;
    QString actionInProduction;
    QString actionAnyway;

    QString progress; ///< what a screen reader calls the bar that moves while it is under way
    QString sending;
    QString lookingUp;
    QString lookingUpAfterCancel;
    QString lookingUpAfterLoss;
    QString keepsLooking; ///< after one of those below that it may have been done

    QString productionQuestion; ///< %1: the name, quoted
    QString secretQuestion;     ///< %1: the name, quoted
    QString onceMoreQuestion;
    QString onceMoreDetails;
    QString closeQuestion; ///< it is not known whether it was done

    // Why nothing was done.
    QString notDone; ///< the beginning, if errorText() alone would not do
    QString cancelled;
    QString cancelledAfterSending; ///< a look at the server told that it was not done
    QString forbidden;
    QString gone;
    QString notYet;   ///< %1: these fields block
    QString notTaken; ///< although the server took it

    // Nothing was sent, as it is another one by now, maybe by our own doing.
    QString alreadyByUs;
    QString alreadyByThem;
    QString changedByUs;
    QString changedByThem;

    // It may have been done, and why that is not known.
    QString unknownNamesake;
    QString unknownRefused;
    QString unknownCancelled;
    QString unknownSignedIn;
    QString unknownAnswer;
    QString unknownLost;
};

/// What is said of a change: its texts, and those that are made of what has happened.
class ChangeWords : public ChangeTexts
{
    Q_DECLARE_TR_FUNCTIONS(ChangeWords)

public:
    enum class Change { Create, Edit, Rotate, Delete, Disable, Enable };

    /// `name` is that of the credential to be enabled or disabled, quoted; the others do not say it.
    explicit ChangeWords(Change change, const QString &name = {}) : ChangeTexts(textsOf(change, name)) {}

    /// Why it was not done; with what the server says of fields that are not in a form.
    QString failure(const ChangeOutcome &outcome,
                    const std::vector<ApiError::FieldProblem> &problems = {}) const;
    /// Why it is not known whether it was done.
    QString unknown(const ChangeOutcome &outcome) const;

    // Of a change to what is there.

    /// What there is to change could not be read.
    static QString loadFailed(const ApiError &error);
    /// Nothing was sent: it has been changed meanwhile, in these lines. `isOurs`: by whoever is signed in;
    /// `wasUnknown`: maybe by what was sent before.
    QString conflict(const QStringList &lines, bool isOurs, bool wasUnknown) const;
    /// It was saved, but not as it was meant.
    static QString difference(const QString &name, const QStringList &lines);
    /// What somebody else has made of it is what is wanted.
    static QString nothingLeft();
    /// Of a rotation: what becomes of the old key; and why there is nothing to be rotated.
    static QString keyNote();
    static QString keyUnknown();

    /// Of what is created or enabled there.
    static QString inProduction(const QString &profileTitle, const QString &applicationName);

private:
    static ChangeTexts textsOf(Change change, const QString &name);
    static ChangeTexts creation();
    static ChangeTexts edit();
    static ChangeTexts rotation();
    static ChangeTexts deletion();
    static ChangeTexts disabling(const QString &name);
    static ChangeTexts enabling(const QString &name);
    static QString mayNotChange();
    /// The first of them, a line each.
    static QString listed(const QStringList &lines);
};
