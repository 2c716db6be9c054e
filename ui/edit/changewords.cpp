// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/changewords.h"

#include "domain/showntext.h"
#include "errortext.h"

#include <QKeySequence>

using namespace Qt::StringLiterals;

namespace {

QString withShortcut(const QString &toolTip)
{
    return toolTip.arg(QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText));
}

} // namespace

ChangeTexts ChangeWords::textsOf(Change change, const QString &name)
{
    switch (change) {
    case Change::Create:
        return creation();
    case Change::Edit:
        return edit();
    case Change::Rotate:
        return rotation();
    case Change::Delete:
        return deletion();
    case Change::Disable:
        return disabling(name);
    case Change::Enable:
        return enabling(name);
    }
    Q_UNREACHABLE();
}

ChangeTexts ChangeWords::creation()
{
    ChangeTexts t;
    t.title = tr("New credential");
    t.action = tr("Create");
    t.actionToolTip = withShortcut(tr("Create the credential (%1)"));
    t.actionOnceMore = tr("Create once more");
    t.actionInProduction = tr("Create in production");
    t.actionAnyway = tr("Create anyway");

    t.progress = tr("Creating");
    t.sending = tr("Creating…");
    t.lookingUp = tr("Looking whether it was created…");
    t.lookingUpAfterCancel = tr("Cancelled. Looking whether it was created…");
    t.lookingUpAfterLoss = tr("The answer was lost. Looking whether it was created…");
    t.keepsLooking =
        tr("The server can't be reached. Credenza keeps looking by itself, until you change something.");

    t.productionQuestion = tr("Create %1 in production?");
    t.secretQuestion = tr("Create %1, although a secret may be where all can read it?");
    t.onceMoreQuestion = tr("It may have been created. Create it once more?");
    t.onceMoreDetails =
        tr("If it was, it is there twice then, or the server refuses the second one. “Check again” "
           "looks whether it is there by now.");
    t.closeQuestion = tr("Close, although it may have been created? What you typed is not kept.");

    t.cancelled = tr("Cancelled before anything was sent. The credential was not created.");
    t.cancelledAfterSending = t.cancelled;
    t.forbidden = tr("The API token may show credentials here, but not create them. It needs the scope "
                     "credentials.post or one that includes it: all.Application, all.Organization, "
                     "all.User or credentials.*. What you typed stays.");
    t.notYet = tr("Not created yet. Look at: %1.");

    t.unknownNamesake =
        tr("It may have been created: there is a credential of this name and type, but its date does not "
           "tell whether it is this one. See that the date and time of this computer are right, then "
           "check again before you create it once more.");
    t.unknownRefused = tr("It may have been created: the API token was not accepted, and without another one "
                          "that can't be found out. Check again and sign in before you create it once more.");
    t.unknownCancelled =
        tr("It may have been created: you cancelled once it was sent, and it was not found up "
           "to now. Check again before you create it once more.");
    t.unknownSignedIn =
        tr("It may have been created: it was sent before you signed in again, and whether it is "
           "there could not be found out. Check again before you create it once more.");
    t.unknownAnswer = tr("It may have been created: the server's answer does not tell, and it was not found "
                         "up to now. Check again before you create it once more.");
    t.unknownLost = tr("It may have been created: the answer was lost, and it was not found up to now. "
                       "Check again before you create it once more.");
    return t;
}

