// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/headinglabel.h"
#include "widgets/scales.h"
#include "widgets/tones.h"

#include <QFontMetrics>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(QPalette)

/// The colours and sizes that everything is drawn with follow the palette and the font.
class LooksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySeverityCanBeRead_data();
    void everySeverityCanBeRead();
    void quietTextCanBeRead_data() { everySeverityCanBeRead_data(); }
    void quietTextCanBeRead();
    void severitiesAreToldApart_data() { everySeverityCanBeRead_data(); }
    void severitiesAreToldApart();
    void aPaletteOfGreysStaysOne();

    void textGrowsWithTheFont();
    void distancesGrowWithTheFont();
    void aHeadingIsLargerThanText();
};

namespace {

constexpr Severity severities[] = {Severity::Info, Severity::Success, Severity::Warning, Severity::Error};
constexpr qreal minContrast = 4.5; ///< WCAG 2, level AA

qreal luminance(const QColor &color)
{
    const auto linear = [](qreal c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

qreal contrast(const QColor &a, const QColor &b)
{
    return (std::max(luminance(a), luminance(b)) + 0.05) / (std::min(luminance(a), luminance(b)) + 0.05);
}

QPalette palette(QRgb window, QRgb base, QRgb text, QRgb link)
{
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Link, link);
    return palette;
}

} // namespace

void LooksTest::everySeverityCanBeRead_data()
{
    QTest::addColumn<QPalette>("colors");
    QTest::newRow("Fusion") << palette(0xefefef, 0xffffff, 0x000000, 0x0000ff);
    QTest::newRow("Fusion, dark") << palette(0x323232, 0x242424, 0xffffff, 0x308cc6);
    QTest::newRow("Breeze") << palette(0xeff0f1, 0xfcfcfc, 0x232629, 0x2980b9);
    QTest::newRow("Breeze, dark") << palette(0x2a2e32, 0x1b1e20, 0xfcfcfc, 0x1d99f3);
    QTest::newRow("Adwaita") << palette(0xf6f5f4, 0xffffff, 0x2e3436, 0x1b6acb);
    QTest::newRow("Adwaita, dark") << palette(0x353535, 0x2d2d2d, 0xeeeeec, 0x3584e4);
    QTest::newRow("high contrast") << palette(0xffffff, 0xffffff, 0x000000, 0x00009f);
    QTest::newRow("high contrast, dark") << palette(0x000000, 0x000000, 0xffffff, 0xffff00);
}

void LooksTest::everySeverityCanBeRead()
{
    QFETCH(const QPalette, colors);
    for (const Severity severity : severities) {
        for (const auto background : {QPalette::Window, QPalette::Base})
            QVERIFY2(contrast(severityColor(colors, severity), colors.color(background)) >= minContrast,
                     qPrintable(severityColor(colors, severity).name()));
    }
}

void LooksTest::quietTextCanBeRead()
{
    QFETCH(const QPalette, colors);
    for (const auto background : {QPalette::Window, QPalette::Base})
        QVERIFY2(contrast(quietTextColor(colors), colors.color(background)) >= minContrast,
                 qPrintable(quietTextColor(colors).name()));
}

void LooksTest::severitiesAreToldApart()
{
    QFETCH(const QPalette, colors);
    const auto hue = [&](Severity severity) { return severityColor(colors, severity).hue(); };
    QVERIFY(hue(Severity::Error) < 15 || hue(Severity::Error) > 345);
    QVERIFY(hue(Severity::Warning) > 25 && hue(Severity::Warning) < 50);
    QVERIFY(hue(Severity::Success) > 100 && hue(Severity::Success) < 160);
    QVERIFY(std::abs(hue(Severity::Info) - colors.color(QPalette::Link).hue()) < 5);
}

void LooksTest::aPaletteOfGreysStaysOne()
{
    const QPalette greys = palette(0xdddddd, 0xffffff, 0x000000, 0x444444);
    for (const Severity severity : severities) {
        const QColor color = severityColor(greys, severity);
        QVERIFY2(color.hslSaturation() == 0, qPrintable(color.name()));
        QVERIFY(contrast(color, greys.color(QPalette::Window)) >= minContrast);
    }
}

void LooksTest::textGrowsWithTheFont()
{
    QFont font;
    font.setPointSizeF(10);
    QCOMPARE(TypeScale::scaled(font, TypeScale::title).pointSizeF(), 14.0);
    font.setPointSizeF(20);
    QCOMPARE(TypeScale::scaled(font, TypeScale::title).pointSizeF(), 28.0);
    font.setPixelSize(20);
    QCOMPARE(TypeScale::scaled(font, TypeScale::heading).pixelSize(), 23);
}

void LooksTest::distancesGrowWithTheFont()
{
    QFont font;
    font.setPixelSize(20);
    const QFontMetrics metrics(font);
    QCOMPARE(spacing(Space::Group, metrics), metrics.height());
    QCOMPARE(spacing(Space::Related, metrics), qRound(metrics.height() / 2.0));
    font.setPixelSize(40);
    QVERIFY(spacing(Space::Small, QFontMetrics(font)) > spacing(Space::Small, metrics));
}

void LooksTest::aHeadingIsLargerThanText()
{
    const PlainLabel text(u"Credenza"_s);
    const HeadingLabel heading(u"Credenza"_s);
    QCOMPARE(heading.text(), u"Credenza"_s);
    QVERIFY(heading.sizeHint().height() > text.sizeHint().height());
}

QTEST_MAIN(LooksTest)
#include "lookstest.moc"
