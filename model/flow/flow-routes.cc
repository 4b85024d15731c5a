/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-routes.h"

#include "ns3/path-choice.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Next hops, as a finder has them.
struct FoundHops
{
    /// @param next next hops
    explicit FoundHops(const NextPorts& next)
        : hops(next),
          count(static_cast<uint32_t>(next.ports.size())),
          isDirect(next.toMembers)
    {
    }

    /// @param choice a choice @return its port
    uint16_t GetPort(uint32_t choice) const
    {
        return hops.ports[choice];
    }

    const NextPorts& hops; ///< next hops
    uint32_t count;        ///< choices
    bool isDirect;         ///< they are ports of members
};

/**
 * @param hop a link
 * @return time of a byte there, what repeats take up included, waits for credit not, ps
 */
double
GetBytePs(const FlowTopology::Hop& hop)
{
    return hop.GetPeak() > 0 ? 1 / hop.GetPeak() : hop.byteTimePs;
}

} // namespace

void
FlowRoutes::Load(FlowTopology topology, RouteFinder* finder)
{
    m_topology = std::move(topology);
    m_finder = finder;
    if (m_topology.routing == Routing::DETERMINISTIC || m_topology.routing == Routing::ECMP)
    {
        m_namer = PathNamer(m_finder->GetGraph(), m_finder->GetClasses(), m_topology.routing);
        m_namer.SetSalt(m_topology.salt, m_topology.ecmpSalt);
    }
    std::vector<double> capacities(m_topology.links, 0);
    std::vector<double> lasting;
    m_from.resize(m_topology.links);
    m_hasLosingLink = false;
    for (uint32_t v = 0; v < m_topology.vertices.size(); ++v)
    {
        const auto& hops = m_topology.vertices[v].hops;
        for (uint16_t port = 0; port < hops.size(); ++port)
        {
            capacities[hops[port].link] = hops[port].GetPeak();
            if (hops[port].capacity < hops[port].GetPeak())
            {
                lasting.resize(m_topology.links, std::numeric_limits<double>::infinity());
                lasting[hops[port].link] = hops[port].capacity;
            }
            m_from[hops[port].link] = {v, port};
            m_hasLosingLink = m_hasLosingLink || hops[port].loses;
        }
    }
    m_bundles.Reset(std::move(capacities), std::move(lasting));
    m_known.clear();
    m_shares.clear();
    m_knownChoices.clear();
    m_choices.clear();
    m_starts.clear();
    m_ways.clear();
    m_middles.clear();
    m_ends.clear();
    m_parts.clear();
    MakeGroups();
}

void
FlowRoutes::MakeGroups()
{
    using Port = std::tuple<uint32_t, uint32_t, double, double, uint64_t, bool>;
    std::map<std::vector<Port>, uint32_t> known;
    m_groups.clear();
    for (const uint32_t vertex : m_topology.endpoints)
    {
        const std::vector<uint32_t>& routed = m_finder->GetGraph().vertices[vertex].peers;
        std::vector<Port> ports;
        for (const FlowTopology::Hop& hop : m_topology.vertices[vertex].hops)
        {
            ports.emplace_back(hop.peer,
                               routed[ports.size()],
                               hop.capacity,
                               hop.byteTimePs,
                               hop.latencyPs,
                               hop.usable);
        }
        const auto next = static_cast<uint32_t>(known.size());
        const auto place = known.emplace(std::move(ports), next).first;
        m_groups.push_back(place->second);
    }
}

std::pair<uint32_t, bool>
FlowRoutes::SetHop(const FlowTopology::Hop& hop)
{
    const auto [vertex, port] = m_from[hop.link];
    FlowTopology::Vertex& from = m_topology.vertices[vertex];
    FlowTopology::Hop& known = from.hops[port];
    const bool isSpread = m_topology.routing == Routing::ADAPTIVE ||
                          (m_topology.routing == Routing::SPRAY && !from.isSwitch);
    const bool isAsFar = hop.latencyPs == known.latencyPs && hop.byteTimePs == known.byteTimePs &&
                         hop.usable == known.usable;
    known.capacity = hop.capacity;
    known.peak = hop.peak;
    return {m_bundles.SetCapacity(hop.link, hop.GetPeak(), hop.capacity), !isSpread && isAsFar};
}

RouteAddress
FlowRoutes::GetAddress(uint32_t destination) const
{
    return m_finder->GetAddress(m_topology.endpoints[destination]);
}

