// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/announcer.h"

#include "domain/textbounds.h"

#include <QAccessibleWidget>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto calmDelay = 300ms; // longer than what happens at once takes, and than between two quick keys
constexpr qsizetype maxSpoken = 500; // characters: nobody listens to more at a stretch

#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
constexpr auto spokenTimeout = 10s; // a screen reader may ask for the words late

/// A part without room or input whose accessible name is spoken when it is shown, which is the only way
/// before QAccessibleAnnouncementEvent. It is a notification, which screen readers speak, within an alert,
/// for listeners that know no notifications.
class SpokenPart : public QWidget
{
    Q_OBJECT

public:
    SpokenPart(QAccessible::Role role, QWidget *parent) : QWidget(parent), m_role(role)
    {
        setFocusPolicy(Qt::NoFocus);
        setAttribute(Qt::WA_TransparentForMouseEvents);
        resize(0, 0);
    }

    QAccessible::Role role() const { return m_role; }

private:
    const QAccessible::Role m_role;
};

QAccessibleInterface *makeAccessible(const QString &, QObject *object)
{
    auto *part = qobject_cast<SpokenPart *>(object);
    return part ? new QAccessibleWidget(part, part->role()) : nullptr;
}

/// One that says nothing at the moment. None is ever removed, as others may be looking at it.
SpokenPart *silentPart(QWidget *window)
{
    for (auto *part : window->findChildren<SpokenPart *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (part->isHidden())
            return part;
    }
    auto *part = new SpokenPart(QAccessible::AlertMessage, window);
    new SpokenPart(QAccessible::Notification, part);
    return part;
}
#endif

void speak(QWidget *part, const QString &text)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(part, text);
    QAccessible::updateAccessibility(&event);
#else
    QAccessible::installFactory(makeAccessible); // once is enough, further calls do nothing
    SpokenPart *spoken = silentPart(part->window());
    for (QWidget *each : {static_cast<QWidget *>(spoken), spoken->findChild<QWidget *>()})
        each->setAccessibleName(text);
    spoken->show();
    QTimer::singleShot(spokenTimeout, spoken, &QWidget::hide);
#endif
}

} // namespace

Announcer::Announcer(QWidget *window) : QObject(window)
{
    m_calm.setSingleShot(true);
    m_calm.setInterval(calmDelay);
    connect(&m_calm, &QTimer::timeout, this, &Announcer::say);
}

void Announcer::announce(QWidget *part, const QString &text)
{
    if (QAccessible::isActive())
        of(part)->take(part, text, false);
}

void Announcer::announceFirst(QWidget *part, const QString &text)
{
    if (QAccessible::isActive())
        of(part)->take(part, text, true);
}

Announcer *Announcer::of(QWidget *part)
{
    auto *announcer = part->window()->findChild<Announcer *>(QString(), Qt::FindDirectChildrenOnly);
    return announcer ? announcer : new Announcer(part->window());
}

void Announcer::take(QWidget *part, const QString &text, bool onlyFirst)
{
    std::erase_if(m_sayings, [](const Saying &saying) { return !saying.part; });
    const auto last =
        std::ranges::find(m_sayings, part, [](const Saying &saying) { return saying.part.data(); });
    const bool hasLast = last != m_sayings.end();
    if (text.isEmpty()) {
        if (hasLast)
            m_sayings.erase(last);
        return;
    }
    const QString spoken = firstCharacters(text, maxSpoken);
    if (hasLast && (last->text == spoken || (onlyFirst && last->isSaid)))
        return;
    if (hasLast)
        m_sayings.erase(last);
    m_sayings.push_back({part, spoken}); // in the order in which it happened
    m_calm.start();
}

void Announcer::say()
{
    std::erase_if(m_sayings, [](const Saying &saying) { return !saying.part || !saying.part->isVisible(); });
    const auto isPartOfAnother = [this](const Saying &saying) {
        return std::ranges::any_of(m_sayings, [&](const Saying &other) {
            return !other.isSaid && &other != &saying && other.text.contains(saying.text) &&
                   (other.text != saying.text || &other < &saying);
        });
    };
    std::vector<Saying> toSay;
    for (const Saying &saying : m_sayings) {
        if (!saying.isSaid && !isPartOfAnother(saying))
            toSay.push_back(saying);
    }
    for (Saying &saying : m_sayings)
        saying.isSaid = true;
    for (const Saying &saying : toSay)
        speak(saying.part, saying.text);
}

#include "announcer.moc"
