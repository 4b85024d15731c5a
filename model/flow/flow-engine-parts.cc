/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of FlowEngine that divides transfers where the ways by a source's ports are not equally
// fast: each part is a flow by itself, and one that is done takes over what a slower one has left.
#include "flow-engine.h"

#include "ns3/log.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricFlowParts");

namespace
{

/// Ports of a source with like ways.
struct PortPart
{
    uint64_t ports; ///< a bit for each, at least one
    double share;   ///< of what all ports carry
};

/**
 * @param ways ports, all that there are
 * @param packets packets that they take from when all are idle: each the next one as it falls idle
 * @return how many each part of them takes
 */
std::vector<uint64_t>
CountPackets(const std::vector<PortPart>& ways, uint64_t packets)
{
    std::vector<uint64_t> taken;
    uint64_t left = packets;
    for (const PortPart& way : ways)
    {
        const auto most = static_cast<uint64_t>(static_cast<double>(packets) * way.share);
        taken.push_back(std::min(left, most));
        left -= taken.back();
    }
    // When a part's next port falls idle, and its number: the first of two takes it.
    const auto getNext = [&](std::size_t part) {
        const PortPart& way = ways[part];
        const auto ports = static_cast<uint64_t>(__builtin_popcountll(way.ports));
        uint64_t rest = way.ports;
        for (uint64_t skipped = taken[part] % ports; skipped > 0; --skipped)
        {
            rest &= rest - 1;
        }
        const auto rounds = static_cast<double>(taken[part] / ports);
        // Less than what roundings make is no difference.
        return std::make_pair(static_cast<float>(rounds * static_cast<double>(ports) / way.share),
                              __builtin_ctzll(rest));
    };
    for (; left > 0; --left)
    {
        std::size_t best = 0;
        for (std::size_t part = 1; part < ways.size(); ++part)
        {
            best = getNext(part) < getNext(best) ? part : best;
        }
        ++taken[best];
    }
    return taken;
}

} // namespace

uint64_t
FlowEngine::TakeTurn(const Transfer& transfer, uint64_t packets, double wireBytes)
{
    m_turns.resize(GetNEndpoints());
    SourceTurn& turn = m_turns[transfer.source];
    const FlowPair& pair = m_pairs[FindPair(transfer, false)];
    const uint64_t nowPs = Now();
    if (turn.busyPs <= nowPs)
    {
        turn = {nowPs, 0}; // all ports are idle, and take packets in their order
    }
    turn.busyPs +=
        static_cast<uint64_t>(wireBytes * pair.byteTimePs / std::max<uint32_t>(1, pair.ports));
    turn.packets += packets;
    return turn.packets - packets;
}

std::vector<uint64_t>
FlowEngine::DividePackets(const Transfer& transfer,
                          uint32_t parts,
                          uint64_t packets,
                          uint64_t before)
{
    std::vector<PortPart> ways;
    for (uint32_t i = 0; i < parts; ++i)
    {
        const FlowPair& pair = m_pairs[FindPair(transfer, false, i + 1)];
        ways.push_back({pair.portBits, pair.share});
    }
    const std::vector<uint64_t> first = CountPackets(ways, before);
    std::vector<uint64_t> divided = CountPackets(ways, before + packets);
    uint64_t left = packets;
    for (uint32_t i = 0; i < parts; ++i)
    {
        divided[i] = std::min(left, divided[i] - std::min(first[i], divided[i]));
        left -= divided[i];
    }
    divided[0] += left;
    return divided;
}

