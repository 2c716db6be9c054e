// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

/// One beside the other as long as there is room, and then in another line: a row that is never wider than
/// its window.
class FlowLayout : public QLayout
{
public:
    /// `space` between two items and two lines, in pixels.
    explicit FlowLayout(int space);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override { return int(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;

    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    /// Places the items, or only says how high they are together.
    int arrange(const QRect &rect, bool isPlaced) const;

    const int m_space;
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};