ChangeTexts ChangeWords::edit()
{
    ChangeTexts t;
    t.title = tr("Edit credential");
    t.action = tr("Save");
    t.actionToolTip = withShortcut(tr("Save what was changed (%1)"));
    t.actionOnceMore = tr("Save once more");
    t.actionInProduction = tr("Save in production");
    t.actionAnyway = tr("Save anyway");

    t.progress = tr("Saving");
    t.sending = tr("Saving…");
    t.lookingUp = tr("Looking whether it was saved…");
    t.lookingUpAfterCancel = tr("Cancelled. Looking whether it was saved…");
    t.lookingUpAfterLoss = tr("The answer was lost. Looking whether it was saved…");
    t.keepsLooking =
        tr("The server can't be reached. Credenza keeps looking by itself, until you change something.");

    t.productionQuestion = tr("Save %1 in production?");
    t.secretQuestion = tr("Save %1, although a secret may be where all can read it?");
    t.onceMoreQuestion = tr("It may have been saved. Save it once more?");
    t.onceMoreDetails = tr("Before anything is sent, Credenza looks at what is there by now.");
    t.closeQuestion = tr("Close, although it may have been saved? What you typed is not kept.");

    t.cancelled = tr("Cancelled before anything was sent. Nothing was saved.");
    t.cancelledAfterSending = tr("Cancelled. Nothing was saved: the server shows what was there before.");
    t.forbidden = tr("The API token may show credentials here, but not change them. It needs the scope "
                     "credential.patch or one that includes it: all.Application, all.Organization, "
                     "all.User or credential.*. What you typed stays.");
    t.gone =
        tr("The credential is not there any more: somebody has deleted it, or its application. Nothing was "
           "saved. What you typed stays until you close this.");
    t.notYet = tr("Not saved yet. Look at: %1.");

    t.unknownRefused = tr("It may have been saved: the API token was not accepted, and without another one "
                          "that can't be found out. Check again and sign in before you save it once more.");
    t.unknownCancelled =
        tr("It may have been saved: you cancelled once it was sent, and what the server shows "
           "does not tell. Check again before you save it once more.");
    t.unknownSignedIn =
        tr("It may have been saved: it was sent before you signed in again, and whether it was "
           "could not be found out. Check again before you save it once more.");
    t.unknownAnswer = tr("It may have been saved: neither the server's answer nor what it shows since tells. "
                         "Check again before you save it once more.");
    t.unknownLost = tr("It may have been saved: the answer was lost, and what the server shows does not "
                       "tell. Check again before you save it once more.");
    return t;
}

ChangeTexts ChangeWords::rotation()
{
    ChangeTexts t = edit();
    t.title = tr("Rotate secret");
    t.action = tr("Rotate");
    t.actionToolTip = withShortcut(tr("Save the new key in place of the old one (%1)"));
    t.actionInProduction = tr("Rotate in production");
    t.productionQuestion = tr("Rotate the secret of %1 in production?");
    return t;
}

ChangeTexts ChangeWords::deletion()
{
    ChangeTexts t;
    t.title = tr("Delete credential");
    t.action = tr("Delete");
    t.actionToolTip = tr("Delete the credential for good");

    t.progress = tr("Deleting");
    t.sending = tr("Deleting…");
    t.lookingUp = tr("Looking whether it was deleted…");
    t.lookingUpAfterCancel = tr("Cancelled. Looking whether it was deleted…");
    t.lookingUpAfterLoss = tr("The answer was lost. Looking whether it was deleted…");
    t.keepsLooking = tr("The server can't be reached. Credenza keeps looking by itself.");
    t.closeQuestion = tr("Close, although it may have been deleted?");

    t.notDone = tr("The credential was not deleted.");
    t.cancelled = tr("Cancelled. The credential was not deleted.");
    t.cancelledAfterSending = t.cancelled;
    t.forbidden =
        tr("The API token may show credentials here, but not delete them. It needs the scope "
           "credential.delete or one that includes it: all.Application, all.Organization, all.User or "
           "credential.*.");

    t.unknownRefused =
        tr("It may have been deleted: the API token was not accepted, and without another one that "
           "can't be found out. Check again and sign in.");
    t.unknownCancelled =
        tr("It may have been deleted: you cancelled once it was sent, and whether it is gone could not "
           "be found out. Check again.");
    t.unknownSignedIn =
        tr("It may have been deleted: it was sent before you signed in again, and whether it is gone "
           "could not be found out. Check again.");
    t.unknownAnswer = tr("It may have been deleted: the server's answer does not tell, and whether it is "
                         "gone could not be found out. Check again.");
    t.unknownLost = tr("It may have been deleted: the answer was lost, and whether it is gone could not be "
                       "found out. Check again.");
    return t;
}