void
FlowEngine::BeginParts(FlowTransfer* whole, uint64_t bytes, double wireBytes, uint32_t parts)
{
    const Transfer& transfer = whole->m_transfer;
    const uint64_t packets = GetPackets(bytes);
    const uint64_t before = TakeTurn(transfer, packets, wireBytes);
    const std::vector<uint64_t> divided = DividePackets(transfer, parts, packets, before);
    const auto allBytes = static_cast<double>(GetWireBytes(bytes));
    const double scale = allBytes > 0 ? wireBytes / allBytes : 1;
    const uint64_t fullBytes = std::min<uint64_t>(bytes, m_floor->mtuBytes) + m_floor->headerBytes;
    uint64_t shortBy = packets * m_floor->mtuBytes - bytes; // of the last packet
    for (uint32_t i = 0; i < parts; ++i)
    {
        if (divided[i] == 0)
        {
            continue;
        }
        FlowTransfer* flow = m_pool.Acquire();
        flow->m_transfer = transfer;
        flow->m_transfer.bytes = divided[i] * m_floor->mtuBytes - shortBy;
        shortBy = 0;
        flow->m_client = nullptr;
        flow->m_engine = this;
        flow->m_startPs = whole->m_startPs;
        flow->m_failedBytes = 0;
        flow->m_failed = false;
        flow->m_left = false;
        flow->m_stage = FlowTransfer::SENT;
        flow->m_whole = whole;
        flow->m_part = static_cast<uint8_t>(i + 1);
        // Parts form a ring.
        FlowTransfer* one = whole->m_sibling;
        flow->m_sibling = one == nullptr ? flow : one->m_sibling;
        (one == nullptr ? whole : one)->m_sibling = flow;
        ++whole->m_unsent;
        ++whole->m_open;
        const uint32_t id = FindPair(transfer, false, i + 1);
        FlowPair& pair = m_pairs[id];
        if (pair.count == 0)
        {
            // Packets of all transfers take turns, so that parts of a transfer end together.
            m_solver->SetWeight(id, static_cast<double>(divided[i]) / static_cast<double>(packets));
        }
        // A part without a way, from a fault on, has no port.
        const uint64_t ports = std::max<uint32_t>(1, pair.ports);
        const uint64_t rounds = (divided[i] + ports - 1) / ports;
        SourceTurn& turn = m_turns[transfer.source];
        turn.busyPs =
            std::max(turn.busyPs,
                     Now() + static_cast<uint64_t>(static_cast<double>(rounds * fullBytes) *
                                                   pair.byteTimePs));
        Insert(id, flow, scale * static_cast<double>(GetWireBytes(flow->m_transfer.bytes)));
    }
}

bool
FlowEngine::TakeOver(uint32_t id, FlowTransfer* flow)
{
    FlowPair& pair = m_pairs[id];
    FlowTransfer* slow = nullptr;
    uint32_t slowId = 0;
    double most = 0;
    const uint64_t fullBytes = m_floor->mtuBytes + m_floor->headerBytes;
    for (FlowTransfer* other = flow->m_sibling; other != flow; other = other->m_sibling)
    {
        if (!other->m_flows)
        {
            continue;
        }
        const Transfer& transfer = other->m_transfer;
        const uint32_t otherId = m_known.at(GetKey(transfer.source,
                                                   transfer.destination,
                                                   transfer.virtualLane,
                                                   false,
                                                   other->m_part));
        FlowPair& others = m_pairs[otherId];
        others.Advance(Now());
        // What switches hold already goes on where it is; credit comes back a packet at a time.
        const double held = others.heldBytes / std::max<uint32_t>(1, others.shares);
        const double excess =
            other->m_end - others.served - std::max(0.0, held - static_cast<double>(fullBytes));
        if (excess > most)
        {
            slow = other;
            slowId = otherId;
            most = excess;
        }
    }
    if (most < static_cast<double>(fullBytes))
    {
        NoteHeld(flow);
        return false;
    }
    if (pair.rate <= 0)
    {
        return false;
    }
    FlowPair& slower = m_pairs[slowId];
    const double bytes =
        std::min(slower.GetLeft(slow), most * pair.rate / (pair.rate + slower.rate));
    const uint64_t packets =
        std::min(static_cast<uint64_t>(bytes) / fullBytes, GetPackets(slow->m_transfer.bytes) - 1);
    if (packets == 0)
    {
        return false;
    }
    slower.Cut(slow, static_cast<double>(packets * fullBytes));
    slow->m_transfer.bytes -= packets * m_floor->mtuBytes;
    Touch(slowId);
    m_ends.Set(slowId, slower.GetEnd());
    flow->m_transfer.bytes += packets * m_floor->mtuBytes;
    pair.Resume(flow, static_cast<double>(packets * fullBytes));
    return true;
}

