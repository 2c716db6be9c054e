// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialtypes.h"

#include <QWidget>

#include <optional>

class LineEdit;
class QCheckBox;
class QComboBox;
class QSpinBox;
class TextEdit;

/// The editor of one value, as text, whatever it looks like: the values are those of CredentialDraft.
class ValueEditor : public QWidget
{
    Q_OBJECT

public:
    virtual QString value() const = 0;
    virtual void setValue(const QString &value) = 0;

    /// What is said of a value that the editor keeps but does not show; empty if it shows its value.
    virtual QString heldNote() const { return {}; }
    /// Whether a person has changed anything.
    virtual bool hasInput() const { return !value().isEmpty(); }
    /// Empties the editor and overwrites a secret.
    virtual void reset() { setValue({}); }
    /// The words that may change with the value of another field.
    virtual void setWords(const QString &label, const QString &placeholder);

    /// The part that has the accessible name and takes the keys.
    QWidget *input() const { return m_input; }
    /// All parts that Tab stops at, in order.
    virtual QList<QWidget *> tabStops() const { return {m_input}; }

Q_SIGNALS:
    void edited();
    /// Something was not taken in; `why` is in the user's language.
    void refused(const QString &why);

protected:
    using QWidget::QWidget;

    /// To be called by the constructor. The input is put into a layout of its own if it is in none yet.
    void setInput(QWidget *input, const QString &name);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_input = nullptr;
};

/// An editor of text. A value that would take long to be laid out is held instead, as it came: the editor is
/// empty and says so, until something is typed or pasted in its place, or Delete clears it.
class TextValueEditor : public ValueEditor
{
    Q_OBJECT

public:
    QString value() const final;
    void setValue(const QString &value) final;
    QString heldNote() const final;
    void setWords(const QString &label, const QString &placeholder) override;

protected:
    /// More characters are held. Without a maximum nothing is: a secret lies nowhere but in its own editor.
    TextValueEditor(std::optional<qsizetype> maxCharacters, QWidget *parent);

    /// What the editor shows.
    virtual QString text() const = 0;
    virtual void setText(const QString &text) = 0;
    virtual void setPlaceholder(const QString &text) = 0;
    /// To be called when it has changed.
    void textEdited();

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void hold(const QString &value);

    const std::optional<qsizetype> m_maxCharacters;
    QString m_placeholder;
    QString m_held;
};

/// One line that everybody may read.
class LineEditor : public TextValueEditor
{
    Q_OBJECT

public:
    explicit LineEditor(const QString &name, QWidget *parent = nullptr);

protected:
    QString text() const override;
    void setText(const QString &text) override;
    void setPlaceholder(const QString &text) override;

private:
    LineEdit *m_edit;
};

/// Prose of some lines.
class ProseEditor : public TextValueEditor
{
    Q_OBJECT

public:
    explicit ProseEditor(const QString &name, QWidget *parent = nullptr);

protected:
    QString text() const override;
    void setText(const QString &text) override;
    void setPlaceholder(const QString &text) override;

private:
    TextEdit *m_edit;
};

/// One of a list.
class ChoiceEditor : public ValueEditor
{
    Q_OBJECT

public:
    ChoiceEditor(const QString &name, std::span<const FieldChoice> choices, QWidget *parent = nullptr);

    QString value() const override;
    void setValue(const QString &value) override;
    bool hasInput() const override;
    void reset() override;

private:
    QComboBox *m_box;
};

/// A whole number or none.
class NumberEditor : public ValueEditor
{
    Q_OBJECT

public:
    NumberEditor(const QString &name, int minimum, int maximum, QWidget *parent = nullptr);

    QString value() const override;
    void setValue(const QString &value) override;
    void setWords(const QString &label, const QString &placeholder) override;

private:
    QSpinBox *m_box;
};

/// On or off; carries its label itself.
class SwitchEditor : public ValueEditor
{
    Q_OBJECT

public:
    SwitchEditor(const QString &name, bool isOnAtFirst, QWidget *parent = nullptr);

    QString value() const override;
    void setValue(const QString &value) override;
    bool hasInput() const override;
    void reset() override;
    void setWords(const QString &label, const QString &placeholder) override;

private:
    QCheckBox *m_box;
    const bool m_isOnAtFirst;
};
