/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-lanes.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Rates that differ by less, relatively, are one; more than roundings.
constexpr double SAME_RATE = 1e-9;
/// Shares of lanes that differ by less, relatively to the link, are one.
constexpr double SAME_SHARE = 1e-7;
/// Rounds of rates and shares. Each link that limits another one's lanes takes two or so.
constexpr uint32_t MOST_ROUNDS = 64;
/// Rounds after which shares change by half, as two links may pass it to and fro.
constexpr uint32_t FAST_ROUNDS = 12;
/// Part of its store that has to be there for credit to count again, so that it does not run out
/// at each event.
constexpr double REOPENING = 1.0 / 16;

/// @param rate a rate @param other another @return whether it is more, and not by rounding
bool
IsAbove(double rate, double other)
{
    return rate > other * (1 + SAME_RATE);
}

} // namespace

FlowLanes::FlowLanes(FairShare& solver)
    : m_solver(solver),
      m_lanes(1)
{
}

void
FlowLanes::Configure(uint32_t lanes, double windowBytes, uint32_t fullBytes)
{
    m_nLanes = lanes;
    m_windowBytes = windowBytes;
    m_fullBytes = fullBytes;
}

void
FlowLanes::Clear()
{
    m_resources.clear();
    m_lanes.resize(1);
    m_buckets.clear();
    m_shared.clear();
    m_sharedOf.clear();
    m_nextPs = NEVER;
}

uint32_t
FlowLanes::Add(const FlowBundles& bundles, uint32_t bundle, uint32_t lane)
{
    const double capacity = bundles.GetCapacity(bundle);
    const auto resource = static_cast<uint32_t>(m_lanes.size());
    m_lanes.push_back({bundle, NONE});
    if (resource == m_nMade)
    {
        m_solver.AddResource(capacity);
        ++m_nMade;
    }
    else
    {
        m_solver.SetCapacity(resource, capacity);
    }
    m_resources[size_t{bundle} * m_nLanes + lane] = resource;
    SetCredit(resource, capacity, bundles.GetLasting(bundle));
    if (m_nLanes > 1)
    {
        Share(bundles, bundle);
        Apply(resource, capacity);
    }
    return resource;
}

void
FlowLanes::Share(const FlowBundles& bundles, uint32_t bundle)
{
    const size_t first = size_t{bundle} * m_nLanes;
    m_sharedOf.resize(m_resources.size() / m_nLanes, NONE);
    Shared lanes;
    for (uint32_t i = 0; i < m_nLanes; ++i)
    {
        if (m_resources[first + i] != NONE)
        {
            lanes.resources.push_back(m_resources[first + i]);
        }
    }
    if (lanes.resources.size() < 2)
    {
        return;
    }
    if (m_sharedOf[bundle] == NONE)
    {
        m_sharedOf[bundle] = static_cast<uint32_t>(m_shared.size());
        m_shared.emplace_back();
        m_shared.back().capacity = bundles.GetCapacity(bundle);
        m_shared.back().level = m_shared.back().capacity;
        BeBusy();
    }
    m_shared[m_sharedOf[bundle]].resources = lanes.resources;
}

void
FlowLanes::BeBusy()
{
    m_isPlain = false;
    // Capacities change again and again.
    m_solver.SetMemory(0);
}

void
FlowLanes::SetCredit(uint32_t resource, double peak, double lasting)
{
    Lane& lane = m_lanes[resource];
    const bool isLimited = peak > 0 && lasting < peak * (1 - SAME_RATE);
    if (!isLimited)
    {
        if (lane.bucket != NONE)
        {
            m_lanes[m_buckets.back().resource].bucket = lane.bucket;
            m_buckets[lane.bucket] = m_buckets.back();
            m_buckets.pop_back();
            lane.bucket = NONE;
        }
        return;
    }
    if (lane.bucket == NONE)
    {
        lane.bucket = static_cast<uint32_t>(m_buckets.size());
        m_buckets.emplace_back();
        m_buckets.back().resource = resource;
        m_wasLimited = true;
        BeBusy();
    }
    Bucket& bucket = m_buckets[lane.bucket];
    bucket.peak = peak;
    bucket.lasting = lasting;
    bucket.burst = peak;
}

