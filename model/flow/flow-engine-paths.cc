/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of FlowEngine that knows of paths, and of what links have carried.
#include "flow-engine.h"

#include "ns3/abort.h"
#include "ns3/log.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricFlowPaths");

TransferSymmetry
FlowEngine::AdoptSymmetry(TransferSymmetry::Kind kind,
                          const std::vector<uint32_t>& endpoints,
                          uint32_t multiple,
                          uint32_t most)
{
    NS_LOG_FUNCTION(this << +kind << endpoints.size() << multiple << most);
    if (!m_useSymmetry || kind == TransferSymmetry::NONE || m_symmetry || !m_known.empty())
    {
        return {};
    }
    if (m_reloadDue)
    {
        // Links have changed since paths were last looked at.
        Reload();
    }
    auto symmetry = std::make_unique<FlowSymmetry>(m_routes, kind, endpoints, multiple, most);
    if (!symmetry->IsThere())
    {
        return {};
    }
    m_symmetry = std::move(symmetry);
    m_folded.Reset(m_symmetry->GetCapacities(), m_symmetry->GetLasting());
    m_ranks.assign(GetNEndpoints(), 0);
    for (uint32_t rank = 0; rank < endpoints.size(); ++rank)
    {
        m_ranks[endpoints[rank]] = rank;
    }
    return m_symmetry->GetRanks();
}

const FlowBundles&
FlowEngine::GetBundles() const
{
    return m_symmetry ? m_folded : m_routes.GetBundles();
}

uint32_t
FlowEngine::GetReceiver(uint32_t endpoint) const
{
    if (!m_symmetry)
    {
        return endpoint;
    }
    const TransferSymmetry& ranks = m_symmetry->GetRanks();
    return ranks.endpoints[ranks.Fold(m_ranks[endpoint])];
}

uint32_t
FlowEngine::GetCopies(uint32_t source) const
{
    return m_symmetry ? m_symmetry->GetRanks().GetCopies(m_ranks[source]) : 1;
}

void
FlowEngine::CountShorter(const Transfer& transfer, uint32_t shorter)
{
    if (shorter == 0)
    {
        return;
    }
    m_floor->totals.receivedBytes -= shorter;
    const uint64_t less = GetWireBytes(transfer.bytes) - GetWireBytes(transfer.bytes - 1);
    const double each = static_cast<double>(less) * shorter / GetCopies(transfer.source);
    const uint32_t id = FindPair(transfer, false);
    const uint32_t parts = m_pairs[id].parts;
    if (parts == 0)
    {
        m_pairs[id].carried -= each;
        return;
    }
    std::vector<uint32_t> ids;
    double shares = 0;
    for (uint32_t part = 1; part <= parts; ++part)
    {
        ids.push_back(FindPair(transfer, false, part));
        shares += m_pairs[ids.back()].share;
    }
    for (const uint32_t one : ids)
    {
        m_pairs[one].carried -= each * m_pairs[one].share / shares;
    }
}

uint64_t
FlowEngine::CountRates(const FairShare::Ids& changed) const
{
    uint64_t rates = 0;
    for (const uint32_t id : changed)
    {
        rates += GetCopies(m_pairs[id].source);
    }
    return rates;
}

uint32_t
FlowEngine::FindPair(const Transfer& transfer, bool shadow, uint32_t part)
{
    const uint64_t key =
        GetKey(transfer.source, transfer.destination, transfer.virtualLane, shadow, part);
    // Many a source sends to the same destination again and again.
    uint32_t& recent = m_recent[transfer.source];
    if (recent < m_pairs.size() && m_pairs[recent].used && GetKey(m_pairs[recent]) == key)
    {
        return recent;
    }
    const auto known = m_known.find(key);
    if (known != m_known.end())
    {
        recent = known->second;
        return recent;
    }
    const std::string noPath = ExplainNoPath(transfer.source, transfer.destination);
    NS_ABORT_MSG_UNLESS(noPath.empty(), "FlowEngine: " << noPath);
    ForgetIdle();
    FindPath(transfer.source, transfer.destination, transfer.virtualLane, part);
    const uint32_t id =
        m_solver->AddClass(m_uses.data(), static_cast<uint32_t>(m_uses.size()), m_path.share);
    if (id >= m_pairs.size())
    {
        m_pairs.resize(id + 1);
    }
    FlowPair& pair = m_pairs[id];
    pair = FlowPair();
    pair.used = true;
    pair.shadow = shadow;
    pair.inOrder = m_floor->order == TransferOrder::IN_ORDER;
    pair.source = transfer.source;
    pair.destination = transfer.destination;
    pair.lane = transfer.virtualLane;
    pair.part = static_cast<uint8_t>(part);
    pair.sincePs = Now();
    TakePath(pair);
    m_approximations.hasUnequalPorts |= pair.parts != 0;
    if (shadow)
    {
        m_shadows->SetPath(id, m_path.uses, pair.latencyPs);
    }
    m_known.emplace(key, id);
    recent = id;
    return id;
}

