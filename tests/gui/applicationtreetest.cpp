// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "models/applicationtreemodel.h"
#include "support/holdsfor.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString applications = u"Applications"_s;

} // namespace

/// The list of applications at the left.
class ApplicationTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void applicationsAreGroupedByOwner();
    void eachHasItsNumberOfCredentials();
    void choosingOneOpensIt();
    void groupsCantBeChosen();
    void theSearchNarrowsTheListAsOneTypes();
    void theSearchAsksOnlyForWhatEnterWouldOpen();
    void theSearchKeepsTheOpenApplication();
    void aSearchWithoutAMatchSaysSo();
    void aSearchWithoutAMatchSaysSoWhole_data();
    void aSearchWithoutAMatchSaysSoWhole();
    void theKeyboardSearchesAndOpens();
    void keysGoFromApplicationToApplication();
    void whatIsTypedFindsApplicationsAlone();
    void theFocusAloneChoosesNothing();
    void downInTheSearchGoesToTheFirstMatch();
    void enterWithNothingSearchedForOpensNothing();
    void thousandsLoadInTheBackgroundAndSayThatTheyDo();
    void aFailureIsToldAndCanBeTriedAgain();
    void anApplicationTokenShowsItsOneApplication();
    void anApplicationTokenIsAskedForItsApplication();

private:
    void open(const QString &applicationId = {});
    QStringList shown() const;
    int requestsForApplications() const;

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void ApplicationTreeTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
}

void ApplicationTreeTest::cleanup()
{
    m_window.reset();
}

void ApplicationTreeTest::open(const QString &applicationId)
{
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings, applicationId);
    QTRY_VERIFY(!shown().isEmpty());
}

/// The rows as they are shown, groups in brackets.
QStringList ApplicationTreeTest::shown() const
{
    const QAbstractItemModel *model = m_window->tree(applications)->model();
    QStringList rows;
    for (int g = 0; g < model->rowCount(); ++g) {
        const QModelIndex group = model->index(g, 0);
        const bool isAll = group.data(ApplicationTreeModel::IdRole).isValid();
        rows += isAll ? group.data().toString() : u"[%1]"_s.arg(group.data().toString());
        for (int a = 0; a < model->rowCount(group); ++a)
            rows += model->index(a, 0, group).data().toString();
    }
    return rows;
}

int ApplicationTreeTest::requestsForApplications() const
{
    return int(std::ranges::count(m_losant->server().requests(), QByteArray("/applications"),
                                  [](const RecordedRequest &request) { return request.path(); }));
}

void ApplicationTreeTest::applicationsAreGroupedByOwner()
{
    m_losant->addApplication(u"Depot"_s, u"Borealis"_s);
    m_losant->addApplication(u"Demo"_s);
    m_losant->addApplication(u"Plant"_s, u"Acme"_s);
    m_losant->addApplication(u"Yard"_s, u"Borealis"_s);
    open();
    QCOMPARE(shown(), (QStringList{u"All applications"_s, u"[My sandbox]"_s, u"Demo"_s, u"[Acme]"_s,
                                   u"Plant"_s, u"[Borealis]"_s, u"Depot"_s, u"Yard"_s}));
    QCOMPARE(m_window->window().windowTitle(), u"Credenza – Demo"_s);
    const auto &requests = m_losant->server().requests();
    const auto asked = std::ranges::find(requests, QByteArray("/applications"),
                                         [](const RecordedRequest &request) { return request.path(); });
    QCOMPARE(asked->parameter(u"perPage"_s), u"1000"_s);
    QCOMPARE(asked->parameter(u"sortField"_s), u"name"_s);
    QCOMPARE(asked->parameter(u"sortDirection"_s), u"asc"_s);
    QCOMPARE(asked->parameter(u"summaryInclude"_s), u"credentialCount"_s);
}

