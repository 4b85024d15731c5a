/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fair-share.h"

#include "ns3/parameter-check.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Limits, so that no product of a capacity, a count, a coefficient and a weight leaves the range
/// of a double.
constexpr double MIN_CAPACITY = 1e-150; ///< least capacity but 0
constexpr double MAX_CAPACITY = 1e150;  ///< largest capacity
constexpr double MIN_FACTOR = 1e-30;    ///< least coefficient and weight
constexpr double MAX_FACTOR = 1e30;     ///< largest coefficient and weight

/// A remembered solution is looked for if at least so many classes have changed, ...
constexpr size_t MIN_BULK = 8;
/// ... and at least one in so many of those that run: a walk through a solution takes about 2 ns a
/// class, solving again some 100 ns a class that has changed.
constexpr size_t BULK_PART = 16;

/// @return what refuses bad parameters
ParameterCheck
GetCheck()
{
    return ParameterCheck("FairShare");
}

/// @param capacity value to be checked
void
RequireCapacity(double capacity)
{
    GetCheck().Require(capacity == 0 || (capacity >= MIN_CAPACITY && capacity <= MAX_CAPACITY),
                       "capacity",
                       capacity,
                       "0, or 1e-150 to 1e150");
}

} // namespace

void
FairShare::Refuse(uint32_t id) const
{
    GetCheck().Require(false, "class", id, "id of a class that was added and not removed");
    // Require has thrown.
    __builtin_unreachable();
}

void
FairShare::RequireClass(uint32_t id) const
{
    if (!IsThere(id))
    {
        Refuse(id);
    }
}

void
FairShare::RequireResource(uint32_t resource) const
{
    if (resource >= m_resources.size())
    {
        GetCheck().Require(false,
                           "resource",
                           resource,
                           "below " + std::to_string(m_resources.size()) + ", their number");
    }
}

void
FairShare::RequireUses(const Use* uses, uint32_t nUses)
{
    if (nUses == 0 || nUses > MAX_USES)
    {
        GetCheck().Require(false, "number of uses", nUses, "1 to " + std::to_string(MAX_USES));
    }
    ++m_stamp;
    for (uint32_t k = 0; k < nUses; ++k)
    {
        RequireResource(uses[k].resource);
        if (!(uses[k].coefficient >= MIN_FACTOR && uses[k].coefficient <= MAX_FACTOR))
        {
            GetCheck().RequireBetween("coefficient", uses[k].coefficient, MIN_FACTOR, MAX_FACTOR);
        }
        if (m_stamps[uses[k].resource] == m_stamp)
        {
            GetCheck().Require(false, "resource", uses[k].resource, "each once in a class's uses");
        }
        m_stamps[uses[k].resource] = m_stamp;
    }
}

void
FairShare::Reserve(uint32_t nClasses, double usesPerClass)
{
    GetCheck().RequireBetween("uses per class", usesPerClass, 1, MAX_USES);
    m_classes.reserve(nClasses);
    m_uses.reserve(static_cast<size_t>(std::ceil(nClasses * usesPerClass)));
    m_hasFlows.reserve(nClasses / 64 + 1);
    // All may change at once.
    m_records.reserve(nClasses);
    m_changed.reserve(nClasses);
}

uint32_t
FairShare::AddResource(double capacity)
{
    RequireCapacity(capacity);
    Resource resource{};
    resource.level = Resource::NO_LEVEL;
    SetScale(resource, capacity);
    m_resources.push_back(resource);
    m_running.emplace_back();
    m_capacities.push_back(capacity);
    m_stamps.push_back(0);
    m_isNoted.push_back(0);
    m_heap.AddResource();
    m_loads.clear();
    return static_cast<uint32_t>(m_resources.size() - 1);
}

void
FairShare::SetCapacity(uint32_t resource, double capacity)
{
    RequireResource(resource);
    RequireCapacity(capacity);
    if (m_capacities[resource] != capacity)
    {
        m_capacities[resource] = capacity;
        m_recapped.push_back(resource);
    }
}

uint32_t
FairShare::NewUses(const Use* uses, uint32_t nUses)
{
    uint32_t first = 0;
    if (nUses < m_freeUses.size() && !m_freeUses[nUses].empty())
    {
        first = m_freeUses[nUses].back();
        m_freeUses[nUses].pop_back();
    }
    else
    {
        first = static_cast<uint32_t>(m_uses.size());
        m_uses.resize(m_uses.size() + nUses);
    }
    for (uint32_t k = 0; k < nUses; ++k)
    {
        m_uses[first + k] = {uses[k].resource, 0, uses[k].coefficient};
    }
    return first;
}

void
FairShare::FreeUses(uint32_t firstUse, uint32_t nUses)
{
    if (nUses >= m_freeUses.size())
    {
        m_freeUses.resize(nUses + 1);
    }
    m_freeUses[nUses].push_back(firstUse);
}

