// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createdialogdriver.h"
#include "gui/dialogscene.h"
#include "signin/signinform.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const QWidget *part)
{
    const auto *button = qobject_cast<const QAbstractButton *>(part);
    if (const auto *label = qobject_cast<const QLabel *>(part))
        return label->text().remove(QRegularExpression(u"<[^>]*>"_s));
    if (!part->accessibleName().isEmpty())
        return part->accessibleName();
    if (button)
        return button->text().remove(u'&');
    QAccessibleInterface *accessible =
        QAccessible::queryAccessibleInterface(const_cast<QWidget *>(part)); // of what labels it
    const auto labels = accessible ? accessible->relations(QAccessible::Label)
                                   : QList<std::pair<QAccessibleInterface *, QAccessible::Relation>>();
    return labels.isEmpty() ? QString::fromLatin1(part->metaObject()->className())
                            : labels.front().first->text(QAccessible::Name);
}

/// What Tab has to come to: not the parts of a compound one. Both ways to sign in, each before its fields.
QList<QWidget *> stopsOf(const QWidget *dialog)
{
    QList<QWidget *> stops = dialog->findChildren<QWidget *>();
    stops.removeIf([dialog](const QWidget *part) {
        const bool isStop =
            (part->focusPolicy() & Qt::TabFocus) || qobject_cast<const QRadioButton *>(part) != nullptr;
        return part->window() != dialog || !part->isVisible() || !part->isEnabled() || part->focusProxy() ||
               !isStop;
    });
    return stops;
}

/// Walks from where the focus is until it is there again, or turns in a circle that leads elsewhere.
QList<QWidget *> walk(QWidget *dialog, Qt::Key key)
{
    QList<QWidget *> visited;
    QWidget *const start = dialog->focusWidget();
    QWidget *before = start;
    while (visited.isEmpty() || visited.back() != start) {
        QTest::keyClick(before, key, key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
        before = dialog->focusWidget();
        if (visited.contains(before))
            break;
        visited.append(before);
    }
    return visited;
}

} // namespace

/// Tab and Shift+Tab go through every dialog, past all that can have the focus, and come back.
class TabCyclesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDialog_data();
    void everyDialog();
    void everyTypeOfCredential_data();
    void everyTypeOfCredential();
    void aFormWithMessagesAndRemedies();
    void aFormWhoseOutcomeIsUnknown();
    void aSignInWithACodeAndAMessage();
    void theProfilesOfASignIn();
    void theFieldsOfAProxy();

private:
    static void check(QWidget *dialog, const QString &what);
};

void TabCyclesTest::check(QWidget *dialog, const QString &what)
{
    QVERIFY(DialogScene::waitForKeys(dialog));
    QVERIFY(QTest::qWaitFor(
        [dialog] {
            const auto buttons = dialog->findChildren<QPushButton *>();
            return std::ranges::any_of(
                buttons, [](auto *button) { return button->isVisible() && button->isEnabled(); });
        },
        2000));
    QTest::qWait(600); // the buttons have settled
    QList<QWidget *> expected = stopsOf(dialog);
    QVERIFY(!expected.isEmpty());
    if (!expected.contains(dialog->focusWidget()))
        expected.front()->setFocus();
    QWidget *const start = dialog->focusWidget();
    const QList<QWidget *> forth = walk(dialog, Qt::Key_Tab);
    QStringList names;
    for (const QWidget *part : forth)
        names.append(nameOf(part));
    qInfo().noquote() << what << u"→"_s << names.join(u" → "_s);
    QCOMPARE(forth.back(), start);
    for (QWidget *part : std::as_const(expected))
        QVERIFY2(forth.contains(part), qUtf8Printable(nameOf(part) + " is not come to"_L1));
    QList<QWidget *> back = walk(dialog, Qt::Key_Backtab);
    QCOMPARE(back.back(), start);
    std::reverse(back.begin(), back.end() - 1);
    QCOMPARE(back, forth);
}

void TabCyclesTest::everyDialog_data()
{
    DialogScene::addRowsOfOwnDialogs();
}

void TabCyclesTest::everyDialog()
{
    QFETCH(QString, name);
    DialogScene scene;
    QDialog *dialog = scene.open(name);
    const CloseAtEnd closes(*dialog);
    check(dialog, name);
}

