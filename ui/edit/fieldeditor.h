// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/draftvalidator.h"
#include "edit/fieldnote.h"
#include "edit/valueeditor.h"
#include "widgets/plainlabel.h"

/// A field of the form: an editor with its help below, or in place of the help what is wrong with the value.
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

    /// The label with its mark, which stands beside the field; none if the editor carries it.
    QWidget *labelPart() const { return m_labelPart; }

    void setWords(const QString &label, const QString &placeholder, const QString &help);
    /// Marks it as one that has to be filled in.
    void setRequired(bool isRequired);
    /// Whether the secret that there is stays as it is: the editor says so.
    void setKept(bool isKept);
    void setVisibleWithLabel(bool isVisible);

    /// `targetName` is what the field is called that the problem's remedy changes too.
    void showProblem(const DraftProblem &problem, const QString &targetName = {});
    void showServerProblem(const QString &message);
    void clearProblem();
    /// What is shown, if anything.
    bool hasProblem() const { return m_state == State::Problem || hasRefusal(); }
    bool hasQuestion() const { return m_state == State::Question; }
    QString message() const { return m_note->message(); }
    bool hasMessage() const { return m_state != State::Fine; }
    /// Of the server, or of the editor: stays until the value is edited.
    bool hasRefusal() const { return m_state == State::Refused || m_state == State::NotTaken; }
    /// The editor has not taken something in, so that its value is not the one that was meant. Blocks until
    /// it is edited, or what is there is kept.
    bool hasNotTaken() const { return m_state == State::NotTaken; }

    QList<QWidget *> tabStops() const;

    /// Whether the last edit was more than a key does: a paste, a file.
    bool hasChangedAtOnce() const { return m_hasChangedAtOnce; }

Q_SIGNALS:
    void edited();
    /// The focus went to another part of the window.
    void left();
    /// The remedy is wanted of the problem that is shown.
    void remedyChosen(const DraftProblem &problem);
    /// The editor has not taken something in, and the message says so.
    void notTaken();
    /// What the editor holds is to be kept all the same.
    void kept();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class State { Fine, Advice, Question, Problem, Refused, NotTaken };

    void showMessage(State state, const QString &message, const FieldNote::Offer &offer = {});
    void refuse(const QString &why);
    FieldNote::Offer remedyOf(const DraftProblem &problem, const QString &targetName) const;
    void offerTaken();
    void valueEdited();
    void tellDescription();

    const QString m_name;
    ValueEditor *m_editor;
    QWidget *m_labelPart = nullptr;
    PlainLabel *m_label = nullptr;
    PlainLabel *m_mark = nullptr; ///< of a field that is required
    FieldNote *m_note;
    DraftProblem m_remediable; ///< what is offered is its remedy
    State m_state = State::Fine;
    bool m_isKept = false;
    QString m_heldNote; ///< of the editor
    qsizetype m_length = 0;
    bool m_hasChangedAtOnce = false;
};