void
FlowLanes::Apply(uint32_t resource, double capacity)
{
    const Lane& lane = m_lanes[resource];
    if (lane.bundle < m_sharedOf.size() && m_sharedOf[lane.bundle] != NONE)
    {
        capacity = std::min(capacity, m_shared[m_sharedOf[lane.bundle]].level);
    }
    if (lane.bucket != NONE && m_buckets[lane.bucket].isEmpty)
    {
        capacity = std::min(capacity, m_buckets[lane.bucket].lasting);
    }
    m_solver.SetCapacity(resource, capacity);
}

void
FlowLanes::SetCapacity(const FlowBundles& bundles, uint32_t bundle)
{
    const double capacity = bundles.GetCapacity(bundle);
    if (bundle < m_sharedOf.size() && m_sharedOf[bundle] != NONE)
    {
        m_shared[m_sharedOf[bundle]].capacity = capacity;
        m_shared[m_sharedOf[bundle]].level = capacity;
    }
    const size_t first = size_t{bundle} * m_nLanes;
    for (size_t place = first; place < std::min(m_resources.size(), first + m_nLanes); ++place)
    {
        if (m_resources[place] != NONE)
        {
            SetCredit(m_resources[place], capacity, bundles.GetLasting(bundle));
            Apply(m_resources[place], capacity);
        }
    }
}

void
FlowLanes::Split(const FlowBundles& bundles, uint32_t part, uint32_t whole)
{
    SetCapacity(bundles, whole);
    Grow(part + 1);
    for (uint32_t lane = 0; lane < m_nLanes; ++lane)
    {
        const size_t place = size_t{whole} * m_nLanes + lane;
        if (place >= m_resources.size() || m_resources[place] == NONE)
        {
            continue;
        }
        // Its credit has been used as that of the whole was.
        const uint32_t before = m_lanes[m_resources[place]].bucket;
        const uint32_t resource = GetResource(bundles, part, lane);
        const uint32_t after = m_lanes[resource].bucket;
        if (before == NONE || after == NONE)
        {
            continue;
        }
        const Bucket& from = m_buckets[before];
        Bucket& to = m_buckets[after];
        to.left = from.left;
        to.burst = std::min(from.burst, to.peak);
        to.load = from.load;
        to.sent = from.sent;
        to.fullPs = from.fullPs;
        to.sincePs = from.sincePs;
        to.isEmpty = from.isEmpty;
        Apply(resource, to.peak);
    }
}

double
FlowLanes::GetLoad(uint32_t bundle) const
{
    double load = 0;
    for (uint32_t lane = 0; lane < m_nLanes; ++lane)
    {
        const size_t place = size_t{bundle} * m_nLanes + lane;
        const bool isThere = place < m_resources.size() && m_resources[place] != NONE;
        load += isThere ? m_solver.GetLoad(m_resources[place]) : 0;
    }
    return load;
}

double
FlowLanes::GetCreditLimit(uint32_t bundle) const
{
    double limit = 0;
    for (uint32_t lane = 0; lane < m_nLanes; ++lane)
    {
        const size_t place = size_t{bundle} * m_nLanes + lane;
        if (place < m_resources.size() && m_resources[place] != NONE)
        {
            const uint32_t bucket = m_lanes[m_resources[place]].bucket;
            const bool isEmpty = bucket != NONE && m_buckets[bucket].isEmpty;
            limit += isEmpty ? m_buckets[bucket].lasting : std::numeric_limits<double>::infinity();
        }
    }
    return limit;
}

void
FlowLanes::Advance(uint64_t nowPs)
{
    for (Bucket& bucket : m_buckets)
    {
        const auto spentPs = static_cast<double>(nowPs - bucket.sincePs);
        const bool isBurst = !bucket.isEmpty && IsAbove(bucket.load, bucket.lasting);
        // What a burst has left unsent of a round trip is the time in which its credit comes back.
        const double pausePs =
            std::max(m_windowBytes / bucket.lasting - m_windowBytes / bucket.burst, 1.0);
        bucket.left += isBurst ? -spentPs * bucket.load / m_windowBytes
                               : spentPs * (1 - bucket.load / bucket.lasting) / pausePs;
        bucket.sent += bucket.load * spentPs;
        bucket.sincePs = nowPs;
        if (bucket.left >= 1 - SAME_RATE)
        {
            bucket.left = 1;
            bucket.sent = 0;
            bucket.fullPs = nowPs;
        }
        const double frame = m_fullBytes / (bucket.lasting * pausePs);
        const bool isEnough = bucket.left >= std::min(1.0, std::max(frame, REOPENING));
        const bool isUsedUp = isBurst && bucket.left <= SAME_RATE;
        if (bucket.isEmpty ? isEnough : isUsedUp)
        {
            bucket.isEmpty = !bucket.isEmpty;
            Apply(bucket.resource, bucket.peak);
        }
    }
}

