// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/credentialusage.h"

#include <QCoreApplication>

/// What is said of where a credential is used.
class UsageMessages
{
    Q_DECLARE_TR_FUNCTIONS(UsageMessages)

public:
    /// A line of the list.
    struct Item
    {
        LinkedResource::Kind kind = LinkedResource::Kind::Workflow;
        QString name;
        QString details; ///< kind, version, class, and that it is disabled

        QString text() const { return name + QStringLiteral(" · ") + details; }
    };

    /// As many are listed; more are counted only.
    static constexpr std::size_t maxItems = 200;

    explicit UsageMessages(CredentialUsage usage) : m_usage(std::move(usage)) {}

    /// By kind, then by name.
    std::vector<Item> items() const;
    /// What was found, what could not be looked at and what to do, and what does not show: a line each.
    QString status() const;
    /// Something could not be looked at that may be another time.
    bool offersRetry() const;

    static QString loadingText();
    static QString stoppedText();
    /// Of a credential without an ID, which can't be asked for.
    static QString unknownText();

private:
    QString foundText() const;
    QString incompleteText() const;
    QString nameOf(const LinkedResource &resource) const;
    static QString detailsOf(const LinkedResource &resource);

    const CredentialUsage m_usage;
};
