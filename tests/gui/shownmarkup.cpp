// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shownmarkup.h"

#include "gui/filledform.h"
#include "widgets/messagebox.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QErrorMessage>
#include <QGroupBox>
#include <QHelpEvent>
#include <QInputDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSet>
#include <QTextDocument>
#include <QTextEdit>
#include <QToolTip>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

/// The one link of the program: SignInForm's.
const QString tokenGuide =
    u"<a href=\"https://docs.losant.com/user-accounts/user-tokens/\">Where to make a token</a>"_s;

struct Place
{
    QString name;
    QString text;  ///< as it was set
    QString drawn; ///< as the eye gets it
    bool isVisible = false;
};

QString plainText(const QString &html)
{
    QTextDocument document;
    document.setHtml(html);
    return document.toPlainText();
}

QString withoutMnemonics(const QString &text)
{
    QString drawn;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'&' && ++i == text.size())
            break;
        drawn += text[i];
    }
    return drawn;
}

/// As Qt does: an odd "[*]" stands for unsaved changes, two of them for one.
QString drawnTitle(QString title)
{
    constexpr QChar one(1);
    return title.replace(u"[*][*]"_s, one).remove(u"[*]"_s).replace(one, u"[*]"_s);
}

QString drawnTip(const QString &tip)
{
    return Qt::mightBeRichText(tip) ? plainText(tip) : tip;
}

bool isToolTip(const QWidget &widget)
{
    return widget.inherits("QTipLabel");
}

QString drawnText(const QLabel &label)
{
    const bool isRich = label.textFormat() == Qt::RichText || label.textFormat() == Qt::MarkdownText ||
                        (label.textFormat() == Qt::AutoText && Qt::mightBeRichText(label.text()));
    QString drawn = isRich ? plainText(label.text()) : label.text();
    drawn.remove(QChar(0x200b));
    return label.buddy() && !isRich ? withoutMnemonics(drawn) : drawn;
}

QString markOf(const QString &part)
{
    static const QRegularExpression word(u"[A-Za-z]{4,}"_s);
    return word.match(part).captured();
}

/// Whether `part` is literal, or cut with an ellipsis, wherever its mark is.
bool isLiteral(const QString &drawn, const QString &part)
{
    const QString mark = markOf(part);
    if (mark.isEmpty())
        qFatal("“%s” has no word of four letters", qPrintable(part));
    if (!drawn.contains(mark))
        return false;
    for (qsizetype at = drawn.indexOf(mark); at >= 0; at = drawn.indexOf(mark, at + 1)) {
        const qsizetype begin = at - part.indexOf(mark);
        if (begin < 0)
            return false;
        const QString rest = drawn.mid(begin);
        const auto end = std::ranges::mismatch(part, rest);
        if (end.in1 != part.end() && (end.in2 == rest.end() || *end.in2 != u'…'))
            return false;
    }
    return true;
}

QString nameOf(const QObject &object)
{
    const auto *widget = qobject_cast<const QWidget *>(&object);
    QStringList words{QString::fromLatin1(object.metaObject()->className())};
    words += widget ? widget->accessibleName() : QString();
    words += object.objectName();
    if (object.parent())
        words += u"in "_s + QString::fromLatin1(object.parent()->metaObject()->className());
    words.removeAll(QString());
    return words.join(u' ');
}

/// Whether anything shows the action's tool tip: a menu does not, unless it is told to.
bool showsToolTip(const QAction &action)
{
    return std::ranges::any_of(action.associatedObjects(), [](const QObject *object) {
        const auto *menu = qobject_cast<const QMenu *>(object);
        return !menu || menu->toolTipsVisible();
    });
}

QSet<QAction *> allActions()
{
    QSet<QAction *> actions;
    for (const QWidget *widget : QApplication::allWidgets()) {
        for (QAction *action : widget->actions() + widget->findChildren<QAction *>())
            actions.insert(action);
    }
    return actions;
}

class Places
{
public:
    Places()
    {
        for (const QWidget *widget : QApplication::allWidgets())
            addWidget(*widget);
        for (const QAction *action : allActions())
            addAction(*action);
    }

    std::vector<Place> found;

private:
    void add(const QObject &object, const QString &what, const QString &text, const QString &drawn,
             bool isVisible)
    {
        if (!text.isEmpty())
            found.push_back({nameOf(object) + u", "_s + what, text, drawn, isVisible});
    }

