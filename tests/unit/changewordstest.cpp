// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/changewords.h"

#include <QTest>

#include <set>

using namespace Qt::StringLiterals;

using Change = ChangeWords::Change;

namespace {

/// All that is ever said of a change.
QStringList allWords(Change change)
{
    const ChangeWords words(change);
    QStringList all{words.title,
                    words.action,
                    words.actionToolTip,
                    words.actionOnceMore,
                    words.actionInProduction,
                    words.actionAnyway,
                    words.progress,
                    words.sending,
                    words.lookingUp,
                    words.lookingUpAfterCancel,
                    words.lookingUpAfterLoss,
                    words.productionQuestion.arg(u"“X”"_s),
                    words.secretQuestion.arg(u"“X”"_s),
                    words.onceMoreQuestion,
                    words.onceMoreDetails,
                    words.closeQuestion,
                    words.cancelled,
                    words.cancelledAfterSending,
                    words.forbidden,
                    words.notYet.arg(u"Region"_s)};
    if (change != Change::Create)
        all += words.gone;
    ChangeOutcome outcome;
    all += words.unknown(outcome);
    outcome.error.httpStatus = 500;
    all += words.unknown(outcome);
    outcome.error.kind = ApiError::Kind::Unauthorized;
    all += words.unknown(outcome);
    outcome.error.tokenRenewed = true;
    all += words.unknown(outcome);
    outcome.wasCancelled = true;
    all += words.unknown(outcome);
    return all;
}

} // namespace

/// Each change is spoken of in its own words.
class ChangeWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsCreatedByAnEdit();
    void nothingIsSavedByACreation();
    void eachChangeHasItsOwnNames();
    void nothingIsEmptyOrLacksItsPart();
    void whatHasNoFormIsSpokenOfInItsOwnWords_data();
    void whatHasNoFormIsSpokenOfInItsOwnWords();
    void whyItWasNotDoneIsSaid();
};

void ChangeWordsTest::nothingIsCreatedByAnEdit()
{
    for (const Change change : {Change::Edit, Change::Rotate}) {
        for (const QString &text : allWords(change))
            QVERIFY2(!text.contains(u"creat"_s, Qt::CaseInsensitive), qPrintable(text));
    }
}

void ChangeWordsTest::nothingIsSavedByACreation()
{
    for (const QString &text : allWords(Change::Create)) {
        for (const QString &other : {u"save"_s, u"edit it"_s, u"rotate"_s})
            QVERIFY2(!text.contains(other, Qt::CaseInsensitive), qPrintable(text));
    }
}

void ChangeWordsTest::eachChangeHasItsOwnNames()
{
    std::set<QString> titles, actions, toolTips, inProduction, questions;
    for (const Change change : {Change::Create, Change::Edit, Change::Rotate}) {
        const ChangeWords words(change);
        titles.insert(words.title);
        actions.insert(words.action);
        toolTips.insert(words.actionToolTip);
        inProduction.insert(words.actionInProduction);
        questions.insert(words.productionQuestion.arg(u"“X”"_s));
    }
    QCOMPARE(titles, (std::set{u"New credential"_s, u"Edit credential"_s, u"Rotate secret"_s}));
    QCOMPARE(actions, (std::set{u"Create"_s, u"Save"_s, u"Rotate"_s}));
    QCOMPARE(toolTips.size(), 3U);
    QCOMPARE(inProduction.size(), 3U);
    QCOMPARE(questions.size(), 3U);
    QVERIFY(ChangeWords(Change::Create).forbidden.contains(u"credentials.post"_s));
    QVERIFY(ChangeWords(Change::Rotate).forbidden.contains(u"credential.patch"_s));
}

void ChangeWordsTest::nothingIsEmptyOrLacksItsPart()
{
    for (const Change change : {Change::Create, Change::Edit, Change::Rotate}) {
        for (const QString &text : allWords(change))
            QVERIFY2(!text.isEmpty() && !text.contains(u'%'), qPrintable(text));
        const ChangeWords words(change);
        QVERIFY(words.productionQuestion.arg(u"“X”"_s).contains(u"“X”"_s));
        QVERIFY(words.secretQuestion.arg(u"“X”"_s).contains(u"“X”"_s));
        QVERIFY(words.notYet.arg(u"Region"_s).contains(u"Region"_s));
    }
}

void ChangeWordsTest::whatHasNoFormIsSpokenOfInItsOwnWords_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("own");
    QTest::newRow("delete") << Change::Delete << u"delete"_s;
    QTest::newRow("disable") << Change::Disable << u"disable"_s;
    QTest::newRow("enable") << Change::Enable << u"enable"_s;
}

void ChangeWordsTest::whatHasNoFormIsSpokenOfInItsOwnWords()
{
    QFETCH(Change, change);
    QFETCH(QString, own);
    const ChangeWords words(change, u"“X”"_s);
    QStringList all{words.closeQuestion, words.notDone, words.cancelled, words.cancelledAfterSending,
                    words.forbidden};
    ChangeOutcome outcome;
    all += words.unknown(outcome);
    outcome.error.httpStatus = 500;
    all += words.unknown(outcome);
    outcome.error.kind = ApiError::Kind::Unauthorized;
    all += words.unknown(outcome);
    outcome.error.tokenRenewed = true;
    all += words.unknown(outcome);
    outcome.wasCancelled = true;
    all += words.unknown(outcome);
    for (const QString &text : all) {
        QVERIFY2(!text.contains(u'%'), qPrintable(text));
        for (const QString &other : {u"delete"_s, u"disable"_s, u"enable"_s, u"create"_s})
            QVERIFY2(text.contains(other) == (other == own), qPrintable(text));
    }
}

void ChangeWordsTest::whyItWasNotDoneIsSaid()
{
    const ChangeWords words(Change::Delete);
    ChangeOutcome outcome{.state = ChangeOutcome::State::NotDone};
    outcome.error.kind = ApiError::Kind::Offline;
    QVERIFY(words.failure(outcome).startsWith(words.notDone + u' '));
    outcome.wasCancelled = true;
    QCOMPARE(words.failure(outcome), words.cancelled);
    const ChangeWords edit(Change::Edit);
    outcome.wasLookedUp = true;
    QCOMPARE(edit.failure(outcome), edit.cancelledAfterSending);
    outcome.error = {.kind = ApiError::Kind::Forbidden, .httpStatus = 403};
    QCOMPARE(edit.failure(outcome), edit.forbidden); // although it was cancelled
    outcome.error = {.kind = ApiError::Kind::NotFound, .httpStatus = 404};
    QCOMPARE(edit.failure(outcome), edit.gone);
    outcome.error = {.kind = ApiError::Kind::Validation, .httpStatus = 400};
    QVERIFY(edit.failure(outcome, {{u"tags"_s, u"Too many."_s}}).endsWith(u"\ntags: Too many."_s));
}

QTEST_GUILESS_MAIN(ChangeWordsTest)
#include "changewordstest.moc"
