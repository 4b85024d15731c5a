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
#include "ns3/time-end.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

CollectiveJob::RankState::RankState(uint32_t rank, RankExecutorHost* host, uint32_t window)
    : executor(rank, host, window),
      rank(rank)
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
      m_window(window),
      m_account(engine->OpenAccount())
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
CollectiveJob::UseLikeParts(const LikeParts& parts, RankProgramFactory factory)
{
    m_likeParts = parts;
    m_factory = std::move(factory);
}

void
CollectiveJob::UseFreeRing(std::unique_ptr<FreeRing> ring)
{
    m_freeRing = std::move(ring);
}

void
CollectiveJob::Start(const TransferSymmetry& symmetry)
{
    m_symmetry = symmetry;
    const bool isFolded = symmetry.kind != TransferSymmetry::NONE;
    const auto nRanks = static_cast<uint32_t>(m_spec.group.size());
    const uint32_t acting = isFolded ? symmetry.GetNActing() : nRanks;
    RankExecutorHost* const host = this;
    m_ranks.reserve(acting);
    for (uint32_t place = 0; place < acting; ++place)
    {
        const uint32_t rank = isFolded ? symmetry.GetActing(place) : place;
        m_ranks.emplace_back(rank, host, m_window);
        m_ranks.back().endpoint = m_spec.group[rank];
    }
    const Time delay = std::max(m_spec.start - Simulator::Now(), Time(0));
    for (const RankState& state : m_ranks)
    {
        Simulator::ScheduleWithContext(m_engine->GetNodeId(state.endpoint),
                                       TimeEnd::Limit(delay.GetTimeStep()),
                                       &CollectiveJob::StartIteration,
                                       this,
                                       state.rank);
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

uint32_t
CollectiveJob::GetWindow() const
{
    return m_window;
}

uint32_t
CollectiveJob::GetAccount() const
{
    return m_account;
}

const std::vector<CollectiveResult>&
CollectiveJob::GetResults() const
{
    return m_results;
}

template <typename Function>
void
CollectiveJob::ForEachSender(const Transfer& transfer, Function function) const
{
    const uint32_t from = GetRank(transfer.source);
    if (m_symmetry.kind == TransferSymmetry::NONE)
    {
        function(from);
        return;
    }
    m_symmetry.ForEachSender(from, GetRank(transfer.destination), function);
}

template <typename Number>
uint64_t
CollectiveJob::Sum(Number RankState::*what) const
{
    uint64_t sum = 0;
    for (const RankState& state : m_ranks)
    {
        sum += uint64_t{state.*what} * GetCopies(state);
    }
    return sum;
}

uint64_t
CollectiveJob::GetTransfersStarted() const
{
    return Sum(&RankState::posted);
}

uint64_t
CollectiveJob::GetTransfersDone() const
{
    return Sum(&RankState::received);
}

uint64_t
CollectiveJob::GetFailedBytes() const
{
    return Sum(&RankState::failedBytes);
}

uint64_t
CollectiveJob::GetRankIterationsDone() const
{
    return Sum(&RankState::iterationsDone);
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
    GetState(GetRank(transfer.source))
        .executor.OnSent(GetRank(transfer.destination),
                         MessageTag::PackMessage(tag.iteration, tag.op));
}

void
CollectiveJob::OnFailed(const Transfer& transfer)
{
    if (!m_isStopped)
    {
        const MessageTag tag = MessageTag::Unpack(transfer.tag);
        RankState& state = GetState(GetRank(transfer.destination));
        ForEachSender(transfer, [&](uint32_t) { state.losses.push_back({tag.iteration, 0, 1}); });
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
    RankState& state = GetState(GetRank(transfer.destination));
    --m_underWay;
    ForEachSender(transfer, [&](uint32_t) {
        ++state.received;
        if (failedBytes > 0)
        {
            state.failedBytes += failedBytes;
            state.losses.push_back({tag.iteration, failedBytes, 0});
        }
    });
    m_observer->OnTransferReceived(transfer, failedBytes);
    const uint64_t messageTag = MessageTag::PackMessage(tag.iteration, tag.op);
    bool isForNobody = true;
    ForEachSender(transfer, [&](uint32_t from) {
        isForNobody = false;
        state.executor.OnArrived(from, messageTag);
    });
    if (isForNobody && IsFinished())
    {
        EndJob();
    }
}

void
CollectiveJob::EndJob()
{
    // What others have brought already may still be under way, if only for this moment.
    if (m_symmetry.kind != TransferSymmetry::PERMUTATION || m_underWay == 0)
    {
        m_observer->OnJobEnd(m_index);
    }
}

void
CollectiveJob::PostSend(uint32_t rank, uint32_t iteration, const RankOp& op)
{
    RankState& state = GetState(rank);
    NS_ABORT_MSG_IF(op.peer >= m_spec.group.size(),
                    "collective \"" << m_spec.name << "\": rank " << rank << " sends to rank "
                                    << op.peer << " of " << m_spec.group.size());
    Transfer transfer;
    transfer.source = state.endpoint;
    transfer.destination = m_spec.group[op.peer];
    transfer.bytes = op.bytes;
    transfer.tag = MessageTag{m_index, iteration, op.tag}.Pack();
    transfer.virtualLane = m_spec.virtualLane;
    transfer.account = m_account;
    if (__builtin_expect(m_likeParts.has_value(), 0))
    {
        PostLike(state, transfer, op);
        return;
    }
    ++state.posted;
    ++m_underWay;
    ++state.iterationPosted;
    state.iterationBytes += op.bytes;
    m_observer->OnTransferPosted(transfer);
    m_engine->Post(transfer, this);
}

void
CollectiveJob::PostLike(RankState& state, Transfer transfer, const RankOp& op)
{
    const LikeParts::Stretch stretch =
        m_likeParts->GetStretch({op.offset, op.bytes}, m_symmetry.period);
    transfer.bytes = stretch.bytes;
    ++state.posted;
    ++m_underWay;
    ++state.iterationPosted;
    state.iterationBytes += stretch.bytes;
    state.shorter += stretch.shorter;
    m_observer->OnTransferPosted(transfer);
    if (stretch.shorter == 0)
    {
        m_engine->Post(transfer, this);
    }
    else
    {
        m_engine->PostUnequal(transfer, stretch.shorter, this);
    }
}

void
CollectiveJob::StartCompute(uint32_t rank, uint32_t op, int64_t durationPs)
{
    RankState& state = GetState(rank);
    const Time now = Simulator::Now();
    state.computesUntil = TimeEnd::Add(std::max(state.computesUntil, now), PicoSeconds(durationPs));
    Simulator::Schedule(TimeEnd::Limit((state.computesUntil - now).GetTimeStep()),
                        &CollectiveJob::EndCompute,
                        this,
                        rank,
                        op);
}

void
CollectiveJob::EndCompute(uint32_t rank, uint32_t op)
{
    if (!m_isStopped)
    {
        GetState(rank).executor.OnComputed(op);
    }
}

void
CollectiveJob::StartIteration(uint32_t rank)
{
    if (m_isStopped)
    {
        return;
    }
    RankState& state = GetState(rank);
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
    if (m_freeRing)
    {
        Simulator::Schedule(TimeStep(m_freeRing->GetEndPs(rank)),
                            &CollectiveJob::EndFirstOfRing,
                            this);
        Simulator::Schedule(TimeStep(m_freeRing->GetLastEndPs()), &CollectiveJob::EndRing, this);
        return;
    }
    state.executor.Begin(m_factory(rank, iteration), iteration);
}

void
CollectiveJob::EndFirstOfRing()
{
    if (!m_isStopped)
    {
        m_observer->OnRankEnd(m_index, 0, m_ranks.front().rank);
    }
}

void
CollectiveJob::EndRing()
{
    if (m_isStopped)
    {
        return;
    }
    m_freeRing->Count(*m_engine, m_spec, m_account);
    RankState& state = m_ranks.front();
    const uint64_t copies = GetCopies(state);
    state.posted = m_freeRing->GetSteps();
    state.received = state.posted;
    state.iterationPosted = state.posted;
    state.iterationBytes = (m_freeRing->GetBytes() + copies - 1) / copies;
    state.shorter = state.iterationBytes * copies - m_freeRing->GetBytes();
    ++state.iterationsDone;
    Collect(state, 0);
    const CollectiveResult result = m_results.front();
    m_observer->OnCollectiveEnd(result);
    EndJob();
}

void
CollectiveJob::OnProgramEnd(uint32_t rank, uint32_t iteration)
{
    RankState& state = GetState(rank);
    ++state.iterationsDone;
    if (state.iterationsDone < m_spec.iterations)
    {
        const Time now = Simulator::Now();
        const Time due =
            TimeEnd::Add(m_spec.start, TimeEnd::Multiply(m_spec.period, state.iterationsDone));
        const Time next = std::max(TimeEnd::Add(now, m_spec.gap), due);
        Simulator::Schedule(TimeEnd::Limit((next - now).GetTimeStep()),
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
            EndJob();
        }
    }
}

void
CollectiveJob::Collect(RankState& state, uint32_t iteration)
{
    CollectiveResult& result = m_results[iteration];
    const uint32_t copies = GetCopies(state);
    result.transfers += state.iterationPosted * copies;
    result.networkBytes += state.iterationBytes * copies - state.shorter;
    state.iterationPosted = 0;
    state.iterationBytes = 0;
    state.shorter = 0;
    for (size_t i = 0; i < state.losses.size();)
    {
        if (state.losses[i].iteration != iteration)
        {
            ++i;
            continue;
        }
        result.failedBytes += state.losses[i].bytes * copies;
        result.failedTransfers += state.losses[i].messages * copies;
        state.losses[i] = state.losses.back();
        state.losses.pop_back();
    }
    result.ranksEnded += copies;
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

CollectiveJob::RankState&
CollectiveJob::GetState(uint32_t rank)
{
    return m_ranks[m_symmetry.kind == TransferSymmetry::NONE ? rank : m_symmetry.GetPlace(rank)];
}

uint32_t
CollectiveJob::GetCopies(const RankState& state) const
{
    return m_symmetry.kind == TransferSymmetry::NONE ? 1 : m_symmetry.GetCopies(state.rank);
}

} // namespace opticalfabric
} // namespace ns3
