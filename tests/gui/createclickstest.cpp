// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftvalidator.h"
#include "gui/createdialogdriver.h"
#include "support/holdsfor.h"
#include "widgets/plainlabel.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Where the parts of the form are, those that can't be seen too.
QMap<QWidget *, QRect> placesIn(QWidget &form)
{
    QMap<QWidget *, QRect> places;
    for (QWidget *part : form.findChildren<QWidget *>()) {
        if (part->isVisible() && !part->accessibleName().isEmpty() && part->focusPolicy() != Qt::NoFocus)
            places[part] = {part->mapTo(&form, QPoint()), part->size()};
    }
    return places;
}

/// The place of the pointer once it is over this part, which is scrolled to.
QPoint reach(QWidget &window, QWidget *part)
{
    auto *area = window.findChild<QScrollArea *>();
    for (int i = 0; i < 2; ++i) { // what there is to scroll may be known only now
        if (area->widget()->isAncestorOf(part))
            area->ensureWidgetVisible(part, 0, 30);
        QCoreApplication::processEvents();
    }
    const int x = qobject_cast<QCheckBox *>(part) ? 8 : part->width() / 2;
    const QPoint in(x, std::min(part->height() / 2, 10)); // of a large editor the cursor is in sight, no more
    return part->mapTo(&window, in);
}

/// Counts what a press and a release on a part do.
class Acts : public QObject
{
public:
    explicit Acts(QWidget *part)
    {
        if (auto *button = qobject_cast<QAbstractButton *>(part))
            connect(button, &QAbstractButton::clicked, this, [this] { ++count; });
        else
            part->installEventFilter(this);
    }

    int count = 0;

    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::MouseButtonPress || event->type() == QEvent::FocusIn ? 1 : 0;
        return false;
    }
};

} // namespace

/// No click is lost because the form moves under the pointer, and leaving a field moves nothing.
class CreateClicksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_driver = std::make_unique<CreateDialogDriver>(); }
    void cleanup();

    void everyClickActsWhileAnEmptyFieldIsLeft_data() { addTypes(); }
    void everyClickActsWhileAnEmptyFieldIsLeft();
    void leavingAFieldMovesNothing_data() { addTypes(); }
    void leavingAFieldMovesNothing();
    void aMessageIsCutAndShownWholeOnDemand();
    void aRemedyActsWhileAnotherFieldIsLeft();
    void aListOfProblemsGoesOnlyOnceTheButtonIsReleased();
    void aListOfProblemsGoesWithItsFields();
    void requiredFieldsAreMarkedFromTheStart_data() { addTypes(); }
    void requiredFieldsAreMarkedFromTheStart();
    void nothingIsWiderThanItsViewport_data() { addTypes(); }
    void nothingIsWiderThanItsViewport();

private:
    static void addTypes();
    QList<QWidget *> clickable() const;
    QList<QWidget *> emptyRequired() const;

    std::unique_ptr<CreateDialogDriver> m_driver;
    int m_clicks = 0;
};

