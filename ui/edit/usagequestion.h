// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"

#include <QWidget>

class QVBoxLayout;
class Session;
class UsedByView;

/// What has to be known before something is done to a credential that may be in use: where it is used, asked
/// anew each time that this is shown, and sentences about it.
class UsageQuestion : public QWidget
{
    Q_OBJECT

public:
    /// The session must outlive it.
    UsageQuestion(Session &session, const QString &applicationId, const Credential &credential);

    const UsedByView &usedBy() const { return *m_usedBy; }
    /// Empty unless the profile is marked as production.
    QString productionText() const;

    void addSentence(const QString &text);
    void addWidget(QWidget *widget);

Q_SIGNALS:
    void usageKnown();

protected:
    void showEvent(QShowEvent *event) override;

private:
    const Session &m_session;
    const QString m_applicationId;
    const Credential m_credential;
    UsedByView *m_usedBy;
    QVBoxLayout *m_column;
};