ChangeTexts ChangeWords::disabling(const QString &name)
{
    ChangeTexts t;
    t.title = tr("Disable credential");
    t.action = tr("Disable");
    t.actionToolTip = tr("Disable the credential");
    t.actionAnyway = tr("Disable anyway");
    t.keepsLooking = tr("The server can't be reached. Credenza keeps looking by itself.");
    t.closeQuestion = tr("Close, although it is not known whether %1 was disabled?").arg(name);

    t.notDone = tr("%1 was not disabled.").arg(name);
    t.cancelled = t.notDone + u' ' + tr("It was stopped before anything was sent.");
    t.cancelledAfterSending =
        tr("Stopped. %1 was not disabled: the server shows what was there before.").arg(name);
    t.forbidden = t.notDone + u' ' + mayNotChange();
    t.notTaken = tr("The server took the change, but %1 is still enabled.").arg(name);

    t.alreadyByUs =
        tr("%1 is disabled already, as you wanted. That may have been your own change.").arg(name);
    t.alreadyByThem = tr("%1 is disabled already: somebody else did that meanwhile.").arg(name);
    t.changedByUs = tr("%1 has changed meanwhile, perhaps by yourself. It was not disabled.").arg(name);
    t.changedByThem = tr("Somebody else has changed %1 meanwhile. It was not disabled.").arg(name);

    t.unknownCancelled =
        tr("It may have been saved: whether %1 is disabled now could not be found out. Check "
           "again before you try once more.")
            .arg(name);
    t.unknownSignedIn = t.unknownAnswer = t.unknownLost = t.unknownCancelled;
    t.unknownRefused =
        tr("It may have been saved: the API token was not accepted, and without another one it can't "
           "be found out whether %1 is disabled now. Check again and sign in before you try once more.")
            .arg(name);
    return t;
}

ChangeTexts ChangeWords::enabling(const QString &name)
{
    ChangeTexts t;
    t.actionInProduction = tr("Enable in production");
    t.actionAnyway = tr("Enable anyway");
    t.keepsLooking = tr("The server can't be reached. Credenza keeps looking by itself.");
    t.productionQuestion = tr("Enable %1 in production?");
    t.closeQuestion = tr("Close, although it is not known whether %1 was enabled?").arg(name);

    t.notDone = tr("%1 was not enabled.").arg(name);
    t.cancelled = t.notDone + u' ' + tr("It was stopped before anything was sent.");
    t.cancelledAfterSending =
        tr("Stopped. %1 was not enabled: the server shows what was there before.").arg(name);
    t.forbidden = t.notDone + u' ' + mayNotChange();
    t.notTaken = tr("The server took the change, but %1 is still disabled.").arg(name);

    t.alreadyByUs = tr("%1 is enabled already, as you wanted. That may have been your own change.").arg(name);
    t.alreadyByThem = tr("%1 is enabled already: somebody else did that meanwhile.").arg(name);
    t.changedByUs = tr("%1 has changed meanwhile, perhaps by yourself. It was not enabled.").arg(name);
    t.changedByThem = tr("Somebody else has changed %1 meanwhile. It was not enabled.").arg(name);

    t.unknownCancelled = tr("It may have been saved: whether %1 is enabled now could not be found out. Check "
                            "again before you try once more.")
                             .arg(name);
    t.unknownSignedIn = t.unknownAnswer = t.unknownLost = t.unknownCancelled;
    t.unknownRefused =
        tr("It may have been saved: the API token was not accepted, and without another one it can't "
           "be found out whether %1 is enabled now. Check again and sign in before you try once more.")
            .arg(name);
    return t;
}

QString ChangeWords::mayNotChange()
{
    return tr("The API token may show credentials here, but not change them. It needs the scopes "
              "credential.get and credential.patch, or one that includes both: all.Application, "
              "all.Organization, all.User or credential.*.");
}

