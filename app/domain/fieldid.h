// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <iterator>

/// Names one field of a credential: one that every credential has, or one of its type's.
class FieldId
{
public:
    static const FieldId type, name, description, enabled;

    /// A position in `CredentialType::fields`.
    explicit constexpr FieldId(std::size_t position) : m_value(int(position)) {}

    constexpr bool isOfType() const { return m_value >= 0; }
    /// In `CredentialType::fields`. Only where isOfType().
    constexpr std::size_t position() const { return std::size_t(m_value); }

    constexpr bool operator==(const FieldId &) const = default;

private:
    enum class Common { Type = -4, Name, Description, Enabled };

    explicit constexpr FieldId(Common common) : m_value(int(common)) {}

    int m_value;
};

inline constexpr FieldId FieldId::type(Common::Type);
inline constexpr FieldId FieldId::name(Common::Name);
inline constexpr FieldId FieldId::description(Common::Description);
inline constexpr FieldId FieldId::enabled(Common::Enabled);

/// The fields of a type, one after the other.
class FieldIds
{
public:
    class Iterator
    {
    public:
        using value_type = FieldId;
        using difference_type = std::ptrdiff_t;

        constexpr Iterator() = default;
        explicit constexpr Iterator(std::size_t position) : m_position(position) {}
        constexpr FieldId operator*() const { return FieldId(m_position); }
        constexpr Iterator &operator++()
        {
            ++m_position;
            return *this;
        }
        constexpr Iterator operator++(int) { return Iterator(m_position++); }
        constexpr bool operator==(const Iterator &) const = default;

    private:
        std::size_t m_position = 0;
    };

    explicit constexpr FieldIds(std::size_t count) : m_count(count) {}
    constexpr Iterator begin() const { return Iterator(); }
    constexpr Iterator end() const { return Iterator(m_count); }

private:
    std::size_t m_count;
};
