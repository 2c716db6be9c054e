// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pagequery.h"

#include <QTimer>
#include <QWidget>

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

Q_SIGNALS:
    void filterEdited(PageQuery::FilterField field, const QString &glob);

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

    QComboBox *m_field;
    PlainLabel *m_textLabel;
    QLineEdit *m_name;
    QComboBox *m_type;
    QToolButton *m_clear;
    QTimer m_typingTimer;     ///< since the last key
    bool m_isShowing = false; ///< the editors change without anybody having edited them
    PageQuery m_query;
};
