// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagebox.h"

#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString html = u"<h1>Bold</h1> <a href=\"https://example.com\">here</a> &amp;"_s;

} // namespace

/// What every message and question of the program has in common.
class MessageBoxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void allOfItsTextIsLiteral();
    void aButtonClosesTheBoxAndIsHeard();
    void escapeAndEnterDoWhatTheSafeButtonDoes_data();
    void escapeAndEnterDoWhatTheSafeButtonDoes();
    void closingItDoesWhatTheSafeButtonDoes();
    void aMessageGoesWithEnter();

private:
    QPointer<MessageBox> m_box;
    QStringList m_heard;
};

void MessageBoxTest::init()
{
    m_heard.clear();
    m_box = new MessageBox(QStyle::SP_MessageBoxQuestion, html, u"And more: "_s + html, nullptr);
    m_box->addButton(u"Discard"_s, QDialogButtonBox::DestructiveRole,
                     [this] { m_heard.append(u"discard"_s); });
    m_box->addButton(u"Keep"_s, QDialogButtonBox::RejectRole, [this] { m_heard.append(u"keep"_s); });
    m_box->open();
    QVERIFY(QTest::qWaitForWindowActive(m_box));
}

void MessageBoxTest::cleanup()
{
    delete m_box;
}

void MessageBoxTest::allOfItsTextIsLiteral()
{
    QStringList texts;
    for (const QLabel *label : m_box->findChildren<QLabel *>()) {
        if (label->text().isEmpty())
            continue;
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(!label->openExternalLinks());
        texts.append(label->text());
    }
    QCOMPARE(texts, (QStringList{html, u"And more: "_s + html}));
}

void MessageBoxTest::aButtonClosesTheBoxAndIsHeard()
{
    for (auto *button : m_box->findChildren<QPushButton *>()) {
        if (button->text() == "Discard"_L1)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(m_heard, QStringList{u"discard"_s});
    QTRY_VERIFY(!m_box);
}

void MessageBoxTest::escapeAndEnterDoWhatTheSafeButtonDoes_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::newRow("Escape") << Qt::Key_Escape;
    QTest::newRow("Enter") << Qt::Key_Return;
    QTest::newRow("Enter of the keypad") << Qt::Key_Enter;
}

void MessageBoxTest::escapeAndEnterDoWhatTheSafeButtonDoes()
{
    QFETCH(Qt::Key, key);
    QTest::keyClick(m_box.data(), key);
    QCOMPARE(m_heard, QStringList{u"keep"_s});
    QTRY_VERIFY(!m_box);
}

void MessageBoxTest::closingItDoesWhatTheSafeButtonDoes()
{
    m_box->close();
    QCOMPARE(m_heard, QStringList{u"keep"_s});
    QTRY_VERIFY(!m_box);
}

void MessageBoxTest::aMessageGoesWithEnter()
{
    delete m_box;
    QWidget window;
    window.setWindowTitle(u"The window"_s);
    window.show();
    MessageBox::tell(QStyle::SP_MessageBoxWarning, html, &window);
    m_box = window.findChild<MessageBox *>();
    QVERIFY(m_box);
    QCOMPARE(m_box->windowTitle(), u"The window"_s);
    QTest::keyClick(m_box.data(), Qt::Key_Return);
    QTRY_VERIFY(!m_box);
}

QTEST_MAIN(MessageBoxTest)
#include "messageboxtest.moc"
