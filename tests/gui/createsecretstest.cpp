// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createdialogdriver.h"
#include "support/memorypeek.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace {

const QString secretName = u"Private key"_s;
const QString key = u"-----BEGIN KEY-----\n"_s + QString(4000, u's') + u"\n-----END KEY-----\n"_s;

} // namespace

/// What becomes of a secret in the create dialog: it is hidden when nobody can be looking, and overwritten
/// when the dialog is done with it.
class CreateSecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_driver = std::make_unique<CreateDialogDriver>();
        m_driver->chooseType(u"Snowflake"_s);
        m_driver->type(u"Name"_s, u"Warehouse"_s);
        m_driver->type(u"Host"_s, u"h"_s);
        m_driver->type(u"Username"_s, u"u"_s);
        m_driver->paste(secretName, key);
        // Freed memory keeps its middle for a while.
        m_place = m_driver->part<SecretEdit>(secretName)->text().constData() + key.size() / 2;
        QVERIFY(isAtPlace());
    }

    void aSecretShownByTheButtonIsHiddenWhenTheDialogIsLeft()
    {
        m_driver->click(u"Show Private key"_s);
        QVERIFY(isShown());
        leaveTheDialog();
        QTRY_VERIFY(!isShown());
        QVERIFY(!m_driver->part<QAbstractButton>(u"Show Private key"_s)->isChecked());
    }

    void aSecretShownByTheShortcutIsHiddenWhenTheDialogIsLeft()
    {
        QTest::keyClick(m_driver->part(secretName), Qt::Key_R, Qt::ControlModifier);
        QVERIFY(isShown());
        leaveTheDialog();
        QTRY_VERIFY(!isShown());
    }

    void aShownSecretIsHiddenWhenAFileIsChosen()
    {
        m_driver->click(u"Show Private key"_s);
        m_driver->click(u"Open file"_s);
        QTRY_VERIFY(!isShown());
    }

    void itIsOverwrittenOnceTheCredentialIsCreated()
    {
        m_driver->acceptWhatIsPosted();
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
        QVERIFY(m_driver->server.requests().back().body.contains("ssss"));
        QVERIFY(!isAtPlace());
    }

    void itIsOverwrittenOnceItIsDiscarded()
    {
        m_driver->dialog.close();
        m_driver->click(u"Discard"_s);
        QVERIFY(!m_driver->dialog.isVisible());
        QVERIFY(!isAtPlace());
    }

    void itIsOverwrittenWhenTheDialogGoes()
    {
        m_driver.reset();
        QVERIFY(!isAtPlace());
    }

    void itStaysWhenTheServerRefuses()
    {
        m_driver->server.otherwise({.status = 403});
        m_driver->click(u"Create"_s);
        QTRY_VERIFY(!m_driver->errorMessage().isEmpty());
        QCOMPARE(m_driver->text(secretName), key);
    }

    void thatOfATypeNotChosenInTheEndGoesToo()
    {
        m_driver->acceptWhatIsPosted();
        m_driver->chooseType(u"Loggly"_s);
        m_driver->type(u"Name"_s, u"Logs"_s);
        m_driver->type(u"Customer token"_s, u"0f1e2d3c"_s);
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
        for (const SecretEdit *editor : m_driver->dialog.findChildren<SecretEdit *>())
            QCOMPARE(editor->text(), QString());
    }

private:
    bool isShown() { return m_driver->part<SecretEdit>(secretName)->isRevealed(); }
    bool isAtPlace() const { return memoryAt(m_place, 1000).contains("s\0s\0s\0s\0"_ba); }

    void leaveTheDialog()
    {
        m_other.show();
        m_other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_other));
    }

    std::unique_ptr<CreateDialogDriver> m_driver;
    const QChar *m_place = nullptr;
    QWidget m_other;
};

QTEST_MAIN(CreateSecretsTest)
#include "createsecretstest.moc"
