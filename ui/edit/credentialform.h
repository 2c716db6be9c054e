// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"
#include "domain/credentialdraft.h"
#include "edit/fieldeditor.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <map>
#include <utility>
#include <vector>

class QGridLayout;

/// The fields of a credential of any type: a new one, one that there is, or what its new key consists of.
/// What is typed lives in the editors alone; those of a type that is not chosen at the moment are hidden and
/// keep theirs.
class CredentialForm : public QWidget
{
    Q_OBJECT

public:
    explicit CredentialForm(QWidget *parent = nullptr);

    /// The type stays where it is, in the table of types.
    void setType(const CredentialType &type);
    const CredentialType *type() const { return m_type; }

    /// Shows a draft upon a credential. From now on draft() is upon the same: what nobody touches is kept,
    /// and so is a secret of which nothing is typed.
    void setDraft(const CredentialDraft &draft);
    CredentialDraft draft() const;

    /// Whether closing would lose anything.
    bool hasInput() const;
    /// Whether the draft differs from what it is upon. What was typed into a field that is hidden now does
    /// not count.
    bool hasChanges() const { return draft().hasChanges(); }

    /// Shows all problems of the draft, those that block and those that don't.
    /// Returns the names of the fields that block, and moves the focus to the first of them.
    QStringList check();

    /// What Create should ask about before anything is sent, a line each; nothing of a field that was
    /// confirmed and is as it was then.
    QStringList questions() const;
    void confirmQuestions();

    /// Shows what the server says at the fields that it means, and moves the focus to the first. Returns the
    /// rest.
    std::vector<ApiError::FieldProblem>
    showServerProblems(const std::vector<ApiError::FieldProblem> &problems);

    /// The names of the fields that show a problem that blocks.
    QStringList blockingFields() const;

    /// The first part of the form.
    void focusFirst();

    /// All parts that Tab stops at, in the order of the form.
    QList<QWidget *> tabStops() const;

    /// Empties every editor, those of other types too, and overwrites their secrets.
    void wipeAll();

Q_SIGNALS:
    void edited();
    /// A field no longer shows a problem that blocks.
    void problemSolved();
    /// This part of the form should be in sight.
    void reached(QWidget *part);

private:
    struct Row
    {
        FieldId field;
        FieldEditor *editor;
        QString shown{}; ///< what the editor makes of the base's value; of a secret nothing
    };

    /// Of a field, and how it reads.
    using Question = std::pair<const FieldEditor *, QString>;

    /// `type` is that of the field, or nullptr for one that all types have.
    FieldEditor *add(std::vector<Row> &rows, const CredentialType *type, FieldId field, FieldEditor *editor);
    std::vector<Row> &rowsOf(const CredentialType &type);
    std::vector<Row> shownRows() const;
    bool isKept(const Row &row) const;
    bool isPartOfForm(const CredentialDraft &current, FieldId field) const;
    void showRow(Row &row, const CredentialDraft &draft);
    FieldEditor *editorNamedByServer(const QString &field) const;

    void fieldEdited(FieldEditor &editor, FieldId field);
    void fieldLeft(FieldEditor &editor, FieldId field);
    void checkField(FieldEditor &editor, FieldId field);
    void checkEdited(FieldEditor &editor, FieldId field);
    void checkPasted(FieldEditor &editor, FieldId field);
    void checkFilled(const FieldEditor *except = nullptr);
    bool showWorst(FieldEditor &editor, const std::vector<DraftProblem> &ownProblems);
    FieldEditor *editorOf(FieldId field) const;
    void remedy(const DraftProblem &problem);
    void applyRemedy(const DraftProblem &problem);
    QString helpFor(FieldId field, const QString &help) const;
    void showFields();
    void reach(FieldEditor &editor);

    QGridLayout *m_grid;
    std::vector<Row> m_common;
    std::map<QLatin1StringView, std::vector<Row>> m_rows; ///< by type, once it has been chosen
    const CredentialType *m_type = nullptr;
    std::optional<CredentialDraft> m_base; ///< what there is, all kept
    std::vector<Question> m_confirmed;
    QTimer m_checkTimer; ///< after an edit of a long text, which is checked then
    QPointer<FieldEditor> m_toCheck;
    FieldId m_fieldToCheck = FieldId::name;
};
