/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/workload-runner.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/collective-programs.h"
#include "ns3/collective-symmetry.h"
#include "ns3/free-ring.h"
#include "ns3/like-parts.h"
#include "ns3/log.h"
#include "ns3/message-tag.h"
#include "ns3/pointer.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricWorkloadRunner");

NS_OBJECT_ENSURE_REGISTERED(WorkloadRunner);

TypeId
WorkloadRunner::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::WorkloadRunner")
            .SetParent<Object>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<WorkloadRunner>()
            .AddAttribute("Engine",
                          "Transfer engine that moves the messages; to be set before collectives "
                          "are added.",
                          PointerValue(),
                          MakePointerAccessor(&WorkloadRunner::m_engine),
                          MakePointerChecker<TransferEngine>())
            .AddAttribute("Window",
                          "Operations each rank of each collective holds at most, and so at most "
                          "has under way; rounded up to a power of two. Applies to collectives "
                          "added afterwards.",
                          UintegerValue(1024),
                          MakeUintegerAccessor(&WorkloadRunner::m_window),
                          MakeUintegerChecker<uint32_t>(RankExecutor::MIN_WINDOW, 1U << 30))
            .AddAttribute("ExactUpTo",
                          "Ranks times ranks that act, up to which a collective that is alone has "
                          "all its transfers simulated one by one and byte by byte. Above, a ring "
                          "in which nothing gets into the way of anything is computed, and "
                          "otherwise parts of a buffer that differ by a byte all take the time of "
                          "the longest, if that lets fewer act. Bytes are counted as they are. 0 "
                          "to 2^40.",
                          UintegerValue(1U << 20),
                          MakeUintegerAccessor(&WorkloadRunner::m_exactUpTo),
                          MakeUintegerChecker<uint64_t>(0, uint64_t{1} << 40))
            .AddAttribute(
                "FreeRings",
                "Whether a ring in which nothing gets into the way of anything may be "
                "computed, see ExactUpTo. Links and totals then know nothing of it before "
                "its end; false where somebody looks at them meanwhile.",
                BooleanValue(true),
                MakeBooleanAccessor(&WorkloadRunner::m_freeRings),
                MakeBooleanChecker())
            .AddTraceSource("CollectiveStart",
                            "The first rank has started an iteration of a collective.",
                            MakeTraceSourceAccessor(&WorkloadRunner::m_collectiveStartTrace),
                            "ns3::opticalfabric::WorkloadRunner::CollectiveStartTracedCallback")
            .AddTraceSource("CollectiveEnd",
                            "The last rank has ended an iteration of a collective.",
                            MakeTraceSourceAccessor(&WorkloadRunner::m_collectiveEndTrace),
                            "ns3::opticalfabric::WorkloadRunner::CollectiveEndTracedCallback")
            .AddTraceSource("RankEnd",
                            "A rank has ended its part of an iteration of a collective.",
                            MakeTraceSourceAccessor(&WorkloadRunner::m_rankEndTrace),
                            "ns3::opticalfabric::WorkloadRunner::RankEndTracedCallback")
            .AddTraceSource("TransferPosted",
                            "A message is about to be posted to the engine.",
                            MakeTraceSourceAccessor(&WorkloadRunner::m_transferPostedTrace),
                            "ns3::opticalfabric::WorkloadRunner::TransferPostedTracedCallback")
            .AddTraceSource("TransferReceived",
                            "A message has arrived, or what is left of it.",
                            MakeTraceSourceAccessor(&WorkloadRunner::m_transferReceivedTrace),
                            "ns3::opticalfabric::WorkloadRunner::TransferReceivedTracedCallback")
            .AddTraceSource("MoeTraffic",
                            "The first rank starts an iteration of an MoE collective: what that "
                            "sends.",
                            MakeTraceSourceAccessor(&WorkloadRunner::m_moeTrafficTrace),
                            "ns3::opticalfabric::WorkloadRunner::MoeTrafficTracedCallback");
    return tid;
}

