// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialdetails.h"

#include "api/losantjson.h"
#include "domain/credentialdraft.h"
#include "models/credentialtablemodel.h"
#include "models/datetext.h"
#include "widgets/plaintextview.h"
#include "widgets/scrollpane.h"
#include "widgets/secretclipboard.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QScrollBar>
#include <QTextDocumentFragment>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int proseLines = 8;
constexpr int codeLines = 14;

struct ConfigLine
{
    enum class Text {
        Words, ///< ours
        Value,
        Code, ///< a value: PEM, JSON
    };

    QString label;
    QString text;
    Text kind = Text::Value;
};

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
        return new SecretMimeData(textCursor().selection().toPlainText(), m_note);
    }

private:
    TonedLabel *m_note;
};

/// Certificates and public keys are made to be passed on. No private key is ever shown.
bool isPublicKey(const QString &text)
{
    return text.startsWith("-----BEGIN "_L1) || text.startsWith("ssh-"_L1);
}

QString choiceLabel(const CredentialField &field, const QString &value)
{
    const auto found =
        std::ranges::find_if(field.choices, [&](const FieldChoice &c) { return c.value == value; });
    return found == field.choices.end() ? value : translated(found->label);
}

QString indentedJson(const QString &text)
{
    const QJsonDocument json = QJsonDocument::fromJson(text.toUtf8());
    return json.isNull() ? text : QString::fromUtf8(json.toJson(QJsonDocument::Indented)).trimmed();
}

QString switchText(const QString &value)
{
    return value == "true"_L1 ? CredentialDetails::tr("Yes") : CredentialDetails::tr("No");
}

QString dateText(const QString &value)
{
    const auto date = LosantJson::readDate(value.toStdString());
    return date ? exactDateText(*date) : value;
}

/// A value with the label that the form gives it; the words that go by another field's value come from
/// `draft`.
ConfigLine formLine(const CredentialDraft &draft, const CredentialField &field, const QString &value)
{
    const int shown = draft.shownField(field.key);
    const QString label = translated(shown < 0 ? field.label : draft.wording(shown).label);
    switch (shown < 0 ? field.kind : draft.type()->fields[std::size_t(shown)].kind) {
    case FieldKind::Choice:
        return {label, choiceLabel(field, value), ConfigLine::Text::Words};
    case FieldKind::Switch:
        return {label, switchText(value), ConfigLine::Text::Words};
    case FieldKind::File:
        return {label, value, ConfigLine::Text::Code};
    default:
        return {label, value};
    }
}

ConfigLine readBackLine(const ReadBackField &field, const QString &value)
{
    switch (field.kind) {
    case FieldKind::Date:
        return {translated(field.label), dateText(value), ConfigLine::Text::Words};
    case FieldKind::File:
        return {translated(field.label), indentedJson(value), ConfigLine::Text::Code};
    default:
        return {translated(field.label), value};
    }
}

/// Whether the table knows a secret by this name, of whatever type it is.
bool isSecret(const QString &key)
{
    const QString name = key.mid(key.lastIndexOf(u'.') + 1);
    return std::ranges::any_of(credentialTypes(), [&name](const CredentialType &type) {
        return std::ranges::any_of(
            type.fields, [&name](const CredentialField &field) { return field.secret && field.key == name; });
    });
}