void TabCyclesTest::everyTypeOfCredential_data()
{
    QTest::addColumn<QString>("type");
    for (const CredentialType &type : credentialTypes())
        QTest::newRow(type.key.data()) << credentialTypeName(type.key);
}

void TabCyclesTest::everyTypeOfCredential()
{
    QFETCH(QString, type);
    CreateDialogDriver driver;
    driver.chooseType(u"SendGrid"_s); // and another after it
    driver.chooseType(type);
    check(&driver.dialog, type);
    for (QComboBox *box : driver.dialog.findChildren<QComboBox *>()) {
        for (int i = 0; box->isVisible() && i < box->count(); ++i) {
            driver.choose(nameOf(box), box->itemText(i));
            check(&driver.dialog, type + u", "_s + box->itemText(i));
        }
    }
}

void TabCyclesTest::aFormWithMessagesAndRemedies()
{
    CreateDialogDriver driver;
    driver.chooseType(u"Amazon Web Services"_s);
    driver.type(u"Name"_s, u"x"_s);
    driver.paste(u"Access key ID"_s, u"  AKIAIOSFODNN7EXAMPLE  "_s);
    driver.paste(u"Secret access key"_s, u"\"wJalrXUtnFEMI\""_s);
    driver.click(u"Create"_s);
    QVERIFY(!driver.errorMessage().isEmpty());
    check(&driver.dialog, u"With messages"_s);
}

void TabCyclesTest::aFormWhoseOutcomeIsUnknown()
{
    CreateDialogDriver driver;
    driver.server.handle([](const RecordedRequest &request) -> ScriptedReply {
        if (request.method == "POST")
            return {.way = ScriptedReply::Way::CloseBefore};
        return {.status = 403, .body = "{}"};
    });
    driver.fillIn();
    driver.click(u"Create"_s);
    QTRY_VERIFY_WITH_TIMEOUT(driver.find(u"Check again"_s), 20'000);
    check(&driver.dialog, u"Unknown outcome"_s);
}

void TabCyclesTest::aSignInWithACodeAndAMessage()
{
    DialogScene scene;
    scene.losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.method == "POST")
            return FakeLosant::error(401, u"Two factor code needed"_s);
        return std::nullopt;
    });
    QDialog *dialog = scene.open(u"Sign in"_s);
    const CloseAtEnd closes(*dialog);
    const GuiProbe probe(*dialog);
    probe.line(u"Email"_s)->setText(u"ada@example.com"_s);
    qobject_cast<SecretEdit *>(probe.part(QAccessible::EditableText, u"Password"_s))->setText(u"secret"_s);
    probe.click(u"Sign in"_s);
    QTRY_VERIFY(probe.has(QAccessible::EditableText, u"Two-factor code"_s));
    check(dialog, u"Sign in, with a code"_s);
}

void TabCyclesTest::theProfilesOfASignIn()
{
    DialogScene scene;
    Profile west = DialogScene::proxied(scene.losant->url());
    scene.profiles->save(west);
    QDialog *dialog = scene.open(u"Sign in"_s);
    const CloseAtEnd closes(*dialog);
    check(dialog, u"Sign in, with profiles"_s);
    GuiProbe(*dialog).combo(u"Profile"_s)->setCurrentText(u"West"_s);
    check(dialog, u"Sign in, with a profile"_s);
    GuiProbe(*dialog).click(u"Sign in"_s);
    check(dialog, u"Sign in, with a message"_s);
}

void TabCyclesTest::theFieldsOfAProxy()
{
    DialogScene scene;
    QDialog *dialog = scene.open(u"Profile settings"_s);
    const CloseAtEnd closes(*dialog);
    for (const QString &kind : {u"None"_s, u"SOCKS5"_s, u"System settings"_s, u"HTTP"_s}) {
        GuiProbe(*dialog).combo(u"Proxy"_s)->setCurrentText(kind);
        check(dialog, u"Profile settings, proxy "_s + kind);
    }
    GuiProbe(*dialog).line(u"Losant domain"_s)->setText(u"a b"_s);
    GuiProbe(*dialog).click(u"Save"_s);
    check(dialog, u"Profile settings, with a message"_s);
}

QTEST_MAIN(TabCyclesTest)
#include "tabcyclestest.moc"