void ApplicationTreeTest::eachHasItsNumberOfCredentials()
{
    m_losant->setCredentials(m_losant->addApplication(u"Plant"_s), FakeLosant::someCredentials(1234));
    open();
    const QAbstractItemModel *model = m_window->tree(applications)->model();
    for (const QModelIndex &row :
         {model->index(0, 0, model->index(1, 0)), model->index(0, 0)}) { // that of all
        QCOMPARE(row.siblingAtColumn(1).data().toString(), u"1,234"_s);
        QVERIFY(row.data(Qt::AccessibleDescriptionRole).toString().contains(u"credential"_s));
    }
}

void ApplicationTreeTest::choosingOneOpensIt()
{
    m_losant->addApplication(u"Demo"_s);
    m_losant->setCredentials(m_losant->addApplication(u"Plant"_s), FakeLosant::someCredentials(3));
    open();
    QTreeView *tree = m_window->tree(applications);
    const QModelIndex plant = tree->model()->index(1, 0, tree->model()->index(1, 0));
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(plant).center());
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);
    QCOMPARE(m_window->window().windowTitle(), u"Credenza – Plant"_s);
    QCOMPARE(m_losant->pageRequests().back().path(),
             QByteArray("/applications/" + FakeLosant::applicationId(2).toUtf8() + "/credentials"));
}

void ApplicationTreeTest::groupsCantBeChosen()
{
    m_losant->addApplication(u"Demo"_s);
    m_losant->addApplication(u"Plant"_s, u"Acme"_s);
    open();
    QTreeView *tree = m_window->tree(applications);
    const QModelIndex acme = tree->model()->index(2, 0);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(acme).center());
    VERIFY_HOLDS_FOR(50ms,
                     m_window->window().windowTitle() == u"Credenza – Demo"_s && tree->isExpanded(acme));
}

void ApplicationTreeTest::theSearchNarrowsTheListAsOneTypes()
{
    m_losant->addApplication(u"Demo"_s);
    m_losant->addApplication(u"Plant floor"_s, u"Acme"_s);
    m_losant->addApplication(u"Acme depot"_s, u"Borealis"_s);
    open();
    m_window->line(u"Search applications"_s)->setFocus();
    m_window->type(u"PLANT"_s);
    QCOMPARE(shown(), (QStringList{u"[Acme]"_s, u"Plant floor"_s}));
    m_window->key(Qt::Key_Escape);
    QCOMPARE(shown().size(), 7);
    m_window->type(u"acme"_s);
    QCOMPARE(shown(), (QStringList{u"[Borealis]"_s, u"Acme depot"_s}));
    for (const QString &pasted :
         {u" acme depot"_s, u"acme depot \n"_s, u"acme\ndepot"_s, u"\ufeffacme depot\u200b"_s}) {
        m_window->line(u"Search applications"_s)->setText(pasted);
        QCOMPARE(shown(), (QStringList{u"[Borealis]"_s, u"Acme depot"_s}));
    }
    m_window->line(u"Search applications"_s)->setText(u" \u200b"_s);
    QCOMPARE(shown().size(), 7);
}

void ApplicationTreeTest::theSearchAsksOnlyForWhatEnterWouldOpen()
{
    m_losant->addApplication(u"Demo"_s);
    const QString plant = m_losant->addApplication(u"Plant"_s);
    open();
    QTRY_COMPARE(m_losant->pageCount(), 1);
    const std::size_t before = m_losant->server().requests().size();
    m_window->line(u"Search applications"_s)->setFocus();
    m_window->type(u"plant"_s);
    QCOMPARE(m_losant->server().requests().size(), before);
    QTRY_COMPARE(m_losant->server().requests().size(), before + 1);
    VERIFY_HOLDS_FOR(300ms, m_losant->server().requests().size() == before + 1);
    QCOMPARE(m_losant->server().requests().back().path(), "/applications/" + plant.toUtf8() + "/credentials");
}