uint32_t
FairShare::AddClass(const Use* uses, uint32_t nUses, double weight)
{
    RequireUses(uses, nUses);
    GetCheck().RequireBetween("weight", weight, MIN_FACTOR, MAX_FACTOR);
    const uint32_t firstUse = NewUses(uses, nUses);
    uint32_t id = 0;
    if (!m_freeClasses.empty())
    {
        id = m_freeClasses.back();
        m_freeClasses.pop_back();
    }
    else
    {
        id = static_cast<uint32_t>(m_classes.size());
        m_classes.emplace_back();
        m_hasFlows.resize(id / 64 + 1);
    }
    const auto size = static_cast<uint16_t>(nUses);
    m_classes[id] = {weight, WITHOUT, 0, NONE, firstUse, size, Class::IS_THERE};
    return id;
}

void
FairShare::FreeClass(uint32_t id)
{
    FreeUses(m_classes[id].firstUse, m_classes[id].nUses);
    m_classes[id].flags &= Class::IS_RECORDED;
    m_freeClasses.push_back(id);
}

void
FairShare::RemoveClass(uint32_t id)
{
    RequireClass(id);
    Class& flows = m_classes[id];
    GetCheck().Require(flows.count == 0, "flows of a class to be removed", flows.count, "0");
    if (flows.flags & Class::HAS_RUN)
    {
        RecordClass(id);
        flows.flags |= Class::IS_REMOVED;
        m_removed.push_back(id);
    }
    else
    {
        FreeClass(id);
    }
}

bool
FairShare::HasUses(uint32_t id, const Use* uses, uint32_t nUses) const
{
    const Class& flows = m_classes[id];
    if (flows.nUses != nUses || (flows.flags & Class::IS_REROUTED))
    {
        return false;
    }
    const ShareUse* own = &m_uses[flows.firstUse];
    return std::equal(uses, uses + nUses, own, [](const Use& a, const ShareUse& b) {
        return a.resource == b.resource && a.coefficient == b.coefficient;
    });
}

void
FairShare::SetUses(uint32_t id, const Use* uses, uint32_t nUses)
{
    RequireClass(id);
    RequireUses(uses, nUses);
    if (!HasUses(id, uses, nUses))
    {
        SetRoute(id, NewUses(uses, nUses), nUses, GetNext(id).weight);
    }
}

void
FairShare::SetWeight(uint32_t id, double weight)
{
    RequireClass(id);
    GetCheck().RequireBetween("weight", weight, MIN_FACTOR, MAX_FACTOR);
    const Reroute next = GetNext(id);
    if (next.weight == weight)
    {
        return;
    }
    std::vector<Use> uses;
    for (uint32_t k = 0; k < next.nUses; ++k)
    {
        const ShareUse& use = m_uses[next.firstUse + k];
        uses.push_back({use.resource, use.coefficient});
    }
    SetRoute(id, NewUses(uses.data(), next.nUses), next.nUses, weight);
}

FairShare::Reroute
FairShare::GetNext(uint32_t id) const
{
    const Class& flows = m_classes[id];
    if (flows.flags & Class::IS_REROUTED)
    {
        for (size_t i = m_reroutes.size(); i-- > 0;)
        {
            if (m_reroutes[i].id == id)
            {
                return m_reroutes[i];
            }
        }
    }
    return {id, flows.firstUse, flows.nUses, flows.weight};
}

void
FairShare::SetRoute(uint32_t id, uint32_t firstUse, uint32_t nUses, double weight)
{
    Class& flows = m_classes[id];
    if (!(flows.flags & Class::HAS_RUN))
    {
        FreeUses(flows.firstUse, flows.nUses);
        flows.firstUse = firstUse;
        flows.nUses = static_cast<uint16_t>(nUses);
        flows.weight = weight;
        return;
    }
    RecordClass(id);
    if (flows.flags & Class::IS_REROUTED)
    {
        for (size_t i = m_reroutes.size(); i-- > 0;)
        {
            if (m_reroutes[i].id == id)
            {
                FreeUses(m_reroutes[i].firstUse, m_reroutes[i].nUses);
                m_reroutes[i] = {id, firstUse, nUses, weight};
                return;
            }
        }
    }
    flows.flags |= Class::IS_REROUTED;
    m_reroutes.push_back({id, firstUse, nUses, weight});
}

void
FairShare::ChangeCount(uint32_t id, uint32_t count)
{
    Class& flows = m_classes[id];
    if (flows.count == count)
    {
        return;
    }
    RecordClass(id);
    m_hash ^= GetKey(id, flows.count) ^ GetKey(id, count);
    if (flows.count == 0 || count == 0)
    {
        m_hasFlows[id / 64] ^= uint64_t(1) << (id % 64);
        m_nRunning += count == 0 ? -1 : 1;
    }
    flows.count = count;
    flows.flags |= Class::HAS_RUN;
}

