// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secretclipboard.h"

#include "support/holdsfor.h"
#include "widgets/tonedlabel.h"

#include <QGuiApplication>
#include <QProcess>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto text = "AKIAIOSFODNN7EXAMPLE"_L1;

QClipboard &clipboard()
{
    return *QGuiApplication::clipboard();
}

/// Runs a program of its own, which may ask this one for the clipboard meanwhile.
QByteArray outputOf(const QString &command)
{
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, command});
    return QTest::qWaitFor([&shell] { return shell.state() == QProcess::NotRunning; }, 10'000)
               ? shell.readAllStandardOutput()
               : "no end of "_ba + command.toUtf8();
}

} // namespace

/// What may be sensitive is taken back from the clipboard. Run on X11 too, before a second client.
class SecretClipboardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        clipboard().clear();
        m_note = std::make_unique<TonedLabel>(TonedLabel::Tone::Quiet);
        m_secrets = std::make_unique<SecretClipboard>();
    }

    void cleanup()
    {
        m_secrets.reset();
        m_note.reset();
    }

    void managersAreAskedToKeepNoHistory()
    {
        m_secrets->copy(text, m_note.get());
        QCOMPARE(clipboard().text(), text);
        QCOMPARE(clipboard().mimeData()->data(u"x-kde-passwordManagerHint"_s), "secret"_ba);
    }

    void theNoteCountsDown()
    {
        m_secrets->copy(text, m_note.get());
        QTRY_COMPARE(m_note->text(), u"Copied. It is cleared from the clipboard in 30 s."_s);
        QVERIFY(m_note->isVisible());
        QTRY_COMPARE(m_note->text(), u"Copied. It is cleared from the clipboard in 29 s."_s);
        QCOMPARE(m_note->accessibleDescription(), m_note->text());
        QCOMPARE(clipboard().text(), text);
    }

    void itIsClearedWhenTheTimeIsOver()
    {
        m_secrets = std::make_unique<SecretClipboard>(300ms);
        m_secrets->copy(text, m_note.get());
        VERIFY_HOLDS_FOR(150ms, clipboard().text() == text);
        QTRY_COMPARE_WITH_TIMEOUT(clipboard().text(), QString(), 1000);
        QVERIFY(!m_note->isVisible());
    }

    void aSecondCopyHasTheWholeTimeAndItsOwnNote()
    {
        m_secrets = std::make_unique<SecretClipboard>(400ms);
        TonedLabel second(TonedLabel::Tone::Quiet);
        m_secrets->copy(text, m_note.get());
        VERIFY_HOLDS_FOR(250ms, clipboard().text() == text);
        m_secrets->copy(u"us-east-1"_s, &second);
        QTRY_VERIFY(second.isVisible() && !m_note->isVisible());
        VERIFY_HOLDS_FOR(250ms, clipboard().text() == "us-east-1"_L1);
        QTRY_COMPARE_WITH_TIMEOUT(clipboard().text(), QString(), 1000);
    }

    void whatIsCopiedLaterStaysEvenIfItIsTheSame()
    {
        m_secrets = std::make_unique<SecretClipboard>(200ms);
        m_secrets->copy(text, m_note.get());
        clipboard().setText(text);
        QTRY_VERIFY(!m_note->isVisible());
        VERIFY_HOLDS_FOR(400ms, clipboard().text() == text);
    }

    void aNoteMayGoBeforeItsTime()
    {
        m_secrets = std::make_unique<SecretClipboard>(200ms);
        m_secrets->copy(text, m_note.get());
        m_note.reset();
        QTRY_COMPARE_WITH_TIMEOUT(clipboard().text(), QString(), 1000);
    }

    void itIsClearedOnQuit()
    {
        m_secrets->copy(text, m_note.get());
        m_secrets.reset();
        QCOMPARE(clipboard().text(), QString());
    }

    void whatIsCopiedLaterStaysOnQuit()
    {
        m_secrets->copy(text, m_note.get());
        clipboard().setText(text);
        m_secrets.reset();
        QCOMPARE(clipboard().text(), text);
    }

    void theSelectionIsClearedToo()
    {
        if (!clipboard().supportsSelection())
            QSKIP("there is no selection here");
        m_secrets = std::make_unique<SecretClipboard>(200ms);
        clipboard().setMimeData(new SecretMimeData(text, m_note.get()), QClipboard::Selection);
        QVERIFY(!m_note->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(clipboard().text(QClipboard::Selection), QString(), 1000);
    }

    void anotherClientSeesTheHintAndNothingOnceItIsCleared()
    {
        if (!isOnX11())
            QSKIP("there is no other client here");
        m_secrets->copy(text, m_note.get());
        QCOMPARE(outputOf(u"xclip -o -selection clipboard"_s), QByteArray(text.data()));
        QCOMPARE(outputOf(u"xclip -o -selection clipboard -t x-kde-passwordManagerHint"_s), "secret"_ba);
        m_secrets.reset();
        QCOMPARE(outputOf(u"xclip -o -selection clipboard 2>/dev/null"_s), QByteArray());
    }

    void theCopyOfAnotherClientStaysEvenIfItIsTheSame()
    {
        if (!isOnX11())
            QSKIP("there is no other client here");
        m_secrets = std::make_unique<SecretClipboard>(500ms);
        m_secrets->copy(text, m_note.get());
        QTRY_VERIFY(m_note->isVisible());
        QCOMPARE(outputOf("printf %s "_L1 + text + " | xclip -i -selection clipboard >/dev/null 2>&1"_L1),
                 ""_ba);
        QTRY_VERIFY(!m_note->isVisible());
        QTest::qWait(700);
        QCOMPARE(outputOf(u"xclip -o -selection clipboard"_s), QByteArray(text.data()));
        m_secrets.reset();
        QCOMPARE(outputOf(u"xclip -o -selection clipboard"_s), QByteArray(text.data()));
    }

private:
    static bool isOnX11() { return QGuiApplication::platformName() == "xcb"_L1; }

    std::unique_ptr<TonedLabel> m_note;
    std::unique_ptr<SecretClipboard> m_secrets;
};

QTEST_MAIN(SecretClipboardTest)
#include "secretclipboardtest.moc"