void ApplicationTreeTest::theSearchKeepsTheOpenApplication()
{
    m_losant->addApplication(u"Demo"_s);
    m_losant->addApplication(u"Plant"_s);
    open();
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Demo"_s);
    m_window->line(u"Search applications"_s)->setFocus();
    m_window->type(u"plant"_s);
    VERIFY_HOLDS_FOR(50ms, m_window->window().windowTitle() == u"Credenza – Demo"_s);
    m_window->key(Qt::Key_Escape);
    QCOMPARE(m_window->tree(applications)->currentIndex().data().toString(), u"Demo"_s);
}

void ApplicationTreeTest::aSearchWithoutAMatchSaysSo()
{
    m_losant->addApplication(u"Demo"_s);
    open();
    m_window->line(u"Search applications"_s)->setFocus();
    m_window->type(u"<b>x</b>"_s);
    QVERIFY(m_window->visibleText().contains(u"No application has “<b>x</b>” in its name."_s));
}

void ApplicationTreeTest::aSearchWithoutAMatchSaysSoWhole_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("a long word") << QString(70, u'x');
    QTest::newRow("a wide one") << QString(70, u'W');
    QTest::newRow("many words") << u"one and another "_s.repeated(4);
    QTest::newRow("narrow, then wide") << QString(30, u'i') + QString(30, u'W');
}

void ApplicationTreeTest::aSearchWithoutAMatchSaysSoWhole()
{
    QFETCH(const QString, text);
    m_losant->addApplication(u"Demo"_s);
    open();
    m_window->line(u"Search applications"_s)->setFocus();
    m_window->type(text);
    const auto labels = m_window->window().findChildren<QLabel *>();
    const auto label = std::ranges::find_if(labels, [](const QLabel *candidate) {
        return candidate->isVisible() && candidate->text().startsWith(u"No application has"_s);
    });
    QVERIFY(label != labels.end());
    const QRect room = (*label)->contentsRect();
    const auto needed = [&] {
        return (*label)->fontMetrics().boundingRect(QRect(0, 0, room.width(), 9999), Qt::TextWordWrap,
                                                    (*label)->text());
    };
    QTRY_VERIFY(needed().height() <= (*label)->contentsRect().height());
    QVERIFY2(needed().width() <= room.width(),
             qPrintable(u"%1 in %2"_s.arg(needed().width()).arg(room.width())));
    QVERIFY((*label)->parentWidget()->rect().contains((*label)->geometry()));
}

void ApplicationTreeTest::keysGoFromApplicationToApplication()
{
    for (const QString &name : {u"Ant"_s, u"Bee"_s})
        m_losant->addApplication(name);
    m_losant->addApplication(u"Cat"_s, u"Acme"_s);
    m_losant->addApplication(u"Dog"_s, u"Borealis"_s);
    open();
    QTreeView *tree = m_window->tree(applications);
    tree->setFocus();
    const auto press = [&](Qt::Key key) {
        m_window->key(key);
        return tree->currentIndex().data().toString();
    };
    QCOMPARE(tree->currentIndex().data().toString(), u"Ant"_s);
    QCOMPARE(press(Qt::Key_Down), u"Bee"_s);
    QCOMPARE(press(Qt::Key_Down), u"Cat"_s);
    QCOMPARE(press(Qt::Key_Down), u"Dog"_s);
    QCOMPARE(press(Qt::Key_Down), u"Dog"_s);
    QCOMPARE(press(Qt::Key_Up), u"Cat"_s);
    QCOMPARE(press(Qt::Key_Left), u"Cat"_s);
    QCOMPARE(press(Qt::Key_Right), u"Cat"_s);
    QCOMPARE(press(Qt::Key_Home), u"All applications"_s);
    QCOMPARE(press(Qt::Key_Up), u"All applications"_s);
    QCOMPARE(press(Qt::Key_Down), u"Ant"_s);
    QCOMPARE(press(Qt::Key_Up), u"All applications"_s);
    QCOMPARE(press(Qt::Key_End), u"Dog"_s);
    QCOMPARE(press(Qt::Key_PageUp), u"All applications"_s);
    QCOMPARE(press(Qt::Key_PageDown), u"Dog"_s);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Dog"_s);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                      tree->visualRect(tree->model()->index(2, 0)).center());
    QCOMPARE(tree->currentIndex().data().toString(), u"Dog"_s);
}