void CreateClicksTest::initTestCase()
{
    // The file dialog of the desktop, if there were one, would not be seen here.
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void CreateClicksTest::cleanup()
{
    m_driver.reset();
}

void CreateClicksTest::addTypes()
{
    QTest::addColumn<QString>("type");
    for (const CredentialType &type : credentialTypes())
        QTest::newRow(type.key.data()) << credentialTypeName(type.key);
}

/// All that a click does something to: buttons, boxes and fields of the form, and the dialog's buttons.
QList<QWidget *> CreateClicksTest::clickable() const
{
    QList<QWidget *> parts;
    for (QWidget *part : m_driver->dialog.findChildren<QWidget *>()) {
        const bool isButton = qobject_cast<QAbstractButton *>(part);
        const bool isField = part->focusPolicy() != Qt::NoFocus && !part->accessibleName().isEmpty() &&
                             !qobject_cast<QListView *>(part);
        if (part->isVisible() && part->isEnabled() && (isButton || isField) && !part->focusProxy())
            parts.append(part);
    }
    return parts;
}

QList<QWidget *> CreateClicksTest::emptyRequired() const
{
    QList<QWidget *> fields;
    for (QWidget *part : m_driver->dialog.findChildren<QWidget *>()) {
        if (part->isVisible() && part->accessibleDescription().startsWith("Required."_L1) &&
            !qobject_cast<QComboBox *>(part))
            fields.append(part);
    }
    return fields;
}

void CreateClicksTest::everyClickActsWhileAnEmptyFieldIsLeft()
{
    QFETCH(QString, type);
    QStringList lost;
    const auto countOf = [&] {
        m_driver->chooseType(type);
        return clickable().size();
    };
    const qsizetype count = countOf();
    QVERIFY(count > 5);
    for (qsizetype i = 0; i < count; ++i) {
        cleanup();
        init();
        m_driver->chooseType(type);
        QWidget *part = clickable().value(i);
        for (QWidget *field : emptyRequired()) {
            if (field == part)
                continue;
            const QPoint place = reach(m_driver->dialog, part);
            field->setFocus();
            QCoreApplication::processEvents();
            const QString name = part->accessibleName().isEmpty()
                                     ? qobject_cast<QAbstractButton *>(part)->text()
                                     : part->accessibleName();
            const Acts acts(part);
            QWindow *window = m_driver->dialog.windowHandle();
            QTest::mousePress(window, Qt::LeftButton, {}, place);
            QTest::qWait(20); // what leaving the field does has been done
            QTest::mouseRelease(window, Qt::LeftButton, {}, place);
            ++m_clicks;
            if (acts.count == 0)
                lost += name + " after "_L1 + field->accessibleName();
            break; // the field before it is enough: a part is new to each click
        }
    }
    QVERIFY2(lost.isEmpty(), qPrintable(lost.join("; "_L1)));
    qInfo("%s: %d clicks so far", qUtf8Printable(type), m_clicks);
}

void CreateClicksTest::leavingAFieldMovesNothing()
{
    QFETCH(QString, type);
    m_driver->chooseType(type);
    QCoreApplication::processEvents();
    QWidget *form = m_driver->dialog.findChild<QScrollArea *>()->widget();
    const auto before = placesIn(*form);
    QVERIFY(before.size() > 3);
    const QList<QWidget *> fields = emptyRequired();
    QVERIFY(!fields.isEmpty());
    for (QWidget *field : fields) {
        field->setFocus();
        QTest::qWait(1);
    }
    m_driver->part(u"Name"_s)->setFocus();
    QTRY_VERIFY(!m_driver->problem(fields.back()->accessibleName()).isEmpty());
    VERIFY_HOLDS_FOR(20ms, placesIn(*form) == before);
}

void CreateClicksTest::aMessageIsCutAndShownWholeOnDemand()
{
    m_driver->chooseType(u"Google Cloud Platform"_s);
    m_driver->dialog.resize(m_driver->dialog.minimumSizeHint());
    QCoreApplication::processEvents();
    QWidget *form = m_driver->dialog.findChild<QScrollArea *>()->widget();
    const auto before = placesIn(*form);
    m_driver->paste(u"Description"_s, u"ghp_16C7e42F292c6912E7710c838347Ae178B4a "_s.repeated(3));
    QTRY_VERIFY(!m_driver->problem(u"Description"_s).isEmpty());
    m_driver->part(u"Name"_s)->setFocus();
    for (auto place = before.cbegin(); place != before.cend(); ++place)
        VERIFY_HOLDS_FOR(20ms,
                         QRect(place.key()->mapTo(form, QPoint()), place.key()->size()) == place.value());
    auto *more = m_driver->part<QPushButton>(u"More"_s);
    QVERIFY(!QApplication::activePopupWidget()); // nothing opens by itself
    QTest::mouseClick(more, Qt::LeftButton);
    QWidget *popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    QCOMPARE(popup->findChild<PlainLabel *>()->text(), m_driver->problem(u"Description"_s));
    QVERIFY(popup->height() > m_driver->part(u"Description problem"_s)->height());
    QTest::keyClick(popup, Qt::Key_Escape);
    QTRY_VERIFY(!QApplication::activePopupWidget());
    QVERIFY(m_driver->dialog.isVisible());
}

void CreateClicksTest::aRemedyActsWhileAnotherFieldIsLeft()
{
    m_driver->chooseType(u"Amazon Web Services"_s);
    m_driver->paste(u"Region"_s, u" us-east-1 "_s);
    for (const QString &left : {u"Name"_s, u"Access key ID"_s, u"Description"_s}) {
        m_driver->paste(u"Name"_s, u" Archive "_s);
        QWidget *trim = m_driver->part(u"Trim"_s); // the first is that of the name
        const QPoint place = reach(m_driver->dialog, trim);
        m_driver->part(left)->setFocus();
        QTest::qWait(20);
        QWindow *window = m_driver->dialog.windowHandle();
        QTest::mousePress(window, Qt::LeftButton, {}, place);
        QTest::qWait(20);
        QTest::mouseRelease(window, Qt::LeftButton, {}, place);
        QVERIFY2(m_driver->text(u"Name"_s) == u"Archive"_s, qPrintable(left));
    }
    m_driver->paste(u"Name"_s, u" Archive "_s);
    m_driver->part(u"Description"_s)->setFocus(); // and by the keys
    QTest::qWait(20);
    QTest::keyClick(m_driver->part(u"Description"_s), Qt::Key_Tab, Qt::ShiftModifier);
    QTRY_VERIFY(m_driver->part(u"Trim"_s)->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(m_driver->text(u"Name"_s), u"Archive"_s);
}

void CreateClicksTest::aListOfProblemsGoesWithItsFields()
{
    m_driver->chooseType(u"Amazon Web Services"_s);
    m_driver->type(u"Name"_s, u"Archive"_s);
    m_driver->click(u"Create"_s);
    QVERIFY(m_driver->errorMessage().contains("Region"_L1));
    m_driver->chooseType(u"Microsoft Azure"_s);
    QTRY_VERIFY2(!m_driver->errorMessage().contains("Region"_L1), qPrintable(m_driver->errorMessage()));
}

void CreateClicksTest::aListOfProblemsGoesOnlyOnceTheButtonIsReleased()
{
    m_driver->fillIn();
    m_driver->type(u"Region"_s, QString());
    QTest::keyClick(m_driver->part(u"Region"_s), Qt::Key_Backspace);
    m_driver->click(u"Create"_s);
    QVERIFY(m_driver->errorMessage().contains("Region"_L1));
    QWidget *create = m_driver->part(u"Create"_s);
    QWindow *window = m_driver->dialog.windowHandle();
    const QPoint place = create->mapTo(&m_driver->dialog, create->rect().center());
    QTest::mousePress(window, Qt::LeftButton, {}, place);
    m_driver->part<QLineEdit>(u"Region"_s)->setText(u"eu-west-1"_s);
    VERIFY_HOLDS_FOR(100ms, !m_driver->errorMessage().isEmpty());
    m_driver->acceptWhatIsPosted();
    QTest::mouseRelease(window, Qt::LeftButton, {}, place);
    QTRY_COMPARE(m_driver->server.count("POST"), 1);
}

void CreateClicksTest::requiredFieldsAreMarkedFromTheStart()
{
    QFETCH(QString, type);
    m_driver->chooseType(type);
    const auto &found = *std::ranges::find(
        credentialTypes(), type, [](const CredentialType &each) { return credentialTypeName(each.key); });
    CredentialDraft draft(found);
    int required = 1; // the name
    for (const FieldId field : found.fieldIds()) {
        const CredentialField &row = found.field(field);
        if (!draft.isShown(field) || !row.required)
            continue;
        ++required;
        QVERIFY2(m_driver->part(translated(row.label))->accessibleDescription().startsWith("Required."_L1),
                 row.label);
        if (row.kind == FieldKind::Choice)
            continue;
        const auto problems = DraftValidator::checkField(draft, field, QDateTime::currentDateTimeUtc());
        QCOMPARE(problems.size(), 1u);
        const QString words = problems.front().message;
        QVERIFY2(words.startsWith("Enter the "_L1) || words.startsWith("Paste the "_L1), qPrintable(words));
        QVERIFY2(words.endsWith(u'.'), qPrintable(words));
    }
    int marks = 0;
    for (const QLabel *label : m_driver->dialog.findChildren<QLabel *>())
        marks += label->isVisible() && label->text() == u"*"_s ? 1 : 0;
    QCOMPARE(marks, required);
}

void CreateClicksTest::nothingIsWiderThanItsViewport()
{
    QFETCH(QString, type);
    m_driver->dialog.resize(m_driver->dialog.minimumSizeHint());
    m_driver->chooseType(type);
    m_driver->click(u"Create"_s);
    m_driver->paste(u"Description"_s, u"ghp_16C7e42F292c6912E7710c838347Ae178B4a"_s); // offers to move it
    QTest::qWait(20);                                                                 // it is laid out
    auto *area = m_driver->dialog.findChild<QScrollArea *>();

    // A scroll bar that has come just now takes one turn more.
    QTRY_VERIFY2(area->widget()->width() <= area->viewport()->width(),
                 qPrintable(u"%1 in %2"_s.arg(area->widget()->width()).arg(area->viewport()->width())));
    QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
}

QTEST_MAIN(CreateClicksTest)
#include "createclickstest.moc"
