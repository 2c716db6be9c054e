// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/symbolicicon.h"

#include "domain/credentialtypes.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
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

/// Paints an SVG's shape in a colour of the palette.
class SymbolicIconEngine : public QIconEngine
{
public:
    explicit SymbolicIconEngine(const QString &file) : m_file(file) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap shape = pixmap(rect.size() * ratio, mode, state);
        shape.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect, shape);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        QSvgRenderer renderer(m_file);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(&painter, QRectF(QPointF(), size));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), symbolColor(mode));
        return pixmap;
    }

    QIconEngine *clone() const override { return new SymbolicIconEngine(m_file); }

private:
    const QString m_file;
};

} // namespace

QIcon symbolicIcon(const QString &name)
{
    return QIcon(new SymbolicIconEngine(u":/icons/actions/"_s + name + u".svg"_s));
}

QIcon credentialTypeIcon(const QString &type)
{
    const QIcon drawing(u":/icons/types/"_s + (findCredentialType(type) ? type : u"unknown"_s) + u".svg"_s);
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 96}) { // in its own colours in a selected row too
        const QPixmap pixmap = drawing.pixmap(QSize(size, size), 1.0);
        icon.addPixmap(pixmap, QIcon::Normal);
        icon.addPixmap(pixmap, QIcon::Selected);
    }
    return icon;
}
