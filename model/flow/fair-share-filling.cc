/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The part of FairShare that solves: progressive filling, of what a change reaches only.
//
// Between solutions each class f is limited by one of its resources at level l(f), and each
// resource r knows the load of the classes that are limited elsewhere and the sum of weights of
// those that it limits itself. So the level at which it fills is known without a walk:
//
//   fill(r) = (capacity - load of classes limited elsewhere) / (weights of all others)
//
// A change alters fill(r) of few resources. These are looked at from the lowest level upwards, each
// at the lower of fill(r) and the level at which it limits classes so far:
//
//   fill(r) is as before             nothing has happened to its classes
//   fill(r) rises above their level  when the sweep passes that level, the classes become loose:
//                                    each counts with its weight on all its resources, and is
//                                    limited by the first of them that fills (Release)
//   fill(r) is reached               loose classes and its own are limited here at this level, and
//                                    so are those that are limited elsewhere at a higher level,
//                                    which are taken away from there (Freeze)
//
// What has been passed stays: whatever happens at level L changes fill(r) of other resources only
// where that is above L, as a class that is now at L, and was loose or higher, leaves the others
// more, and one that becomes loose at L takes a share from what fills above L. So the sweep does
// not turn back, and ends. At the end each class has a bottleneck: it is limited by a resource r at
// fill(r), so r is saturated, and no class on r is at a higher level, or Freeze would have taken
// it. That condition has one solution (Bertsekas and Gallager, section 6.5.2), so it is the one
// that filling all from scratch finds. Only classes that get another level or another bottleneck
// are touched, most of them once or twice.
//
// fill(r) may rise while r waits in the heap; it is then found out of date when its turn comes, and
// put back. It is lowered at once when it falls.

#include "fair-share.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Levels that differ by less, relatively, are one.
constexpr double SAME = 1e-12;
/// A resource whose level would change by less keeps it. More than SAME, so that what was put at
/// the level of others stays there.
constexpr double KEPT = 4e-12;
/// Overload of classes that are limited elsewhere, as a power of two of the capacity, below which
/// none of them is limited further: 3.6e-12.
constexpr int OVERLOAD_BITS = 38;
/// Fills after which rounding is taken to have made a circle: for each resource, and in any case.
constexpr uint64_t FILLS_PER_RESOURCE = 8;
/// The least of them.
constexpr uint64_t FILLS_AT_LEAST = 64;

/**
 * @param a a level
 * @param b another
 * @param tolerance relative
 * @return whether they are the same
 */
bool
IsNear(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance * std::abs(b);
}

/// @param resource a resource @return whether classes limited elsewhere are more than it can carry
bool
IsOverloaded(const ShareResource& resource)
{
    return resource.elsewhere > resource.capacity + (resource.capacity >> OVERLOAD_BITS);
}

/// @param resource a resource @return whether there is nothing that it limits, or has to
bool
IsDone(const ShareResource& resource)
{
    return resource.nLimited + resource.nLoose == 0 && !IsOverloaded(resource);
}

} // namespace

void
FairShare::QueueNoted()
{
    for (const uint32_t index : m_noted)
    {
        m_isNoted[index] = 0;
        Resource& resource = m_resources[index];
        if (resource.nLimited + resource.nLoose == 0)
        {
            resource.GetWeight();
            if (IsOverloaded(resource))
            {
                m_heap.Lower(index, 0);
            }
            continue;
        }
        const double weight = resource.GetWeight() * resource.scale;
        const double level = static_cast<double>(resource.GetRest()) / weight;
        if (resource.nLoose == 0 && IsNear(level, resource.level, KEPT))
        {
            continue;
        }
        m_heap.Lower(index, std::min(std::max(level, 0.0), resource.level));
    }
    m_noted.clear();
}

void
FairShare::Loosen(uint32_t id)
{
    RecordClass(id);
    ++m_nLoose;
    Class& flows = m_classes[id];
    const double weight = flows.count * flows.weight;
    const double rate = weight * flows.level;
    Resource* const resources = m_resources.data();
    const ShareUse* use = &m_uses[flows.firstUse];
    for (uint32_t k = 0; k < flows.nUses; ++k, ++use)
    {
        Resource& resource = resources[use->resource];
        ++resource.nLoose;
        if (use->resource != flows.bottleneck)
        {
            resource.AddElsewhere(-resource.GetQuanta(rate * use->coefficient));
            resource.AddWeight(weight * use->coefficient);
            Note(use->resource);
        }
        else if (--resource.nLimited == 0)
        {
            resource.level = Resource::NO_LEVEL;
        }
    }
    flows.bottleneck = NONE;
}