void
FlowEngine::NotifyPart(FlowTransfer* flow)
{
    FlowTransfer* whole = flow->m_whole;
    if (flow->m_stage == FlowTransfer::SENT)
    {
        flow->m_stage = FlowTransfer::RECEIVED;
        Schedule(flow, flow->m_latencyPs, GetReceiver(flow->m_transfer.destination));
        NoteLeft(flow);
        if (whole->m_unsent == 0)
        {
            TellSent(whole);
        }
        return;
    }
    whole->m_failed = whole->m_failed || flow->m_failed;
    whole->m_failedBytes += flow->m_failedBytes;
    ReleasePart(flow);
    if (--whole->m_open == 0)
    {
        Finish(whole);
    }
}

void
FlowEngine::NoteLeft(FlowTransfer* flow)
{
    flow->m_whole->m_unsent -= std::exchange(flow->m_left, true) ? 0 : 1;
}

void
FlowEngine::NoteHeld(FlowTransfer* flow)
{
    for (FlowTransfer* other = flow->m_sibling; other != flow; other = other->m_sibling)
    {
        if (other->m_flows)
        {
            NoteLeft(other);
        }
    }
}

void
FlowEngine::ReleasePart(FlowTransfer* flow)
{
    FlowTransfer* before = flow;
    while (before->m_sibling != flow)
    {
        before = before->m_sibling;
    }
    before->m_sibling = flow->m_sibling;
    flow->m_whole->m_sibling = before == flow ? nullptr : before;
    m_pool.Release(flow);
}

void
FlowEngine::DivideAgain(uint32_t id, uint32_t before)
{
    NS_LOG_FUNCTION(this << id << before);
    const uint32_t parts = m_pairs[id].parts;
    const Transfer any = [this, id] {
        Transfer transfer;
        transfer.source = m_pairs[id].source;
        transfer.destination = m_pairs[id].destination;
        transfer.virtualLane = m_pairs[id].lane;
        return transfer;
    }();
    std::vector<std::pair<FlowTransfer*, double>> left; // on the wire, byte
    for (uint32_t part = 0; part <= before; ++part)
    {
        const auto known =
            m_known.find(GetKey(any.source, any.destination, any.virtualLane, false, part));
        if (known == m_known.end())
        {
            continue;
        }
        FlowPair& pair = m_pairs[known->second];
        const bool wasBusy = pair.count != 0;
        while (pair.count != 0)
        {
            const double bytes = pair.GetLeft(pair.first);
            const double end = pair.first->m_end;
            FlowTransfer* flow = pair.TakeFirst();
            pair.served = pair.inOrder ? end : pair.served;
            FlowTransfer* whole = part == 0 ? flow : flow->m_whole;
            const auto place = std::find_if(left.begin(), left.end(), [whole](const auto& one) {
                return one.first == whole;
            });
            (place == left.end() ? left.emplace_back(whole, 0) : *place).second += bytes;
            if (part != 0)
            {
                NoteLeft(flow);
                --whole->m_open;
                ReleasePart(flow);
            }
        }
        if (wasBusy)
        {
            m_solver->SetCount(known->second, 0);
            NoteIdle(known->second);
            Touch(known->second);
        }
    }
    std::stable_sort(left.begin(), left.end(), [](const auto& a, const auto& b) {
        return a.first->m_startPs < b.first->m_startPs;
    });
    for (const auto& [whole, wireBytes] : left)
    {
        const uint64_t bytes = whole->m_transfer.bytes;
        const double payload = wireBytes * static_cast<double>(bytes) /
                               static_cast<double>(std::max<uint64_t>(1, GetWireBytes(bytes)));
        BeginParts(whole,
                   std::min(bytes, static_cast<uint64_t>(payload + 0.5)),
                   wireBytes,
                   std::max<uint32_t>(1, parts));
    }
}

} // namespace opticalfabric
} // namespace ns3
