// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pagequery.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QComboBox;
class PlainLabel;
class QLineEdit;
class QToolButton;

/// Draws the filter of a query, and asks for another one as a person types.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);

    /// Shows the query's filter; what is being typed stays as it is while it means the same.
    void setQuery(const PageQuery &query);
    void focusText();
    /// Whether all applications can be searched for the same.
    void setOffersAll(bool offersAll);
    /// The filter as words of an InventoryFilter.
    QString wordsForAll() const;

Q_SIGNALS:
    void filterEdited(PageQuery::FilterField field, const QString &glob);
    void searchAllTriggered();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    PageQuery::FilterField field() const;
    QLineEdit *editor() const;
    QString glob() const;
    void showField(PageQuery::FilterField field);
    void edited();
    void apply();
    void clear();
    void addMenu(QLineEdit *line);
    void updateSearchAll();

    QComboBox *m_field;
    PlainLabel *m_textLabel;
    QLineEdit *m_name;
    QComboBox *m_type;
    QToolButton *m_clear;
    QAction *m_searchAll;
    bool m_offersAll = false;
    QTimer m_typingTimer;     ///< since the last key
    bool m_isShowing = false; ///< the editors change without anybody having edited them
    PageQuery m_query;
};
