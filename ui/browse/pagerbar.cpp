// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/pagerbar.h"

#include "widgets/announcer.h"
#include "widgets/plainlabel.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QShortcutEvent>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

QString statusText(int firstRow, int rows, int totalCount)
{
    const QLocale locale;
    if (rows == 0)
        return PagerBar::tr("0 of %1").arg(locale.toString(totalCount));
    return PagerBar::tr("%1–%2 of %3")
        .arg(locale.toString(firstRow + 1), locale.toString(firstRow + rows), locale.toString(totalCount));
}

/// A button whose keys press it at once; by itself Qt shows it pressed for 100 ms before anything happens.
class PromptButton : public QToolButton
{
public:
    using QToolButton::QToolButton;

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::Shortcut || static_cast<QShortcutEvent *>(event)->isAmbiguous())
            return QToolButton::event(event);
        click();
        return true;
    }
};

/// A number above the last page's is the last page's once it is entered, instead of losing digits as they are
/// typed.
class PageNumber : public QSpinBox
{
public:
    using QSpinBox::QSpinBox;

protected:
    QValidator::State validate(QString &text, int &position) const override
    {
        return isPastTheEnd(text) ? QValidator::Intermediate : QSpinBox::validate(text, position);
    }

    void fixup(QString &text) const override
    {
        if (isPastTheEnd(text))
            text = textFromValue(maximum());
        else
            QSpinBox::fixup(text);
    }

private:
    bool isPastTheEnd(const QString &text) const
    {
        return locale().toULongLong(text) > qulonglong(maximum());
    }
};

} // namespace

PagerBar::PagerBar(QWidget *parent)
    : QWidget(parent)
    , m_first(addButton(u"first"_s, tr("First page"), u"Ctrl+Shift+PgUp"_s))
    , m_previous(addButton(u"previous"_s, tr("Previous page"), u"Ctrl+PgUp"_s))
    , m_next(addButton(u"next"_s, tr("Next page"), u"Ctrl+PgDown"_s))
    , m_last(addButton(u"last"_s, tr("Last page"), u"Ctrl+Shift+PgDown"_s))
    , m_page(new PageNumber)
    , m_pages(new PlainLabel)
    , m_status(new PlainLabel)
    , m_pageSize(new QComboBox)
{
    auto *pageLabel = new PlainLabel(tr("Page"));
    m_page->setAccessibleName(tr("Page number"));
    m_page->setToolTip(tr("Type a page number and press Enter"));
    m_page->setKeyboardTracking(false);
    m_page->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_page->setAlignment(Qt::AlignHCenter);
    m_page->setMinimum(1);
    m_pages->setMinimumWidth(fontMetrics().horizontalAdvance(tr("of %1").arg(1)));
    m_status->setAccessibleName(tr("Page status"));
    auto *sizeLabel = new PlainLabel(tr("&Rows per page"));
    sizeLabel->setBuddy(m_pageSize);
    for (const int size : PageQuery::pageSizes)
        m_pageSize->addItem(QString::number(size), size);
    m_pageSize->setToolTip(tr("How many credentials are shown at once"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_first);
    layout->addWidget(m_previous);
    layout->addWidget(pageLabel);
    layout->addWidget(m_page);
    layout->addWidget(m_pages);
    layout->addWidget(m_next);
    layout->addWidget(m_last);
    layout->addStretch();
    layout->addWidget(m_status);
    layout->addStretch();
    layout->addWidget(sizeLabel);
    layout->addWidget(m_pageSize);

    connect(m_first, &QToolButton::clicked, this, [this] { Q_EMIT pageChosen(0); });
    connect(m_previous, &QToolButton::clicked, this, [this] { Q_EMIT pageChosen(m_query.page - 1); });
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT pageChosen(m_query.page + 1); });
    connect(m_last, &QToolButton::clicked, this, [this] { Q_EMIT pageChosen(m_pageCount - 1); });
    connect(m_page, &QSpinBox::valueChanged, this, [this](int number) { Q_EMIT pageChosen(number - 1); });
    // Not activated(), which is for keyboard and mouse alone: assistive technology chooses too.
    connect(m_pageSize, &QComboBox::currentIndexChanged, this,
            [this] { Q_EMIT pageSizeChosen(m_pageSize->currentData().toInt()); });
    setPage({}, std::nullopt, 0, 0);
}

void PagerBar::setPage(const PageQuery &query, const std::optional<PageQuery> &shown, int rows,
                       int totalCount)
{
    m_query = query;
    m_pageCount = query.pageCount(totalCount);
    const bool isFirst = query.page <= 0;
    const bool isLast = query.page >= m_pageCount - 1;
    m_first->setEnabled(!isFirst);
    m_previous->setEnabled(!isFirst);
    m_next->setEnabled(!isLast);
    m_last->setEnabled(!isLast);

    const QSignalBlocker pageBlocker(m_page);
    const QSignalBlocker pageSizeBlocker(m_pageSize);
    m_page->setMaximum(std::max(m_pageCount, query.page + 1));
    m_page->setValue(shown ? query.page + 1 : m_page->minimum());
    m_page->setSpecialValueText(shown ? QString() : u" "_s); // of the minimum
    m_page->setEnabled(m_pageCount > 1);
    m_pages->setText(shown ? tr("of %1").arg(QLocale().toString(m_pageCount)) : QString());
    m_status->setMessage(shown ? statusText(shown->firstRow(), rows, totalCount) : QString());

    int size = m_pageSize->findData(query.perPage);
    if (size < 0) { // a size of a newer version, say
        m_pageSize->addItem(QString::number(query.perPage), query.perPage);
        size = m_pageSize->count() - 1;
    }
    m_pageSize->setCurrentIndex(size);
}

void PagerBar::announceStatus()
{
    Announcer::announce(m_status, m_status->accessibleDescription());
}

void PagerBar::askedAnew()
{
    Announcer::announce(m_status, {});
}

QToolButton *PagerBar::addButton(const QString &icon, const QString &name, const QString &shortcut)
{
    auto *button = new PromptButton(this);
    button->setIcon(symbolicIcon(icon));
    button->setAutoRaise(true);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setShortcut(QKeySequence(shortcut));
    button->setToolTip(u"%1 (%2)"_s.arg(name, button->shortcut().toString(QKeySequence::NativeText)));
    return button;
}