    void addWidget(const QWidget &widget)
    {
        const bool isVisible = widget.isVisible();
        const auto literal = [&](const QString &what, const QString &text) {
            add(widget, what, text, text, isVisible);
        };
        add(widget, u"tool tip"_s, widget.toolTip(), drawnTip(widget.toolTip()), false);
        add(widget, u"what is this"_s, widget.whatsThis(), drawnTip(widget.whatsThis()), false);
        if (widget.isWindow())
            add(widget, u"window title"_s, widget.windowTitle(), drawnTitle(widget.windowTitle()), isVisible);
        if (const auto *label = qobject_cast<const QLabel *>(&widget))
            add(widget, u"text"_s, label->text(), drawnText(*label), isVisible);
        if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
            add(widget, u"text"_s, button->text(), withoutMnemonics(button->text()), isVisible);
        if (const auto *menu = qobject_cast<const QMenu *>(&widget))
            add(widget, u"title"_s, menu->title(), withoutMnemonics(menu->title()),
                false); // an action shows it
        if (const auto *box = qobject_cast<const QGroupBox *>(&widget))
            add(widget, u"title"_s, box->title(), withoutMnemonics(box->title()), isVisible);
        if (const auto *line = qobject_cast<const QLineEdit *>(&widget)) {
            literal(u"text"_s, line->text());
            literal(u"placeholder"_s, line->placeholderText());
        }
        if (const auto *box = qobject_cast<const QComboBox *>(&widget)) {
            for (int i = 0; i < box->count(); ++i)
                literal(u"choice"_s, box->itemText(i));
        }
        if (const auto *edit = qobject_cast<const QPlainTextEdit *>(&widget)) {
            literal(u"text"_s, edit->toPlainText());
            literal(u"placeholder"_s, edit->placeholderText());
        }
        if (const auto *edit = qobject_cast<const QTextEdit *>(&widget))
            add(widget, u"text"_s, edit->toHtml(), edit->toPlainText(), isVisible);
    }

    void addAction(const QAction &action)
    {
        const bool isVisible =
            action.isVisible() && std::ranges::any_of(action.associatedObjects(), [](const QObject *object) {
                const auto *menu = qobject_cast<const QMenu *>(object);
                return menu && menu->isVisible();
            });
        add(action, u"text"_s, action.text(), withoutMnemonics(action.text()), isVisible);
        add(action, u"what is this"_s, action.whatsThis(), drawnTip(action.whatsThis()), false);
        if (showsToolTip(action))
            add(action, u"tool tip"_s, action.toolTip(), drawnTip(action.toolTip()), false);
    }
};

/// What is wrong whatever the text.
QString problemOf(const QWidget &widget)
{
    if (qobject_cast<const QMessageBox *>(&widget) || qobject_cast<const QErrorMessage *>(&widget) ||
        qobject_cast<const QInputDialog *>(&widget))
        return u"reads texts as HTML"_s;
    const auto *label = qobject_cast<const QLabel *>(&widget);
    if (label && !isToolTip(widget) && label->text().contains(u'<') && label->textFormat() != Qt::PlainText &&
        label->text() != tokenGuide)
        return u"is no plain text: "_s + label->text();
    if (Qt::mightBeRichText(widget.toolTip()) && widget.accessibleDescription().isEmpty())
        return u"is heard by the HTML of its tool tip: "_s + widget.toolTip();
    return {};
}

} // namespace

QStringList shownMarkup(const QString &part)
{
    QStringList lines;
    for (const QWidget *widget : QApplication::allWidgets()) {
        if (const QString problem = problemOf(*widget); !problem.isEmpty())
            lines.append(nameOf(*widget) + u' ' + problem);
    }
    for (const Place &place : Places().found) {
        if (place.text.contains(markOf(part)) && !isLiteral(place.drawn, part))
            lines.append(place.name + u": "_s + place.drawn);
    }
    return lines;
}

int placesShowing(const QString &part)
{
    return int(std::ranges::count_if(
        Places().found, [&](const Place &place) { return place.isVisible && isLiteral(place.drawn, part); }));
}

void OddScene::begin()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_answers.clear();
    m_losant->addApplication(odd, odd);
    answer("/me", json({{u"id"_s, u"1"_s}, {u"email"_s, oddEmail}}));
}

