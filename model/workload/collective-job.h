/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COLLECTIVE_JOB_H
#define OPTICAL_FABRIC_COLLECTIVE_JOB_H

#include "ns3/collective-result.h"
#include "ns3/collective-spec.h"
#include "ns3/free-ring.h"
#include "ns3/like-parts.h"
#include "ns3/rank-executor.h"
#include "ns3/transfer-engine.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Makes a rank's program of an iteration; called when the rank starts it.
 */
using RankProgramFactory =
    std::function<std::unique_ptr<RankProgram>(uint32_t rank, uint32_t iteration)>;

/**
 * @ingroup optical-fabric
 * @brief Looks on while collectives run. Nothing it is told may find its way back to a rank.
 */
class CollectiveObserver
{
  public:
    virtual ~CollectiveObserver() = default;

    /**
     * The first rank has started an iteration.
     *
     * @param collective index of the collective
     * @param iteration from 0
     */
    virtual void OnCollectiveStart(uint32_t collective, uint32_t iteration) = 0;

    /**
     * A rank has ended an iteration. Its context is that of the rank's node.
     *
     * @param collective index of the collective
     * @param iteration from 0
     * @param rank the rank
     */
    virtual void OnRankEnd(uint32_t collective, uint32_t iteration, uint32_t rank) = 0;

    /**
     * The last rank has ended an iteration.
     *
     * @param result what came of it
     */
    virtual void OnCollectiveEnd(const CollectiveResult& result) = 0;

    /**
     * The last iteration has ended.
     *
     * @param collective index of the collective
     */
    virtual void OnJobEnd(uint32_t collective) = 0;

    /**
     * @param transfer message, about to be posted
     */
    virtual void OnTransferPosted(const Transfer& transfer) = 0;

    /**
     * @param transfer message that has arrived
     * @param failedBytes payload of it that was lost
     */
    virtual void OnTransferReceived(const Transfer& transfer, uint64_t failedBytes) = 0;
};

/**
 * @ingroup optical-fabric
 * @brief One collective with all its iterations: a state machine per rank, each advanced in the
 * context of its own node by nothing but its own messages, computations and starts.
 *
 * Results are put together when a rank starts and ends an iteration, on the side: the ranks never
 * look at them.
 */
class CollectiveJob : public TransferClient, private RankExecutorHost
{
  public:
    /**
     * @param index index of the collective, goes into every transfer's tag
     * @param spec what to do; has been validated
     * @param factory makes the programs
     * @param engine moves the messages; outlives the job
     * @param window operations a rank holds at most
     * @param observer looks on; outlives the job
     */
    CollectiveJob(uint32_t index,
                  CollectiveSpec spec,
                  RankProgramFactory factory,
                  TransferEngine* engine,
                  uint32_t window,
                  CollectiveObserver* observer);

    /**
     * Let all parts of the buffer be as long as the longest, so that ranks are alike. Before Start.
     * @param parts the buffer, as it is
     * @param factory makes the programs, of an even buffer
     */
    void UseLikeParts(const LikeParts& parts, RankProgramFactory factory);

    /**
     * Take the times of a ring in which nothing gets into the way of anything, and post nothing.
     * Before Start.
     * @param ring the ring; of one iteration
     */
    void UseFreeRing(std::unique_ptr<FreeRing> ring);

    /**
     * Schedule every rank's first start, each in the context of its node.
     * @param symmetry ranks that stand for all; of kind NONE if each has to act for itself
     */
    void Start(const TransferSymmetry& symmetry);

    /// Ignore everything from now on.
    void Stop();

    /// @return whether all iterations have ended
    bool IsFinished() const;

    /// @return what was asked for
    const CollectiveSpec& GetSpec() const;

    /// @return operations that a rank may hold at most
    uint32_t GetWindow() const;

    /// @return the engine's account of its messages
    uint32_t GetAccount() const;

    /// @return results of the iterations started so far, by iteration
    const std::vector<CollectiveResult>& GetResults() const;

    /// @return messages posted so far
    uint64_t GetTransfersStarted() const;

    /// @return messages received so far, whole or not
    uint64_t GetTransfersDone() const;

    /// @return payload reported lost so far
    uint64_t GetFailedBytes() const;

    /// @return iterations ended so far, summed over ranks
    uint64_t GetRankIterationsDone() const;

    /// @return messages that have arrived or are awaited and have not met, by peer and tag
    uint64_t GetUnmatched() const;

