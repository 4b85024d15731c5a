/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-job.h"

#include "ns3/abort.h"
#include "ns3/bus-bandwidth.h"
#include "ns3/message-tag.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

CollectiveJob::RankState::RankState(uint32_t rank, RankExecutorHost* host, uint32_t window)
    : executor(rank, host, window)
{
}

CollectiveJob::CollectiveJob(uint32_t index,
                             CollectiveSpec spec,
                             RankProgramFactory factory,
                             TransferEngine* engine,
                             uint32_t window,
                             CollectiveObserver* observer)
    : m_index(index),
      m_spec(std::move(spec)),
      m_factory(std::move(factory)),
      m_engine(engine),
      m_observer(observer),
      m_window(window)
{
    const auto range = std::minmax_element(m_spec.group.begin(), m_spec.group.end());
    m_firstEndpoint = *range.first;
    m_rankOfEndpoint.resize(*range.second - *range.first + 1);
    for (uint32_t rank = 0; rank < m_spec.group.size(); ++rank)
    {
        m_rankOfEndpoint[m_spec.group[rank] - m_firstEndpoint] = rank;
    }
}

void
CollectiveJob::Start(const TransferSymmetry& symmetry)
{
    m_symmetry = symmetry;
    const bool isFolded = symmetry.kind != TransferSymmetry::NONE;
    const size_t acting = isFolded ? symmetry.period : m_spec.group.size();
    m_copies = isFolded ? symmetry.GetCopies() : 1;
    RankExecutorHost* const host = this;
    m_ranks.reserve(acting);
    for (uint32_t rank = 0; rank < acting; ++rank)
    {
        m_ranks.emplace_back(rank, host, m_window);
        m_ranks.back().endpoint = m_spec.group[rank];
    }
    const Time delay = std::max(m_spec.start - Simulator::Now(), Time(0));
    for (uint32_t rank = 0; rank < m_ranks.size(); ++rank)
    {
        Simulator::ScheduleWithContext(m_engine->GetNodeId(m_ranks[rank].endpoint),
                                       delay,
                                       &CollectiveJob::StartIteration,
                                       this,
                                       rank);
    }
}

void
CollectiveJob::Stop()
{
    m_isStopped = true;
}

bool
CollectiveJob::IsFinished() const
{
    return m_results.size() == m_spec.iterations && m_results.back().isComplete;
}

const CollectiveSpec&
CollectiveJob::GetSpec() const
{
    return m_spec;
}

const std::vector<CollectiveResult>&
CollectiveJob::GetResults() const
{
    return m_results;
}

uint64_t
CollectiveJob::GetTransfersStarted() const
{
    uint64_t sum = 0;
    for (const auto& state : m_ranks)
    {
        sum += state.posted;
    }
    return sum * m_copies;
}

uint64_t
CollectiveJob::GetTransfersDone() const
{
    uint64_t sum = 0;
    for (const auto& state : m_ranks)
    {
        sum += state.received;
    }
    return sum * m_copies;
}

uint64_t
CollectiveJob::GetFailedBytes() const
{
    uint64_t sum = 0;
    for (const auto& state : m_ranks)
    {
        sum += state.failedBytes;
    }
    return sum * m_copies;
}

uint64_t
CollectiveJob::GetRankIterationsDone() const
{
    uint64_t sum = 0;
    for (const auto& state : m_ranks)
    {
        sum += state.iterationsDone;
    }
    return sum * m_copies;
}

uint64_t
CollectiveJob::GetUnmatched() const
{
    uint64_t sum = 0;
    for (const auto& state : m_ranks)
    {
        sum += state.executor.GetUnmatched();
    }
    return sum;
}

void
CollectiveJob::OnSent(const Transfer& transfer)
{
    if (m_isStopped)
    {
        return;
    }
    const MessageTag tag = MessageTag::Unpack(transfer.tag);
    m_ranks[GetRank(transfer.source)].executor.OnSent(
        GetRank(transfer.destination),
        MessageTag::PackMessage(tag.iteration, tag.op));
}

void
CollectiveJob::OnFailed(const Transfer& transfer)
{
    if (!m_isStopped)
    {
        const MessageTag tag = MessageTag::Unpack(transfer.tag);
        m_ranks[GetReceiver(transfer).first].losses.push_back({tag.iteration, 0, 1});
    }
}

void
CollectiveJob::OnReceived(const Transfer& transfer, uint64_t failedBytes)
{
    if (m_isStopped)
    {
        return;
    }
    const MessageTag tag = MessageTag::Unpack(transfer.tag);
    const auto [to, from] = GetReceiver(transfer);
    RankState& state = m_ranks[to];
    ++state.received;
    if (failedBytes > 0)
    {
        state.failedBytes += failedBytes;
        state.losses.push_back({tag.iteration, failedBytes, 0});
    }
    m_observer->OnTransferReceived(transfer, failedBytes);
    state.executor.OnArrived(from, MessageTag::PackMessage(tag.iteration, tag.op));
}

