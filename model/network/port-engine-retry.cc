/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of PortEngine that knows of frames that are damaged, and of replay buffers that are
// full.
#include "port-engine.h"

#include "ns3/fabric-node.h"
#include "ns3/log.h"
#include "ns3/port-traces.h"
#include "ns3/time-end.h"

#include <algorithm>
#include <numeric>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricPortRetry");

void
PortEngine::SetLinkState(const LinkState& state, const LinkState& reverse, const RetryRule& retry)
{
    NS_LOG_FUNCTION(this << state.rate << state.propagation << state.frameErrorRatio);
    const auto byteTime = [](const DataRate& rate) {
        const uint64_t bitRate = rate.GetBitRate();
        return static_cast<uint64_t>(((Wide{8000000000000} << 32) + bitRate - 1) / bitRate);
    };
    m_byteTime = byteTime(state.rate);
    m_aloneByteTime = m_byteTime;
    m_arrival = m_arrival == SHARED_BIT ? LAST_BIT : m_arrival;
    m_receiveByteTime = static_cast<float>(byteTime(reverse.rate));

    const auto ps = [](const Time& time) { return static_cast<uint64_t>(time.GetTimeStep()); };
    const uint64_t nodes =
        m_owner->GetDepartureLatencyPs() + m_peer->m_owner->GetArrivalLatencyPs();
    m_creditPs = static_cast<uint32_t>(ps(state.propagation) + ps(state.phyLatency));
    m_hopParts = {static_cast<uint32_t>(ps(state.propagation)),
                  static_cast<uint32_t>(nodes),
                  static_cast<uint32_t>(ps(state.phyLatency))};
    m_hopPs = std::accumulate(m_hopParts.begin(), m_hopParts.end(), uint32_t{0});
    m_peer->WatchArrivals();

    m_retry = retry;
    LinkRetry::Timing timing;
    timing.roundTripPs =
        m_creditPs + ps(reverse.propagation) + ps(reverse.phyLatency) + retry.turnaroundPs;
    timing.fullBytes = GetFullBytes();
    timing.fullFramePs = SerializationPs(timing.fullBytes);
    const bool limited = retry.enabled && LinkRetry::IsTooSmall(retry.replayBytes, timing);
    if (!m_linkRetry)
    {
        if (state.frameErrorRatio <= 0 && !limited)
        {
            return;
        }
        m_linkRetry = std::make_unique<LinkRetry>();
        m_linkRetry->SetStreams(m_errorStream, m_answerStream);
    }
    const uint64_t nowPs = m_floor->Now();
    m_linkRetry->SetFramesToAsk(m_framesToAsk);
    m_linkRetry->Configure(retry, timing, state.frameErrorRatio, reverse.frameErrorRatio, nowPs);
    m_framesToAsk = m_linkRetry->GetFramesToAsk();
    if ((m_closed & REPLAY_FULL) != 0)
    {
        // What was known of the time until there is room may be wrong now.
        m_linkRetry->StopStall(nowPs);
        m_linkRetry->GetClock().Stop(std::max(nowPs, m_busyUntilPs));
        ScheduleWake(m_busyUntilPs, nowPs);
    }
    StartHoldClocks(nowPs);
}

void
PortEngine::SetStreams(int64_t errors, int64_t answers)
{
    NS_LOG_FUNCTION(this << errors << answers);
    m_errorStream = errors;
    m_answerStream = answers;
    if (m_linkRetry)
    {
        m_linkRetry->SetStreams(errors, answers);
        m_framesToAsk = m_linkRetry->GetFramesToAsk();
    }
}

