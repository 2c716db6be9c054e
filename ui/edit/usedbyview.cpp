// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/usedbyview.h"

#include "edit/usagemessages.h"
#include "widgets/loadingbar.h"
#include "widgets/namedlist.h"
#include "widgets/scales.h"
#include "widgets/tonedlabel.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

UsedByView::UsedByView(UsageCache &cache, QWidget *parent)
    : QWidget(parent), m_cache(cache), m_status(new TonedLabel(TonedLabel::Tone::Quiet))
{
    m_status->setAccessibleName(tr("Used by status"));
    m_status->fitWords();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing(Space::Small, fontMetrics()));
    column->addWidget(m_status);

    m_selected.setSingleShot(true);
    m_selected.setInterval(selectionDelay);
    connect(&m_selected, &QTimer::timeout, this, &UsedByView::ask);
}

void UsedByView::showUsageOf(const QString &applicationId, const Credential &credential)
{
    setCredential(applicationId, credential);
    if (const CredentialUsage *cached = m_cache.find(applicationId, credential)) {
        showUsage(*cached);
        return;
    }
    m_isWaiting = !credential.id.isEmpty();
    if (m_isWaiting && isVisible())
        m_selected.start();
}

void UsedByView::askAnew(const QString &applicationId, const Credential &credential)
{
    setCredential(applicationId, credential);
    if (!credential.id.isEmpty())
        ask();
}

void UsedByView::stop()
{
    if (!m_bar || !m_bar->isShown())
        return;
    const bool hadFocus = m_bar->isAncestorOf(focusWidget());
    m_calls = {};
    setLoading(false);
    m_status->setMessage(UsageMessages::stoppedText());
    offerRetry(true);
    if (hadFocus)
        m_retry->setFocus();
}

QString UsedByView::statusText() const
{
    return m_status->text();
}

void UsedByView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isWaiting)
        m_selected.start();
}

void UsedByView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_selected.stop();
}

void UsedByView::setCredential(const QString &applicationId, const Credential &credential)
{
    m_selected.stop();
    m_isWaiting = false;
    m_calls = {};
    m_usage.reset();
    m_applicationId = applicationId;
    m_credential = credential;
    setLoading(false);
    offerRetry(false);
    fillList();
    m_status->setMessage(credential.id.isEmpty() ? UsageMessages::unknownText()
                                                 : UsageMessages::loadingText());
}

void UsedByView::ask()
{
    m_isWaiting = false;
    m_usage.reset();
    offerRetry(false);
    m_status->setMessage(UsageMessages::loadingText());
    setLoading(true);
    m_calls = m_cache.ask(m_applicationId, m_credential,
                          [this](const CredentialUsage &usage) { showUsage(usage); });
}

void UsedByView::showUsage(const CredentialUsage &usage)
{
    m_usage = usage;
    setLoading(false);
    fillList();
    const UsageMessages messages(usage);
    m_status->setMessage(messages.status());
    offerRetry(messages.offersRetry());
    Q_EMIT usageKnown(usage);
}

/// The bar takes no room until it shows.
void UsedByView::setLoading(bool isLoading)
{
    if (isLoading && !m_bar) {
        m_bar = new LoadingBar(tr("Looking where it is used"), LoadingBar::SlowText::Elsewhere);
        m_bar->hide();
        static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_bar);
        connect(m_bar, &LoadingBar::appeared, m_bar, &QWidget::show);
        connect(m_bar, &LoadingBar::slowChanged, this, [this] {
            if (m_bar->isSlow())
                m_status->setMessage(UsageMessages::loadingText() + u' ' + LoadingBar::slowText());
        });
        connect(m_bar, &LoadingBar::stopClicked, this, &UsedByView::stop);
    }
    if (!m_bar)
        return;
    m_bar->hide();
    m_bar->setBusy(false); // another question waits anew
    m_bar->setBusy(isLoading);
}

void UsedByView::offerRetry(bool isOffered)
{
    if (isOffered && !m_retry) {
        m_retry = new QPushButton(tr("Look again"));
        m_retry->setToolTip(tr("Look once more where it is used"));
        m_retry->setAutoDefault(false);
        static_cast<QVBoxLayout *>(layout())->addWidget(m_retry, 0, Qt::AlignLeft);
        connect(m_retry, &QPushButton::clicked, this, &UsedByView::ask);
    }
    if (m_retry)
        m_retry->setVisible(isOffered);
}

void UsedByView::fillList()
{
    const std::vector<UsageMessages::Item> items =
        m_usage ? UsageMessages(*m_usage).items() : std::vector<UsageMessages::Item>();
    if (!m_list && items.empty())
        return;
    if (!m_list) {
        m_list = new NamedList(tr("Used by"));
        static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_list);
    }
    m_list->clear();
    for (const UsageMessages::Item &item : items)
        m_list->addNamed(item.name, item.details, item.text());
    m_list->fitRows();
}
