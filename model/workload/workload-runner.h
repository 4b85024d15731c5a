/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_WORKLOAD_RUNNER_H
#define OPTICAL_FABRIC_WORKLOAD_RUNNER_H

#include "ns3/callback.h"
#include "ns3/collective-job.h"
#include "ns3/collective-spec.h"
#include "ns3/moe-traffic-source.h"
#include "ns3/object.h"
#include "ns3/traced-callback.h"
#include "ns3/transfer-engine.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How far a workload is.
 */
struct WorkloadProgress
{
    uint64_t transfersStarted{0};    ///< messages posted
    uint64_t transfersDone{0};       ///< messages received, whole or not
    uint64_t transfersExpected{0};   ///< in the end, or RankProgram::UNKNOWN
    uint64_t iterationsDone{0};      ///< iterations that all ranks ended, of all collectives
    uint64_t iterationsTotal{0};     ///< in the end
    uint64_t rankIterationsDone{0};  ///< iterations ended, summed over ranks and collectives
    uint64_t rankIterationsTotal{0}; ///< in the end
    uint64_t failedBytes{0};         ///< payload reported lost
};

/**
 * @ingroup optical-fabric
 * @brief Runs collectives, any number at once, over groups of a transfer engine's endpoints.
 *
 * Every rank starts an iteration when it has itself ended the one before; nobody waits for anything
 * but messages. Groups may overlap: an endpoint then is a rank of each, with a processor for each.
 *
 * The runner must outlive the simulation: engine and events refer to it. Results are those of the
 * ranks this process simulates.
 */
