// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/conflictprompt.h"

#include "api/losantjson.h"
#include "edit/credentialform.h"
#include "widgets/buttonguard.h"
#include "widgets/messagebanner.h"
#include "widgets/plainlabel.h"

#include <QDialog>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

/// What is said and done in the form once somebody else has changed the same credential.
class ConflictPromptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_dialog.reset(); }

    void whoChangedItIsSaid();
    void mineGoesUponTheirs();
    void theirsTakesThePlaceOfMine();
    void nothingIsChosenOnceItIsForgotten();

private:
    QPushButton *button(const QString &text) const;
    void press(const QString &text) const;

    std::unique_ptr<QDialog> m_dialog;
    CredentialForm *m_form = nullptr;
    MessageBanner *m_banner = nullptr;
    ConflictPrompt *m_prompt = nullptr;
    Credential m_theirs;
};

void ConflictPromptTest::init()
{
    m_dialog = std::make_unique<QDialog>();
    m_form = new CredentialForm;
    m_banner = new MessageBanner(u"Error message"_s, QStyle::SP_MessageBoxWarning);
    auto *column = new QVBoxLayout(m_dialog.get());
    column->addWidget(m_form);
    column->addWidget(m_banner);
    m_prompt = new ConflictPrompt(*m_form, *m_banner, *new ButtonGuard(m_dialog.get()),
                                  ChangeWords(ChangeWords::Change::Edit));
    m_dialog->show();

    m_theirs = {.id = u"c1"_s,
                .name = u"S3 archive"_s,
                .type = u"aws"_s,
                .enabled = true,
                .config = R"({"accessKeyId":"AKIAIOSFODNN7EXAMPLE","region":"us-east-1"})"};
    CredentialDraft mine = LosantJson::readDraft(m_theirs);
    mine.set(FieldId::description, u"Ask Ada"_s);
    mine.set(FieldId::name, u"Mine"_s);
    m_form->setDraft(mine);
    m_theirs.description = u"Ask Bob"_s;
    m_theirs.enabled = false;
    m_theirs.lastUpdatedById = u"u1"_s;
    m_theirs.lastUpdatedByType = u"user"_s;
}

QPushButton *ConflictPromptTest::button(const QString &text) const
{
    for (auto *button : m_banner->findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    qFatal("There is no button %s", qUtf8Printable(text));
}

void ConflictPromptTest::press(const QString &text) const
{
    QTRY_VERIFY(button(text)->isEnabled()); // once it has settled
    QTest::mouseClick(button(text), Qt::LeftButton);
}

void ConflictPromptTest::whoChangedItIsSaid()
{
    const auto said = [this] {
        QStringList texts;
        for (const auto *label : m_banner->findChildren<PlainLabel *>())
            texts += label->text();
        return texts.join(u'\n');
    };
    m_prompt->show(m_theirs, u"u2"_s, false);
    QVERIFY(said().contains(u"Somebody has changed it meanwhile."_s));
    QVERIFY(said().contains(u"Description: yours is “Ask Ada”, theirs “Ask Bob”."_s));
    m_prompt->show(m_theirs, u"u1"_s, false);
    QVERIFY(said().contains(u"It was changed meanwhile, with your account."_s));
    m_prompt->show(m_theirs, {}, false);
    QVERIFY(said().contains(u"Somebody has changed it meanwhile."_s));
}

void ConflictPromptTest::mineGoesUponTheirs()
{
    QSignalSpy mine(m_prompt, &ConflictPrompt::mineChosen);
    m_prompt->show(m_theirs, {}, false);
    press(u"Save anyway"_s);
    QCOMPARE(mine.count(), 1);
    QCOMPARE(m_form->draft().value(FieldId::name), u"Mine"_s);
    QCOMPARE(m_form->draft().value(FieldId::description), u"Ask Ada"_s);
    QCOMPARE(m_form->draft().value(FieldId::enabled), QString());
    QCOMPARE(m_form->draft().base()->description, u"Ask Bob"_s);
}

void ConflictPromptTest::theirsTakesThePlaceOfMine()
{
    QSignalSpy theirs(m_prompt, &ConflictPrompt::theirsChosen);
    m_prompt->show(m_theirs, {}, false);
    press(u"Load theirs"_s);
    QCOMPARE(theirs.count(), 1);
    QVERIFY(!theirs.front().front().toBool());
    QCOMPARE(m_form->draft().value(FieldId::name), u"Mine"_s); // which they left as it was
    QCOMPARE(m_form->draft().value(FieldId::description), u"Ask Bob"_s);
}

void ConflictPromptTest::nothingIsChosenOnceItIsForgotten()
{
    QSignalSpy mine(m_prompt, &ConflictPrompt::mineChosen);
    m_prompt->show(m_theirs, {}, false);
    QVERIFY(button(u"Save anyway"_s)->isVisible());
    m_prompt->forget();
    QVERIFY(!button(u"Save anyway"_s)->isVisible());
    QVERIFY(!button(u"Load theirs"_s)->isVisible());
    button(u"Save anyway"_s)->setEnabled(true);
    button(u"Save anyway"_s)->click();
    QCOMPARE(mine.count(), 0);
}

QTEST_MAIN(ConflictPromptTest)
#include "conflictprompttest.moc"
