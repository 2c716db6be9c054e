// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

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

    /// By linear regression, in kB a minute.
    double slope() const
    {
        const auto first = m_samples.begin() + warmUp();
        const double count = double(m_samples.end() - first);
        if (count < 2)
            return 0;
        const double meanTime = (count - 1) / 2;
        const double mean = std::accumulate(first, m_samples.end(), 0.0) / count;
        double above = 0, below = 0;
        for (auto it = first; it != m_samples.end(); ++it) {
            const double time = double(it - first) - meanTime;
            above += time * (double(*it) - mean);
            below += time * time;
        }
        return 60 * above / below;
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
    std::vector<qint64> m_samples;
};