void
FlowRoutes::Move(const Share& from,
                 const FlowTopology::Hop& hop,
                 double part,
                 uint32_t level,
                 Front& front) const
{
    const double moved = from.share * part;
    front.links.push_back({hop.link, level, moved});
    front.byteTimePs = std::max(front.byteTimePs, hop.byteTimePs);
    front.alonePs = std::max(front.alonePs, moved * GetBytePs(hop));
    Share& share = front.shares[hop.peer];
    share.vertex = hop.peer;
    share.share += moved;
    share.latencyPs = std::max(share.latencyPs, from.latencyPs + hop.latencyPs);
    share.storePsPerByte =
        std::max(share.storePsPerByte, GetStore(from.storePsPerByte, from.byteTimePs, hop));
    share.byteTimePs = std::max(share.byteTimePs, hop.byteTimePs);
}

double
FlowRoutes::GetStore(double storePsPerByte, double byteTimePs, const FlowTopology::Hop& hop) const
{
    // A packet that is cut through may not leave faster than it comes.
    return storePsPerByte +
           (m_topology.stores ? byteTimePs : std::max(0.0, byteTimePs - hop.byteTimePs));
}

void
FlowRoutes::Spread(const Share& from,
                   const std::vector<uint16_t>& ports,
                   uint32_t level,
                   Front& front) const
{
    const FlowTopology::Vertex& vertex = m_topology.vertices[from.vertex];
    const bool byCapacity = m_topology.routing == Routing::ADAPTIVE || !vertex.isSwitch;
    const size_t count = ports.size();
    std::vector<double> parts(count, 0);
    double sum = 0;
    for (size_t i = 0; byCapacity && i < count; ++i)
    {
        const FlowTopology::Hop& hop = vertex.hops[ports[i]];
        parts[i] = hop.usable ? hop.capacity : 0;
        sum += parts[i];
    }
    for (size_t i = 0; i < count; ++i)
    {
        if (sum > 0)
        {
            parts[i] /= sum;
            continue;
        }
        // What was meant for an output that cannot be used goes to the next one that can.
        for (size_t k = 0; k < count; ++k)
        {
            const size_t choice = (i + k) % count;
            if (vertex.hops[ports[choice]].usable)
            {
                parts[choice] += 1.0 / static_cast<double>(count);
                break;
            }
        }
    }
    for (size_t i = 0; i < count; ++i)
    {
        if (parts[i] > 0)
        {
            Move(from, vertex.hops[ports[i]], parts[i], level, front);
        }
    }
}

FlowRoutes::Segment
FlowRoutes::Keep(const Front& front)
{
    Segment segment;
    constexpr double SAME = 1e-9; // more than roundings
    std::vector<LinkShare> links = front.links;
    segment.links = static_cast<uint32_t>(links.size());
    segment.byteTimePs = front.byteTimePs;
    segment.alonePs = front.alonePs;
    double rates = 0;
    for (size_t i = 0; i < links.size(); ++i)
    {
        const FlowTopology::Hop& hop = GetHop(links[i].link);
        rates += 1 / hop.byteTimePs;
        const FlowTopology::Hop& before = GetHop(links[i == 0 ? 0 : i - 1].link);
        const double load = links[i].share / links[i == 0 ? 0 : i - 1].share;
        const bool isFirst = i == 0 || links[i].level != links[i - 1].level;
        // Ports of a source are taken by what they carry, and that alike is uneven as well.
        const double expected = (links[i].level == 0 ? 1 : load) * before.capacity;
        segment.isEven =
            segment.isEven && (isFirst || std::abs(hop.capacity - expected) <= SAME * expected);
    }
    segment.meanPs = rates > 0 ? static_cast<double>(links.size()) / rates : 0;
    segment.list = m_bundles.AddList(links);
    Shares shares;
    for (const auto& [vertex, share] : front.shares)
    {
        shares.push_back(share);
    }
    const auto next = static_cast<uint32_t>(m_shares.size());
    const auto [place, isNew] = m_known.emplace(shares, next);
    if (isNew)
    {
        m_shares.push_back(std::move(shares));
    }
    segment.shares = place->second;
    return segment;
}

FlowRoutes::Way&
FlowRoutes::FindWay(uint32_t source, uint32_t destination)
{
    const RouteAddress to = GetAddress(destination);
    Way& way = m_ways.emplace(GetKey(m_groups[source], to.routeClass), Way()).first->second;
    if (way.isOpen)
    {
        return way;
    }
    way.isOpen = true;
    const NextPorts& next = m_finder->FindNextHops(m_topology.endpoints[source], to.routeClass);
    std::vector<uint16_t> ports = next.ports;
    if (next.toMembers)
    {
        // Attached to each other, without a switch between: other members are at other ports.
        way.isOpen = false;
        ports.assign(1, next.ports[to.member]);
        ports.resize(ports[0] == RouteTable::NO_PORT ? 0 : 1);
    }
    way.choice = FindChoice(ports);
    way.middle = FindMiddle(FindStart(source, way.choice), to.routeClass);
    return way;
}