void
PortEngine::LaunchUnusual(FabricPacket* packet,
                          uint64_t frameTimePs,
                          uint64_t startPs,
                          uint64_t nowPs)
{
    LinkRetry& retry = *m_linkRetry;
    const LinkRetry::Counters before = retry.GetCounters();
    const uint64_t endPs = m_busyUntilPs;
    const bool damaged = retry.IsNextDamaged();
    bool lost = false;
    uint64_t delayPs = 0;
    uint64_t behindPs = 0;
    if (damaged)
    {
        const LinkRetry::Fate fate = retry.Repeat(frameTimePs);
        const bool selective = fate.repaired && m_retry.mode == RetryMode::SELECTIVE;
        const bool retrains = !fate.repaired && m_retry.enabled;
        delayPs = fate.delayPs + (retrains ? retry.Retrain() : 0);
        lost = !fate.repaired;
        // What goes out behind the frame before the link goes back to it goes out in vain.
        const bool goesOn = m_retry.mode == RetryMode::GO_BACK_N && HasMore();
        behindPs = goesOn ? fate.delayPs - fate.repeats * frameTimePs : 0;
        m_busyUntilPs = endPs + (selective ? fate.repeats * frameTimePs : delayPs);
        Hold(endPs, m_busyUntilPs, nowPs);
        if (retrains && m_floor->GetAside(packet).retrains < m_retry.maxRetrains)
        {
            Retrain(packet, frameTimePs, startPs, nowPs);
            retry.AddRepeatedBytes(packet->m_wireBytes); // it goes out once more afterwards
            CountRepeats(before, packet, behindPs);
            m_framesToAsk = retry.GetFramesToAsk();
            TraceRetry(before, packet, false);
            return;
        }
        if (selective)
        {
            retry.OrderBehind(packet->m_atPs + delayPs);
        }
    }
    const uint64_t deliveryPs = retry.GetDelivery(packet->m_atPs + delayPs);
    if (deliveryPs != packet->m_atPs)
    {
        m_floor->GetAside(packet).retryPs += deliveryPs - packet->m_atPs;
        packet->m_atPs = deliveryPs;
    }
    if (packet->m_aside != FabricPacket::NO_ASIDE)
    {
        m_floor->GetAside(packet).retrains = 0;
    }
    if (lost)
    {
        packet->m_stage = FabricPacket::DAMAGED;
        ++m_lost;
    }
    else if (retry.IsLimited())
    {
        const uint64_t sentPs = endPs + delayPs;
        const uint64_t freePs = retry.AwaitAnswer(packet->m_wireBytes, frameTimePs, sentPs, nowPs);
        if (freePs > sentPs)
        {
            m_busyUntilPs = freePs;
            Hold(endPs, freePs, nowPs);
        }
        m_closed |= retry.HasRoom(nowPs) ? 0 : REPLAY_FULL;
    }
    m_framesToAsk = retry.GetFramesToAsk();
    CountRepeats(before, packet, behindPs);
    TimeEnd::Limit(packet->m_atPs - nowPs);
    m_floor->Schedule(packet, m_peerNode, nowPs);
    TraceRetry(before, packet, lost);
}

void
PortEngine::Retrain(FabricPacket* packet, uint64_t frameTimePs, uint64_t startPs, uint64_t nowPs)
{
    // It is at this end still: the hop is to be added when it gets through.
    packet->SubtractHop(m_hopParts);
    if (m_arrival != FIRST_BIT)
    {
        const uint64_t waitPs = BackgroundPs(packet->m_wireBytes);
        packet->m_fixedPs[SERIALIZATION] -= static_cast<uint32_t>(frameTimePs - waitPs);
        packet->m_queuePs -= static_cast<int64_t>(waitPs);
    }
    PacketAside& aside = m_floor->GetAside(packet);
    ++aside.retrains;
    aside.retryPs += m_busyUntilPs - startPs;
    packet->m_stage = FabricPacket::RETRAINED;
    packet->m_port = this;
    packet->m_atPs = m_busyUntilPs;
    m_closed |= RETRAINING;
    TimeEnd::Limit(m_busyUntilPs - nowPs);
    m_floor->Schedule(packet, m_ownNode, nowPs);
}

void
PortEngine::CountRepeats(const LinkRetry::Counters& before,
                         const FabricPacket* packet,
                         uint64_t behindPs)
{
    const uint64_t repeats = m_linkRetry->GetCounters().retries - before.retries;
    if (repeats != 0)
    {
        m_linkRetry->AddRepeatedBytes(repeats * packet->m_wireBytes +
                                      static_cast<uint64_t>((Wide{behindPs} << 32) / m_byteTime));
    }
}

void
PortEngine::TraceRetry(const LinkRetry::Counters& before,
                       const FabricPacket* packet,
                       bool lost) const
{
    if (m_traces == nullptr)
    {
        return;
    }
    const LinkRetry::Counters& now = m_linkRetry->GetCounters();
    const auto repeats = static_cast<uint32_t>(now.retries - before.retries);
    if (now.damagedAnswers != before.damagedAnswers)
    {
        m_traces->answerDamaged(static_cast<uint32_t>(now.damagedAnswers - before.damagedAnswers));
    }
    if (now.timeouts != before.timeouts)
    {
        m_traces->retryTimeout(static_cast<uint32_t>(now.timeouts - before.timeouts));
    }
    if (repeats != 0 || lost)
    {
        m_traces->retry(repeats, lost);
    }
    if (now.retrainings != before.retrainings)
    {
        // Nothing is sent after a retraining that has been decided on.
        const uint64_t beginPs = m_busyUntilPs - m_retry.retrainPs;
        m_traces->retrain(TimeStep(beginPs), TimeStep(m_retry.retrainPs));
    }
    if (lost)
    {
        m_traces->phyTxDrop(PacketView::Of(packet));
    }
}

