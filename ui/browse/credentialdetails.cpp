// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialdetails.h"

#include "api/background.h"
#include "browse/configlines.h"
#include "models/credentialtablemodel.h"
#include "models/datetext.h"
#include "widgets/plainlabel.h"
#include "widgets/plaintextview.h"
#include "widgets/savebutton.h"
#include "widgets/scrollpane.h"
#include "widgets/secretclipboard.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int proseLines = 8;
constexpr int codeLines = 14;
// Characters: of all values together, and of each however many there are before it.
constexpr qsizetype mostShown = 2 * maxShownCharacters;
constexpr qsizetype leastShown = 1000;
constexpr qsizetype maxConfigReadAtOnce = 512 * 1024; // bytes

/// Part of a configuration. What is copied out of it is taken back from the clipboard.
class SensitiveView : public PlainTextView
{
public:
    SensitiveView(Look look, int mostLines, TonedLabel *note) : PlainTextView(look, mostLines), m_note(note)
    {
    }

protected:
    QMimeData *createMimeDataFromSelection() const override
    {
        return new SecretMimeData(selectedText(), m_note);
    }

private:
    TonedLabel *m_note;
};

/// Certificates and public keys are made to be passed on.
bool isPublicKey(const QString &text)
{
    return (text.startsWith("-----BEGIN "_L1) &&
            !text.first(std::min<qsizetype>(text.size(), 64)).contains("PRIVATE KEY"_L1)) ||
           text.startsWith("ssh-"_L1);
}

} // namespace

CredentialDetails::CredentialDetails(const CredentialTableModel &model, SecretClipboard &clipboard,
                                     QWidget *parent)
    : QGroupBox(parent), m_model(model), m_clipboard(clipboard), m_scroll(new ScrollPane)
{
    setAccessibleName(tr("Credential details"));
    setMinimumWidth(200);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    showNothing();
}

void CredentialDetails::showRow(int row)
{
    if (row < 0 || row >= m_model.rowCount()) {
        showNothing();
        return;
    }
    const Credential &credential = m_model.credential(row);
    clear();
    addHeading(credential);
    if (!credential.description.isEmpty())
        addField(tr("Description"), credential.description);
    addConfig(credential);
    addNote();
    addDate(tr("Created"), credential.creationDate);
    addField(tr("Created by"), m_model.creatorText(credential));
    addDate(tr("Last updated"), credential.lastUpdated);
    addCopyableField(tr("ID"), credential.id);
    addCopyableField(tr("Application ID"), credential.applicationId);
    m_layout->addStretch();
    m_scroll->verticalScrollBar()->setValue(0);
}

/// A group to assistive technology, a pane without a frame to the eye.
void CredentialDetails::paintEvent(QPaintEvent *) {}

void CredentialDetails::clear()
{
    m_room = mostShown;
    auto *content = new QWidget;
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(12, 8, 12, 12);
    m_layout->setSpacing(2);
    m_scroll->setWidget(content);
}

void CredentialDetails::showNothing()
{
    if (!m_hint) { // else no widget comes or goes, for which Qt would wait for the window system
        clear();
        m_hint = new TonedLabel(TonedLabel::Tone::Quiet);
        m_hint->setWordWrap(true);
        m_hint->setAlignment(Qt::AlignCenter);
        m_layout->addStretch();
        m_layout->addWidget(m_hint);
        m_layout->addStretch();
    }
    m_hint->setText(m_model.rowCount() == 0 ? QString()
                                            : tr("Select a credential to see what is known of it."));
}

void CredentialDetails::addHeading(const Credential &credential)
{
    auto *icon = new PlainLabel;
    icon->setPixmap(credentialTypeIcon(credential.type).pixmap(QSize(32, 32), devicePixelRatioF()));
    auto *name = new PlainTextView(PlainTextView::Look::Prose, 4);
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() * 1.25);
    big.setBold(true);
    name->setFont(big);
    name->setAccessibleName(tr("Name"));
    const QString cut = fill(name, credential.name.isEmpty() ? u"—"_s : credential.name);

    QString summary = credentialTypeName(credential.type);
    if (credential.enabled)
        summary += u" · "_s + (*credential.enabled ? tr("Enabled") : tr("Disabled: every use of it fails"));
    auto *line = new PlainLabel(singleLine(summary));
    line->setWordWrap(true);
    line->setForegroundRole(QPalette::WindowText);

    auto *heading = new QHBoxLayout;
    heading->setSpacing(10);
    heading->addWidget(icon, 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(name);
    texts->addWidget(line);
    heading->addLayout(texts, 1);
    m_layout->addLayout(heading);
    addCutNote(cut, credential.name);
}

/// A large configuration comes later: reading one takes up to half a second.
void CredentialDetails::addConfig(const Credential &credential)
{
    if (credential.config.size() <= maxConfigReadAtOnce) {
        addConfigLines(credential, configLines(credential));
        return;
    }
    auto *place = new QWidget;
    auto *inPlace = new QVBoxLayout(place);
    inPlace->setContentsMargins(0, 0, 0, 0);
    inPlace->setSpacing(m_layout->spacing());
    m_layout->addWidget(place);
    runInBackground(
        place, [credential] { return configLines(credential); },
        [this, credential, inPlace](const ConfigLines &config) {
            const QScopedValueRollback layout(m_layout, inPlace);
            addConfigLines(credential, config);
        });
}

