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

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricFlowParts");

std::vector<uint64_t>
FlowEngine::DividePackets(const Transfer& transfer, uint32_t parts, uint64_t packets)
{
    std::vector<double> shares(parts);
    std::vector<uint64_t> divided(parts);
    uint64_t left = packets;
    for (uint32_t i = 0; i < parts; ++i)
    {
        shares[i] = m_pairs[FindPair(transfer, false, i + 1)].share;
        divided[i] = static_cast<uint64_t>(static_cast<double>(packets) * shares[i]);
        divided[i] = std::min(divided[i], left);
        left -= divided[i];
    }
    for (; left > 0; --left)
    {
        // The next one goes where it is done first.
        uint32_t best = 0;
        for (uint32_t i = 1; i < parts; ++i)
        {
            const auto next = [&](uint32_t part) {
                return static_cast<double>(divided[part] + 1) / shares[part];
            };
            best = next(i) < next(best) ? i : best;
        }
        ++divided[best];
    }
    return divided;
}

void
FlowEngine::BeginParts(FlowTransfer* whole, uint64_t bytes, double wireBytes, uint32_t parts)
{
    const Transfer& transfer = whole->m_transfer;
    const uint64_t packets = GetPackets(bytes);
    const std::vector<uint64_t> divided = DividePackets(transfer, parts, packets);
    const auto allBytes = static_cast<double>(GetWireBytes(bytes));
    const double scale = allBytes > 0 ? wireBytes / allBytes : 1;
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
        flow->m_stage = FlowTransfer::SENT;
        flow->m_whole = whole;
        flow->m_part = static_cast<uint8_t>(i + 1);
        // Parts form a ring.
        FlowTransfer* one = whole->m_sibling;
        flow->m_sibling = one == nullptr ? flow : one->m_sibling;
        (one == nullptr ? whole : one)->m_sibling = flow;
        ++whole->m_unsent;
        ++whole->m_open;
        Insert(FindPair(transfer, false, i + 1),
               flow,
               scale * static_cast<double>(GetWireBytes(flow->m_transfer.bytes)));
    }
}

bool
FlowEngine::TakeOver(uint32_t id, FlowTransfer* flow)
{
    FlowPair& pair = m_pairs[id];
    FlowTransfer* slow = nullptr;
    uint32_t slowId = 0;
    double most = 0;
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
        // What switches hold already goes on where it is.
        const double excess = other->m_end - others.served - others.heldBytes;
        if (excess > most)
        {
            slow = other;
            slowId = otherId;
            most = excess;
        }
    }
    if (slow == nullptr || pair.rate <= 0)
    {
        return false;
    }
    FlowPair& slower = m_pairs[slowId];
    const uint64_t fullBytes = m_floor->mtuBytes + m_floor->headerBytes;
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
        if (--whole->m_unsent == 0)
        {
            whole->m_client->OnSent(whole->m_transfer);
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
                --whole->m_unsent;
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