void ApplicationTreeTest::whatIsTypedFindsApplicationsAlone()
{
    m_losant->addApplication(u"Ant"_s);
    m_losant->addApplication(u"Bee"_s);
    m_losant->addApplication(u"Ape"_s, u"Acme"_s);
    m_losant->addApplication(u"Bull"_s, u"Borealis"_s);
    open();
    QTreeView *tree = m_window->tree(applications);
    tree->setFocus();
    const auto current = [tree] { return tree->currentIndex().data().toString(); };
    const int pause = QApplication::keyboardInputInterval() + 100; // ms, after which a new search begins
    m_window->type(u"b"_s);
    QCOMPARE(current(), u"Bee"_s);
    m_window->type(u"b"_s);
    QCOMPARE(current(), u"Bull"_s); // not Borealis
    m_window->type(u"b"_s);
    QCOMPARE(current(), u"Bee"_s);
    QTest::qWait(pause);
    m_window->type(u"ac"_s);
    QCOMPARE(current(), u"Ape"_s); // by its first letter; nothing begins with both but the heading
    QTest::qWait(pause);
    m_window->type(u"an"_s);
    QCOMPARE(current(), u"Ant"_s);
}

void ApplicationTreeTest::theFocusAloneChoosesNothing()
{
    m_losant->addApplication(u"Demo"_s);
    open(FakeLosant::applicationId(77)); // which is in no list
    QTreeView *tree = m_window->tree(applications);
    m_window->line(u"Search applications"_s)->setFocus();
    tree->setFocus();
    QVERIFY(!tree->currentIndex().isValid());
    QCOMPARE(m_window->window().windowTitle(), u"Credenza"_s);
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Demo"_s);
}

void ApplicationTreeTest::downInTheSearchGoesToTheFirstMatch()
{
    m_losant->addApplication(u"Demo"_s);
    m_losant->addApplication(u"Plant"_s, u"Acme"_s);
    open();
    m_window->line(u"Search applications"_s)->setFocus();
    m_window->type(u"plant"_s);
    m_window->key(Qt::Key_Down);
    QVERIFY(m_window->tree(applications)->hasFocus());
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant"_s);
}

void ApplicationTreeTest::theKeyboardSearchesAndOpens()
{
    m_losant->addApplication(u"Demo"_s);
    m_losant->addApplication(u"Plant one"_s);
    m_losant->addApplication(u"Plant two"_s);
    open();
    m_window->key(Qt::Key_K, Qt::ControlModifier);
    QVERIFY(m_window->line(u"Search applications"_s)->hasFocus());
    m_window->type(u"plant"_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant one"_s);
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant two"_s);
}

void ApplicationTreeTest::enterWithNothingSearchedForOpensNothing()
{
    m_losant->addApplication(u"Demo"_s);
    m_losant->addApplication(u"Plant one"_s);
    open();
    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant one"_s);
    m_window->key(Qt::Key_K, Qt::ControlModifier);

    m_window->key(Qt::Key_Return);

    QCOMPARE(m_window->window().windowTitle(), u"Credenza – Plant one"_s);
}

void ApplicationTreeTest::thousandsLoadInTheBackgroundAndSayThatTheyDo()
{
    for (int i = 0; i < 2500; ++i)
        m_losant->addApplication(u"Application %1"_s.arg(i));
    m_losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.path() == "/applications" && request.parameter(u"page"_s) == "2"_L1)
            return ScriptedReply{.way = ScriptedReply::Way::Stall};
        return std::nullopt;
    });
    open();
    QTRY_COMPARE(shown().size(), 2002);
    QTRY_VERIFY(m_window->visibleText().contains(u"2,000"_s));
    QVERIFY(m_window->visibleText().contains(u"incomplete"_s));
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Application 0"_s);
    m_window->line(u"Search applications"_s)->setFocus();
    m_window->type(u"1999"_s);
    QCOMPARE(shown(), (QStringList{u"[My sandbox]"_s, u"Application 1999"_s}));
    QVERIFY(m_window->visibleText().contains(u"incomplete"_s));
    m_window.reset();

    m_losant->setException({});
    open();
    QTRY_COMPARE(shown().size(), 2502);
    QVERIFY(!m_window->visibleText().contains(u"incomplete"_s));
}

