// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "create/valueeditor.h"
#include "domain/draftvalidator.h"
#include "widgets/plainlabel.h"

class QPushButton;
class TonedLabel;

/// A field of the form: an editor with its help below, and below that, if need be, what is wrong with the
/// value.
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    /// `name` is the label's first wording, and what the field is called for good. Takes the editor over.
    FieldEditor(const QString &name, ValueEditor *editor, QWidget *parent = nullptr);

    /// What the field is called at the moment.
    QString shownName() const { return m_label ? m_label->text() : m_name; }
    ValueEditor &editor() { return *m_editor; }
    const ValueEditor &editor() const { return *m_editor; }

    /// The label, which stands beside the field; none if the editor carries it.
    PlainLabel *label() const { return m_label; }

    void setWords(const QString &label, const QString &placeholder, const QString &help);
    void setVisibleWithLabel(bool isVisible);

    void showProblem(const DraftProblem &problem);
    void showServerProblem(const QString &message);
    void clearProblem();
    /// What is shown, if anything.
    bool hasProblem() const { return m_state != State::Fine && m_state != State::Advice; }
    bool hasMessage() const { return m_state != State::Fine; }
    bool hasMessageOfServer() const { return m_state == State::Refused; }

    QList<QWidget *> tabStops() const;

    /// Whether the last edit was more than a key does: a paste, a file.
    bool hasChangedAtOnce() const { return m_hasChangedAtOnce; }

Q_SIGNALS:
    void edited();
    /// The focus went to another part of the window.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class State { Fine, Advice, Problem, Refused };

    void showMessage(State state, const QString &message, bool offersTrim);
    void valueEdited();
    void trim();
    void tellDescription();

    const QString m_name;
    ValueEditor *m_editor;
    PlainLabel *m_label = nullptr;
    TonedLabel *m_help;
    QWidget *m_problemLine;
    PlainLabel *m_problemIcon;
    TonedLabel *m_problem;
    QPushButton *m_trim;
    State m_state = State::Fine;
    qsizetype m_length = 0;
    bool m_hasChangedAtOnce = false;
};