/// The configuration as lines, in the order of the form; what the table does not know follows by its raw key.
std::vector<ConfigLine> configLines(const Credential &credential)
{
    std::vector<LosantJson::ConfigValue> values = LosantJson::readConfig(credential.config);
    std::erase_if(values, [](const auto &value) { return isSecret(value.key); });
    std::vector<ConfigLine> lines;
    const CredentialType *type = findCredentialType(credential.type);
    if (!type) {
        for (const auto &value : values)
            lines.push_back({value.key, value.text});
        return lines;
    }
    const auto take = [&values](QLatin1StringView key) -> std::optional<QString> {
        const auto found = std::ranges::find_if(values, [key](const auto &v) { return v.key == key; });
        if (found == values.end())
            return std::nullopt;
        const QString text = found->text;
        values.erase(found);
        return text;
    };
    CredentialDraft draft(*type); // for the words that go by another field's value
    for (int field = 0; field < int(type->fields.size()); ++field) {
        for (const auto &value : values) {
            if (value.key == type->fields[std::size_t(field)].key)
                draft.setValue(field, value.text);
        }
    }
    for (const CredentialField &field : type->fields) {
        const auto value = take(field.key);
        if (value && !value->isEmpty())
            lines.push_back(formLine(draft, field, *value));
    }
    for (const ReadBackField &field : type->readBack) {
        if (const auto value = take(field.key); value && !value->isEmpty())
            lines.push_back(readBackLine(field, *value));
    }
    for (const auto &value : values)
        lines.push_back({value.key, value.text});
    return lines;
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
    auto *icon = new QLabel;
    icon->setPixmap(credentialTypeIcon(credential.type).pixmap(QSize(32, 32), devicePixelRatioF()));
    auto *name = new PlainTextView(PlainTextView::Look::Prose, 4);
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() * 1.25);
    big.setBold(true);
    name->setFont(big);
    name->setAccessibleName(tr("Name"));
    name->setText(credential.name.isEmpty() ? u"—"_s : credential.name);

    QString summary = credentialTypeName(credential.type);
    if (credential.enabled)
        summary += u" · "_s + (*credential.enabled ? tr("Enabled") : tr("Disabled: every use of it fails"));
    auto *line = new QLabel(singleLine(summary));
    line->setTextFormat(Qt::PlainText);
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
}

void CredentialDetails::addConfig(const Credential &credential)
{
    for (const ConfigLine &line : configLines(credential)) {
        const bool isCode = line.kind == ConfigLine::Text::Code;
        if (line.kind == ConfigLine::Text::Words)
            addField(line.label, line.text);
        else if (isPublicKey(line.text))
            addCopyableField(line.label, line.text, isCode);
        else
            addSensitiveField(line.label, line.text, isCode);
    }
}

void CredentialDetails::addField(const QString &label, const QString &text)
{
    auto *value = new PlainTextView(PlainTextView::Look::Prose, proseLines);
    value->setAccessibleName(label);
    value->setText(text);
    m_layout->addWidget(labelFor(label));
    m_layout->addWidget(value);
}

void CredentialDetails::addCopyableField(const QString &label, const QString &text, bool isCode)
{
    if (text.isEmpty())
        return;
    auto *value = isCode ? new PlainTextView(PlainTextView::Look::Code, codeLines)
                         : new PlainTextView(PlainTextView::Look::Prose, proseLines);
    value->setText(text);
    QToolButton *copy = addValue(label, value);
    connect(copy, &QToolButton::clicked, copy, [text] { QGuiApplication::clipboard()->setText(text); });
}

void CredentialDetails::addSensitiveField(const QString &label, const QString &text, bool isCode)
{
    auto *note = new TonedLabel(TonedLabel::Tone::Quiet);
    auto *value = isCode ? new SensitiveView(PlainTextView::Look::Code, codeLines, note)
                         : new SensitiveView(PlainTextView::Look::Prose, proseLines, note);
    value->setText(text);
    QToolButton *copy = addValue(label, value);
    m_layout->addWidget(note);
    note->hide();
    connect(copy, &QToolButton::clicked, note, [this, text, note] { m_clipboard.copy(text, note); });
}

/// Adds the value and returns the button beside it, which is to copy it.
QToolButton *CredentialDetails::addValue(const QString &label, PlainTextView *value)
{
    value->setAccessibleName(label);
    auto *copy = new QToolButton;
    copy->setIcon(symbolicIcon(u"copy"_s));
    copy->setAutoRaise(true);
    copy->setToolTip(literalToolTip(tr("Copy %1").arg(label)));
    copy->setAccessibleDescription(tr("Copy %1").arg(label)); // else the tip is read, as HTML
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
    auto *note = new QLabel(tr("Secrets can't be read back: the platform keeps them for workflows alone."));
    note->setWordWrap(true);
    auto *icon = new QLabel;
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