void
FlowEngine::FindPath(uint32_t source, uint32_t destination, uint8_t lane, uint32_t part)
{
    if (part == 0)
    {
        m_routes.Find(source, destination, m_path);
    }
    else
    {
        m_routes.FindPart(source, destination, part, m_path);
    }
    if (m_path.arriving < 1 && !m_routes.HasLosingLink() &&
        GetConvergencePs() <= m_floor->resendTimeoutPs)
    {
        // What is lost comes back when there are new paths, and so does all the rest.
        m_path.uses.clear();
    }
    if (m_symmetry && !m_path.uses.empty())
    {
        m_symmetry->Fold(m_path.uses, GetCopies(source), m_shares);
        m_path.folded = m_folded.AddList(m_shares);
        m_path.uses = m_folded.GetList(m_path.folded);
    }
    AddBundles();
    const FlowBundles& bundles = GetBundles();
    m_uses.resize(m_path.uses.size());
    FairShare::Use* next = m_uses.data();
    for (const BundleUse& use : m_path.uses)
    {
        *next++ = {m_lanes.GetResource(bundles, use.bundle, lane), use.share};
    }
    if (m_uses.empty())
    {
        m_uses.push_back({NO_WAY, 1});
    }
}

void
FlowEngine::TakePath(FlowPair& pair)
{
    const bool isStranded = m_path.uses.empty();
    pair.strandedPs = isStranded && !pair.stranded ? Now() : pair.strandedPs;
    pair.stranded = isStranded;
    if (isStranded)
    {
        // The solver says so of those alone that have something to send.
        pair.rate = 0;
    }
    else
    {
        pair.latencyPs = m_path.latencyPs;
        pair.storePsPerByte = m_path.storePsPerByte;
        pair.byteTimePs = m_path.byteTimePs;
        pair.slowestPs = m_path.slowestPs;
        pair.alonePs = m_path.alonePs;
        pair.ports = m_path.ports;
        pair.folded = m_path.folded;
        // Packets carry a shadow's bytes by any port, and what a gate lets pass goes as one.
        const bool isWhole = pair.part == 0 && !pair.shadow && m_gate == nullptr;
        pair.parts = static_cast<uint8_t>(isWhole ? m_path.parts : 0);
        pair.share = m_path.share;
        pair.arriving = m_path.arriving;
        pair.portBits = m_path.portBits;
        // More than repeats of damaged frames make.
        constexpr double SLOWER = 1.01;
        m_approximations.hasSlowerWays |=
            m_path.alonePs * m_path.ports > SLOWER * m_path.byteTimePs;
        pair.heldBytes = static_cast<double>(m_path.held) * m_path.ports * m_floor->bufferBytes;
    }
}

void
FlowEngine::FindPathAgain(uint32_t id)
{
    FlowPair& pair = m_pairs[id];
    FindPath(pair.source, pair.destination, pair.lane, pair.part);
    const bool wasStranded = pair.stranded;
    TakePath(pair);
    m_approximations.hasUnequalPorts |= pair.parts != 0;
    if (pair.shadow)
    {
        m_shadows->SetPath(id, m_path.uses, pair.latencyPs);
    }
    m_solver->SetUses(id, m_uses.data(), static_cast<uint32_t>(m_uses.size()));
    if (pair.part != 0)
    {
        m_solver->SetWeight(id, pair.share);
    }
    if (pair.stranded && !wasStranded)
    {
        Strand(id);
    }
}

void
FlowEngine::AddBundles()
{
    const FlowBundles& bundles = GetBundles();
    if (m_bundleBytes.size() < bundles.GetN())
    {
        m_bundleBytes.resize(bundles.GetN(), 0);
        m_lanes.Grow(bundles.GetN());
    }
    if (m_symmetry ? m_folded.TakeSplit() : m_routes.TakeSplit())
    {
        m_repathDue = true;
        for (; m_nSplits < bundles.GetSplits().size(); ++m_nSplits)
        {
            // What its pairs have carried so far was on either part.
            const auto [part, whole] = bundles.GetSplits()[m_nSplits];
            m_bundleBytes[part] = m_bundleBytes[whole];
            m_lanes.Split(bundles, part, whole);
        }
    }
}

void
FlowEngine::Bill(uint32_t id)
{
    FlowPair& pair = m_pairs[id];
    // CountShorter takes a byte back, maybe after it was billed.
    if (pair.carried != 0 && !pair.stranded && !pair.shadow)
    {
        if (m_symmetry)
        {
            m_path.uses = m_folded.GetList(pair.folded);
        }
        else
        {
            m_routes.FindPart(pair.source, pair.destination, pair.part, m_path);
        }
        for (const BundleUse& use : m_path.uses)
        {
            m_bundleBytes[use.bundle] += pair.carried * use.share;
        }
    }
    pair.carried = 0;
}

