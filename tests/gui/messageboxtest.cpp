// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagebox.h"

#include "support/heldkey.h"

#include <QApplication>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

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
    void itsButtonsCanBePressedAfterHalfASecond();
    void aKeyThatWasDownBeforeAnswersNothing_data();
    void aKeyThatWasDownBeforeAnswersNothing();
    void aButtonClosesTheBoxAndIsHeard();
    void escapeAndEnterDoWhatTheSafeButtonDoes_data();
    void escapeAndEnterDoWhatTheSafeButtonDoes();
    void closingItDoesWhatTheSafeButtonDoes();
    void aMessageGoesWithEnter();
    void overAPartItHasTheTitleOfTheWindow();

private:
    bool waitUntilItCanBeAnswered() const
    {
        return QTest::qWaitFor([this] { return std::ranges::all_of(buttons(), &QWidget::isEnabled); }, 2000);
    }
    QList<QPushButton *> buttons() const { return m_box->findChildren<QPushButton *>(); }

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

void MessageBoxTest::itsButtonsCanBePressedAfterHalfASecond()
{
    QVERIFY(std::ranges::none_of(buttons(), &QWidget::isEnabled));
    for (QPushButton *button : buttons())
        QTest::mouseClick(button, Qt::LeftButton);
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Space, Qt::Key_Escape})
        pressKey(key);
    QVERIFY(m_box && m_box->isVisible());
    QVERIFY(waitUntilItCanBeAnswered());
    QCOMPARE(m_heard, QStringList());
    QCOMPARE(qobject_cast<QPushButton *>(QApplication::focusWidget())->text(), u"Keep"_s);
}

void MessageBoxTest::aKeyThatWasDownBeforeAnswersNothing_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::newRow("Escape") << Qt::Key_Escape;
    QTest::newRow("Enter") << Qt::Key_Return;
    QTest::newRow("Space") << Qt::Key_Space;
}

void MessageBoxTest::aKeyThatWasDownBeforeAnswersNothing()
{
    QFETCH(Qt::Key, key);
    HeldKey(key).repeat(800);
    QVERIFY(m_box && m_box->isVisible());
    QVERIFY(waitUntilItCanBeAnswered());
    QCOMPARE(m_heard, QStringList());
}

void MessageBoxTest::aButtonClosesTheBoxAndIsHeard()
{
    QVERIFY(waitUntilItCanBeAnswered());
    for (QPushButton *button : buttons()) {
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
    QVERIFY(waitUntilItCanBeAnswered());
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
    QVERIFY(waitUntilItCanBeAnswered());
    QTest::keyClick(m_box.data(), Qt::Key_Return);
    QTRY_VERIFY(!m_box);
}

void MessageBoxTest::overAPartItHasTheTitleOfTheWindow()
{
    QWidget window;
    window.setWindowTitle(u"Credenza – Plant floor"_s);
    auto *part = new QWidget(&window);
    QCOMPARE(MessageBox(QStyle::SP_MessageBoxQuestion, u"Text"_s, {}, part).windowTitle(),
             window.windowTitle());
}

QTEST_MAIN(MessageBoxTest)
#include "messageboxtest.moc"
