// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <vector>

class QWidget;

/// Has assistive technology say what happens in a window where nobody looks at: a message, a page, a result.
class Announcer : public QObject
{
    Q_OBJECT

public:
    /// Announces `text` after a short pause, if `part`, which shows it, is visible by then. A newer text of
    /// the same part replaces one that waits. The same text is announced again only after an empty one, which
    /// also cancels one that waits. Costs nothing while no assistive technology listens.
    static void announce(QWidget *part, const QString &text);

    /// As announce(), of what changes as one types: a part that has said something keeps silent.
    static void announceFirst(QWidget *part, const QString &text);

private:
    struct Saying
    {
        QPointer<QWidget> part;
        QString text;
        bool isSaid = false;
    };

    explicit Announcer(QWidget *window);
    static Announcer *of(QWidget *part);
    void take(QWidget *part, const QString &text, bool onlyFirst);
    void say();

    std::vector<Saying> m_sayings; ///< the last one of each part
    QTimer m_calm;
};
