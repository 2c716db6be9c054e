// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/usagemessages.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Kind = LinkedResource::Kind;

namespace {

CredentialUsage usageOf(std::vector<LinkedResource> items)
{
    const int count = int(items.size());
    return {.items = std::move(items), .isComplete = true, .listedCount = count, .totalCount = count};
}

LinkedResource workflow(const QString &name, const QString &id = {})
{
    return {.kind = Kind::Workflow, .id = id, .name = name, .category = u"cloud"_s};
}

QString statusOf(const CredentialUsage &usage)
{
    return UsageMessages(usage).status();
}

QStringList textsOf(const CredentialUsage &usage)
{
    QStringList texts;
    for (const UsageMessages::Item &item : UsageMessages(usage).items())
        texts += item.text();
    return texts;
}

const ApiError refused{.kind = ApiError::Kind::Forbidden, .httpStatus = 403};
const ApiError offline{.kind = ApiError::Kind::Offline};

} // namespace

/// What is said of where a credential is used, and what is not.
class UsageMessagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachKindIsNamedFirst();
    void aVersionHasTheNameOfItsWorkflow();
    void whatHasNoNameIsListed();
    void oddNamesStayInTheirLine();
    void itemsAreInOrder();
    void whatWasFoundIsCounted();
    void noneFoundIsNotUnused();
    void templatesAreSaidNotToShow();
    void anIncompleteListSaysHowMany();
    void aVeryLongListIsCutAndSaysSo();
    void aRefusalNamesTheScope();
    void aFailureSaysWhyAndOffersToLookAgain();
    void bothFailuresSayWhyOnce();
    void whatCouldNotBeLookedAtIsNotSaidToHoldNothing();
};

void UsageMessagesTest::eachKindIsNamedFirst()
{
    QCOMPARE(textsOf(usageOf({workflow(u"Nightly export"_s)})),
             QStringList{u"Nightly export · Workflow · cloud"_s});
    QCOMPARE(
        textsOf(usageOf(
            {{.kind = Kind::Integration, .name = u"Broker"_s, .category = u"mqtt"_s, .enabled = false}})),
        QStringList{u"Broker · Integration · mqtt · Disabled"_s});
    QCOMPARE(textsOf(usageOf({{.kind = Kind::DataArchive}, {.kind = Kind::ApplicationExport}})),
             (QStringList{u"Application archive · Data"_s,
                          u"Application archive · Exports of the application"_s}));
    QCOMPARE(
        textsOf(usageOf({{.kind = Kind::WorkflowVersion, .name = u"Login"_s, .category = u"experience"_s}})),
        QStringList{u"Login · Version of a workflow · experience"_s});
}

void UsageMessagesTest::aVersionHasTheNameOfItsWorkflow()
{
    const LinkedResource version{
        .kind = Kind::WorkflowVersion, .id = u"v"_s, .version = u"v1.2"_s, .workflowId = u"f1"_s};
    QCOMPARE(textsOf(usageOf({workflow(u"Nightly export"_s, u"f1"_s), version})).value(1),
             u"Nightly export · Version v1.2"_s);
    QCOMPARE(textsOf(usageOf({workflow(u"Nightly export"_s, u"f2"_s), version})).value(1),
             u"f1 · Version v1.2"_s);
}

void UsageMessagesTest::whatHasNoNameIsListed()
{
    QCOMPARE(textsOf(usageOf({{.kind = Kind::Workflow}})), QStringList{u"— · Workflow"_s});
    QCOMPARE(textsOf(usageOf({{.kind = Kind::Workflow, .id = u"f1"_s}})), QStringList{u"f1 · Workflow"_s});
    // A version of no known workflow is not that of a workflow without an ID.
    QCOMPARE(textsOf(usageOf({workflow(u"Other"_s), {.kind = Kind::WorkflowVersion, .version = u"v1"_s}}))
                 .value(1),
             u"— · Version v1"_s);
}

void UsageMessagesTest::oddNamesStayInTheirLine()
{
    const QStringList texts =
        textsOf(usageOf({workflow(QString(5000, u'x') + u"\nend"_s), workflow(u"<b>one\ntwo</b>"_s)}));
    for (const QString &text : texts) {
        QVERIFY(text.size() < 300);
        QVERIFY(!text.contains(u'\n'));
    }
}