void CredentialDetails::addConfigLines(const Credential &credential, const ConfigLines &config)
{
    for (const ConfigLine &line : config.lines) {
        const bool isCode = line.kind == ConfigLine::Text::Code;
        if (line.kind == ConfigLine::Text::Words)
            addField(line.label, line.text);
        else if (isPublicKey(line.text))
            addCopyableField(line.label, line.text, isCode);
        else
            addSensitiveField(line.label, line.text, isCode);
    }
    if (!config.others.isEmpty()) {
        m_room = std::max(m_room, maxShownCharacters);
        addSensitiveField(tr("Other values"), config.others.join(u'\n'), true);
    }
    const QLocale locale;
    if (config.isTooLarge)
        addField(tr("Configuration"),
                 tr("Too large to show: %1.").arg(locale.formattedDataSize(credential.config.size())));
    else if (!config.others.isEmpty())
        addSaving(config.isCut()
                      ? tr("The first %1 of %2 values, in a line each.")
                            .arg(locale.toString(config.shownCount()), locale.toString(config.count))
                      : tr("Each value is shown in a line, which may be cut."),
                  u"configuration.json"_s, [raw = credential.config] { return wholeConfig(raw); });
}

void CredentialDetails::addField(const QString &label, const QString &text)
{
    auto *value = new PlainTextView(PlainTextView::Look::Prose, proseLines);
    value->setAccessibleName(singleLine(label));
    const QString cut = fill(value, text);
    m_layout->addWidget(labelFor(label));
    m_layout->addWidget(value);
    addCutNote(cut, text);
}

void CredentialDetails::addCopyableField(const QString &label, const QString &text, bool isCode)
{
    if (text.isEmpty())
        return;
    auto *value = isCode ? new PlainTextView(PlainTextView::Look::Code, codeLines)
                         : new PlainTextView(PlainTextView::Look::Prose, proseLines);
    const QString cut = fill(value, text);
    QToolButton *copy = addValue(label, value);
    connect(copy, &QToolButton::clicked, copy, [text] { QGuiApplication::clipboard()->setText(text); });
    addCutNote(cut, text);
}

void CredentialDetails::addSensitiveField(const QString &label, const QString &text, bool isCode)
{
    auto *note = new TonedLabel(TonedLabel::Tone::Quiet);
    auto *value = isCode ? new SensitiveView(PlainTextView::Look::Code, codeLines, note)
                         : new SensitiveView(PlainTextView::Look::Prose, proseLines, note);
    const QString cut = fill(value, text);
    QToolButton *copy = addValue(label, value);
    m_layout->addWidget(note);
    note->hide();
    connect(copy, &QToolButton::clicked, note, [this, text, note] { m_clipboard.copy(text, note); });
    addCutNote(cut, text);
}

/// Shows the text, or as much of it as the pane still has room for. Returns what is to be said of it then.
QString CredentialDetails::fill(PlainTextView *view, const QString &text)
{
    const qsizetype max = std::clamp(m_room, leastShown, maxShownCharacters);
    view->setText(text, max);
    m_room -= std::min(text.size(), max);
    return cutNote(text, max);
}

/// Below a text that is not shown whole.
void CredentialDetails::addCutNote(const QString &note, const QString &text)
{
    if (!note.isEmpty())
        addSaving(note, u"value.txt"_s, [text] { return text.toUtf8(); });
}

/// What is not shown, and a button that saves all of it.
void CredentialDetails::addSaving(const QString &what, const QString &fileName,
                                  std::function<QByteArray()> content)
{
    auto *note = new TonedLabel(TonedLabel::Tone::Quiet);
    note->setText(what);
    auto *row = new QHBoxLayout;
    row->addWidget(note, 1);
    row->addWidget(new SaveButton(fileName, std::move(content), note));
    m_layout->addLayout(row);
}

/// Adds the value and returns the button beside it, which is to copy it.
QToolButton *CredentialDetails::addValue(const QString &label, PlainTextView *value)
{
    value->setAccessibleName(singleLine(label));
    auto *copy = new QToolButton;
    copy->setIcon(symbolicIcon(u"copy"_s));
    copy->setAutoRaise(true);
    copy->setToolTip(literalToolTip(tr("Copy %1").arg(label)));
    copy->setAccessibleDescription(tr("Copy %1").arg(singleLine(label))); // else the tip is read, as HTML
    copy->setAccessibleName(tr("Copy %1").arg(singleLine(label)));
    auto *row = new QHBoxLayout;
    row->addWidget(value, 1, Qt::AlignVCenter);
    row->addWidget(copy, 0, Qt::AlignTop);
    m_layout->addWidget(labelFor(label));
    m_layout->addLayout(row);
    return copy;
}

void CredentialDetails::addDate(const QString &label, std::optional<qint64> date)
{
    const QString text =
        !date ? u"—"_s
              : tr("%1 (%2)").arg(exactDateText(*date),
                                  relativeDateText(*date, QDateTime::currentMSecsSinceEpoch()));
    addField(label, text);
}

void CredentialDetails::addNote()
{
    auto *note =
        new PlainLabel(tr("Secrets can't be read back: the platform keeps them for workflows alone."));
    note->setWordWrap(true);
    auto *icon = new PlainLabel;
    icon->setPixmap(symbolicIcon(u"lock"_s).pixmap(QSize(16, 16), devicePixelRatioF()));
    auto *row = new QHBoxLayout;
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addWidget(note, 1);
    m_layout->addSpacing(10);
    m_layout->addLayout(row);
}

QWidget *CredentialDetails::labelFor(const QString &label)
{
    m_layout->addSpacing(8);
    auto *caption = new TonedLabel(TonedLabel::Tone::Quiet);
    caption->setText(singleLine(label));
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    caption->setFont(small);
    return caption;
}
