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

    /// `targetName` is what the field is called that the problem's remedy changes too.
    void showProblem(const DraftProblem &problem, const QString &targetName = {});
    void showServerProblem(const QString &message);
    void clearProblem();
    /// What is shown, if anything.
    bool hasProblem() const { return m_state == State::Problem || m_state == State::Refused; }
    bool hasQuestion() const { return m_state == State::Question; }
    QString message() const;
    bool hasMessage() const { return m_state != State::Fine; }
    /// Of the server, or of the editor, which has not taken a file in: stays until the value is edited.
    bool hasRefusal() const { return m_state == State::Refused; }

    QList<QWidget *> tabStops() const;

    /// Whether the last edit was more than a key does: a paste, a file.
    bool hasChangedAtOnce() const { return m_hasChangedAtOnce; }

Q_SIGNALS:
    void edited();
    /// The focus went to another part of the window.
    void left();
    /// The remedy is wanted of the problem that is shown.
    void remedyChosen(const DraftProblem &problem);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class State { Fine, Advice, Question, Problem, Refused };

    void showMessage(State state, const QString &message);
    void offerRemedy(const DraftProblem &problem, const QString &targetName);
    void valueEdited();
    void tellDescription();

    const QString m_name;
    ValueEditor *m_editor;
    PlainLabel *m_label = nullptr;
    TonedLabel *m_help;
    QWidget *m_problemLine;
    PlainLabel *m_problemIcon;
    TonedLabel *m_problem;
    QPushButton *m_remedy;
    DraftProblem m_remediable; ///< what m_remedy is for
    State m_state = State::Fine;
    qsizetype m_length = 0;
    bool m_hasChangedAtOnce = false;
};