WorkloadRunner::WorkloadRunner()
{
    NS_LOG_FUNCTION(this);
}

WorkloadRunner::~WorkloadRunner()
{
    NS_LOG_FUNCTION(this);
}

void
WorkloadRunner::DoDispose()
{
    NS_LOG_FUNCTION(this);
    // Results stay readable; what the engine still has to say is ignored.
    for (const auto& job : m_jobs)
    {
        job->Stop();
    }
    m_finished = MakeNullCallback<void>();
    m_engine = nullptr;
    Object::DoDispose();
}

void
WorkloadRunner::SetEngine(Ptr<TransferEngine> engine)
{
    NS_LOG_FUNCTION(this << engine);
    NS_ABORT_MSG_IF(!m_jobs.empty(), "the engine is to be set before collectives are added");
    m_engine = engine;
}

Ptr<TransferEngine>
WorkloadRunner::GetEngine() const
{
    return m_engine;
}

uint32_t
WorkloadRunner::AddCollective(const CollectiveSpec& spec)
{
    NS_LOG_FUNCTION(this << spec.name);
    NS_ABORT_MSG_UNLESS(m_engine, "a WorkloadRunner needs an engine before collectives");
    spec.Validate(m_engine->GetNEndpoints());
    for (const uint32_t endpoint : spec.group)
    {
        const std::string noPath = endpoint == spec.group.front()
                                       ? ""
                                       : m_engine->ExplainNoPath(spec.group.front(), endpoint);
        if (!noPath.empty())
        {
            throw std::invalid_argument("collective \"" + spec.name + "\": " + noPath);
        }
    }
    if (spec.kind == CollectiveKind::PROGRAMS)
    {
        throw std::invalid_argument("collective \"" + spec.name +
                                    "\": kind = programs is not allowed here; allowed: kinds that "
                                    "make their own programs");
    }
    if (IsMoe(spec.kind))
    {
        MoeTrafficSource* source = GetTrafficSource(spec);
        source->AddUser();
        m_transfersExpected = RankProgram::UNKNOWN;
        const auto index = static_cast<uint32_t>(m_jobs.size());
        const auto next = std::make_shared<uint32_t>(0);
        return AddJob(spec, [this, index, next, spec, source](uint32_t rank, uint32_t iteration) {
            const auto traffic = source->Take(iteration);
            if (iteration == *next)
            {
                ++*next;
                m_moeTrafficTrace(index, iteration, *traffic);
            }
            return MakeCollectiveProgram(spec, rank, traffic);
        });
    }
    if (m_transfersExpected != RankProgram::UNKNOWN)
    {
        for (uint32_t rank = 0; rank < spec.group.size(); ++rank)
        {
            const uint64_t count = MakeCollectiveProgram(spec, rank)->GetTransferCount();
            m_transfersExpected += count * spec.iterations;
        }
    }
    return AddJob(spec, [spec](uint32_t rank, uint32_t /* iteration */) {
        return MakeCollectiveProgram(spec, rank);
    });
}

uint32_t
WorkloadRunner::AddPrograms(const CollectiveSpec& spec, RankProgramFactory factory)
{
    NS_LOG_FUNCTION(this << spec.name);
    NS_ABORT_MSG_UNLESS(m_engine, "a WorkloadRunner needs an engine before programs");
    CollectiveSpec frame = spec;
    frame.kind = CollectiveKind::PROGRAMS;
    frame.Validate(m_engine->GetNEndpoints());
    m_transfersExpected = RankProgram::UNKNOWN;
    return AddJob(frame, std::move(factory));
}

uint32_t
WorkloadRunner::AddJob(const CollectiveSpec& spec, RankProgramFactory factory)
{
    NS_ABORT_MSG_IF(m_isStarted, "collectives are to be added before the start");
    NS_ABORT_MSG_IF(m_jobs.size() >> MessageTag::COLLECTIVE_BITS != 0,
                    "a runner takes " << m_jobs.size() << " collectives at most");
    const auto index = static_cast<uint32_t>(m_jobs.size());
    CollectiveObserver* const observer = this;
    m_jobs.push_back(std::make_unique<CollectiveJob>(index,
                                                     spec,
                                                     std::move(factory),
                                                     PeekPointer(m_engine),
                                                     m_window,
                                                     observer));
    return index;
}

