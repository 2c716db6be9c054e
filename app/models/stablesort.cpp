// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/stablesort.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <numeric>
#include <utility>

namespace {

struct Numbered
{
    quint64 number = 0;
    quint32 row = 0;
};

/// What has the same bytes as its neighbours up to `offset`.
struct Run
{
    std::size_t begin = 0;
    std::size_t end = 0;
    qsizetype offset = 0;
};

/// So that most names and access keys need but one.
constexpr qsizetype pieceSize = 24;

/// Some bytes of a text, as numbers that are in the same order.
struct Piece
{
    std::array<quint64, pieceSize / sizeof(quint64)> numbers{};
    quint32 row = 0;
    bool isLast = true; ///< the text ends within it

    bool isSame(const Piece &other) const { return numbers == other.numbers; }
    bool operator<(const Piece &other) const { return numbers < other.numbers; }
};

void read(Piece &piece, QByteArrayView text, qsizetype offset)
{
    std::array<char, pieceSize> bytes{};
    const qsizetype left = text.size() - offset;
    if (left > 0)
        std::memcpy(bytes.data(), text.data() + offset, std::size_t(std::min(left, pieceSize)));
    qFromBigEndian<quint64>(bytes.data(), qsizetype(piece.numbers.size()), piece.numbers.data());
    piece.isLast = left <= pieceSize;
}

/// Of all texts, in the order of `rows`, but read in that of their numbers, which is that in memory: to fetch
/// each from somewhere else would take longer than to sort them.
std::vector<Piece> firstPieces(const std::vector<quint32> &rows,
                               const std::function<QByteArrayView(quint32)> &textOf)
{
    constexpr quint32 none = std::numeric_limits<quint32>::max();
    std::vector<Piece> pieces(rows.size());
    if (rows.empty())
        return pieces;
    std::vector<quint32> places(std::size_t(std::ranges::max(rows)) + 1, none);
    for (std::size_t i = 0; i < rows.size(); ++i)
        places[rows[i]] = quint32(i);
    for (quint32 row = 0; row < places.size(); ++row) {
        if (places[row] == none)
            continue;
        Piece &piece = pieces[places[row]];
        piece.row = row;
        read(piece, textOf(row), 0);
    }
    return pieces;
}

} // namespace

void sortByNumber(std::vector<quint32> &rows, const std::function<quint64(quint32)> &numberOf)
{
    constexpr int digits = sizeof(quint64);
    const auto digit = [](quint64 number, int place) { return std::size_t(number >> (8 * place) & 0xff); };

    std::vector<Numbered> items(rows.size());
    std::array<std::array<std::size_t, 256>, digits> counts{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        items[i] = {.number = numberOf(rows[i]), .row = rows[i]};
        for (int place = 0; place < digits; ++place)
            ++counts[std::size_t(place)][digit(items[i].number, place)];
    }
    std::vector<Numbered> others(rows.size());
    for (int place = 0; place < digits && !items.empty(); ++place) {
        auto &next = counts[std::size_t(place)];
        if (next[digit(items.front().number, place)] == items.size())
            continue; // the same everywhere
        std::size_t sum = 0;
        for (std::size_t &count : next)
            sum += std::exchange(count, sum);
        for (const Numbered &item : items)
            others[next[digit(item.number, place)]++] = item;
        items.swap(others);
    }
    std::ranges::transform(items, rows.begin(), &Numbered::row);
}

void sortByText(std::vector<quint32> &rows, const std::function<QByteArrayView(quint32)> &textOf)
{
    std::vector<Piece> pieces = firstPieces(rows, textOf);
    std::vector<Run> runs;
    if (rows.size() > 1)
        runs.push_back({.begin = 0, .end = rows.size()});
    while (!runs.empty()) {
        const Run run = runs.back();
        runs.pop_back();
        const auto begin = pieces.begin() + std::ptrdiff_t(run.begin);
        const auto end = pieces.begin() + std::ptrdiff_t(run.end);
        if (run.offset > 0)
            std::for_each(begin, end, [&](Piece &piece) { read(piece, textOf(piece.row), run.offset); });
        std::stable_sort(begin, end);
        for (auto first = begin; first != end;) {
            const auto last =
                std::find_if(first, end, [&](const Piece &piece) { return !piece.isSame(*first); });
            if (last - first > 1 &&
                std::any_of(first, last, [](const Piece &piece) { return !piece.isLast; }))
                runs.push_back({.begin = std::size_t(first - pieces.begin()),
                                .end = std::size_t(last - pieces.begin()),
                                .offset = run.offset + pieceSize});
            first = last;
        }
    }
    std::ranges::transform(pieces, rows.begin(), &Piece::row);
}

std::vector<quint64> ranksOf(const std::vector<QByteArray> &texts)
{
    std::vector<quint32> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    sortByText(order, [&](quint32 i) { return QByteArrayView(texts[i]); });
    std::vector<quint64> ranks(texts.size());
    quint64 rank = 1;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const QByteArray &text = texts[order[i]];
        if (i > 0 && text != texts[order[i - 1]])
            ++rank;
        ranks[order[i]] = text.isEmpty() ? lastRank : rank;
    }
    return ranks;
}
