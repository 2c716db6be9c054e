// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/credentialdraft.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What was typed is kept, and what is shown depends on what was chosen.
class CredentialDraftTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewDraftIsEmptyAndEnabledWithEachChoiceAtItsFirst();
    void everyFieldWithoutAConditionIsShown();
    void aFieldComesAndGoesWithoutLosingWhatWasTyped();
    void aFieldIsHiddenWhileTheOneItDependsOnIs();
    void oneFieldOfAKeyIsShownAtATime();
    void wordsGoByTheChosenMethod();
};

namespace {

CredentialDraft draftOf(QStringView type)
{
    return CredentialDraft(*findCredentialType(type));
}

void set(CredentialDraft &draft, QLatin1StringView key, const QString &value)
{
    draft.set(*draft.shownField(key), value);
}

} // namespace

void CredentialDraftTest::aNewDraftIsEmptyAndEnabledWithEachChoiceAtItsFirst()
{
    QVERIFY(!CredentialDraft().type());
    for (const CredentialType &type : credentialTypes()) {
        const CredentialDraft draft(type);
        QCOMPARE(draft.type(), &type);
        QCOMPARE(draft.value(FieldId::enabled), u"true"_s);
        QVERIFY(draft.value(FieldId::name).isEmpty() && draft.value(FieldId::description).isEmpty());
        for (const FieldId field : type.fieldIds()) {
            const auto &choices = type.field(field).choices;
            QCOMPARE(draft.value(field), choices.empty() ? QString() : QString(choices.front().value));
        }
    }
}

void CredentialDraftTest::everyFieldWithoutAConditionIsShown()
{
    for (const CredentialType &type : credentialTypes()) {
        const CredentialDraft draft(type);
        for (const FieldId field : type.fieldIds()) {
            if (type.field(field).shownWhen.key.isEmpty())
                QVERIFY(draft.isShown(field));
        }
    }
}

void CredentialDraftTest::aFieldComesAndGoesWithoutLosingWhatWasTyped()
{
    CredentialDraft draft = draftOf(u"snowflake");
    const FieldId key = *draft.shownField("privateKey"_L1);
    draft.set(key, u"pasted"_s);
    set(draft, "generatePrivateKey"_L1, u"true"_s);
    QVERIFY(!draft.isShown(key));
    QVERIFY(!draft.shownField("privateKey"_L1));
    QCOMPARE(draft.valueOf("privateKey"_L1), QString());
    QCOMPARE(draft.value(key), u"pasted"_s);
    set(draft, "generatePrivateKey"_L1, QString());
    QVERIFY(draft.isShown(key));
    QCOMPARE(draft.valueOf("privateKey"_L1), u"pasted"_s);
}

void CredentialDraftTest::aFieldIsHiddenWhileTheOneItDependsOnIs()
{
    CredentialDraft draft = draftOf(u"git");
    QCOMPARE(draft.valueOf("type"_L1), u"ssh-key"_s);
    set(draft, "generatePrivateKey"_L1, u"true"_s);
    QVERIFY(!draft.shownField("secretValue"_L1));
    set(draft, "type"_L1, u"http-password"_s);
    QVERIFY(!draft.shownField("generatePrivateKey"_L1)); // switched on, but gone
    const auto password = draft.shownField("secretValue"_L1);
    QVERIFY(password);
    QCOMPARE(draft.type()->field(*password).kind, FieldKind::Line);
    set(draft, "type"_L1, u"ssh-key"_s);
    QCOMPARE(draft.valueOf("generatePrivateKey"_L1), u"true"_s);
}

void CredentialDraftTest::oneFieldOfAKeyIsShownAtATime()
{
    for (const CredentialType &type : credentialTypes()) {
        CredentialDraft draft(type);
        for (const FieldId decider : type.fieldIds()) {
            QStringList values;
            for (const FieldChoice &choice : type.field(decider).choices)
                values += choice.value;
            if (type.field(decider).kind == FieldKind::Switch)
                values = {QString(), u"true"_s};
            for (const QString &value : values) {
                draft.set(decider, value);
                QStringList shown;
                for (const FieldId field : type.fieldIds()) {
                    if (draft.isShown(field))
                        shown += type.field(field).key;
                }
                QCOMPARE(shown.removeDuplicates(), 0);
            }
        }
    }
}

void CredentialDraftTest::wordsGoByTheChosenMethod()
{
    CredentialDraft draft = draftOf(u"http");
    const FieldId secret = *draft.shownField("secretValue"_L1);
    QCOMPARE(draft.wording(secret).label, "Header value");
    set(draft, "authMethod"_L1, u"basicAuth"_s);
    QCOMPARE(draft.shownField("secretValue"_L1), secret);
    QCOMPARE(draft.wording(secret).label, "Password");
    set(draft, "authMethod"_L1, u"clientCertificate"_s);
    QVERIFY(draft.shownField("secretValue"_L1) != secret);
    QCOMPARE(draft.wording(*draft.shownField("secretValue"_L1)).label, "Private key");
    QCOMPARE(draft.wording(*draft.shownField("uriMatch"_L1)).label, "URI match");

    CredentialDraft sql = draftOf(u"sql");
    set(sql, "system"_L1, u"pg"_s);
    QCOMPARE(sql.wording(*sql.shownField("port"_L1)).placeholder, "Default (5432)");
}

QTEST_GUILESS_MAIN(CredentialDraftTest)
#include "credentialdrafttest.moc"
