// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/credentialcolumns.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Columns = CredentialColumns;
using SortField = PageQuery::SortField;

/// What the columns of a credential say, wherever credentials are listed.
class CredentialColumnsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyTheColumnsThatTheApiSortsByHaveAField();
    void everyColumnHasATitleOfItsOwn();
    void whatIsMissingIsADash();
    void datesAreExactWhereThatIsAskedFor();
    void aTextIsWhole();
    void valuesAreTheApisOwn();
    void aCopyHasTheExactTimeAndNothingForNothing();
    void creatorsAreNamedByKind_data();
    void creatorsAreNamedByKind();
};

void CredentialColumnsTest::onlyTheColumnsThatTheApiSortsByHaveAField()
{
    QCOMPARE(Columns::sortField(Columns::Name), std::optional(SortField::Name));
    QCOMPARE(Columns::sortField(Columns::Type), std::optional(SortField::Type));
    QCOMPARE(Columns::sortField(Columns::Created), std::optional(SortField::CreationDate));
    QCOMPARE(Columns::sortField(Columns::LastUpdated), std::optional(SortField::LastUpdated));
    for (const int column : {Columns::Status, Columns::Description, Columns::CreatedBy, Columns::Id,
                             Columns::LastUpdatedBy, Columns::Count})
        QVERIFY(!Columns::sortField(column));
    for (const SortField field :
         {SortField::Name, SortField::Type, SortField::CreationDate, SortField::LastUpdated})
        QCOMPARE(Columns::sortField(Columns::columnOf(field)), std::optional(field));
}

void CredentialColumnsTest::everyColumnHasATitleOfItsOwn()
{
    QStringList titles;
    for (int column = 0; column < Columns::Count; ++column)
        titles.append(Columns::title(column));
    QVERIFY(!titles.contains(QString()));
    QCOMPARE(titles.removeDuplicates(), 0);
    QCOMPARE(Columns::title(Columns::Count), QString());
}

void CredentialColumnsTest::whatIsMissingIsADash()
{
    for (int column = 0; column < Columns::Count; ++column) {
        const QString text = Columns::text({}, column, {});
        QCOMPARE(text, column == Columns::Description ? QString() : u"—"_s);
        QCOMPARE(Columns::exactText({}, column, {}), text);
    }
    QVERIFY(!Columns::value({}, Columns::Status).isValid());
    QVERIFY(!Columns::value({}, Columns::Created).isValid());
}

void CredentialColumnsTest::datesAreExactWhereThatIsAskedFor()
{
    const Credential credential{.name = u"aws"_s, .creationDate = 1'465'790'400'000};
    QVERIFY(Columns::text(credential, Columns::Created, {}).contains(u"year"_s));
    QVERIFY(Columns::exactText(credential, Columns::Created, {}).contains(u"2016"_s));
    QCOMPARE(Columns::exactText(credential, Columns::Name, {}), u"aws"_s);
}

void CredentialColumnsTest::aTextIsWhole()
{
    const QString name(100'000, u'x');
    QCOMPARE(Columns::text({.name = name}, Columns::Name, {}), name);
}

void CredentialColumnsTest::valuesAreTheApisOwn()
{
    const Credential credential{.id = u"57a9"_s,
                                .type = u"aws"_s,
                                .enabled = false,
                                .lastUpdated = 1'465'790'400'500,
                                .createdById = u"u1"_s};
    QCOMPARE(Columns::value(credential, Columns::Type), QVariant(u"aws"_s));
    QCOMPARE(Columns::text(credential, Columns::Type, {}), u"Amazon Web Services"_s);
    QCOMPARE(Columns::value(credential, Columns::Status), QVariant(false));
    QCOMPARE(Columns::text(credential, Columns::Status, {}), u"Disabled"_s);
    QCOMPARE(Columns::value(credential, Columns::LastUpdated), QVariant(qint64(1'465'790'400'500)));
    QCOMPARE(Columns::value(credential, Columns::CreatedBy), QVariant(u"u1"_s));
    QCOMPARE(Columns::value(credential, Columns::Id), QVariant(u"57a9"_s));
}

void CredentialColumnsTest::aCopyHasTheExactTimeAndNothingForNothing()
{
    for (int column = 0; column < Columns::Count; ++column)
        QCOMPARE(Columns::copyText({}, column, {}), QString());
    const Credential credential{.name = u" a\n"_s + QString(100'000, u'x'),
                                .type = u"aws"_s,
                                .enabled = false,
                                .creationDate = 1'465'790'400'500,
                                .lastUpdatedById = u"u1"_s,
                                .lastUpdatedByType = u"user"_s};
    QCOMPARE(Columns::copyText(credential, Columns::Name, {}), credential.name);
    QCOMPARE(Columns::copyText(credential, Columns::Type, {}), u"Amazon Web Services"_s);
    QCOMPARE(Columns::copyText(credential, Columns::Status, {}), u"Disabled"_s);
    QCOMPARE(Columns::copyText(credential, Columns::Created, {}), u"2016-06-13T04:00:00.500Z"_s);
    QCOMPARE(Columns::copyText(credential, Columns::LastUpdated, {}), QString());
    QCOMPARE(Columns::copyText(credential, Columns::LastUpdatedBy, {}), u"User u1"_s);
}

void CredentialColumnsTest::creatorsAreNamedByKind_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("text");
    QTest::newRow("you") << u"u1"_s << u"user"_s << u"you"_s;
    QTest::newRow("somebody else") << u"u2"_s << u"user"_s << u"User u2"_s;
    QTest::newRow("a workflow") << u"f1"_s << u"flow"_s << u"Workflow f1"_s;
    QTest::newRow("no user, but your id") << u"u1"_s << u"flow"_s << u"Workflow u1"_s;
    QTest::newRow("a token") << u"t1"_s << u"apiToken"_s << u"API token t1"_s;
    QTest::newRow("an unknown kind") << u"x1"_s << u"robot"_s << u"robot x1"_s;
    QTest::newRow("no kind") << u"x1"_s << QString() << u"x1"_s;
    QTest::newRow("nobody") << QString() << u"user"_s << u"—"_s;
}

void CredentialColumnsTest::creatorsAreNamedByKind()
{
    QFETCH(const QString, id);
    QFETCH(const QString, type);
    const Credential credential{.createdById = id, .createdByType = type};
    QTEST(Columns::creatorText(credential, {.id = u"u1"_s}), "text");
    const Credential updated{.lastUpdatedById = id, .lastUpdatedByType = type};
    QTEST(Columns::updaterText(updated, {.id = u"u1"_s}), "text");
    QTEST(Columns::text(updated, Columns::LastUpdatedBy, {.id = u"u1"_s}), "text");
    QTEST(Columns::text(credential, Columns::CreatedBy, {.id = u"u1"_s}), "text");
}

QTEST_GUILESS_MAIN(CredentialColumnsTest)
#include "credentialcolumnstest.moc"