template <typename F>
uint32_t
FairShare::Gather(uint32_t index, F&& isMeant)
{
    const std::vector<uint32_t>& running = m_running[index];
    if (m_gathered.size() < running.size())
    {
        m_gathered.resize(running.capacity());
    }
    // Which ones are meant is as good as random: without a branch it costs a third.
    const Class* const classes = m_classes.data();
    uint32_t* const gathered = m_gathered.data();
    uint32_t n = 0;
    for (const uint32_t id : running)
    {
        gathered[n] = id;
        n += isMeant(classes[id]) ? 1 : 0;
    }
    // Their uses lie anywhere, and are needed at once.
    for (uint32_t i = 0; i < n; ++i)
    {
        const char* const uses =
            reinterpret_cast<const char*>(&m_uses[classes[gathered[i]].firstUse]);
        __builtin_prefetch(uses);
        __builtin_prefetch(uses + 64);
    }
    return n;
}

double
FairShare::GetFillLevel(uint32_t index)
{
    Resource& resource = m_resources[index];
    double weight = resource.GetWeight();
    int64_t rest = resource.GetRest();
    double level = weight > 0 ? static_cast<double>(rest) / (weight * resource.scale)
                              : -std::numeric_limits<double>::infinity();
    m_captured.clear();
    if (m_isPlain)
    {
        return std::max(level, m_lastLevel);
    }
    if (!(resource.ceiling > level * (1 + KEPT)))
    {
        return std::max(level, 0.0);
    }
    // Classes that are limited elsewhere may be above the level. From the highest downwards, each
    // of them gives up its load for a share, until the level has risen to the next.
    double ceiling = 0;
    const uint32_t nAbove = Gather(index, [&](const Class& flows) {
        const bool isElsewhere = (flows.bottleneck != index) & (flows.bottleneck != NONE);
        const bool isAbove = flows.level > level * (1 + KEPT);
        const double below = (isElsewhere & !isAbove) ? flows.level : 0;
        ceiling = std::max(ceiling, below);
        return isElsewhere & isAbove;
    });
    for (uint32_t i = 0; i < nAbove; ++i)
    {
        m_captured.push_back({m_classes[m_gathered[i]].level, m_gathered[i]});
    }
    m_captureCeiling = ceiling;
    std::make_heap(m_captured.begin(), m_captured.end());
    auto rests = m_captured.end();
    resource.ceiling = m_captured.empty() ? m_captureCeiling : m_captured.front().level;
    while (rests != m_captured.begin())
    {
        const Captured& highest = m_captured.front();
        if (!(highest.level > level * (1 + KEPT)))
        {
            m_captureCeiling = std::max(m_captureCeiling, highest.level);
            break;
        }
        const Class& flows = m_classes[highest.id];
        const ShareUse& use = GetUse(flows, index);
        const double share = flows.count * flows.weight;
        rest = Resource::Sum(rest, resource.GetQuanta(share * flows.level * use.coefficient));
        weight += share * use.coefficient;
        level = static_cast<double>(rest) / (weight * resource.scale);
        std::pop_heap(m_captured.begin(), rests--);
    }
    m_captured.erase(m_captured.begin(), rests);
    return std::max(level, 0.0);
}

double
FairShare::GetSharedLevel(uint32_t index, double level) const
{
    if (IsNear(level, m_lastLevel, SAME))
    {
        return m_lastLevel;
    }
    if (m_resources[index].ceiling >= level * (1 - SAME))
    {
        for (const uint32_t id : m_running[index])
        {
            const Class& flows = m_classes[id];
            if (flows.bottleneck != NONE && flows.bottleneck != index &&
                IsNear(level, flows.level, SAME))
            {
                return flows.level;
            }
        }
    }
    return level;
}

void
FairShare::Release(uint32_t index)
{
    const uint32_t n = Gather(index, [=](const Class& flows) { return flows.bottleneck == index; });
    for (uint32_t i = 0; i < n; ++i)
    {
        Loosen(m_gathered[i]);
    }
    QueueNoted();
}

void
FairShare::FreezeLoose(uint32_t id, uint32_t index, double level)
{
    RecordClass(id);
    --m_nLoose;
    Class& flows = m_classes[id];
    flows.level = level;
    flows.bottleneck = index;
    const double weight = flows.count * flows.weight;
    const double rate = weight * level;
    Resource* const resources = m_resources.data();
    const ShareUse* use = &m_uses[flows.firstUse];
    for (uint32_t k = 0; k < flows.nUses; ++k, ++use)
    {
        Resource& resource = resources[use->resource];
        --resource.nLoose;
        if (use->resource == index)
        {
            ++resource.nLimited;
            continue;
        }
        resource.AddWeight(-(weight * use->coefficient));
        resource.AddElsewhere(resource.GetQuanta(rate * use->coefficient));
        resource.ceiling = std::max(resource.ceiling, level);
    }
}

