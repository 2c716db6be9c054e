// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QHash>
#include <QIcon>
#include <QStaticText>
#include <QStyledItemDelegate>

/// Draws the cells of a view on CredentialRows: a type's icon, a mark for enabled, quiet text for what is
/// disabled or stale. Every text is drawn literally, in one line.
class CredentialDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    QStaticText elidedText(const QStyleOptionViewItem &option, int width) const;
    QIcon cachedStatusIcon(bool isEnabled, const QPalette &palette) const;

    mutable QHash<QString, QIcon> m_typeIcons;                          ///< by raw type key
    mutable QCache<std::pair<QString, int>, QStaticText> m_texts{1000}; ///< laid out, by text and width
    mutable QFont m_textFont;                                           ///< of those
    mutable QIcon m_enabledIcon;
    mutable QIcon m_disabledIcon;
    mutable qint64 m_iconPalette = 0; ///< cache key of the palette that the status icons are drawn for
};

/// Draws the application list: groups as headings, counts quietly, every text literally.
class ApplicationDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};