void ApplicationTreeTest::aFailureIsToldAndCanBeTriedAgain()
{
    for (int i = 0; i < 15; ++i)
        m_losant->addApplication(u"Application %1"_s.arg(i));
    m_losant->setApplicationsPerPage(10);
    m_losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.path() == "/applications" && request.parameter(u"page"_s) == "1"_L1)
            return FakeLosant::error(400, u"<i>No more today</i>"_s);
        return std::nullopt;
    });
    open();
    QTRY_VERIFY(m_window->visibleText().contains(u"<i>No more today</i>"_s));
    QCOMPARE(shown().size(), 12);
    m_losant->setException({});

    m_window->click(u"Try again"_s);

    QTRY_COMPARE(shown().size(), 17);
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Try again"_s));
    QVERIFY(!m_window->visibleText().contains(u"No more today"_s));
}

void ApplicationTreeTest::anApplicationTokenShowsItsOneApplication()
{
    m_losant->setCredentials(m_losant->addApplication(u"Plant"_s), FakeLosant::someCredentials(3));
    m_losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.path() == "/applications" || request.path() == "/me")
            return FakeLosant::error(403, u"Forbidden"_s);
        return std::nullopt;
    });
    open(FakeLosant::applicationId(1));
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Try again"_s));
    QCOMPARE(requestsForApplications(), 1);
    QCOMPARE(shown(), (QStringList{u"[My sandbox]"_s, u"Plant"_s}));
    m_window->key(Qt::Key_0, Qt::ControlModifier); // there is only that one
    QCOMPARE(m_window->window().windowTitle(), u"Credenza – Plant"_s);
}

void ApplicationTreeTest::anApplicationTokenIsAskedForItsApplication()
{
    m_losant->setCredentials(m_losant->addApplication(u"Plant"_s), FakeLosant::someCredentials(3));
    m_losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.path() == "/applications" || request.path() == "/me")
            return FakeLosant::error(403, u"Forbidden"_s);
        return std::nullopt;
    });
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_VERIFY(m_window->shows(u"Which application?"_s));
    m_window->click(u"Open by ID"_s);
    const QPointer<QWidget> dialog = QApplication::activeModalWidget();
    QVERIFY(dialog);
    const CloseAtEnd closes(*dialog);
    const GuiProbe probe(*dialog);
    probe.line(u"Application ID"_s)->setText(u"plant"_s);
    probe.click(u"Open"_s);
    QVERIFY(probe.label(u"Error message"_s).contains(u"24 digits"_s));
    probe.line(u"Application ID"_s)->setText(u"aaaaaaaaaaaaaaaaaaaaaaaa"_s);
    probe.click(u"Open"_s);
    QTRY_VERIFY(m_window->shows(u"Application not found"_s));
    m_window->click(u"Open by ID"_s); // a mistake is no dead end
    const QPointer<QWidget> second = QApplication::activeModalWidget();
    QVERIFY(second);
    const CloseAtEnd closesToo(*second);
    const GuiProbe again(*second);
    again.line(u"Application ID"_s)
        ->setText(u"https://app.losant.com/applications/%1/devices"_s.arg(FakeLosant::applicationId(1)));

    again.click(u"Open"_s);

    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);
    QTRY_VERIFY(!m_window->has(QAccessible::PushButton, u"Try again"_s));

    // And the next time it is opened at once.
    m_window.reset();
    open();
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant"_s);
}

QTEST_MAIN(ApplicationTreeTest)
#include "applicationtreetest.moc"