void
PortEngine::Hold(uint64_t fromPs, uint64_t untilPs, uint64_t nowPs)
{
    if (untilPs <= fromPs)
    {
        return;
    }
    bool stalled = false;
    for (uint32_t i = 0; i < m_floor->lanes; ++i)
    {
        // Until then credit is not what it waits for.
        const auto number = static_cast<uint8_t>(i);
        stalled = stalled || GetLane(number).stalled;
        EndStall(number, nowPs);
    }
    if (stalled)
    {
        ScheduleWake(untilPs, nowPs);
    }
    m_linkRetry->GetClock().Hold(fromPs, untilPs, nowPs);
    StartHoldClocks(nowPs);
}

void
PortEngine::StartHoldClocks(uint64_t nowPs)
{
    if (!RunsHoldClock(nowPs))
    {
        return;
    }
    m_watched = true;
    for (uint32_t i = 0; m_queued != m_holdClocked && i < m_floor->lanes; ++i)
    {
        GetLane(static_cast<uint8_t>(i)).queue.ForEach([this, nowPs](FabricPacket* packet) {
            StartHoldClock(packet, nowPs);
        });
    }
}

void
PortEngine::StartHoldClock(FabricPacket* packet, uint64_t nowPs)
{
    PacketAside& aside = m_floor->GetAside(packet);
    if (!aside.holdClocked)
    {
        // As with queueing: the clock is subtracted now and added when the wait ends.
        const uint64_t clockPs = m_linkRetry->GetClock().Read(nowPs);
        aside.holdClocked = true;
        aside.retryPs -= clockPs;
        packet->m_queuePs += static_cast<int64_t>(clockPs);
        ++m_holdClocked;
    }
}

bool
PortEngine::RunsHoldClock(uint64_t nowPs) const
{
    return m_linkRetry && (m_linkRetry->IsLimited() || m_linkRetry->GetClock().IsHeld(nowPs));
}

void
PortEngine::JoinWatched(FabricPacket* packet, uint64_t nowPs)
{
    if (m_traced)
    {
        m_traces->queue(m_queued);
    }
    if (RunsHoldClock(nowPs))
    {
        StartHoldClock(packet, nowPs);
    }
}

void
PortEngine::LeaveWatched(FabricPacket* packet, uint64_t startPs)
{
    if (m_traced)
    {
        m_traces->queue(m_queued);
    }
    if (packet->m_aside != FabricPacket::NO_ASIDE && m_floor->GetAside(packet).holdClocked)
    {
        PacketAside& aside = m_floor->GetAside(packet);
        const uint64_t clockPs = m_linkRetry->GetClock().Read(startPs);
        aside.holdClocked = false;
        aside.retryPs += clockPs;
        packet->m_queuePs -= static_cast<int64_t>(clockPs);
        --m_holdClocked;
    }
    m_watched = m_traced || m_holdClocked != 0 || RunsHoldClock(startPs);
}

bool
PortEngine::Reopen(uint64_t nowPs)
{
    if ((m_closed & (DOWN | RETRAINING)) != 0)
    {
        return false;
    }
    if ((m_closed & RESTING) != 0 && !EndRest(nowPs))
    {
        return false;
    }
    if (m_closed == 0)
    {
        return true;
    }
    if (m_linkRetry->HasRoom(nowPs) || !m_linkRetry->IsLimited())
    {
        m_closed = 0;
        return true;
    }
    if (HasMore())
    {
        const uint64_t fromPs = std::max(nowPs, m_busyUntilPs);
        const uint64_t stalledPs = m_linkRetry->GetCounters().replayStallPs;
        const uint64_t untilPs = m_linkRetry->Stall(fromPs);
        Hold(fromPs, untilPs, nowPs);
        const uint64_t stallPs = m_linkRetry->GetCounters().replayStallPs - stalledPs;
        if (stallPs != 0 && m_traces != nullptr)
        {
            m_traces->replayStall(TimeStep(untilPs - stallPs), TimeStep(stallPs));
        }
        ScheduleWake(untilPs, nowPs);
    }
    return false;
}

} // namespace opticalfabric
} // namespace ns3
