// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secretedit.h"

#include "support/memorypeek.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

constexpr char16_t bullet = u'\u2022';

QString randomText(QRandomGenerator &random)
{
    static constexpr char32_t special[] = {
        U'\r',     U'\n',     U'\t',     U'\0',         U' ',          U'\u00a0',
        U'\u2028', U'\u2029', U'\ufdd0', U'\ufdd1',     U'\ufffc',     U'\u200f',
        U'\u0301', U'\ufeff', U'\ufffe', U'\U0001f511', U'\U0010ffff', U'\x7f',
    };
    QString text;
    const int length = random.bounded(40);
    for (int i = 0; i < length; ++i) {
        switch (random.bounded(4)) {
        case 0:
            text += QString::fromUcs4(&special[random.bounded(int(std::size(special)))], 1);
            break;
        case 1:
            text += QChar(char16_t(random.bounded(0xd800, 0xe000))); // a surrogate that may well be alone
            break;
        case 2:
            text += QChar(char16_t(random.bounded(0xd800)));
            break;
        default:
            text += QChar(char16_t(random.bounded(0x20, 0x7f)));
        }
    }
    return text;
}

QString withLineFeeds(QString text)
{
    return text.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n');
}

} // namespace

class SecretEditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<SecretEdit::Lines>("lines");
        QTest::newRow("one line") << SecretEdit::Lines::Single;
        QTest::newRow("many lines") << SecretEdit::Lines::Multiple;
    }

    void init()
    {
        QFETCH_GLOBAL(SecretEdit::Lines, lines);
        m_edit = std::make_unique<SecretEdit>(lines);
        m_edit->resize(300, lines == SecretEdit::Lines::Single ? m_edit->sizeHint().height() : 120);
        m_edit->show();
        m_edit->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_edit.get()));
        m_edit->setFocus();
    }

    void cleanup() { m_edit.reset(); }

    void whatIsPastedComesOutAgainButForCarriageReturns()
    {
        QRandomGenerator random(20260101);
        for (int round = 0; round < 1000; ++round) {
            const QString text = randomText(random);
            m_edit->clear();
            paste(text);
            QCOMPARE(m_edit->text(), withLineFeeds(text));
        }
    }

    void whatIsInsertedByAccessibleTechnologyComesOutAgain()
    {
        QRandomGenerator random(20260102);
        for (int round = 0; round < 300; ++round) {
            const QString text = randomText(random);
            m_edit->clear();
            editable()->insertText(0, text);
            QCOMPARE(m_edit->text(), withLineFeeds(text));
        }
    }

    void keysTypeAndCorrect()
    {
        QTest::keyClicks(m_edit.get(), u"pasword"_s);
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(m_edit.get(), Qt::Key_Left);
        QTest::keyClicks(m_edit.get(), u"sx"_s);
        QTest::keyClick(m_edit.get(), Qt::Key_Backspace);
        QTest::keyClick(m_edit.get(), Qt::Key_End);
        QTest::keyClicks(m_edit.get(), u"s!"_s);
        QTest::keyClick(m_edit.get(), Qt::Key_Home);
        QTest::keyClick(m_edit.get(), Qt::Key_Delete);
        QTest::keyClicks(m_edit.get(), u"P"_s);
        QCOMPARE(m_edit->text(), u"Passwords!"_s);
    }

    void typingReplacesTheSelection()
    {
        paste(u"first and last"_s);
        QTest::keyClick(m_edit.get(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(m_edit.get(), u"xyz"_s);
        QTest::keyClick(m_edit.get(), Qt::Key_Left, Qt::ShiftModifier);
        QTest::keyClick(m_edit.get(), Qt::Key_Left, Qt::ShiftModifier);
        QTest::keyClicks(m_edit.get(), u"w"_s);
        QCOMPARE(m_edit->text(), u"xw"_s);
    }

    void backspaceTakesAWholeCharacter()
    {
        paste(u"a🔑"_s);
        QTest::keyClick(m_edit.get(), Qt::Key_Backspace);
        QCOMPARE(m_edit->text(), u"a"_s);
    }

    void returnBreaksTheLineOnlyWhereThereAreMany()
    {
        QTest::keyClicks(m_edit.get(), u"ab"_s);
        QTest::keyClick(m_edit.get(), Qt::Key_Return);
        QTest::keyClicks(m_edit.get(), u"c"_s);
        QCOMPARE(m_edit->text(), m_edit->isMultiLine() ? u"ab\nc"_s : u"abc"_s);
    }

    void upAndDownKeepTheColumn()
    {
        if (!m_edit->isMultiLine())
            QSKIP("there is one line only");
        paste(u"abcd\nefgh\nijkl"_s);
        QTest::keyClick(m_edit.get(), Qt::Key_Home);
        QTest::keyClick(m_edit.get(), Qt::Key_Right);
        QTest::keyClick(m_edit.get(), Qt::Key_Up);
        QTest::keyClicks(m_edit.get(), u"X"_s);
        QTest::keyClick(m_edit.get(), Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(m_edit.get(), Qt::Key_Down);
        QTest::keyClicks(m_edit.get(), u"Y"_s);
        QCOMPARE(m_edit->text(), u"abcd\nYeXfgh\nijkl"_s);
    }

    void aClickPutsTheCursorThere()
    {
        paste(u"abcdef"_s);
        QTest::mouseClick(m_edit->viewport(), Qt::LeftButton, {}, m_edit->cursorRect(2).center());
        QTest::keyClicks(m_edit.get(), u"X"_s);
        QCOMPARE(m_edit->text(), u"abXcdef"_s);
    }

    void nothingGoesToTheClipboardHiddenOrNot()
    {
        for (const bool revealed : {false, true}) {
            paste(u"hunter2"_s);
            m_edit->setRevealed(revealed);
            QGuiApplication::clipboard()->setText(u"before"_s);
            QTest::keyClick(m_edit.get(), Qt::Key_A, Qt::ControlModifier);
            QTest::keyClick(m_edit.get(), Qt::Key_C, Qt::ControlModifier);
            QTest::keyClick(m_edit.get(), Qt::Key_X, Qt::ControlModifier);
            QTest::keyClick(m_edit.get(), Qt::Key_Insert, Qt::ControlModifier);
            QTest::keyClick(m_edit.get(), Qt::Key_Delete, Qt::ShiftModifier);
            QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
        }
    }

    void whatWasDeletedDoesNotComeBack()
    {
        paste(u"hunter2"_s);
        QTest::keyClick(m_edit.get(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(m_edit.get(), Qt::Key_Delete);
        QTest::keyClick(m_edit.get(), Qt::Key_Z, Qt::ControlModifier);
        QTest::keyClick(m_edit.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_edit->text(), QString());
    }

    void whatIsClearedIsOverwritten()
    {
        paste(QString(2000, u's'));
        const QChar *place = m_edit->text().constData() + 1000; // freed memory keeps its middle for a while
        QVERIFY(holdsSecret(place));
        m_edit->clear();
        QVERIFY(!holdsSecret(place));
    }

    void whatIsEditedLeavesNothingBehind_data()
    {
        QTest::addColumn<QString>("inserted");
        QTest::newRow("typed on") << u"s"_s;
        QTest::newRow("shortened") << QString();
    }

    void whatIsEditedLeavesNothingBehind()
    {
        QFETCH(QString, inserted);
        SecretText text; // an editor lays its bullets out where the text was
        text.replace(0, 0, QString(2000, u's'));
        const QChar *place = text.text().constData() + 1000;
        QVERIFY(holdsSecret(place));
        text.replace(1999, 2000, inserted);
        QVERIFY(text.text().constData() + 1000 != place);
        QVERIFY(!holdsSecret(place));
    }

    void whatAWindowTakesWithItIsOverwritten()
    {
        paste(QString(2000, u's'));
        const QChar *place = m_edit->text().constData() + 1000;
        m_edit.reset();
        QVERIFY(!holdsSecret(place));
    }

    void inputMethodsGetNothingToReadAndAreToldThatItIsASecret()
    {
        paste(u"hunter2"_s);
        for (const auto query :
             {Qt::ImSurroundingText, Qt::ImCurrentSelection, Qt::ImTextBeforeCursor, Qt::ImTextAfterCursor})
            QCOMPARE(m_edit->inputMethodQuery(query).toString(), QString());
        const Qt::InputMethodHints secret =
            Qt::ImhSensitiveData | Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase;
        for (const bool revealed : {false, true}) {
            m_edit->setRevealed(revealed);
            QCOMPARE(m_edit->inputMethodHints() & secret, secret);
            // As a platform asks whoever has the focus.
            QInputMethodQueryEvent query(Qt::ImHints);
            QApplication::sendEvent(QApplication::focusObject(), &query);
            QCOMPARE(Qt::InputMethodHints(query.value(Qt::ImHints).toInt()) & secret, secret);
        }
    }

    void whatAnInputMethodCommitsIsTaken()
    {
        QInputMethodEvent event;
        event.setCommitString(u"ñ"_s);
        QApplication::sendEvent(m_edit.get(), &event);
        QCOMPARE(m_edit->text(), u"ñ"_s);
    }

    void hiddenTextsOfOneLengthLookTheSame() { QVERIFY(picture(u"iiiii"_s) == picture(u"WWW@#"_s)); }

    void revealedTextIsSeen()
    {
        m_edit->setRevealed(true);
        QVERIFY(picture(u"iiiii"_s) != picture(u"WWW@#"_s));
    }

    void textIsHiddenAgainWhenTheWindowIsLeft()
    {
        m_edit->setRevealed(true);
        QWidget other;
        other.show();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        QTRY_VERIFY(!m_edit->isRevealed());
    }

    void assistiveTechnologySeesAPasswordFieldOfBullets()
    {
        const QString text = u"pass🔑\u00a0\nword"_s;
        paste(text);
        for (const bool revealed : {false, true}) {
            m_edit->setRevealed(revealed);
            QCOMPARE(interface()->role(), QAccessible::EditableText);
            QVERIFY(interface()->state().passwordEdit);
            QCOMPARE(interface()->textInterface()->characterCount(), 11);
            QCOMPARE(interface()->textInterface()->text(0, 11), QString(11, bullet));
            QCOMPARE(interface()->textInterface()->text(2, 4), QString(2, bullet));
            QCOMPARE(interface()->text(QAccessible::Value), QString(11, bullet));
            QCOMPARE(interface()->childCount(), 0);
        }
    }

    void assistiveTechnologyCountsCharactersWhenItEdits()
    {
        paste(u"a🔑b"_s);
        editable()->insertText(2, u"X"_s);
        editable()->deleteText(0, 1);
        QCOMPARE(m_edit->text(), u"🔑Xb"_s);
        editable()->replaceText(0, 1, u"yz"_s);
        QCOMPARE(m_edit->text(), u"yzXb"_s);
    }

    void aDroppedFileIsOfferedNotItsNameTakenIn()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(u"/keys/id_ed25519"_s)});
        QSignalSpy offered(m_edit.get(), &SecretEdit::fileOffered);
        drop(data);
        QCOMPARE(m_edit->text(), QString());
        QCOMPARE(offered.count(), m_edit->isMultiLine() ? 1 : 0);
        if (m_edit->isMultiLine())
            QCOMPARE(offered.front().front().toString(), u"/keys/id_ed25519"_s);
    }

    void droppedTextIsTakenIn()
    {
        QMimeData data;
        data.setText(u"dropped"_s);
        drop(data);
        QCOMPARE(m_edit->text(), u"dropped"_s);
    }

    void aDropLeavesWhatItCameFromAlone()
    {
        QMimeData data;
        data.setText(u"dropped"_s);
        QCOMPARE(drop(data, Qt::CopyAction | Qt::MoveAction, Qt::ShiftModifier), Qt::CopyAction);
        QCOMPARE(m_edit->text(), u"dropped"_s);
    }

    void aDropThatCanOnlyMoveIsRefused()
    {
        QMimeData data;
        data.setText(u"dropped"_s);
        QCOMPARE(drop(data, Qt::MoveAction), Qt::IgnoreAction);
        QCOMPARE(m_edit->text(), QString());
    }

    void draggingTheSelectionSelectsAndMovesNothing()
    {
        paste(u"hunter2 hunter2"_s);
        m_edit->setRevealed(true);
        m_edit->select(0, m_edit->content().size());
        QWidget *viewport = m_edit->viewport();
        QTest::mousePress(viewport, Qt::LeftButton, {}, m_edit->cursorRect(2).center());
        QTest::qWait(QApplication::startDragTime());
        QTest::mouseMove(viewport, m_edit->cursorRect(6).center());
        QTest::mouseMove(viewport, m_edit->cursorRect(7).center());
        QTest::mouseRelease(viewport, Qt::LeftButton, {}, m_edit->cursorRect(7).center());
        QCOMPARE(m_edit->text(), u"hunter2 hunter2"_s);
        QCOMPARE(m_edit->content().selectionStart(), 2);
        QCOMPARE(m_edit->content().selectionEnd(), 7);
    }

    void aTextThatIsTooLongIsRefusedWhole()
    {
        QSignalSpy refused(m_edit.get(), &SecretEdit::refused);
        paste(u"kept"_s);
        paste(QString(SecretEdit::maxCharacters, u'x'));
        QCOMPARE(refused.count(), 1);
        QCOMPARE(m_edit->text(), u"kept"_s);
    }

private:
    static bool holdsSecret(const QChar *place) { return memoryAt(place, 200).contains("s\0s\0s\0s"_ba); }

    void paste(const QString &text)
    {
        auto *data = new QMimeData;
        data->setText(text);
        QGuiApplication::clipboard()->setMimeData(data);
        QTest::keyClick(m_edit.get(), Qt::Key_V, Qt::ControlModifier);
    }

    /// Returns what the editor says that it did.
    Qt::DropAction drop(const QMimeData &data, Qt::DropActions possible = Qt::CopyAction,
                        Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QDragEnterEvent enter(QPoint(5, 5), possible, &data, Qt::LeftButton, modifiers);
        QApplication::sendEvent(m_edit->viewport(), &enter);
        QDropEvent drop(QPointF(5, 5), possible, &data, Qt::LeftButton, modifiers);
        if (!enter.isAccepted())
            return Qt::IgnoreAction;
        QApplication::sendEvent(m_edit->viewport(), &drop);
        return drop.isAccepted() ? drop.dropAction() : Qt::IgnoreAction;
    }

    QImage picture(const QString &text)
    {
        m_edit->setText(text);
        m_edit->clearFocus(); // and with it the blinking cursor
        return m_edit->grab().toImage();
    }

    QAccessibleInterface *interface() { return QAccessible::queryAccessibleInterface(m_edit.get()); }
    QAccessibleEditableTextInterface *editable() { return interface()->editableTextInterface(); }

    std::unique_ptr<SecretEdit> m_edit;
};

QTEST_MAIN(SecretEditTest)
#include "secretedittest.moc"
