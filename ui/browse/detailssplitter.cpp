// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/detailssplitter.h"

#include "browse/credentialtableview.h"

#include <QSettings>

#include <algorithm>

namespace {

constexpr int maxUsualDetails = 260; // pixels

} // namespace

DetailsSplitter::DetailsSplitter(QWidget *rows, const CredentialTableView &table, QWidget *details,
                                 QSettings &settings, QLatin1StringView key)
    : m_table(table), m_details(details), m_settings(settings), m_key(key)
{
    addWidget(rows);
    addWidget(details);
    setStretchFactor(0, 1);
    setStretchFactor(1, 0);
    setChildrenCollapsible(false);
    setHandleWidth(8);
    m_isUsual = !restoreState(settings.value(m_key).toByteArray());
    connect(this, &QSplitter::splitterMoved, this, [this] { m_isUsual = false; });
}

void DetailsSplitter::setDetailsShown(bool isShown)
{
    m_details->setVisible(isShown);
    splitUsually();
}

void DetailsSplitter::savePosition()
{
    if (m_isUsual)
        m_settings.remove(m_key);
    else
        m_settings.setValue(m_key, saveState());
}

void DetailsSplitter::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    splitUsually();
}

void DetailsSplitter::splitUsually()
{
    if (!m_isUsual || !m_details->isVisibleTo(this))
        return;
    const int both = width() - handleWidth();
    const int details = std::clamp(both - m_table.usualWidth(), m_details->minimumWidth(), maxUsualDetails);
    setSizes({both - details, details});
}
