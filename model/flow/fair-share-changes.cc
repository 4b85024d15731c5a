/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The part of FairShare that brings changes to the resources: classes that come, go, or get other
// counts, uses or weights, and other capacities. What runs and what is new in it becomes loose, for
// Fill to find its level.

#include "fair-share.h"

#include <cmath>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Capacities in quanta have this many bits.
constexpr int CAPACITY_BITS = 60;
} // namespace

void
FairShare::Join(uint32_t id)
{
    Class& flows = m_classes[id];
    flows.bottleneck = NONE;
    ++m_nLoose;
    const double weight = flows.count * flows.weight;
    Resource* const resources = m_resources.data();
    ShareUse* use = &m_uses[flows.firstUse];
    for (uint32_t k = 0; k < flows.nUses; ++k, ++use)
    {
        Resource& resource = resources[use->resource];
        resource.AddWeight(weight * use->coefficient);
        ++resource.nLoose;
        Note(use->resource);
    }
}

void
FairShare::Leave(uint32_t id, uint32_t count)
{
    const Class& flows = m_classes[id];
    const double weight = count * flows.weight;
    const double rate = weight * flows.level;
    Resource* const resources = m_resources.data();
    const ShareUse* use = &m_uses[flows.firstUse];
    for (uint32_t k = 0; k < flows.nUses; ++k, ++use)
    {
        Resource& resource = resources[use->resource];
        Note(use->resource);
        if (use->resource != flows.bottleneck)
        {
            resource.AddElsewhere(-resource.GetQuanta(rate * use->coefficient));
            continue;
        }
        resource.AddWeight(-(weight * use->coefficient));
        if (--resource.nLimited == 0)
        {
            resource.level = Resource::NO_LEVEL;
        }
    }
}

void
FairShare::Enlist(uint32_t id)
{
    const Class& flows = m_classes[id];
    ShareUse* use = &m_uses[flows.firstUse];
    for (uint32_t k = 0; k < flows.nUses; ++k, ++use)
    {
        std::vector<uint32_t>& running = m_running[use->resource];
        use->place = static_cast<uint32_t>(running.size());
        running.push_back(id);
    }
}

void
FairShare::Delist(uint32_t id)
{
    const Class& flows = m_classes[id];
    const ShareUse* use = &m_uses[flows.firstUse];
    for (uint32_t k = 0; k < flows.nUses; ++k, ++use)
    {
        std::vector<uint32_t>& running = m_running[use->resource];
        const uint32_t last = running.back();
        running.pop_back();
        if (last != id)
        {
            running[use->place] = last;
            ShareUse* moved = &m_uses[m_classes[last].firstUse];
            while (moved->resource != use->resource)
            {
                ++moved;
            }
            moved->place = use->place;
        }
    }
}

void
FairShare::CommitCounts()
{
    for (Record& record : m_records)
    {
        const Class& flows = m_classes[record.id];
        const bool isRerouted = flows.flags & Class::IS_REROUTED;
        if (record.count == flows.count && !isRerouted)
        {
            continue;
        }
        if (record.count > 0)
        {
            Leave(record.id, record.count);
            if (flows.count == 0 || isRerouted)
            {
                Delist(record.id);
            }
        }
        if (isRerouted)
        {
            // The level may stay, but the rate is another one with another weight.
            record.level = WITHOUT;
            continue;
        }
        if (flows.count > 0)
        {
            if (record.count == 0)
            {
                Enlist(record.id);
            }
            Join(record.id);
        }
    }
}

void
FairShare::CommitReroutes()
{
    for (const Reroute& reroute : m_reroutes)
    {
        Class& flows = m_classes[reroute.id];
        FreeUses(flows.firstUse, flows.nUses);
        flows.firstUse = reroute.firstUse;
        flows.nUses = static_cast<uint16_t>(reroute.nUses);
        flows.weight = reroute.weight;
        flows.flags &= ~Class::IS_REROUTED;
        if (flows.count > 0)
        {
            Enlist(reroute.id);
            Join(reroute.id);
        }
    }
    m_reroutes.clear();
    for (const uint32_t id : m_removed)
    {
        FreeClass(id);
    }
    m_removed.clear();
}

void
FairShare::SetScale(Resource& resource, double capacity)
{
    int exponent = 0;
    std::frexp(capacity, &exponent);
    resource.scale = capacity > 0 ? std::ldexp(1.0, CAPACITY_BITS - exponent) : 1;
    resource.capacity = static_cast<int64_t>(capacity * resource.scale);
}

void
FairShare::CommitCapacities()
{
    for (const uint32_t index : m_recapped)
    {
        Resource& resource = m_resources[index];
        const double capacity = m_capacities[index];
        if (capacity == static_cast<double>(resource.capacity) / resource.scale)
        {
            continue;
        }
        // In quanta of a much smaller capacity, the load might be more than an integer holds.
        const bool isTooMuch =
            static_cast<double>(resource.elsewhere) > 2 * capacity * resource.scale;
        for (const uint32_t id : m_running[index])
        {
            if (isTooMuch && m_classes[id].bottleneck != NONE)
            {
                Note(m_classes[id].bottleneck);
                Loosen(id);
            }
        }
        SetScale(resource, capacity);
        resource.elsewhere = 0;
        for (const uint32_t id : m_running[index])
        {
            const Class& flows = m_classes[id];
            if (flows.bottleneck != index && flows.bottleneck != NONE)
            {
                const double rate = flows.count * flows.weight * flows.level;
                resource.AddElsewhere(resource.GetQuanta(rate * GetUse(flows, index).coefficient));
            }
        }
        Note(index);
    }
    m_recapped.clear();
}

} // namespace opticalfabric
} // namespace ns3