uint32_t
FlowRoutes::FindChoice(const std::vector<uint16_t>& ports)
{
    const auto next = static_cast<uint32_t>(m_choices.size());
    const auto [choice, isNew] = m_knownChoices.emplace(ports, next);
    if (isNew)
    {
        m_choices.push_back(ports);
    }
    return choice->second;
}

const FlowRoutes::Segment&
FlowRoutes::FindStart(uint32_t source, uint32_t choice)
{
    const auto [place, isNew] = m_starts.emplace(GetKey(source, choice), Segment());
    if (isNew)
    {
        Front front;
        Spread({m_topology.endpoints[source], 1, 0, 0, 0}, m_choices[choice], 0, front);
        place->second = Keep(front);
    }
    return place->second;
}

void
FlowRoutes::Step(const Shares& shares,
                 uint32_t level,
                 uint16_t routeClass,
                 Front& front,
                 std::map<uint32_t, Share>& there)
{
    front.shares.clear();
    for (const Share& share : shares)
    {
        // The destination, or where it is attached, or no way on: there it stays.
        const NextPorts* next = m_topology.vertices[share.vertex].isSwitch
                                    ? &m_finder->FindNextHops(share.vertex, routeClass)
                                    : nullptr;
        if (next == nullptr || next->toMembers || next->ports.empty())
        {
            there.emplace(share.vertex, share);
        }
        else
        {
            Spread(share, next->ports, level, front);
        }
    }
}

void
FlowRoutes::Arrive(const Shares& shares, uint32_t destination, Front& front)
{
    const uint32_t target = m_topology.endpoints[destination];
    const RouteAddress to = GetAddress(destination);
    for (const Share& share : shares)
    {
        if (share.vertex == target)
        {
            front.shares.emplace(target, share);
        }
        else if (const FlowTopology::Hop* hop = GetLast(share.vertex, to))
        {
            Move(share, *hop, 1, UINT16_MAX, front);
        }
    }
}

FlowRoutes::Segment
FlowRoutes::FindMiddle(const Segment& start, uint16_t routeClass)
{
    Front front;
    Shares now = m_shares[start.shares];
    std::map<uint32_t, Share> there;
    for (uint32_t level = 1; !now.empty(); ++level)
    {
        Step(now, level, routeClass, front, there);
        now.clear();
        for (const auto& [vertex, share] : front.shares)
        {
            now.push_back(share);
        }
    }
    front.shares = std::move(there);
    return Keep(front);
}

const FlowTopology::Hop*
FlowRoutes::GetLast(uint32_t vertex, const RouteAddress& to)
{
    const FlowTopology::Vertex& last = m_topology.vertices[vertex];
    if (!last.isSwitch)
    {
        return nullptr;
    }
    const NextPorts& next = m_finder->FindNextHops(vertex, to.routeClass);
    const uint16_t port = next.toMembers ? next.ports[to.member] : uint16_t{RouteTable::NO_PORT};
    return port != RouteTable::NO_PORT && last.hops[port].usable ? &last.hops[port] : nullptr;
}

const FlowRoutes::Segment&
FlowRoutes::FindEnd(uint32_t shares, uint32_t destination)
{
    const auto [place, isNew] = m_ends.emplace(GetKey(shares, destination), Segment());
    if (!isNew)
    {
        return place->second;
    }
    Front front;
    Arrive(m_shares[shares], destination, front);
    place->second = Keep(front);
    return place->second;
}

void
FlowRoutes::Find(uint32_t source, uint32_t destination, FlowPath& path)
{
    path.uses.clear();
    if (m_topology.routing == Routing::DETERMINISTIC || m_topology.routing == Routing::ECMP)
    {
        FindPinned(source, destination, path);
        return;
    }
    const Way& way = FindWay(source, destination);
    const Segment& start = FindStart(source, way.choice);
    const Segment& end = FindEnd(way.middle.shares, destination);
    path.parts = 0;
    path.share = 1;
    path.held = 0;
    path.arriving = 1;
    if (Assemble(start, way.middle, end, destination, path) && path.arriving == 1 &&
        start.links > 1 && !(start.isEven && way.middle.isEven && end.isEven))
    {
        path.parts = static_cast<uint32_t>(FindParts(source, destination, way.choice).size());
    }
}

