// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/jsontext.h"
#include "api/losantjson.h"
#include "domain/textbounds.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace ondemand = simdjson::ondemand;

namespace {

/// As it stands in the document.
std::string_view rawJson(ondemand::value value, ondemand::json_type type)
{
    if (type == ondemand::json_type::array)
        return value.get_array().value().raw_json().value();
    if (type == ondemand::json_type::object)
        return value.get_object().value().raw_json().value();
    return value.raw_json_token();
}

QString textOf(ondemand::value value, ondemand::json_type type)
{
    if (type == ondemand::json_type::string)
        return readText(value);
    const std::string_view raw = rawJson(value, type);
    const QByteArray bytes = QByteArray(raw.data(), qsizetype(raw.size())).trimmed();
    if (bytes.size() <= maxShownCharacters) {
        const QJsonDocument json = QJsonDocument::fromJson(bytes);
        if (!json.isNull())
            return QString::fromUtf8(json.toJson(QJsonDocument::Compact));
    }
    return QString::fromUtf8(bytes);
}

/// Reads the values of a configuration in the order of the document.
class ConfigReader
{
public:
    explicit ConfigReader(int max) : m_max(max) {}

    LosantJson::ConfigValues read(ondemand::object config)
    {
        readMembers(config);
        return std::move(m_read);
    }

private:
    void readMembers(ondemand::object object)
    {
        for (ondemand::field field : object) {
            const std::string_view key = keyOf(field);
            ondemand::value value = field.value();
            const ondemand::json_type type = value.type();
            const bool isFlattened = type == ondemand::json_type::object &&
                                     int(m_path.size()) < LosantJson::maxConfigDepth - 1 &&
                                     m_pathSize + key.size() < LosantJson::maxConfigKeySize;
            if (isFlattened) {
                m_path.push_back(key);
                m_pathSize += key.size() + 1;
                readMembers(value.get_object());
                m_pathSize -= key.size() + 1;
                m_path.pop_back();
            } else if (type != ondemand::json_type::null && m_read.count++ < m_max) {
                m_read.values.push_back({keyBelow(key), textOf(value, type)});
            }
        }
    }

    QString keyBelow(std::string_view key) const
    {
        QString whole;
        for (const std::string_view part : m_path)
            whole += QString::fromUtf8(part.data(), qsizetype(part.size())) + u'.';
        return whole + QString::fromUtf8(key.data(), qsizetype(key.size()));
    }

    const int m_max;
    LosantJson::ConfigValues m_read;
    std::vector<std::string_view> m_path; ///< the keys of the objects around
    std::size_t m_pathSize = 0;
};

/// Appends the object without the members that are left out.
void copyMembers(ondemand::object object, const LosantJson::LeavesOut &leavesOut, int depth, QByteArray &into)
{
    into += '{';
    bool isFirst = true;
    for (ondemand::field field : object) {
        const std::string_view rawKey = keyOf(field);
        const QString key = QString::fromUtf8(rawKey.data(), qsizetype(rawKey.size()));
        ondemand::value value = field.value();
        const ondemand::json_type type = value.type();
        const bool isCopied = type == ondemand::json_type::object && depth < LosantJson::maxConfigDepth;
        const std::string_view raw = isCopied ? std::string_view() : rawJson(value, type);
        if (leavesOut(key, QByteArrayView(raw.data(), qsizetype(raw.size()))))
            continue;
        if (!std::exchange(isFirst, false))
            into += ',';
        const QByteArray list = QJsonDocument(QJsonArray{key}).toJson(QJsonDocument::Compact);
        into += '\n' + list.sliced(1, list.size() - 2) + ": ";
        if (isCopied)
            copyMembers(value.get_object(), leavesOut, depth + 1, into);
        else
            into += QByteArray(raw.data(), qsizetype(raw.size())).trimmed();
    }
    into += '}';
}

} // namespace

LosantJson::ConfigValues LosantJson::readConfig(const QByteArray &config, int max)
{
    if (config.size() > maxConfigSize)
        return {};
    try {
        const simdjson::padded_string json(config.constData(), std::size_t(config.size()));
        ondemand::parser parser;
        ondemand::document document = parser.iterate(json);
        return ConfigReader(max).read(document.get_object());
    } catch (const simdjson::simdjson_error &) {
        return {};
    }
}

QByteArray LosantJson::configWithout(const QByteArray &config, const LeavesOut &leavesOut)
{
    try {
        const simdjson::padded_string json(config.constData(), std::size_t(config.size()));
        ondemand::parser parser;
        ondemand::document document = parser.iterate(json);
        QByteArray copy;
        copyMembers(document.get_object(), leavesOut, 1, copy);
        return copy;
    } catch (const simdjson::simdjson_error &) {
        return {};
    }
}