void
FairShare::FreezeLimited(uint32_t id, uint32_t index, double level)
{
    RecordClass(id);
    Class& flows = m_classes[id];
    const double weight = flows.count * flows.weight;
    const double oldRate = weight * flows.level;
    const double rate = weight * level;
    const uint32_t before = flows.bottleneck;
    flows.level = level;
    flows.bottleneck = index;
    Resource* const resources = m_resources.data();
    const ShareUse* use = &m_uses[flows.firstUse];
    for (uint32_t k = 0; k < flows.nUses; ++k, ++use)
    {
        Resource& resource = resources[use->resource];
        const bool wasHere = use->resource == before;
        const bool isHere = use->resource == index;
        if (wasHere && isHere)
        {
            continue;
        }
        if (wasHere)
        {
            resource.AddWeight(-(weight * use->coefficient));
            if (--resource.nLimited == 0)
            {
                resource.level = Resource::NO_LEVEL;
            }
        }
        else
        {
            resource.AddElsewhere(-resource.GetQuanta(oldRate * use->coefficient));
        }
        if (isHere)
        {
            resource.AddWeight(weight * use->coefficient);
            ++resource.nLimited;
            continue;
        }
        resource.AddElsewhere(resource.GetQuanta(rate * use->coefficient));
        resource.ceiling = std::max(resource.ceiling, level);
        if (resource.nLimited > 0)
        {
            // There is more for those that it limits.
            m_heap.Lower(use->resource, resource.level);
        }
    }
}

void
FairShare::Freeze(uint32_t index, double level)
{
    Resource& resource = m_resources[index];
    for (const Captured& captured : m_captured)
    {
        FreezeLimited(captured.id, index, level);
    }
    if (!m_captured.empty())
    {
        resource.ceiling = m_captureCeiling;
    }
    const uint32_t n = Gather(index, [=](const Class& flows) {
        return (flows.bottleneck == NONE) | ((flows.bottleneck == index) & (flows.level != level));
    });
    for (uint32_t i = 0; i < n; ++i)
    {
        const uint32_t id = m_gathered[i];
        if (m_classes[id].bottleneck == NONE)
        {
            FreezeLoose(id, index, level);
        }
        else
        {
            FreezeLimited(id, index, level);
        }
    }
    resource.level = level;
    m_lastLevel = level;
    ++m_counters.levels;
}

void
FairShare::Fill()
{
    QueueNoted();
    m_lastLevel = WITHOUT;
    uint64_t fillsLeft = FILLS_AT_LEAST + FILLS_PER_RESOURCE * m_resources.size();
    while (!m_heap.IsEmpty())
    {
        const uint32_t index = m_heap.GetTop();
        Resource& resource = m_resources[index];
        if (IsDone(resource))
        {
            if (m_nLoose > 0)
            {
                m_heap.Pop();
                continue;
            }
            // Others are mostly the resources on which classes were that have their level by now.
            m_heap.Filter([this](uint32_t other) { return !IsDone(m_resources[other]); });
            continue;
        }
        double level = GetFillLevel(index);
        if (resource.nLimited > 0 && IsNear(level, resource.level, KEPT))
        {
            level = resource.level;
            if (resource.nLoose == 0 && m_captured.empty())
            {
                m_heap.Pop();
                continue;
            }
        }
        const double turn = std::min(level, resource.level);
        if (turn > m_heap.GetTopLevel())
        {
            m_heap.PostponeTop(turn);
            if (m_heap.GetTop() != index)
            {
                continue;
            }
        }
        m_heap.Pop();
        if (!m_isPlain && fillsLeft-- == 0)
        {
            StartAnew();
            continue;
        }
        if (level > resource.level)
        {
            Release(index);
            m_heap.Lower(index, level);
        }
        else
        {
            Freeze(index, level == resource.level ? level : GetSharedLevel(index, level));
        }
    }
    m_isPlain = false;
}

void
FairShare::StartAnew()
{
    // Where capacities, coefficients and weights are orders of magnitude apart, the difference of a
    // load to a capacity is mostly rounding, and two resources may pass classes to and fro because
    // of it. Plain filling, where what is filled stays so, ends in any case.
    ++m_counters.fromScratch;
    m_isPlain = true;
    m_lastLevel = 0;
    m_heap.Clear();
    m_nLoose = 0;
    for (Resource& resource : m_resources)
    {
        resource.elsewhere = 0;
        resource.nLimited = 0;
        resource.nLoose = 0;
        resource.level = Resource::NO_LEVEL;
        resource.ceiling = 0;
        resource.GetWeight();
    }
    ForEachRunning([this](uint32_t id) {
        RecordClass(id);
        Join(id);
    });
    QueueNoted();
}

} // namespace opticalfabric
} // namespace ns3
