// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

#include <algorithm>
#include <malloc.h>
#include <numeric>
#include <unistd.h>
#include <vector>

/// The memory of this process over time, a sample each second, all in kB.
///
/// Heap in use counts what is allocated to the byte and so shows a small leak. Resident memory is what people
/// see; it moves by megabytes when a page of 10 MB leaves holes in the heap.
class Memory
{
public:
    Memory()
    {
        // Large blocks go back to the system at once, in a program that has handled larger ones, too.
        mallopt(M_MMAP_THRESHOLD, 128 * 1024);
        mallopt(M_ARENA_MAX, 1);
        m_resident.reserve(24 * 3600); // so that samples don't count
        m_heap.reserve(24 * 3600);
    }

    void sample()
    {
        malloc_trim(0);
        QFile file(QStringLiteral("/proc/self/statm"));
        if (!file.open(QFile::ReadOnly))
            return;
        const qint64 pages = file.readAll().split(' ').value(1).toLongLong();
        const struct mallinfo2 heap = mallinfo2();
        m_resident.push_back(double(pages * sysconf(_SC_PAGESIZE)) / 1024);
        m_heap.push_back(double(heap.uordblks + heap.hblkhd) / 1024);
    }

    double lastResident() const { return m_resident.empty() ? 0 : m_resident.back(); }
    double lastHeap() const { return m_heap.empty() ? 0 : m_heap.back(); }

    /// The seconds at the start that don't count: what is made once is made then.
    int warmUp() const { return std::min(60, int(m_heap.size()) / 2); }

    /// A minute, by linear regression over the least of each ten seconds: what a page takes is no growth.
    double residentSlope() const { return slope(m_resident); }
    double heapSlope() const { return slope(m_heap); }

    /// Shorter runs are all noise, and a sanitizer keeps freed memory.
    bool isMeaningful() const
    {
#if defined(__SANITIZE_ADDRESS__)
        return false;
#else
        return m_heap.size() >= 300;
#endif
    }

private:
    double slope(const std::vector<double> &samples) const
    {
        constexpr int span = 10;
        std::vector<double> floors;
        for (auto it = samples.begin() + warmUp(); samples.end() - it >= span; it += span)
            floors.push_back(*std::min_element(it, it + span));
        if (floors.size() < 2)
            return 0;
        const double meanTime = double(floors.size() - 1) / 2;
        const double mean = std::accumulate(floors.begin(), floors.end(), 0.0) / double(floors.size());
        double above = 0, below = 0;
        for (std::size_t i = 0; i < floors.size(); ++i) {
            above += (double(i) - meanTime) * (floors[i] - mean);
            below += (double(i) - meanTime) * (double(i) - meanTime);
        }
        return 60.0 / span * above / below;
    }

    std::vector<double> m_resident;
    std::vector<double> m_heap;
};