void
CollectiveJob::PostSend(uint32_t rank, uint32_t iteration, const RankOp& op)
{
    RankState& state = m_ranks[rank];
    NS_ABORT_MSG_IF(op.peer >= m_spec.group.size(),
                    "collective \"" << m_spec.name << "\": rank " << rank << " sends to rank "
                                    << op.peer << " of " << m_spec.group.size());
    Transfer transfer;
    transfer.source = state.endpoint;
    transfer.destination = m_spec.group[op.peer];
    transfer.bytes = op.bytes;
    transfer.tag = MessageTag{m_index, iteration, op.tag}.Pack();
    transfer.virtualLane = m_spec.virtualLane;
    ++state.posted;
    ++state.iterationPosted;
    state.iterationBytes += op.bytes;
    m_observer->OnTransferPosted(transfer);
    m_engine->Post(transfer, this);
}

void
CollectiveJob::StartCompute(uint32_t rank, uint32_t op, int64_t durationPs)
{
    RankState& state = m_ranks[rank];
    const Time now = Simulator::Now();
    state.computesUntil = std::max(state.computesUntil, now) + PicoSeconds(durationPs);
    Simulator::Schedule(state.computesUntil - now, &CollectiveJob::EndCompute, this, rank, op);
}

void
CollectiveJob::EndCompute(uint32_t rank, uint32_t op)
{
    if (!m_isStopped)
    {
        m_ranks[rank].executor.OnComputed(op);
    }
}

void
CollectiveJob::StartIteration(uint32_t rank)
{
    if (m_isStopped)
    {
        return;
    }
    RankState& state = m_ranks[rank];
    const uint32_t iteration = state.iterationsDone;
    if (iteration == m_results.size())
    {
        CollectiveResult result;
        result.collective = m_index;
        result.iteration = iteration;
        result.start = Simulator::Now();
        result.sizeBytes = m_spec.GetSizeBytes();
        m_results.push_back(result);
        m_observer->OnCollectiveStart(m_index, iteration);
    }
    state.executor.Begin(m_factory(rank, iteration), iteration);
}

void
CollectiveJob::OnProgramEnd(uint32_t rank, uint32_t iteration)
{
    RankState& state = m_ranks[rank];
    ++state.iterationsDone;
    if (state.iterationsDone < m_spec.iterations)
    {
        const Time now = Simulator::Now();
        const Time due = m_spec.start + state.iterationsDone * m_spec.period;
        Simulator::Schedule(std::max(now + m_spec.gap, due) - now,
                            &CollectiveJob::StartIteration,
                            this,
                            rank);
    }
    Collect(state, iteration);
    m_observer->OnRankEnd(m_index, iteration, rank);
    // A copy: whoever is told may look at the results.
    const CollectiveResult result = m_results[iteration];
    if (result.isComplete)
    {
        m_observer->OnCollectiveEnd(result);
        if (iteration + 1 == m_spec.iterations)
        {
            m_observer->OnJobEnd(m_index);
        }
    }
}

void
CollectiveJob::Collect(RankState& state, uint32_t iteration)
{
    CollectiveResult& result = m_results[iteration];
    result.transfers += state.iterationPosted * m_copies;
    result.networkBytes += state.iterationBytes * m_copies;
    state.iterationPosted = 0;
    state.iterationBytes = 0;
    for (size_t i = 0; i < state.losses.size();)
    {
        if (state.losses[i].iteration != iteration)
        {
            ++i;
            continue;
        }
        result.failedBytes += state.losses[i].bytes * m_copies;
        result.failedTransfers += state.losses[i].messages * m_copies;
        state.losses[i] = state.losses.back();
        state.losses.pop_back();
    }
    result.ranksEnded += m_copies;
    if (result.ranksEnded == m_spec.group.size())
    {
        result.isComplete = true;
        result.end = Simulator::Now();
        result.algbwBytesPerSecond =
            GetAlgorithmBandwidth(result.sizeBytes, (result.end - result.start).GetSeconds());
        result.busbwBytesPerSecond =
            result.algbwBytesPerSecond *
            GetBusBandwidthFactor(m_spec.kind, static_cast<uint32_t>(m_spec.group.size()));
    }
}

uint32_t
CollectiveJob::GetRank(uint32_t endpoint) const
{
    return m_rankOfEndpoint[endpoint - m_firstEndpoint];
}

std::pair<uint32_t, uint32_t>
CollectiveJob::GetReceiver(const Transfer& transfer) const
{
    const uint32_t to = GetRank(transfer.destination);
    const uint32_t from = GetRank(transfer.source);
    if (m_symmetry.kind == TransferSymmetry::NONE)
    {
        return {to, from};
    }
    return {m_symmetry.Fold(to), m_symmetry.GetSender(from, to)};
}

} // namespace opticalfabric
} // namespace ns3
