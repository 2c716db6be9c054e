// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/applicationid.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString id = u"575ec8687ae143cd83dc4a97"_s;

} // namespace

/// The ID of an application in what people type, paste and give.
class ApplicationIdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsFound_data();
    void itIsFound();
    void nothingElseIsTakenForOne_data();
    void nothingElseIsTakenForOne();
};

void ApplicationIdTest::itIsFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("alone") << id;
    QTest::newRow("blanks") << u"  %1 "_s.arg(id);
    QTest::newRow("a line break") << id + u"\r\n"_s;
    QTest::newRow("a tab") << u'\t' + id;
    QTest::newRow("a no-break space") << id + u'\u00a0';
    QTest::newRow("a zero width space") << u'\u200b' + id;
    QTest::newRow("a byte order mark") << u'\ufeff' + id;
    QTest::newRow("quotes") << u"\"%1\""_s.arg(id);
    QTest::newRow("single quotes") << u"'%1',"_s.arg(id);
    QTest::newRow("its name") << u"applicationId: %1"_s.arg(id);
    QTest::newRow("a line of JSON") << u"\"applicationId\": \"%1\","_s.arg(id);
    QTest::newRow("a page's address") << u"https://app.losant.com/applications/%1/credentials"_s.arg(id);
    QTest::newRow("a page's address in quotes") << u"\"https://app.losant.com/applications/%1\""_s.arg(id);
    QTest::newRow("a page's address and a line break")
        << u"https://app.losant.com/applications/%1?x=1\n"_s.arg(id);
}

void ApplicationIdTest::itIsFound()
{
    QFETCH(QString, text);
    QCOMPARE(applicationIdIn(text), id);
}

void ApplicationIdTest::nothingElseIsTakenForOne_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << u""_s;
    QTest::newRow("blanks") << u" \u200b\n"_s;
    QTest::newRow("a name") << u"Plant floor"_s;
    QTest::newRow("too short") << id.chopped(1);
    QTest::newRow("too long") << id + u'0';
    QTest::newRow("two") << id + u' ' + id;
    QTest::newRow("a path") << u"../"_s + id;
    QTest::newRow("an address of something else") << u"https://app.losant.com/devices/"_s + id;
}

void ApplicationIdTest::nothingElseIsTakenForOne()
{
    QFETCH(QString, text);
    QCOMPARE(applicationIdIn(text), QString());
}

QTEST_GUILESS_MAIN(ApplicationIdTest)
#include "applicationidtest.moc"