MoeTrafficSource*
WorkloadRunner::GetTrafficSource(const CollectiveSpec& spec)
{
    const auto ranks = static_cast<uint32_t>(spec.group.size());
    const std::string& name = spec.moe.traffic;
    const auto shared = m_sharedSources.find(name);
    if (!name.empty() && shared != m_sharedSources.end())
    {
        if (!shared->second.source->Fits(ranks, spec.moe.routing) ||
            shared->second.iterations != spec.iterations)
        {
            throw std::invalid_argument(
                "collective \"" + spec.name + "\": moe.traffic = \"" + name +
                "\" is not allowed; allowed: a name shared only by collectives of the same number "
                "of ranks and iterations and the same routing");
        }
        return shared->second.source;
    }
    m_sources.push_back(std::make_unique<MoeTrafficSource>(ranks, spec.moe.routing));
    if (!name.empty())
    {
        m_sharedSources[name] = {m_sources.back().get(), spec.iterations};
    }
    return m_sources.back().get();
}

TransferSymmetry
WorkloadRunner::FindSymmetry(CollectiveJob& job)
{
    const CollectiveSpec& spec = job.GetSpec();
    const CollectiveSymmetry own = GetCollectiveSymmetry(spec);
    const auto ranks = static_cast<uint32_t>(spec.group.size());
    const bool isRing = spec.GetAlgorithm() == CollectiveAlgorithm::RING;
    const uint64_t most = isRing || own.hasLikeParts ? m_exactUpTo / ranks : ranks;
    TransferSymmetry symmetry =
        m_engine->AdoptSymmetry(own.kind,
                                spec.group,
                                own.multiple,
                                static_cast<uint32_t>(std::min<uint64_t>(most, ranks)));
    if (symmetry.kind != TransferSymmetry::NONE || most >= ranks)
    {
        return symmetry;
    }
    // All that more would have to do takes too long.
    const bool mayBeFree = isRing && m_freeRings && spec.iterations == 1;
    if (auto ring = mayBeFree ? FreeRing::Find(spec, *m_engine) : nullptr)
    {
        m_hasLikeParts = ring->HasLikeParts();
        job.UseFreeRing(std::move(ring));
        symmetry.kind = TransferSymmetry::ROTATION;
        symmetry.period = 1;
        symmetry.endpoints = spec.group;
        return symmetry;
    }
    if (!own.hasLikeParts)
    {
        return m_engine->AdoptSymmetry(own.kind, spec.group, own.multiple, ranks);
    }
    symmetry = m_engine->AdoptSymmetry(TransferSymmetry::ROTATION, spec.group, 1, ranks);
    if (symmetry.kind != TransferSymmetry::NONE)
    {
        m_hasLikeParts = own.kind == TransferSymmetry::NONE || symmetry.period % own.multiple != 0;
        const LikeParts parts(spec.bytes, ranks);
        CollectiveSpec even = spec;
        even.bytes = parts.GetEvenBytes();
        job.UseLikeParts(parts, [even](uint32_t rank, uint32_t /* iteration */) {
            return MakeCollectiveProgram(even, rank);
        });
    }
    return symmetry;
}

void
WorkloadRunner::Start()
{
    NS_LOG_FUNCTION(this);
    NS_ABORT_MSG_IF(m_isStarted, "a WorkloadRunner starts once");
    m_isStarted = true;
    TransferSymmetry symmetry;
    if (m_jobs.size() == 1)
    {
        // Several at once would have to be alike together.
        CollectiveJob& job = *m_jobs.front();
        symmetry = FindSymmetry(job);
        const CollectiveSpec& spec = job.GetSpec();
        const uint64_t atOnce = GetCollectiveSymmetry(spec).operationsAtOnce;
        if (symmetry.kind == TransferSymmetry::NONE && atOnce != 0 && atOnce <= job.GetWindow())
        {
            symmetry =
                m_engine->AdoptSymmetry(TransferSymmetry::PERMUTATION, spec.group, 1, UINT32_MAX);
        }
    }
    for (const auto& job : m_jobs)
    {
        job->Start(symmetry);
    }
}