QString ChangeWords::failure(const ChangeOutcome &outcome,
                             const std::vector<ApiError::FieldProblem> &problems) const
{
    const ApiError &error = outcome.error;
    if (outcome.wasCancelled && error.httpStatus == 0)
        return outcome.wasLookedUp ? cancelledAfterSending : cancelled;
    if (error.kind == ApiError::Kind::Forbidden)
        return forbidden;
    if (error.kind == ApiError::Kind::NotFound && !gone.isEmpty())
        return gone;
    QStringList lines;
    for (const ApiError::FieldProblem &problem : problems)
        lines += (problem.field.isEmpty() ? QString() : quoted(problem.field, 80) + ": "_L1) +
                 quoted(problem.message);
    const QString text = notDone.isEmpty() ? errorText(error) : notDone + u' ' + errorText(error);
    return lines.isEmpty() ? text : text + u'\n' + listed(lines);
}

QString ChangeWords::unknown(const ChangeOutcome &outcome) const
{
    const ApiError &error = outcome.error;
    const bool isRefused = error.kind == ApiError::Kind::Unauthorized && !error.tokenRenewed;
    const QString text = outcome.hasNamesake       ? unknownNamesake
                         : isRefused               ? unknownRefused
                         : outcome.wasCancelled    ? unknownCancelled
                         : error.tokenRenewed      ? unknownSignedIn
                         : error.httpStatus >= 300 ? unknownAnswer
                                                   : unknownLost;
    const bool isRedirect = error.httpStatus >= 300 && error.httpStatus < 400;
    return !error.tokenRenewed && (isRedirect || !error.serverMessage.isEmpty())
               ? text + u'\n' + errorText(error)
               : text;
}

QString ChangeWords::loadFailed(const ApiError &error)
{
    if (error.kind == ApiError::Kind::Forbidden)
        return tr(
            "The API token may show the list of credentials, but not a single one. It needs the scope "
            "credential.get or one that includes it: all.Application, all.Organization, all.User, their "
            ".read or credential.*.");
    if (error.kind == ApiError::Kind::NotFound)
        return tr("The credential is not there any more: somebody has deleted it, or its application.");
    return tr("The credential could not be loaded.") + u' ' + errorText(error);
}

QString ChangeWords::conflict(const QStringList &lines, bool isOurs, bool wasUnknown) const
{
    if (wasUnknown && lines.isEmpty())
        return tr("It has been changed since, maybe by what you sent before: what can be seen is as you want "
                  "it. Nothing more was saved.");
    return (isOurs ? tr("It was changed meanwhile, with your account. Nothing was saved.")
                   : tr("Somebody has changed it meanwhile. Nothing was saved.")) +
           u'\n' +
           (lines.isEmpty() ? tr("Nothing differs that can be seen: it may be a secret.") : listed(lines)) +
           u'\n' + tr("“%1” keeps theirs where you changed nothing.").arg(actionAnyway);
}

QString ChangeWords::difference(const QString &name, const QStringList &lines)
{
    return tr("%1 was saved, but the server has made something else of it.").arg(name) + u'\n' +
           listed(lines);
}

QString ChangeWords::nothingLeft()
{
    return tr("Nothing is left to be saved: what is there now is as you want it, or has no room for what you "
              "changed.");
}

QString ChangeWords::keyNote()
{
    return tr(
        "The new key takes the place of the old one as soon as it is saved: workflows use it from then on. "
        "The old one can't be read back.");
}

QString ChangeWords::keyUnknown()
{
    return tr("The server does not show how this credential signs in, so what a new key of it consists of is "
              "not known. Edit it instead.");
}

QString ChangeWords::listed(const QStringList &lines)
{
    constexpr qsizetype maxListed = 10;
    const int more = int(lines.size() - maxListed);
    return more > 0 ? lines.first(maxListed).join(u'\n') + u'\n' + tr("… and %n more", nullptr, more)
                    : lines.join(u'\n');
}

QString ChangeWords::inProduction(const QString &profileTitle, const QString &applicationName)
{
    return tr("%1 is marked as production. Workflows of %2 can use the credential at once.")
        .arg(quoted(profileTitle, 80), quoted(applicationName, 80));
}
