// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialtypes.h"

#include <QWidget>

class QLineEdit;
class QListView;
class QModelIndex;
class QSortFilterProxyModel;
class QStandardItemModel;
class TonedLabel;

/// The list of credential types with a line to find one by typing. Narrowing the list takes no choice back.
class TypeChooser : public QWidget
{
    Q_OBJECT

public:
    explicit TypeChooser(QWidget *parent = nullptr);

    void showProblem(const QString &message);
    void focusSearch();
    QList<QWidget *> tabStops() const;

Q_SIGNALS:
    /// Another type is selected; the focus stays where it is.
    void chosen(const CredentialType &type);
    /// The selected type was clicked, or Enter pressed: on to the form.
    void confirmed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool searchKeyPressed(int key);
    bool listKeyPressed(int key);
    void narrow(const QString &text);
    void choose(const QModelIndex &shown);
    void selectionChanged();
    const CredentialType *typeAt(const QModelIndex &shown) const;

    QStandardItemModel *m_types;
    QSortFilterProxyModel *m_shown;
    QLineEdit *m_search;
    QListView *m_list;
    TonedLabel *m_noMatch;
    TonedLabel *m_problem;
    const CredentialType *m_chosen = nullptr;
    bool m_isNarrowing = false;
};