void
WorkloadRunner::SetFinishedCallback(Callback<void> callback)
{
    m_finished = callback;
}

bool
WorkloadRunner::IsFinished() const
{
    return m_isStarted && m_jobsEnded == m_jobs.size();
}

bool
WorkloadRunner::HasLikeParts() const
{
    return m_hasLikeParts;
}

uint32_t
WorkloadRunner::GetNCollectives() const
{
    return static_cast<uint32_t>(m_jobs.size());
}

const CollectiveSpec&
WorkloadRunner::GetSpec(uint32_t collective) const
{
    return m_jobs.at(collective)->GetSpec();
}

const std::vector<CollectiveResult>&
WorkloadRunner::GetResults(uint32_t collective) const
{
    return m_jobs.at(collective)->GetResults();
}

const TrafficAccount*
WorkloadRunner::GetAccount(uint32_t collective) const
{
    return m_engine ? m_engine->GetAccount(m_jobs.at(collective)->GetAccount()) : nullptr;
}

WorkloadProgress
WorkloadRunner::GetProgress() const
{
    WorkloadProgress progress;
    progress.transfersExpected = m_transfersExpected;
    for (const auto& job : m_jobs)
    {
        progress.transfersStarted += job->GetTransfersStarted();
        progress.transfersDone += job->GetTransfersDone();
        const auto& results = job->GetResults();
        progress.iterationsDone += static_cast<uint64_t>(
            std::count_if(results.begin(), results.end(), [](const CollectiveResult& result) {
                return result.isComplete;
            }));
        progress.iterationsTotal += job->GetSpec().iterations;
        progress.rankIterationsDone += job->GetRankIterationsDone();
        progress.rankIterationsTotal +=
            static_cast<uint64_t>(job->GetSpec().iterations) * job->GetSpec().group.size();
        progress.failedBytes += job->GetFailedBytes();
    }
    return progress;
}

uint64_t
WorkloadRunner::GetUnmatched(uint32_t collective) const
{
    return m_jobs.at(collective)->GetUnmatched();
}

int64_t
WorkloadRunner::AssignStreams(int64_t stream)
{
    NS_LOG_FUNCTION(this << stream);
    int64_t used = 0;
    for (const auto& source : m_sources)
    {
        used += source->AssignStreams(stream + used);
    }
    return used;
}

void
WorkloadRunner::OnCollectiveStart(uint32_t collective, uint32_t iteration)
{
    NS_LOG_FUNCTION(this << collective << iteration);
    m_collectiveStartTrace(collective, iteration);
}

void
WorkloadRunner::OnRankEnd(uint32_t collective, uint32_t iteration, uint32_t rank)
{
    m_rankEndTrace(collective, iteration, rank);
}

void
WorkloadRunner::OnCollectiveEnd(const CollectiveResult& result)
{
    NS_LOG_FUNCTION(this << result.collective << result.iteration);
    m_collectiveEndTrace(result);
}

void
WorkloadRunner::OnJobEnd(uint32_t collective)
{
    NS_LOG_FUNCTION(this << collective);
    ++m_jobsEnded;
    if (IsFinished() && !m_finished.IsNull())
    {
        m_finished();
    }
}

void
WorkloadRunner::OnTransferPosted(const Transfer& transfer)
{
    m_transferPostedTrace(transfer);
}

void
WorkloadRunner::OnTransferReceived(const Transfer& transfer, uint64_t failedBytes)
{
    m_transferReceivedTrace(transfer, failedBytes);
}

} // namespace opticalfabric
} // namespace ns3
