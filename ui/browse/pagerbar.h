// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pagequery.h"

#include <QWidget>

#include <optional>

class QComboBox;
class PlainLabel;
class QSpinBox;
class QToolButton;

/// Draws the page of a query, and asks for another page or page size.
class PagerBar : public QWidget
{
    Q_OBJECT

public:
    explicit PagerBar(QWidget *parent = nullptr);

    /// `shown` is the query whose rows are shown, which may not be what is asked for yet; nothing as long as
    /// there is no page, of whose number and rows nothing is said then.
    void setPage(const PageQuery &query, const std::optional<PageQuery> &shown, int rows, int totalCount);

    /// Has assistive technology say which rows are shown; once, until what is shown was asked for anew.
    void announceStatus();
    void askedAnew();

Q_SIGNALS:
    void pageChosen(int page);
    void pageSizeChosen(int rows);

private:
    QToolButton *addButton(const QString &icon, const QString &name, const QString &shortcut);

    PageQuery m_query;
    int m_pageCount = 1;
    QToolButton *m_first;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_last;
    QSpinBox *m_page;
    PlainLabel *m_pages;
    PlainLabel *m_status;
    QComboBox *m_pageSize;
};