class WorkloadRunner : public Object, private CollectiveObserver
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    WorkloadRunner();
    ~WorkloadRunner() override;

    /**
     * @param engine moves the messages; to be set before anything is added
     */
    void SetEngine(Ptr<TransferEngine> engine);

    /// @return the engine
    Ptr<TransferEngine> GetEngine() const;

    /**
     * Add a collective. Refused after Start() (NS_ABORT).
     *
     * @param spec what to do, of any kind but PROGRAMS
     * @return its index
     * @throw std::invalid_argument as CollectiveSpec::Validate() does
     */
    uint32_t AddCollective(const CollectiveSpec& spec);

    /**
     * Add rank programs that come from elsewhere, such as a trace. Refused after Start()
     * (NS_ABORT).
     *
     * @param spec name, group, iterations, start, gap and virtual lane; the kind is PROGRAMS
     * @param factory makes the program of a rank and iteration when the rank starts it
     * @return its index among the collectives
     * @throw std::invalid_argument as CollectiveSpec::Validate() does
     */
    uint32_t AddPrograms(const CollectiveSpec& spec, RankProgramFactory factory);

    /**
     * Schedule the start of everything added. Once (NS_ABORT on the second call).
     */
    void Start();

    /**
     * @param callback called once, when the last collective has ended; it runs in the context of
     * whichever rank was last, and is for observers
     */
    void SetFinishedCallback(Callback<void> callback);

    /// @return whether everything was started and has ended
    bool IsFinished() const;

    /// @return whether parts of a buffer that differ by one byte count as equally long
    bool HasLikeParts() const;

    /// @return number of collectives
    uint32_t GetNCollectives() const;

    /**
     * @param collective index
     * @return what was asked for
     */
    const CollectiveSpec& GetSpec(uint32_t collective) const;

    /**
     * @param collective index
     * @return results of the iterations started so far, by iteration
     */
    const std::vector<CollectiveResult>& GetResults(uint32_t collective) const;

    /**
     * @param collective index
     * @return what the engine has measured of its messages, each collective's apart; null if it
     * keeps no accounts
     */
    const TrafficAccount* GetAccount(uint32_t collective) const;

    /// @return how far the workload is; costs a look at every rank
    WorkloadProgress GetProgress() const;

    /**
     * @param collective index
     * @return messages and receives, by peer and tag, that have not met; 0 after an ended
     * collective whose programs are right
     */
    uint64_t GetUnmatched(uint32_t collective) const;

    /**
     * Give every MoE traffic matrix its random stream: one for each collective with a matrix of
     * its own and for each name in MoeSpec::traffic, in the order in which they were added. To be
     * called when everything is added.
     *
     * @param stream first stream
     * @return number of streams used
     */
    int64_t AssignStreams(int64_t stream);

    /**
     * TracedCallback signature for the start of an iteration.
     *
     * @param collective index of the collective
     * @param iteration from 0
     */
    typedef void (*CollectiveStartTracedCallback)(uint32_t collective, uint32_t iteration);

    /**
     * TracedCallback signature for the end of an iteration.
     *
     * @param result what came of it
     */
    typedef void (*CollectiveEndTracedCallback)(const CollectiveResult& result);

    /**
     * TracedCallback signature for a rank's end of an iteration.
     *
     * @param collective index of the collective
     * @param iteration from 0
     * @param rank the rank
     */
    typedef void (*RankEndTracedCallback)(uint32_t collective, uint32_t iteration, uint32_t rank);

    /**
     * TracedCallback signature for a message about to be posted.
     *
     * @param transfer the message
     */
    typedef void (*TransferPostedTracedCallback)(const Transfer& transfer);

    /**
     * TracedCallback signature for a message that has arrived.
     *
     * @param transfer the message
     * @param failedBytes payload of it that was lost
     */
    typedef void (*TransferReceivedTracedCallback)(const Transfer& transfer, uint64_t failedBytes);

    /**
     * TracedCallback signature for the traffic of an MoE collective.
     *
     * @param collective index of the collective
     * @param iteration from 0
     * @param traffic what the iteration sends
     */
    typedef void (*MoeTrafficTracedCallback)(uint32_t collective,
                                             uint32_t iteration,
                                             const MoeTraffic& traffic);

  protected:
    void DoDispose() override;

  private:
    void OnCollectiveStart(uint32_t collective, uint32_t iteration) override;
    void OnRankEnd(uint32_t collective, uint32_t iteration, uint32_t rank) override;
    void OnCollectiveEnd(const CollectiveResult& result) override;
    void OnJobEnd(uint32_t collective) override;
    void OnTransferPosted(const Transfer& transfer) override;
    void OnTransferReceived(const Transfer& transfer, uint64_t failedBytes) override;

    /**
     * @param spec validated collective
     * @param factory makes its programs
     * @return its index
     */
    uint32_t AddJob(const CollectiveSpec& spec, RankProgramFactory factory);

    /**
     * @param job the only one
     * @return which of its ranks stand for which; of kind NONE if each has to act for itself
     */
    TransferSymmetry FindSymmetry(CollectiveJob& job);

    /**
     * @param spec validated collective of an MoE kind
     * @return where its matrices come from
     * @throw std::invalid_argument if it shares them with a collective it does not agree with
     */
    MoeTrafficSource* GetTrafficSource(const CollectiveSpec& spec);

    /// A traffic source that several collectives may share.
    struct SharedSource
    {
        MoeTrafficSource* source; ///< the source
        uint32_t iterations;      ///< iterations of every collective that shares it
    };

    Ptr<TransferEngine> m_engine;                             ///< moves the messages
    uint32_t m_window{0};                                     ///< operations a rank holds at most
    uint64_t m_exactUpTo{0};                                  ///< ranks times ranks that act
    bool m_freeRings{true};                                   ///< rings may be computed
    std::vector<std::unique_ptr<CollectiveJob>> m_jobs;       ///< by index
    std::vector<std::unique_ptr<MoeTrafficSource>> m_sources; ///< in the order of their streams
    std::map<std::string, SharedSource> m_sharedSources;      ///< by MoeSpec::traffic
    uint64_t m_transfersExpected{0};                          ///< or RankProgram::UNKNOWN
    uint32_t m_jobsEnded{0};                                  ///< collectives that have ended
    bool m_isStarted{false};                                  ///< Start() was called
    bool m_hasLikeParts{false};                               ///< see HasLikeParts
    Callback<void> m_finished;                                ///< called when all have ended

    TracedCallback<uint32_t, uint32_t> m_collectiveStartTrace;               ///< first rank starts
    TracedCallback<const CollectiveResult&> m_collectiveEndTrace;            ///< last rank ended
    TracedCallback<uint32_t, uint32_t, uint32_t> m_rankEndTrace;             ///< a rank ended
    TracedCallback<const Transfer&> m_transferPostedTrace;                   ///< message goes
    TracedCallback<const Transfer&, uint64_t> m_transferReceivedTrace;       ///< message is there
    TracedCallback<uint32_t, uint32_t, const MoeTraffic&> m_moeTrafficTrace; ///< matrix in use
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_WORKLOAD_RUNNER_H */
