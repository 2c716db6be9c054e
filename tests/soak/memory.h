// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

#include <algorithm>
#include <malloc.h>
#include <numeric>
#include <unistd.h>
#include <vector>

/// The resident memory of this process over time, a sample each second; what is freed is not in it, although
/// the C library would keep some for later.
class Memory
{
public:
    Memory() { m_samples.reserve(24 * 3600); } // so that samples don't count

    void sample()
    {
        malloc_trim(0);
        QFile file(QStringLiteral("/proc/self/statm"));
        if (file.open(QFile::ReadOnly))
            m_samples.push_back(file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) /
                                1024);
    }

    /// The latest sample, in kB.
    qint64 last() const { return m_samples.empty() ? 0 : m_samples.back(); }

    /// The seconds at the start that don't count: what is made once is made then.
    int warmUp() const { return std::min(60, int(m_samples.size()) / 2); }

    /// By linear regression over the least of each ten seconds, in kB a minute: what a page of 10 MB takes
    /// while it is read is no growth.
    double slope() const
    {
        const std::vector<qint64> levels = floors();
        const double count = double(levels.size());
        if (count < 2)
            return 0;
        const double meanTime = (count - 1) / 2;
        const double mean = std::accumulate(levels.begin(), levels.end(), 0.0) / count;
        double above = 0, below = 0;
        for (std::size_t i = 0; i < levels.size(); ++i) {
            const double time = double(i) - meanTime;
            above += time * (double(levels[i]) - mean);
            below += time * time;
        }
        return 60.0 / span * above / below;
    }

    /// Shorter runs are all noise, and a sanitizer keeps freed memory.
    bool isMeaningful() const
    {
#if defined(__SANITIZE_ADDRESS__)
        return false;
#else
        return m_samples.size() >= 300;
#endif
    }

private:
    static constexpr int span = 10;

    std::vector<qint64> floors() const
    {
        std::vector<qint64> floors;
        for (auto it = m_samples.begin() + warmUp(); m_samples.end() - it >= span; it += span)
            floors.push_back(*std::min_element(it, it + span));
        return floors;
    }

    std::vector<qint64> m_samples;
};
