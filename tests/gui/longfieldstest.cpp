// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/credentialform.h"
#include "gui/createdialogdriver.h"
#include "gui/editdialogdriver.h"
#include "support/watchedapplication.h"

#include <QDropEvent>
#include <QMimeData>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Without optimization, and with sanitizers, everything takes longer.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
constexpr auto maxHold = 50ms;
#else
constexpr auto maxHold = 1000ms;
#endif

const QString former = u"former"_s;
const QString certificate = u"CA certificate"_s;
const QString accents = u"\u0301"_s;

QString repeated(const QString &part, qsizetype size)
{
    return part.repeated(size / part.size() + 1).first(size);
}

struct Text
{
    const char *name;
    QString text;
};

/// What somebody may have in the clipboard.
std::vector<Text> longTexts()
{
    return {
        {"a word", u"word"_s},
        {"short lines", repeated(u"x\n"_s, 262'144)},
        {"half the short lines", repeated(u"x\n"_s, 65'000)},
        {"as many lines as there may be", repeated(u"x\n"_s, 10'000)},
        {"a bundle of certificates", repeated(QString(64, u'A') + u'\n', 260'000)},
        {"a small bundle", repeated(QString(64, u'A') + u'\n', 60'000)},
        {"a log", repeated(u"Dec  1 02:06:29 plant kernel: [ 1234.5678] eth0: link is up\n"_s, 2'000'000)},
        {"accents", repeated(accents, 10'000)},
        {"as many accents as there may be", repeated(accents, 1'990)},
        {"letters with accents", repeated(u"e\u0301\u0302\u0303\u0304\u0305\u0306"_s, 10'000)},
        {"private letters", repeated(u"\ue000"_s, 10'000)},
        {"as many private letters as there may be", repeated(u"\ue000"_s, 990)},
        {"no letters", repeated(u"\u0378"_s, 10'000)},
        {"emoji", repeated(u"👩‍👩‍👧‍👦"_s, 11'000)},
        {"hieroglyphs", repeated(u"\U00013000"_s, 10'000)},
        {"words", repeated(u"a word and another "_s, 32'000)},
        {"one word", repeated(u"W"_s, 32'000)},
        {"one word that has room", repeated(u"W"_s, 26'000)},
        {"Chinese", repeated(u"传感器"_s, 32'000)},
        {"Hindi", repeated(u"विद्युत संयंत्र "_s, 32'000)},
        {"tabs", repeated(u"\t"_s, 32'000)},
        {"joiners", repeated(u"\u200d"_s, 32'000)},
        {"30 MB", repeated(u"words "_s, 30'000'000)}};
}

} // namespace

/// No text in a field of the form, however long, holds the window, and none is lost: it is taken in, or it is
/// said that it is not, or it is kept as it came.
class LongFieldsTest : public QObject
{
    Q_OBJECT

public:
    explicit LongFieldsTest(WatchedApplication &application) : m_application(application) {}

private Q_SLOTS:
    void whatIsPastedIsTakenOrRefused_data();
    void whatIsPastedIsTakenOrRefused();
    void whatIsDroppedOrOpenedIsTakenOrRefused_data();
    void whatIsDroppedOrOpenedIsTakenOrRefused();
    void whatTheServerHasIsKept_data();
    void whatTheServerHasIsKept();
    void whatIsTypedTakesItsPlace();
    void deleteClearsIt();

private:
    std::chrono::milliseconds held() const { return m_application.longestEvent(); }
    /// What the field may make of it, with `former` in it before.
    static void mustHaveTakenOrRefused(FormDriver &form, const QString &field, const QString &text);

    WatchedApplication &m_application;
};

void LongFieldsTest::mustHaveTakenOrRefused(FormDriver &form, const QString &field, const QString &text)
{
    if (form.text(field) != former) {
        QCOMPARE(form.text(field).size(), text.size()); // a single line shows other ends of lines
        return;
    }
    const QString problem = form.problem(field);
    QVERIFY2(problem.contains(u"characters"_s), qPrintable(problem));
    form.click(u"Create"_s);
    QVERIFY(form.errorMessage().contains(field));
}

void LongFieldsTest::whatIsPastedIsTakenOrRefused_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    for (const QString &field : {u"Name"_s, u"Description"_s, certificate, u"Host"_s, u"Password"_s}) {
        for (const Text &text : longTexts())
            QTest::addRow("%s: %s", qPrintable(field), text.name) << field << text.text;
    }
}

void LongFieldsTest::whatIsPastedIsTakenOrRefused()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    CreateDialogDriver form;
    form.chooseType(u"SQL database"_s);
    form.type(field, former);
    QApplication::clipboard()->setText(text);
    QTest::keyClick(form.part(field), Qt::Key_A, Qt::ControlModifier);
    m_application.forget();

    QTest::keyClick(form.part(field), Qt::Key_V, Qt::ControlModifier);

    QTest::qWait(400); // it is looked into once nobody types
    form.dialog.resize(form.dialog.size() + QSize(20, 20));
    QTest::qWait(50);
    form.part(u"Username"_s)->setFocus();
    QTest::qWait(50);
    QVERIFY2(held() < maxHold, qPrintable(u"the window was held for %1 ms"_s.arg(held().count())));
    mustHaveTakenOrRefused(form, field, text);
}

void LongFieldsTest::whatIsDroppedOrOpenedIsTakenOrRefused_data()
{
    QTest::addColumn<bool>("isFile");
    QTest::addColumn<QString>("text");
    for (const Text &text : longTexts()) {
        QTest::addRow("a file: %s", text.name) << true << text.text;
        QTest::addRow("a text: %s", text.name) << false << text.text;
    }
}

void LongFieldsTest::whatIsDroppedOrOpenedIsTakenOrRefused()
{
    QFETCH(bool, isFile);
    QFETCH(QString, text);
    CreateDialogDriver form;
    form.chooseType(u"SQL database"_s);
    form.type(certificate, isFile ? former : QString()); // a text is put beside what is there
    QMimeData data;
    if (isFile) {
        QFile file(form.folder.filePath(u"ca.pem"_s));
        QVERIFY(file.open(QFile::WriteOnly) && file.write(text.toUtf8()) >= 0);
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
    } else {
        data.setText(text);
    }
    auto *edit = qobject_cast<QAbstractScrollArea *>(form.part(certificate));
    m_application.forget();

    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(edit->viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(edit->viewport(), &drop);

    QTest::qWait(400);
    QVERIFY2(held() < maxHold, qPrintable(u"the window was held for %1 ms"_s.arg(held().count())));
    if (form.text(certificate).isEmpty())
        QVERIFY2(form.problem(certificate).contains(u"characters"_s), qPrintable(form.problem(certificate)));
    else if (form.text(certificate) == former)
        QVERIFY(form.problem(certificate).contains(u"characters"_s) ||
                form.problem(certificate).contains(u"too large"_s));
    else
        QCOMPARE(form.text(certificate), text);
}

void LongFieldsTest::whatTheServerHasIsKept_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    for (const QString &key : {u"name"_s, u"description"_s, u"host"_s, u"caCertificate"_s}) {
        for (const Text &text : longTexts()) {
            if (text.text.size() < 1'000'000)
                QTest::addRow("%s: %s", qPrintable(key), text.name) << key << text.text;
        }
    }
}

void LongFieldsTest::whatTheServerHasIsKept()
{
    QFETCH(QString, key);
    QFETCH(QString, text);
    EditDialogDriver form;
    form.setShown(u"sql"_s);
    if (form.credential.contains(key))
        form.credential[key] = text;
    else
        form.setConfig(key, text);
    const QByteArray answer = QJsonDocument(form.credential).toJson(); // whose making is not the window's
    form.exception = [&answer](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.method == "GET" && request.path().contains("/credentials/") &&
            !request.path().endsWith("/linkedResources"))
            return ScriptedReply{.body = answer};
        return std::nullopt;
    };
    m_application.forget();

    form.open();
    form.dialog->resize(form.dialog->size() + QSize(20, 20));
    QTest::qWait(50);
    form.type(u"Username"_s, u"writer"_s);
    form.part(u"Password"_s)->setFocus();
    QTest::qWait(50);

    QVERIFY2(held() < maxHold, qPrintable(u"the window was held for %1 ms"_s.arg(held().count())));
    const QString field = key == "name"_L1          ? u"Name"_s
                          : key == "description"_L1 ? u"Description"_s
                          : key == "host"_L1        ? u"Host"_s
                                                    : certificate;
    const auto draft = form.dialog->findChild<CredentialForm *>()->draft();
    const FieldId id = key == "name"_L1 ? FieldId::name
                       : key == "description"_L1
                           ? FieldId::description
                           : draft.shownField(QLatin1StringView(key.toLatin1())).value();
    QVERIFY(!draft.isChanged(id));
    QCOMPARE(draft.value(id), text);
    if (form.text(field).isEmpty()) {
        const QString description = form.part(field)->accessibleDescription();
        QVERIFY2(description.contains(QLocale().toString(text.toUcs4().size()) + u" characters"_s),
                 qPrintable(description));
        QVERIFY(description.contains(u"kept as it is"_s));
    }
}

void LongFieldsTest::whatIsTypedTakesItsPlace()
{
    EditDialogDriver form;
    form.setShown(u"sql"_s);
    form.credential[u"description"_s] = repeated(accents, 10'000);
    form.open();
    QVERIFY(form.part(u"Description"_s)->accessibleDescription().contains(u"kept as it is"_s));

    form.type(u"Description"_s, u"Ask Grace"_s);

    QVERIFY(!form.part(u"Description"_s)->accessibleDescription().contains(u"kept as it is"_s));
    QCOMPARE(form.text(u"Description"_s), u"Ask Grace"_s);
    form.click(u"Save"_s);
    QTRY_COMPARE(form.patches().size(), 1U);
    QCOMPARE(form.patches()[0], (QJsonObject{{u"description"_s, u"Ask Grace"_s}}));
}

void LongFieldsTest::deleteClearsIt()
{
    for (const Qt::Key key : {Qt::Key_Delete, Qt::Key_Backspace}) {
        EditDialogDriver form;
        form.setShown(u"sql"_s);
        form.credential[u"description"_s] = repeated(u"x\n"_s, 262'144);
        form.open();
        form.part(u"Description"_s)->setFocus();

        QTest::keyClick(form.part(u"Description"_s), key);

        QVERIFY(!form.part(u"Description"_s)->accessibleDescription().contains(u"kept as it is"_s));
        form.click(u"Save"_s);
        QTRY_COMPARE(form.patches().size(), 1U);
        QCOMPARE(form.patches()[0], (QJsonObject{{u"description"_s, QString()}}));
    }
}

int main(int argc, char *argv[])
{
    WatchedApplication application(argc, argv);
    LongFieldsTest test(application);
    return QTest::qExec(&test, argc, argv);
}

#include "longfieldstest.moc"