bool
FlowRoutes::Assemble(const Segment& start,
                     const Segment& middle,
                     const Segment& end,
                     uint32_t destination,
                     FlowPath& path) const
{
    double arrived = 0;
    for (const Share& share : m_shares[end.shares])
    {
        if (share.vertex == m_topology.endpoints[destination])
        {
            arrived = share.share;
            path.latencyPs = share.latencyPs;
            path.storePsPerByte = share.storePsPerByte + share.byteTimePs;
        }
    }
    constexpr double NOTHING = 1e-9;
    if (arrived < NOTHING)
    {
        return false;
    }
    path.arriving = arrived < 1 - NOTHING ? arrived : 1;
    path.byteTimePs = start.meanPs;
    path.ports = start.links;
    path.slowestPs = 0;
    path.alonePs = 0;
    for (const Segment* segment : {&start, &middle, &end})
    {
        path.slowestPs = std::max(path.slowestPs, segment->byteTimePs);
        path.alonePs = std::max(path.alonePs, segment->alonePs);
        const std::vector<BundleUse>& uses = m_bundles.GetList(segment->list);
        path.uses.insert(path.uses.end(), uses.begin(), uses.end());
    }
    path.storePsPerByte -= path.slowestPs;
    if (__builtin_expect(path.arriving < 1, 0))
    {
        // What a dead end loses is sent again.
        path.alonePs /= path.arriving;
        for (BundleUse& use : path.uses)
        {
            use.share /= path.arriving;
        }
    }
    return true;
}

uint32_t
FlowRoutes::NamePath(uint32_t source, uint32_t destination)
{
    const uint16_t routeClass = GetAddress(destination).routeClass;
    return m_namer.Name(source, destination, [this, routeClass](uint32_t vertex) {
        return FoundHops(m_finder->FindNextHops(vertex, routeClass));
    });
}

const FlowTopology::Hop*
FlowRoutes::ChoosePinned(uint32_t vertex, const RouteAddress& to, uint32_t& path)
{
    const FlowTopology::Vertex& from = m_topology.vertices[vertex];
    const NextPorts& next = m_finder->FindNextHops(vertex, to.routeClass);
    if (next.toMembers)
    {
        const uint16_t port = next.ports[to.member];
        return port != RouteTable::NO_PORT && from.hops[port].usable ? &from.hops[port] : nullptr;
    }
    const std::vector<uint16_t>& ports = next.ports;
    const auto count = static_cast<uint32_t>(ports.size());
    const auto isUsable = [&](uint16_t port) { return from.hops[port].usable; };
    // A switch takes the next one if its choice is gone; an endpoint knows which ports it has.
    const auto nUsable =
        from.isSwitch ? count
                      : static_cast<uint32_t>(std::count_if(ports.begin(), ports.end(), isUsable));
    if (nUsable == 0)
    {
        return nullptr;
    }
    uint32_t first = 0;
    uint32_t skip = 0;
    (from.isSwitch ? first : skip) =
        PathChoice::Peek(m_topology.routing, path, from.isSwitch ? count : nUsable);
    path = PathChoice::Rest(m_topology.routing, path, count);
    uint32_t i = first;
    for (uint32_t left = count; left > 0; --left)
    {
        if (isUsable(ports[i]) && skip-- == 0)
        {
            return &from.hops[ports[i]];
        }
        i = i + 1 == count ? 0 : i + 1;
    }
    return nullptr;
}

void
FlowRoutes::FindPinned(uint32_t source, uint32_t destination, FlowPath& path)
{
    const RouteAddress to = GetAddress(destination);
    const uint32_t target = m_topology.endpoints[destination];
    uint32_t number = NamePath(source, destination);
    path.latencyPs = 0;
    path.storePsPerByte = 0;
    path.slowestPs = 0;
    path.alonePs = 0;
    path.ports = 1;
    path.parts = 0;
    path.share = 1;
    path.held = 0;
    path.arriving = 1;
    uint32_t level = 0;
    double lastPs = 0;
    for (uint32_t vertex = m_topology.endpoints[source]; vertex != target; ++level)
    {
        const FlowTopology::Hop* hop = ChoosePinned(vertex, to, number);
        if (hop == nullptr || level > m_topology.vertices.size())
        {
            path.uses.clear();
            return;
        }
        if (m_bundles.GetBundle(hop->link) == FlowBundles::NONE)
        {
            std::vector<LinkShare> alone{{hop->link, level, 1}};
            m_bundles.AddList(alone);
        }
        path.uses.push_back({m_bundles.GetBundle(hop->link), 1});
        path.latencyPs += hop->latencyPs;
        path.byteTimePs = level == 0 ? hop->byteTimePs : path.byteTimePs;
        path.storePsPerByte = GetStore(path.storePsPerByte, lastPs, *hop);
        lastPs = hop->byteTimePs;
        path.slowestPs = std::max(path.slowestPs, hop->byteTimePs);
        path.alonePs = std::max(path.alonePs, GetBytePs(*hop));
        vertex = hop->peer;
    }
    path.storePsPerByte += lastPs - path.slowestPs;
}

} // namespace opticalfabric
} // namespace ns3
