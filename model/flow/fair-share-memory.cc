/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The part of FairShare that remembers. A remembered solution is written into the classes only; the
// resources stay behind ("detached") at the pattern for which they were last solved, the base. So a
// pattern that comes back costs a walk through its classes, without their uses. When something has
// to be solved, the difference to the base is what has changed.

#include "fair-share.h"

#include <limits>

namespace ns3
{
namespace opticalfabric
{

uint64_t
FairShare::GetKey(uint32_t id, uint32_t count)
{
    // That of a class without flows is 0, so that the hash is the exclusive or over those that run
    // (A. L. Zobrist, A New Hashing Method with Application for Game Playing, Technical Report 88,
    // University of Wisconsin, 1970). Instead of a table of random numbers, the mixing function of
    // SplitMix64 (G. L. Steele et al., Fast Splittable Pseudorandom Number Generators, OOPSLA
    // 2014).
    uint64_t z = (uint64_t(count) << 32 | id) + 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return count == 0 ? 0 : z ^ (z >> 31);
}

bool
FairShare::Recall()
{
    // That nothing runs is always remembered.
    const ShareMemory::Item* items = nullptr;
    if (m_nRunning != 0)
    {
        items = m_memory.Find(m_hash, m_nRunning);
        if (!items)
        {
            return false;
        }
        // As many classes run as the solution has; if all of these have the counts it says, they
        // are the same.
        for (uint32_t i = 0; i < m_nRunning; ++i)
        {
            if (m_classes[items[i].id].count != items[i].count)
            {
                return false;
            }
        }
    }
    if (!m_detached)
    {
        Detach();
    }
    for (const Record& record : m_records)
    {
        Class& flows = m_classes[record.id];
        flows.flags &= ~Class::IS_RECORDED;
        if (record.level == WITHOUT)
        {
            flows.level = std::numeric_limits<double>::quiet_NaN();
        }
    }
    for (uint32_t i = 0; i < m_nRunning; ++i)
    {
        Class& flows = m_classes[items[i].id];
        if (flows.level != items[i].level)
        {
            m_changed.push_back(items[i].id);
            flows.level = items[i].level;
        }
        flows.bottleneck = items[i].bottleneck;
    }
    m_records.clear();
    m_loads.clear();
    return true;
}

void
FairShare::Keep()
{
    ShareMemory::Item* item = m_memory.Store(m_hash, m_nRunning);
    if (item)
    {
        ForEachRunning([&](uint32_t id) {
            const Class& flows = m_classes[id];
            *item++ = {id, flows.count, flows.level, flows.bottleneck};
        });
    }
}

void
FairShare::Detach()
{
    m_base.clear();
    for (const Record& record : m_records)
    {
        if (record.count > 0)
        {
            const Class& flows = m_classes[record.id];
            m_base.push_back({record.id, record.count, flows.level, flows.bottleneck});
        }
    }
    ForEachRunning([&](uint32_t id) {
        const Class& flows = m_classes[id];
        if (!(flows.flags & Class::IS_RECORDED))
        {
            m_base.push_back({id, flows.count, flows.level, flows.bottleneck});
        }
    });
    m_detached = true;
}

void
FairShare::Attach()
{
    // All that ran at the last solution and all of the base is recorded; what a record says of the
    // count becomes that of the base, 0 for a class that is not in it.
    ForEachRunning([&](uint32_t id) {
        if (!(m_classes[id].flags & Class::IS_RECORDED))
        {
            RecordClass(id);
        }
    });
    for (uint32_t i = 0; i < m_records.size(); ++i)
    {
        m_records[i].count = 0;
        // For a moment, to find it again.
        m_classes[m_records[i].id].bottleneck = i;
    }
    for (const ShareMemory::Item& item : m_base)
    {
        Class& flows = m_classes[item.id];
        if (flows.flags & Class::IS_RECORDED)
        {
            m_records[flows.bottleneck].count = item.count;
        }
        else
        {
            flows.flags |= Class::IS_RECORDED;
            m_records.push_back({item.id, item.count, WITHOUT});
        }
        flows.level = item.level;
        flows.bottleneck = item.bottleneck;
    }
    m_base.clear();
    m_loads.clear();
    m_detached = false;
}

void
FairShare::SumLoads() const
{
    m_loads.assign(m_resources.size(), 0);
    ForEachRunning([&](uint32_t id) {
        const Class& flows = m_classes[id];
        const double rate = flows.count * flows.weight * flows.level;
        for (uint32_t k = 0; k < flows.nUses; ++k)
        {
            const ShareUse& use = m_uses[flows.firstUse + k];
            m_loads[use.resource] += rate * use.coefficient;
        }
    });
}

} // namespace opticalfabric
} // namespace ns3
