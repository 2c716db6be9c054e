// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/inventorymodel.h"

#include <QTimer>
#include <QWidget>

#include <array>

class ElidedLabel;
class QAction;
class QCheckBox;
class QCompleter;
class QLineEdit;
class QStringListModel;

/// Narrows what a model shows of all applications' credentials, as a person types and ticks.
class InventoryFilterBar : public QWidget
{
    Q_OBJECT

public:
    /// The model must outlive the bar.
    explicit InventoryFilterBar(InventoryModel &model, QWidget *parent = nullptr);

    /// What can be completed behind `app:`.
    void setApplications(const QStringList &names) { m_applications = names; }
    void setText(const QString &text);
    void focusText();
    /// Quick filters, too.
    void clear();
    /// By words or quick filters.
    bool isFiltering() const;

Q_SIGNALS:
    /// The model shows other rows, or in another order.
    void narrowed();
    /// To the rows, by a key.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeLayout();
    void apply(const QString &text);
    void updateCounts();
    void showMistake();
    void offerCompletions(bool isAsked);
    void makeCompleter();
    void complete(const QString &completion);

    InventoryModel &m_model;
    QLineEdit *m_line;
    QAction *m_clear;
    ElidedLabel *m_help;
    ElidedLabel *m_mistake; ///< in place of the help
    std::array<QCheckBox *, InventoryModel::quickFilterCount> m_quick{};
    QCheckBox *m_group;
    QStringList m_applications;
    QCompleter *m_completer = nullptr; ///< once there is something to complete
    QStringListModel *m_completions = nullptr;
    QTimer m_pause;          ///< since the last letter
    bool m_isTyping = false; ///< until then
    bool m_isSilent = false; ///< narrowed() comes once several have changed
};