void
FlowEngine::ForgetIdle()
{
    constexpr size_t KEPT = 4096; // pairs, at about 400 bytes
    while (m_idle.size() > std::max(KEPT, m_known.size() / 2))
    {
        const auto [id, stamp] = m_idle.front();
        m_idle.pop_front();
        FlowPair& pair = m_pairs[id];
        const bool isOpen = pair.shadow && m_shadows->IsOpen(id);
        if (pair.count != 0 || isOpen)
        {
            pair.inLine = false;
        }
        else if (pair.idleStamp != stamp)
        {
            // It has been busy since.
            m_idle.emplace_back(id, pair.idleStamp);
        }
        else
        {
            Bill(id);
            m_solver->RemoveClass(id);
            m_known.erase(GetKey(pair));
            if (pair.shadow)
            {
                m_shadows->Forget(id);
            }
            pair.used = false;
        }
    }
}

void
FlowEngine::Reload()
{
    NS_LOG_FUNCTION(this);
    const uint64_t nowPs = Now();
    for (uint32_t id = 0; id < m_pairs.size(); ++id)
    {
        if (m_pairs[id].used)
        {
            m_pairs[id].Advance(nowPs);
            Bill(id);
            m_solver->SetCount(id, 0);
        }
    }
    for (uint32_t link = 0; !m_bundleBytes.empty() && link < m_linkBytes.size(); ++link)
    {
        const uint32_t bundle = FindBundle(link);
        m_linkBytes[link] += bundle < m_bundleBytes.size() ? m_bundleBytes[bundle] : 0;
    }
    m_bundleBytes.clear();
    m_lanes.Clear();
    m_nSplits = 0;
    if (m_finderDue)
    {
        m_finder = RouteFinder(m_network->MakeGraph(true), m_network->MakeGraph());
    }
    m_finderDue = false;
    m_reloadDue = false;
    m_repathDue = false;
    m_routes.Load(FlowTopology::Read(*m_network), &m_finder);
    std::vector<std::pair<uint32_t, uint32_t>> divided; // pairs with parts, and how many there were
    for (uint32_t id = 0; id < m_pairs.size(); ++id)
    {
        if (m_pairs[id].used)
        {
            const uint32_t before = m_pairs[id].parts;
            FindPathAgain(id);
            m_solver->SetCount(id, m_pairs[id].shares);
            if (before != 0 || m_pairs[id].parts != 0)
            {
                divided.emplace_back(id, before);
            }
        }
    }
    // Pairs are numbered as they were first posted to, and ports took their packets in that order.
    m_turns.clear();
    const auto known = static_cast<uint32_t>(divided.empty() ? 0 : m_pairs.size());
    auto next = divided.begin();
    for (uint32_t id = 0; id < known; ++id)
    {
        if (next != divided.end() && next->first == id)
        {
            DivideAgain(id, next->second);
            ++next;
            continue;
        }
        const FlowPair& pair = m_pairs[id];
        const bool isWhole = pair.used && pair.part == 0 && !pair.shadow;
        for (const FlowTransfer* flow = isWhole ? pair.first : nullptr; flow != nullptr;
             flow = flow->m_next)
        {
            const uint64_t bytes = flow->m_transfer.bytes;
            TakeTurn(flow->m_transfer, GetPackets(bytes), static_cast<double>(GetWireBytes(bytes)));
        }
    }
    ++m_counters.reloads;
    if (m_gate != nullptr)
    {
        ChangeTickets();
    }
}

double
FlowEngine::GetLinkBytes(uint32_t link, uint32_t direction)
{
    BillAll();
    const uint32_t directed = 2 * link + direction;
    const uint32_t bundle = FindBundle(directed);
    return m_linkBytes[directed] + (bundle == FlowBundles::NONE ? 0 : m_bundleBytes[bundle]);
}

uint32_t
FlowEngine::FindBundle(uint32_t link) const
{
    const uint32_t counted = m_symmetry ? m_symmetry->GetOrbit(link) : link;
    return counted == FlowBundles::NONE ? counted : GetBundles().GetBundle(counted);
}

void
FlowEngine::BillAll()
{
    const uint64_t nowPs = Now();
    if (m_billedPs == nowPs)
    {
        return;
    }
    m_billedPs = nowPs;
    for (uint32_t id = 0; id < m_pairs.size(); ++id)
    {
        if (m_pairs[id].used)
        {
            m_pairs[id].Advance(nowPs);
            Bill(id);
        }
    }
}

void
FlowEngine::UpdateCounters()
{
    for (uint32_t link = 0; link < m_network->GetNLinks(); ++link)
    {
        for (uint32_t direction = 0; direction < 2; ++direction)
        {
            const double bytes = GetLinkBytes(link, direction);
            m_network->GetLink(link)->GetPort(direction)->GetEngine().SetFlowBytes(
                static_cast<uint64_t>(bytes + 0.5));
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
