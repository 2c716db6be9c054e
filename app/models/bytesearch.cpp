// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bytesearch.h"

#include <array>
#include <cstring>

bool containsBytes(QByteArrayView text, QByteArrayView sought)
{
    if (sought.size() > text.size())
        return false;
    if (sought.size() < 2)
        return sought.isEmpty() || std::memchr(text.data(), sought.front(), std::size_t(text.size()));

    // Sixteen places at once where both its first and its last byte fit; few of them are wrong.
    using Block = unsigned char __attribute__((vector_size(16)));
    constexpr qsizetype blockSize = sizeof(Block);
    const qsizetype last = sought.size() - 1;
    const auto isAt = [&](const char *place) {
        return std::memcmp(place, sought.data(), std::size_t(sought.size())) == 0;
    };
    Block firsts, lasts;
    std::memset(&firsts, sought.front(), sizeof firsts);
    std::memset(&lasts, sought.back(), sizeof lasts);
    const char *place = text.data();
    const char *const end = place + text.size() - last;
    for (; end - place >= blockSize; place += blockSize) {
        Block begins, ends;
        std::memcpy(&begins, place, sizeof begins);
        std::memcpy(&ends, place + last, sizeof ends);
        const auto fits = (begins == firsts) & (ends == lasts);
        std::array<quint64, 2> halves;
        std::memcpy(halves.data(), &fits, sizeof fits);
        if ((halves[0] | halves[1]) == 0)
            continue;
        for (int i = 0; i < int(blockSize); ++i) {
            if (fits[i] && isAt(place + i))
                return true;
        }
    }
    for (; place < end; ++place) {
        if (*place == sought.front() && isAt(place))
            return true;
    }
    return false;
}
