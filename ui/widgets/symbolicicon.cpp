// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/symbolicicon.h"

#include "domain/credentialtypes.h"
#include "widgets/drawnicons.h"

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

/// An SVG of the resources, drawn when it is first painted, once for each size and colour, if it was not when
/// built.
class SvgIconEngine : public QIconEngine
{
public:
    enum class Colours {
        Palette, ///< a shape in the colour of text
        Own,     ///< in a selected row too
    };

    /// The path is below `icons/`.
    SvgIconEngine(const QString &path, Colours colours) : m_path(path), m_colours(colours) {}

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
        const QString key = u"%1 %2x%3 %4"_s.arg(m_path).arg(size.width()).arg(size.height()).arg(look);
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        if (!isShape && mode == QIcon::Disabled)
            painter.setOpacity(0.5);
        draw(&painter, size);
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
    void draw(QPainter *painter, const QSize &size) const
    {
        if (const quint32 *pixels =
                size.width() == size.height() ? drawnIcon(m_path, size.width()) : nullptr) {
            const QImage image(reinterpret_cast<const uchar *>(pixels), size.width(), size.height(),
                               QImage::Format_ARGB32_Premultiplied);
            painter->drawImage(0, 0, image);
            return;
        }
        QSvgRenderer renderer(u":/icons/"_s + m_path);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(painter, QRectF(QPointF(), size));
    }

    const QString m_path;
    const Colours m_colours;
};

} // namespace

QIcon symbolicIcon(const QString &name)
{
    return QIcon(new SvgIconEngine(u"actions/"_s + name + u".svg"_s, SvgIconEngine::Colours::Palette));
}

QIcon programIcon()
{
    return QIcon(new SvgIconEngine(u"credenza.svg"_s, SvgIconEngine::Colours::Own));
}

QIcon credentialTypeIcon(const QString &type)
{
    const QString name = findCredentialType(type) ? type : u"unknown"_s;
    return QIcon(new SvgIconEngine(u"types/"_s + name + u".svg"_s, SvgIconEngine::Colours::Own));
}
