/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of FlowRoutes that divides a flow where the ways by its ports are not equally fast.
#include "flow-routes.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

void
FlowRoutes::FindPart(uint32_t source, uint32_t destination, uint32_t part, FlowPath& path)
{
    Find(source, destination, path);
    if (path.parts == 0 || part == 0)
    {
        return;
    }
    const std::vector<Part>& parts =
        FindParts(source, destination, FindWay(source, destination).choice);
    const Part& own = parts[std::min<size_t>(part, parts.size()) - 1];
    const Segment& start = FindStart(source, own.choice);
    const uint16_t routeClass = GetAddress(destination).routeClass;
    const auto [place, isNew] = m_middles.emplace(GetKey(start.shares, routeClass), Segment());
    if (isNew)
    {
        place->second = FindMiddle(start, routeClass);
    }
    path.uses.clear();
    path.share = own.share;
    path.held = own.held;
    path.portBits = 0;
    for (const uint16_t port : m_choices[own.choice])
    {
        path.portBits |= uint64_t{1} << port;
    }
    Assemble(start, place->second, FindEnd(place->second.shares, destination), destination, path);
}

FlowRoutes::Profile
FlowRoutes::GetProfile(uint32_t source, uint16_t port, uint32_t destination)
{
    Profile profile;
    Front front;
    size_t counted = 0;
    const auto note = [&] {
        double most = 0;
        double all = 0;
        if (counted == front.links.size())
        {
            return;
        }
        for (; counted < front.links.size(); ++counted)
        {
            const LinkShare& link = front.links[counted];
            const double capacity = GetHop(link.link).capacity;
            most = std::max(most, link.share / capacity);
            all += capacity;
        }
        profile.emplace_back(static_cast<float>(most), static_cast<float>(all));
    };
    Spread({m_topology.endpoints[source], 1, 0, 0, 0}, {port}, 0, front);
    note();
    std::map<uint32_t, Share> there;
    Shares now;
    const auto take = [&now](const std::map<uint32_t, Share>& shares) {
        now.clear();
        for (const auto& [vertex, share] : shares)
        {
            now.push_back(share);
        }
    };
    take(front.shares);
    while (!now.empty())
    {
        Step(now,
             static_cast<uint32_t>(profile.size()),
             GetAddress(destination).routeClass,
             front,
             there);
        note();
        take(front.shares);
    }
    take(there);
    Arrive(now, destination, front);
    note();
    return profile;
}

const std::vector<FlowRoutes::Part>&
FlowRoutes::FindParts(uint32_t source, uint32_t destination, uint32_t choice)
{
    const auto [place, isNew] =
        m_parts.emplace(GetKey(m_groups[source], destination), std::vector<Part>());
    if (!isNew)
    {
        return place->second;
    }
    std::map<Profile, std::vector<uint16_t>> ports;
    for (const uint16_t port : m_choices[choice])
    {
        const FlowTopology::Hop& hop = m_topology.vertices[m_topology.endpoints[source]].hops[port];
        if (!hop.usable || hop.capacity <= 0)
        {
            continue; // the source does not take it
        }
        Profile profile = GetProfile(source, port, destination);
        const bool isDown = std::any_of(profile.begin(), profile.end(), [](const auto& hop) {
            return std::isinf(hop.first);
        });
        if (isDown)
        {
            // It stands still until routing has noticed.
            return place->second;
        }
        const bool isFull = ports.size() == MAX_PARTS && ports.count(profile) == 0;
        ports[isFull ? ports.rbegin()->first : profile].push_back(port);
    }
    if (ports.size() < 2)
    {
        return place->second;
    }
    double rates = 0;
    std::vector<float> best;
    for (const auto& [profile, alike] : ports)
    {
        rates += static_cast<double>(alike.size()) / profile.front().first;
        best.resize(std::max(best.size(), profile.size()), INFINITY);
        for (size_t hop = 0; hop < profile.size(); ++hop)
        {
            best[hop] = std::min(best[hop], profile[hop].first);
        }
    }
    for (const auto& [profile, alike] : ports)
    {
        constexpr float SLOWER = 1.0001F; // more than roundings
        Part part;
        part.choice = FindChoice(alike);
        part.share = static_cast<double>(alike.size()) / profile.front().first / rates;
        for (size_t hop = 0; hop < profile.size(); ++hop)
        {
            part.held =
                profile[hop].first > best[hop] * SLOWER ? static_cast<uint32_t>(hop) : part.held;
        }
        place->second.push_back(part);
    }
    return place->second;
}

} // namespace opticalfabric
} // namespace ns3