void OddScene::end()
{
    QToolTip::hideText();
    QTRY_VERIFY(!QToolTip::isVisible());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    while (QWidget *popup = QApplication::activePopupWidget())
        popup->close();
    delete m_again;
    delete m_form;
    m_window.reset();
    m_losant.reset();
}

ScriptedReply OddScene::json(const QJsonObject &object, int status)
{
    return {.status = status, .body = QJsonDocument(object).toJson()};
}

QJsonObject OddScene::oddRow()
{
    QJsonObject row = FakeLosant::credential(odd, 1, odd);
    for (const QString &key : {u"description"_s, u"createdById"_s, u"createdByType"_s, u"applicationId"_s})
        row[key] = odd; // an odd id is a gap
    return row;
}

Profile OddScene::production() const
{
    Profile production = profile();
    production.isProduction = true;
    return production;
}

Profile OddScene::saveProfiles()
{
    Profile named = profile();
    Profile byAccount{.account = oddEmail, .connection = {.server = m_losant->url()}};
    ProfileStore store(m_settings->settings);
    store.save(named);
    store.save(byAccount);
    return named;
}

void OddScene::answer(const QByteArray &request, const ScriptedReply &reply)
{
    m_answers[request] = reply;
    m_losant->setException([this](const RecordedRequest &asked) -> std::optional<ScriptedReply> {
        const auto found = m_answers.find(asked.method == "POST" ? asked.method : asked.path());
        return found == m_answers.end() ? std::nullopt : std::optional(found->second);
    });
}

void OddScene::open(const Profile &profile)
{
    m_window.reset();
    m_window = std::make_unique<OpenWindow>(profile, m_settings->settings);
    QTRY_VERIFY(m_window->session().account());
}

void OddScene::openForm()
{
    if (!m_window)
        open();
    QTRY_VERIFY(m_window->isEnabled(QAccessible::PushButton, u"New credential"_s));
    m_form = openFilledForm(*m_window);
    form().line(u"Name"_s)->setText(odd);
}

void OddScene::expire(const QByteArray &token)
{
    open();
    Session &session = m_window->session();
    if (token == "of-nobody")
        session.setToken(token, std::nullopt);
    m_losant->setException([token](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        const QByteArray sent = request.header("Authorization").mid(7);
        if (sent == token)
            return FakeLosant::error(401, odd);
        if (request.path() != "/me")
            return std::nullopt;
        return sent == "of-nobody" ? FakeLosant::error(403, odd)
                                   : json({{u"id"_s, u"2"_s}, {u"email"_s, oddEmail}});
    });
    session.awaitTokens();
    QObject::connect(&session, &Session::tokenRefused, &m_window->window(), [this] {
        m_again = new SignInAgainDialog(m_window->session(), {}, &m_window->window());
        m_again->open();
    });
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_again && m_again->isVisible());
}

void OddScene::enterToken(const GuiProbe &dialog, const QString &token)
{
    qobject_cast<SecretEdit *>(dialog.part(QAccessible::EditableText, u"API token"_s))->setText(token);
    dialog.click(u"Sign in"_s);
}

void OddScene::hover(const QAbstractItemView &view, const QModelIndex &index)
{
    QToolTip::hideText();
    QTRY_VERIFY(!QToolTip::isVisible());
    const QPoint at = view.visualRect(index).center();
    QHelpEvent event(QEvent::ToolTip, at, view.viewport()->mapToGlobal(at));
    QApplication::sendEvent(view.viewport(), &event);
    QVERIFY(QToolTip::isVisible());
}

GuiProbe OddScene::boxOver(const QWidget *window)
{
    const auto box = [window]() -> QWidget * {
        QWidget *modal = QApplication::activeModalWidget();
        return modal == window ? nullptr : modal;
    };
    if (!QTest::qWaitFor([box] { return qobject_cast<MessageBox *>(box()); }))
        qFatal("No box has come");
    return GuiProbe(*box());
}

OpenSignIn::OpenSignIn(QSettings &settings, const Profile &profile)
    : profiles(settings), dialog(profiles, tokens, profile, false)
{
    dialog.open();
    if (!QTest::qWaitForWindowActive(&dialog))
        qFatal("The dialog does not become active");
}
