// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/symbolicicon.h"

#include "domain/credentialtypes.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace {

QColor symbolColor(QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    switch (mode) {
    case QIcon::Disabled:
        return palette.color(QPalette::Disabled, QPalette::WindowText);
    case QIcon::Selected:
        return palette.color(QPalette::HighlightedText);
    default:
        return palette.color(QPalette::WindowText);
    }
}

/// Draws an SVG of the resources when it is first painted, once for each size and colour.
class SvgIconEngine : public QIconEngine
{
public:
    enum class Colours {
        Palette, ///< a shape in the colour of text
        Own,     ///< in a selected row too
    };

    SvgIconEngine(const QString &file, Colours colours) : m_file(file), m_colours(colours) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap drawing = pixmap(rect.size() * ratio, mode, state);
        drawing.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect, drawing);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const bool isShape = m_colours == Colours::Palette;
        const quint32 look = isShape ? symbolColor(mode).rgba() : mode == QIcon::Disabled;
        const QString key = u"%1 %2x%3 %4"_s.arg(m_file).arg(size.width()).arg(size.height()).arg(look);
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        if (!isShape && mode == QIcon::Disabled)
            painter.setOpacity(0.5);
        QSvgRenderer renderer(m_file);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(&painter, QRectF(QPointF(), size));
        if (isShape) {
            painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
            painter.fillRect(pixmap.rect(), symbolColor(mode));
        }
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QIconEngine *clone() const override { return new SvgIconEngine(*this); }

private:
    const QString m_file;
    const Colours m_colours;
};

} // namespace

QIcon symbolicIcon(const QString &name)
{
    return QIcon(
        new SvgIconEngine(u":/icons/actions/"_s + name + u".svg"_s, SvgIconEngine::Colours::Palette));
}

QIcon programIcon()
{
    return QIcon(new SvgIconEngine(u":/icons/credenza.svg"_s, SvgIconEngine::Colours::Own));
}

QIcon credentialTypeIcon(const QString &type)
{
    const QString name = findCredentialType(type) ? type : u"unknown"_s;
    return QIcon(new SvgIconEngine(u":/icons/types/"_s + name + u".svg"_s, SvgIconEngine::Colours::Own));
}
