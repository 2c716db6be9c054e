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
    draft.setValue(draft.shownField(key), value);
}

} // namespace

void CredentialDraftTest::aNewDraftIsEmptyAndEnabledWithEachChoiceAtItsFirst()
{
    QVERIFY(!CredentialDraft().type());
    for (const CredentialType &type : credentialTypes()) {
        const CredentialDraft draft(type);
        QCOMPARE(draft.type(), &type);
        QVERIFY(draft.enabled);
        QVERIFY(draft.name.isEmpty() && draft.description.isEmpty());
        for (std::size_t field = 0; field < type.fields.size(); ++field) {
            const auto &choices = type.fields[field].choices;
            QCOMPARE(draft.value(int(field)), choices.empty() ? QString() : QString(choices.front().value));
        }
    }
}

void CredentialDraftTest::everyFieldWithoutAConditionIsShown()
{
    for (const CredentialType &type : credentialTypes()) {
        const CredentialDraft draft(type);
        for (std::size_t field = 0; field < type.fields.size(); ++field) {
            if (type.fields[field].shownWhen.key.isEmpty())
                QVERIFY(draft.isShown(int(field)));
        }
    }
}

void CredentialDraftTest::aFieldComesAndGoesWithoutLosingWhatWasTyped()
{
    CredentialDraft draft = draftOf(u"snowflake");
    const int key = draft.shownField("privateKey"_L1);
    QVERIFY(key >= 0);
    draft.setValue(key, u"pasted"_s);
    set(draft, "generatePrivateKey"_L1, u"true"_s);
    QVERIFY(!draft.isShown(key));
    QCOMPARE(draft.shownField("privateKey"_L1), -1);
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
    QCOMPARE(draft.shownField("secretValue"_L1), -1);
    set(draft, "type"_L1, u"http-password"_s);
    QCOMPARE(draft.shownField("generatePrivateKey"_L1), -1); // switched on, but gone
    const int password = draft.shownField("secretValue"_L1);
    QVERIFY(password >= 0);
    QCOMPARE(draft.type()->fields[std::size_t(password)].kind, FieldKind::Line);
    set(draft, "type"_L1, u"ssh-key"_s);
    QCOMPARE(draft.valueOf("generatePrivateKey"_L1), u"true"_s);
}

void CredentialDraftTest::oneFieldOfAKeyIsShownAtATime()
{
    for (const CredentialType &type : credentialTypes()) {
        CredentialDraft draft(type);
        for (std::size_t decider = 0; decider < type.fields.size(); ++decider) {
            QStringList values;
            for (const FieldChoice &choice : type.fields[decider].choices)
                values += choice.value;
            if (type.fields[decider].kind == FieldKind::Switch)
                values = {QString(), u"true"_s};
            for (const QString &value : values) {
                draft.setValue(int(decider), value);
                QStringList shown;
                for (std::size_t field = 0; field < type.fields.size(); ++field) {
                    if (draft.isShown(int(field)))
                        shown += type.fields[field].key;
                }
                QCOMPARE(shown.removeDuplicates(), 0);
            }
        }
    }
}

void CredentialDraftTest::wordsGoByTheChosenMethod()
{
    CredentialDraft draft = draftOf(u"http");
    const int secret = draft.shownField("secretValue"_L1);
    QCOMPARE(draft.wording(secret).label, "Header value");
    set(draft, "authMethod"_L1, u"basicAuth"_s);
    QCOMPARE(draft.shownField("secretValue"_L1), secret);
    QCOMPARE(draft.wording(secret).label, "Password");
    set(draft, "authMethod"_L1, u"clientCertificate"_s);
    QVERIFY(draft.shownField("secretValue"_L1) != secret);
    QCOMPARE(draft.wording(draft.shownField("secretValue"_L1)).label, "Private key");
    QCOMPARE(draft.wording(draft.shownField("uriMatch"_L1)).label, "URI match");

    CredentialDraft sql = draftOf(u"sql");
    set(sql, "system"_L1, u"pg"_s);
    QCOMPARE(sql.wording(sql.shownField("port"_L1)).placeholder, "Default (5432)");
}

QTEST_GUILESS_MAIN(CredentialDraftTest)
#include "credentialdrafttest.moc"
