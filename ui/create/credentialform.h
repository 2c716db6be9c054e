// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"
#include "create/fieldeditor.h"
#include "domain/credentialdraft.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <map>
#include <utility>
#include <vector>

class QGridLayout;

/// The fields of a credential of any type. What is typed lives in the editors alone; those of a type that is
/// not chosen at the moment are hidden and keep theirs.
class CredentialForm : public QWidget
{
    Q_OBJECT

public:
    explicit CredentialForm(QWidget *parent = nullptr);

    /// The type stays where it is, in the table of types.
    void setType(const CredentialType &type);
    const CredentialType *type() const { return m_type; }

    CredentialDraft draft() const;

    /// Whether closing would lose anything.
    bool hasInput() const;

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

    /// Whether any field shows a problem that blocks.
    bool hasProblems() const;

    void focusName();

    /// All parts that Tab stops at, in the order of the form.
    QList<QWidget *> tabStops() const;

    /// Empties every editor, those of other types too, and overwrites their secrets.
    void wipeAll();

Q_SIGNALS:
    void edited();
    /// The set of parts that Tab stops at is another one.
    void fieldsChanged();
    /// This part of the form should be in sight.
    void reached(QWidget *part);

private:
    struct Row
    {
        int field; ///< a position in the type's fields, or a constant of DraftProblem
        FieldEditor *editor;
    };

    /// Of a field, and how it reads.
    using Question = std::pair<const FieldEditor *, QString>;

    static constexpr int enabledField = -5; ///< beside the constants of DraftProblem

    /// `type` is that of the field, or nullptr for one that all types have.
    FieldEditor *add(std::vector<Row> &rows, const CredentialType *type, int field, FieldEditor *editor);
    std::vector<Row> &rowsOf(const CredentialType &type);
    std::vector<Row> shownRows() const;
    FieldEditor *editorNamedByServer(const QString &field) const;

    void fieldEdited(FieldEditor &editor, int field);
    void fieldLeft(FieldEditor &editor, int field);
    void checkField(FieldEditor &editor, int field);
    void checkEdited(FieldEditor &editor, int field);
    void checkPasted(FieldEditor &editor, int field);
    void checkFilled(const FieldEditor *except = nullptr);
    bool showWorst(FieldEditor &editor, const std::vector<DraftProblem> &ownProblems);
    FieldEditor *editorOf(int field) const;
    void remedy(const DraftProblem &problem);
    void applyRemedy(const DraftProblem &problem);
    void showFields();
    void reach(FieldEditor &editor);

    QGridLayout *m_grid;
    std::vector<Row> m_common;
    std::map<QLatin1StringView, std::vector<Row>> m_rows; ///< by type, once it has been chosen
    const CredentialType *m_type = nullptr;
    std::vector<Question> m_confirmed;
    QTimer m_pause; ///< after an edit of a long text, which is checked then
    QPointer<FieldEditor> m_toCheck;
    int m_fieldToCheck = DraftProblem::noField;
};