double
FlowLanes::FindLevel(const Shared& shared)
{
    m_demands.clear();
    for (const uint32_t resource : shared.resources)
    {
        const double load = m_solver.GetLoad(resource);
        const bool wantsMore = load >= shared.level * (1 - SAME_RATE);
        m_demands.push_back(wantsMore ? std::numeric_limits<double>::infinity() : load);
    }
    std::sort(m_demands.begin(), m_demands.end());
    double rest = shared.capacity;
    auto lanes = static_cast<double>(m_demands.size());
    for (const double demand : m_demands)
    {
        if (demand * lanes > rest)
        {
            return rest / lanes;
        }
        rest -= demand;
        --lanes;
    }
    return shared.capacity;
}

bool
FlowLanes::Divide(bool isSlow)
{
    bool hasChanged = false;
    for (Shared& shared : m_shared)
    {
        const double level = FindLevel(shared);
        if (std::abs(level - shared.level) <= SAME_SHARE * shared.capacity)
        {
            continue;
        }
        hasChanged = true;
        shared.level = isSlow ? (level + shared.level) / 2 : level;
        for (const uint32_t resource : shared.resources)
        {
            Apply(resource, shared.capacity);
        }
    }
    return hasChanged;
}

FairShare::Ids
FlowLanes::SolveLanes(uint64_t nowPs)
{
    Advance(nowPs);
    const FairShare::Ids first = m_solver.Solve();
    m_changed.assign(first.begin(), first.end());
    for (uint32_t round = 0; round < MOST_ROUNDS && Divide(round >= FAST_ROUNDS); ++round)
    {
        const FairShare::Ids more = m_solver.Solve();
        m_changed.insert(m_changed.end(), more.begin(), more.end());
    }
    if (!m_shared.empty())
    {
        std::sort(m_changed.begin(), m_changed.end());
        m_changed.erase(std::unique(m_changed.begin(), m_changed.end()), m_changed.end());
    }
    m_nextPs = NEVER;
    for (Bucket& bucket : m_buckets)
    {
        bucket.load = m_solver.GetLoad(bucket.resource);
        if (!bucket.isEmpty && IsAbove(bucket.load, bucket.lasting))
        {
            bucket.burst = bucket.load;
            // Less than Advance takes for nothing does not put it off to the next picosecond.
            const double left = std::max(0.0, bucket.left - SAME_RATE / 2);
            const double leftPs = std::ceil(left * m_windowBytes / bucket.load);
            m_nextPs = std::min(m_nextPs, nowPs + static_cast<uint64_t>(leftPs));
        }
    }
    return {m_changed.data(), m_changed.size()};
}

uint64_t
FlowLanes::GetTailPs(uint32_t resource, uint64_t nowPs) const
{
    if (resource >= m_lanes.size() || m_lanes[resource].bucket == NONE)
    {
        return 0;
    }
    const Bucket& bucket = m_buckets[m_lanes[resource].bucket];
    const double sent = bucket.sent + bucket.load * static_cast<double>(nowPs - bucket.sincePs);
    // Ends are rounded up to whole picoseconds, in each of which a little more is sent.
    constexpr double ROUNDING = 0.02; // of a frame
    const double frames = std::ceil(sent / m_fullBytes - ROUNDING);
    const double windows = std::floor((frames - 1 + ROUNDING) * m_fullBytes / m_windowBytes);
    if (windows < 1)
    {
        return 0;
    }
    const double roundTripPs = m_windowBytes / bucket.lasting;
    const double leftPs = windows * roundTripPs + (sent - windows * m_windowBytes) / bucket.burst;
    const double passedPs = static_cast<double>(nowPs - bucket.fullPs);
    return static_cast<uint64_t>(std::max(0.0, leftPs - passedPs) + 0.5);
}

} // namespace opticalfabric
} // namespace ns3
