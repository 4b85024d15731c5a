/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-senders.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

FlowSenders::FlowSenders(FlowRoutes& routes, const std::vector<uint32_t>& linkOrbits)
    : m_routes(routes),
      m_linkOrbits(linkOrbits)
{
}

uint32_t
FlowSenders::GetNumber(double time)
{
    // Far more than roundings make of a time, and far less than times differ that mean something.
    constexpr double SAME = 1e-9;
    const auto place = m_times.lower_bound(time * (1 - SAME));
    if (place != m_times.end() && place->first <= time * (1 + SAME))
    {
        return place->second;
    }
    const auto next = static_cast<uint32_t>(m_times.size());
    return m_times.emplace(time, next).first->second;
}

FlowSenders::Members*
FlowSenders::GetClass(const TransferSymmetry& ranks, uint32_t from, uint32_t to)
{
    m_routes.Find(ranks.endpoints[from], ranks.endpoints[to], m_path);
    // What a part gets of a transfer depends on what its source sends before, and so on the rank.
    if (m_path.uses.empty() || m_path.parts != 0)
    {
        return nullptr;
    }
    m_used.clear();
    for (const BundleUse& use : m_path.uses)
    {
        for (const uint32_t link : m_routes.GetBundles().GetLinks(use.bundle))
        {
            m_used.push_back(m_linkOrbits[link]);
        }
    }
    std::sort(m_used.begin(), m_used.end());
    m_used.erase(std::unique(m_used.begin(), m_used.end()), m_used.end());
    const auto next = static_cast<uint32_t>(m_lists.size());
    const Key key{ranks.orbits[from],
                  ranks.orbits[to],
                  m_lists.emplace(m_used, next).first->second,
                  m_path.latencyPs,
                  m_path.ports,
                  GetNumber(m_path.storePsPerByte),
                  GetNumber(m_path.slowestPs),
                  GetNumber(m_path.alonePs),
                  GetNumber(m_path.byteTimePs)};
    return &m_classes[key];
}

bool
FlowSenders::Find(TransferSymmetry& ranks)
{
    const uint32_t n = ranks.GetN();
    for (const uint32_t rank : ranks.acting)
    {
        for (uint32_t other = 0; other < n; ++other)
        {
            if (other == rank)
            {
                continue;
            }
            Members* sent = GetClass(ranks, rank, other);
            Members* received = GetClass(ranks, other, rank);
            if (sent == nullptr || received == nullptr)
            {
                return false;
            }
            sent->destinations.push_back(other);
            received->sources.push_back(other);
        }
    }
    // How many each flow brings first, so that there is a place for all of them.
    ranks.begins.assign(ranks.acting.size() * n + 1, 0);
    const auto getRow = [&](const Key& key, uint32_t destination) {
        return size_t{std::get<0>(key)} * n + destination;
    };
    const auto getFirst = [](const Members& members, size_t i) {
        return i * members.sources.size() / members.destinations.size();
    };
    for (const auto& [key, members] : m_classes)
    {
        const uint64_t sent = uint64_t{ranks.sizes[std::get<0>(key)]} * members.destinations.size();
        const uint64_t received = uint64_t{ranks.sizes[std::get<1>(key)]} * members.sources.size();
        if (sent != received)
        {
            return false;
        }
        for (size_t i = 0; i < members.destinations.size(); ++i)
        {
            ranks.begins[getRow(key, members.destinations[i]) + 1] =
                static_cast<uint32_t>(getFirst(members, i + 1) - getFirst(members, i));
        }
    }
    for (size_t row = 1; row < ranks.begins.size(); ++row)
    {
        ranks.begins[row] += ranks.begins[row - 1];
    }
    ranks.senders.resize(ranks.begins.back());
    for (const auto& [key, members] : m_classes)
    {
        for (size_t i = 0; i < members.destinations.size(); ++i)
        {
            std::copy(members.sources.begin() + static_cast<ptrdiff_t>(getFirst(members, i)),
                      members.sources.begin() + static_cast<ptrdiff_t>(getFirst(members, i + 1)),
                      ranks.senders.begin() + ranks.begins[getRow(key, members.destinations[i])]);
        }
    }
    return true;
}

} // namespace opticalfabric
} // namespace ns3
