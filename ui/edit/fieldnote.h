// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plainlabel.h"

class ElidedLabel;
class QPushButton;
class TonedLabel;

/// What stands below a field: its help, or in the help's place a message about its value.
///
/// The place is always there, so that no message moves what follows. A message that has no room in it is cut,
/// and shown whole where somebody asks for that.
class FieldNote : public QWidget
{
    Q_OBJECT

public:
    enum class Tone { Plain, Attention };

    /// `name` is what a screen reader calls the message.
    explicit FieldNote(const QString &name, QWidget *parent = nullptr);

    void setHelp(const QString &help);
    QString help() const;

    /// What can be done about a message: a button, if it has a text.
    struct Offer
    {
        QString text;
        QString toolTip;
    };

    /// In place of the help, and of the message before.
    void showMessage(Tone tone, const QString &message, const Offer &offer = {});
    void clearMessage();
    QString message() const;
    /// The label of the message, which has its name.
    QWidget *messageLabel() const;

    /// The buttons that there are so far.
    QList<QWidget *> tabStops() const;

Q_SIGNALS:
    /// What is offered is wanted.
    void taken();
    /// There is another part that Tab stops at.
    void tabStopMade(QWidget *stop);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void show(const Offer &offer);
    void showIcon();
    void fit();
    void showWhole();
    int lineHeight() const;

    TonedLabel *m_help;
    QWidget *m_line;
    PlainLabel *m_icon;
    ElidedLabel *m_message;
    Tone m_tone = Tone::Attention;
    QPushButton *m_more = nullptr;  ///< once a message had no room
    QPushButton *m_offer = nullptr; ///< once there was anything to offer
};