void UsageMessagesTest::itemsAreInOrder()
{
    const QStringList texts =
        textsOf(usageOf({{.kind = Kind::Integration, .name = u"A"_s}, workflow(u"C"_s), workflow(u"B"_s)}));
    QCOMPARE(texts,
             (QStringList{u"B · Workflow · cloud"_s, u"C · Workflow · cloud"_s, u"A · Integration"_s}));
}

void UsageMessagesTest::whatWasFoundIsCounted()
{
    const QString status = statusOf(usageOf({workflow(u"A"_s),
                                             workflow(u"B"_s),
                                             {.kind = Kind::WorkflowVersion},
                                             {.kind = Kind::Integration},
                                             {.kind = Kind::DataArchive},
                                             {.kind = Kind::ApplicationExport}}));
    QVERIFY2(status.startsWith(u"Used by 2 workflow(s), 1 version(s) of workflows, 1 integration(s), "
                               "the application's archive."_s),
             qPrintable(status));
}

void UsageMessagesTest::noneFoundIsNotUnused()
{
    const QString status = statusOf(usageOf({}));
    QVERIFY(status.startsWith(u"Nothing was found that refers to it. It may be used all the same."_s));
    QVERIFY(!UsageMessages(usageOf({})).offersRetry());
}

void UsageMessagesTest::templatesAreSaidNotToShow()
{
    QVERIFY(statusOf(usageOf({})).contains(u"template"_s));
    QVERIFY(statusOf(usageOf({workflow(u"A"_s)})).contains(u"template"_s));
}

void UsageMessagesTest::anIncompleteListSaysHowMany()
{
    CredentialUsage usage = usageOf({workflow(u"A"_s)});
    usage.isComplete = false;
    usage.listedCount = 1'000;
    usage.totalCount = 2'400;
    QVERIFY(statusOf(usage).contains(u"The server lists only 1,000 of 2,400."_s));
    usage.totalCount.reset();
    QVERIFY(statusOf(usage).contains(u"The server may not have listed all of them."_s));
}

void UsageMessagesTest::aVeryLongListIsCutAndSaysSo()
{
    const std::size_t max = UsageMessages::maxItems;
    QVERIFY(!statusOf(usageOf(std::vector(max, workflow(u"A"_s)))).contains(u"The list shows"_s));
    const CredentialUsage usage = usageOf(std::vector(5'000, workflow(u"A"_s)));
    QCOMPARE(UsageMessages(usage).items().size(), max);
    QVERIFY(statusOf(usage).startsWith(u"Used by 5000 workflow(s)."_s));
    QVERIFY(statusOf(usage).contains(u"The list shows the first 200."_s));
}

void UsageMessagesTest::aRefusalNamesTheScope()
{
    CredentialUsage usage = usageOf({});
    usage.archiveError = refused;
    QVERIFY(statusOf(usage).contains(u"application.get"_s));
    QVERIFY(!statusOf(usage).contains(u"credential.linkedResources"_s));
    usage = {.linksError = refused};
    QVERIFY(statusOf(usage).contains(u"credential.linkedResources"_s));
    QVERIFY(!UsageMessages(usage).offersRetry());
}

void UsageMessagesTest::aFailureSaysWhyAndOffersToLookAgain()
{
    CredentialUsage usage = usageOf({workflow(u"A"_s)});
    usage.archiveError = offline;
    const QString status = statusOf(usage);
    QVERIFY(status.startsWith(u"Used by 1 workflow(s)."_s));
    QVERIFY(
        status.contains(u"The application's archive could not be looked at. The server can't be reached."_s));
    QVERIFY(UsageMessages(usage).offersRetry());
}

void UsageMessagesTest::bothFailuresSayWhyOnce()
{
    const QString status = statusOf({.linksError = offline, .archiveError = offline});
    QCOMPARE(status.count(u"can't be reached"_s), 1);
    QVERIFY(status.contains(u"archive"_s));
}

void UsageMessagesTest::whatCouldNotBeLookedAtIsNotSaidToHoldNothing()
{
    QVERIFY(!statusOf({.linksError = refused}).contains(u"was found"_s));
    CredentialUsage usage = usageOf({});
    usage.archiveError = refused;
    QVERIFY(statusOf(usage).startsWith(u"No workflow or integration was found"_s));
    usage = {.items = {{.kind = Kind::DataArchive}}, .linksError = refused};
    QVERIFY(statusOf(usage).startsWith(u"Used by the application's archive."_s));
}

QTEST_GUILESS_MAIN(UsageMessagesTest)
#include "usagemessagestest.moc"
