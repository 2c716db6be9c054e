// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edit/valueeditor.h"

#include <QToolButton>

class QPushButton;
class SecretEdit;
class TextEdit;

/// The button beside a secret that shows its text and hides it again.
class RevealButton : public QToolButton
{
    Q_OBJECT

public:
    /// Its shortcut works while the focus is within `area`.
    RevealButton(SecretEdit *edit, const QString &name, QWidget *area);
};

/// A secret of one line.
class SecretLineEditor : public ValueEditor
{
    Q_OBJECT

public:
    explicit SecretLineEditor(const QString &name, QWidget *parent = nullptr);

    QString value() const override;
    void setValue(const QString &value) override;
    void setWords(const QString &label, const QString &placeholder) override;

private:
    SecretEdit *m_edit;
    RevealButton *m_reveal;
};

/// The content of a key file, secret or not: typed, pasted, opened, or dropped in.
class KeyFileEditor final : public TextValueEditor
{
    Q_OBJECT

public:
    KeyFileEditor(const QString &name, bool isSecret, FileFormat format, QWidget *parent = nullptr);

    void setWords(const QString &label, const QString &placeholder) override;
    QList<QWidget *> tabStops() const override;

protected:
    QString text() const override;
    void setText(const QString &text) override;
    void setPlaceholder(const QString &text) override;

private:
    void chooseFile();
    void takeFile(const QString &path);

    const QString m_name;
    const FileFormat m_format;
    SecretEdit *m_secret = nullptr; ///< this one
    TextEdit *m_text = nullptr;     ///< or that one
    QPushButton *m_open;
};

/// An editor for this field's kind.
ValueEditor *makeValueEditor(const CredentialField &field, QWidget *parent);