void
FairShare::Add(uint32_t id, int32_t difference)
{
    RequireClass(id);
    const int64_t count = int64_t(m_classes[id].count) + difference;
    if (count < 0 || count > UINT32_MAX)
    {
        GetCheck().Require(false, "flows of a class", count, "0 to 4294967295");
    }
    ChangeCount(id, static_cast<uint32_t>(count));
}

FairShare::Ids
FairShare::Solve()
{
    ++m_counters.solves;
    m_changed.clear();
    const bool isRecapped =
        std::any_of(m_recapped.begin(), m_recapped.end(), [this](uint32_t index) {
            const Resource& resource = m_resources[index];
            return m_capacities[index] != static_cast<double>(resource.capacity) / resource.scale;
        });
    const bool isNew = isRecapped || !m_reroutes.empty() || !m_removed.empty();
    size_t nChanged = 0;
    for (const Record& record : m_records)
    {
        nChanged += record.count != m_classes[record.id].count ? 1 : 0;
    }
    if (nChanged == 0 && !isNew)
    {
        for (const Record& record : m_records)
        {
            m_classes[record.id].flags &= ~Class::IS_RECORDED;
        }
        m_records.clear();
        m_recapped.clear();
        ++m_counters.unchanged;
        return {nullptr, 0};
    }
    if (isNew)
    {
        m_memory.Clear();
    }
    const bool isBulk = nChanged >= MIN_BULK && nChanged * BULK_PART >= m_nRunning;
    if (isBulk && !isNew && Recall())
    {
        m_recapped.clear();
        ++m_counters.remembered;
        m_counters.classesReported += m_changed.size();
        return {m_changed.data(), m_changed.size()};
    }
    if (m_detached)
    {
        Attach();
    }
    CommitCounts();
    CommitReroutes();
    CommitCapacities();
    Fill();
    Report();
    if (isBulk)
    {
        Keep();
    }
    return {m_changed.data(), m_changed.size()};
}

void
FairShare::Report()
{
    for (const Record& record : m_records)
    {
        Class& flows = m_classes[record.id];
        flows.flags &= ~Class::IS_RECORDED;
        if (flows.count > 0 && flows.level != record.level)
        {
            m_changed.push_back(record.id);
        }
    }
    m_counters.classesTouched += m_records.size();
    m_counters.classesReported += m_changed.size();
    m_records.clear();
}

double
FairShare::GetRate(uint32_t id) const
{
    RequireClass(id);
    const Class& flows = m_classes[id];
    return flows.count > 0 ? flows.weight * flows.level : 0;
}

uint32_t
FairShare::GetCount(uint32_t id) const
{
    RequireClass(id);
    return m_classes[id].count;
}

uint32_t
FairShare::GetBottleneck(uint32_t id) const
{
    RequireClass(id);
    return m_classes[id].count > 0 ? m_classes[id].bottleneck : NONE;
}

double
FairShare::GetLoad(uint32_t index) const
{
    RequireResource(index);
    if (m_detached)
    {
        if (m_loads.empty())
        {
            SumLoads();
        }
        return m_loads[index];
    }
    const Resource& resource = m_resources[index];
    double load = static_cast<double>(resource.elsewhere) / resource.scale;
    if (resource.nLimited > 0)
    {
        load += (resource.weight + resource.weightRest) * resource.level;
    }
    return load;
}

double
FairShare::GetCapacity(uint32_t resource) const
{
    RequireResource(resource);
    return m_capacities[resource];
}

void
FairShare::SetMemory(size_t nClasses)
{
    m_memory.SetLimit(nClasses);
}

size_t
FairShare::GetBytes() const
{
    const auto bytes = [](const auto& v) { return v.capacity() * sizeof(v[0]); };
    size_t sum = bytes(m_classes) + bytes(m_freeClasses) + bytes(m_uses) + bytes(m_freeUses) +
                 bytes(m_resources) + bytes(m_running) + bytes(m_capacities) + bytes(m_stamps) +
                 bytes(m_records) + bytes(m_reroutes) + bytes(m_removed) + bytes(m_recapped) +
                 bytes(m_changed) + bytes(m_hasFlows) + bytes(m_base) + bytes(m_loads) +
                 bytes(m_isNoted) + bytes(m_noted) + bytes(m_captured) + bytes(m_gathered) +
                 m_heap.GetBytes();
    for (const auto& part : m_freeUses)
    {
        sum += bytes(part);
    }
    for (const auto& part : m_running)
    {
        sum += bytes(part);
    }
    return sum;
}

} // namespace opticalfabric
} // namespace ns3