    void OnSent(const Transfer& transfer) override;
    void OnFailed(const Transfer& transfer) override;
    void OnReceived(const Transfer& transfer, uint64_t failedBytes) override;

  private:
    /// Something lost, not yet in a result. Messages may be early.
    struct Loss
    {
        uint32_t iteration{0}; ///< iteration it belongs to
        uint64_t bytes{0};     ///< payload
        uint64_t messages{0};  ///< messages, whole or in part
    };

    /// What belongs to one rank, touched only in its node's context.
    struct RankState
    {
        /**
         * @param rank the rank
         * @param host the job
         * @param window operations held at most
         */
        RankState(uint32_t rank, RankExecutorHost* host, uint32_t window);

        RankExecutor executor;       ///< runs the programs
        uint32_t rank{0};            ///< the rank
        uint32_t endpoint{0};        ///< where it sits
        uint32_t iterationsDone{0};  ///< iterations ended; also the number of the current one
        Time computesUntil;          ///< when its processor is free
        uint64_t posted{0};          ///< messages posted
        uint64_t received{0};        ///< messages received
        uint64_t failedBytes{0};     ///< payload lost on the way here
        uint64_t iterationPosted{0}; ///< messages posted in the current iteration
        uint64_t iterationBytes{0};  ///< their payload
        uint64_t shorter{0};         ///< payload that all it stands for have less than that
        std::vector<Loss> losses;    ///< what was lost on the way here
    };

    void PostSend(uint32_t rank, uint32_t iteration, const RankOp& op) override;
    void StartCompute(uint32_t rank, uint32_t op, int64_t durationPs) override;
    void OnProgramEnd(uint32_t rank, uint32_t iteration) override;

    /**
     * A rank starts its next iteration.
     *
     * @param rank the rank
     */
    void StartIteration(uint32_t rank);

    /**
     * @param rank rank that has computed
     * @param op index of the operation
     */
    void EndCompute(uint32_t rank, uint32_t op);

    /**
     * Add to a result what a rank knows.
     *
     * @param state rank that has ended the iteration
     * @param iteration the iteration
     */
    void Collect(RankState& state, uint32_t iteration);

    /// @param state rank that acts @param transfer what it sends, but for its size @param op the
    /// send, of an even buffer
    void PostLike(RankState& state, Transfer transfer, const RankOp& op);

    /// The first rank has ended in a ring whose times are known.
    void EndFirstOfRing();
    /// All ranks have.
    void EndRing();

    /// Tell of the job's end, once all of it has ended.
    void EndJob();

    /**
     * @param endpoint endpoint of the group
     * @return its rank
     */
    uint32_t GetRank(uint32_t endpoint) const;

    /**
     * @param rank a rank
     * @return state of the one that acts for it
     */
    RankState& GetState(uint32_t rank);

    /**
     * @param state state of a rank that acts
     * @return how many ranks it stands for
     */
    uint32_t GetCopies(const RankState& state) const;

    /**
     * @param what summand, a member of RankState
     * @return its sum over all ranks, those that others stand for included
     */
    template <typename Number>
    uint64_t Sum(Number RankState::*what) const;

    /**
     * @tparam Function of a rank
     * @param transfer a transfer that has arrived
     * @param function called for each rank that has so sent something to the one that acts for the
     * receiver
     */
    template <typename Function>
    void ForEachSender(const Transfer& transfer, Function function) const;

    const uint32_t m_index;                  ///< index of the collective
    const CollectiveSpec m_spec;             ///< what to do
    RankProgramFactory m_factory;            ///< makes the programs
    TransferEngine* const m_engine;          ///< moves the messages
    CollectiveObserver* const m_observer;    ///< looks on
    const uint32_t m_window;                 ///< operations a rank holds at most
    const uint32_t m_account;                ///< the engine's account of its messages
    TransferSymmetry m_symmetry;             ///< ranks that stand for others
    std::optional<LikeParts> m_likeParts;    ///< the buffer, where programs are of an even one
    std::unique_ptr<FreeRing> m_freeRing;    ///< ring whose times are known; null: none are
    std::vector<RankState> m_ranks;          ///< of those that act, by their place
    uint32_t m_firstEndpoint;                ///< smallest endpoint of the group
    std::vector<uint32_t> m_rankOfEndpoint;  ///< by endpoint - m_firstEndpoint
    std::vector<CollectiveResult> m_results; ///< by iteration
    uint64_t m_underWay{0};                  ///< transfers that have been posted and not arrived
    bool m_isStopped{false};                 ///< ignore everything
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COLLECTIVE_JOB_H */
