/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANK_EXECUTOR_H
#define OPTICAL_FABRIC_RANK_EXECUTOR_H

#include "ns3/matching-table.h"
#include "ns3/rank-program.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Does for a RankExecutor what needs time or a network.
 */
class RankExecutorHost
{
  public:
    virtual ~RankExecutorHost() = default;

    /**
     * Post a message to another rank. RankExecutor::OnSent must follow, at once or later.
     *
     * @param rank rank that sends
     * @param iteration its iteration
     * @param op the send
     */
    virtual void PostSend(uint32_t rank, uint32_t iteration, const RankOp& op) = 0;

    /**
     * Keep the rank busy. RankExecutor::OnComputed must follow, later. Computations of a rank
     * take turns, in the order of the calls.
     *
     * @param rank rank that computes
     * @param op index of the operation
     * @param durationPs time it takes, in picoseconds, > 0
     */
    virtual void StartCompute(uint32_t rank, uint32_t op, int64_t durationPs) = 0;

    /**
     * The last operation of the program has ended. The executor may be given the next program
     * from a later event, not from within this call.
     *
     * @param rank rank whose program it was
     * @param iteration its iteration
     */
    virtual void OnProgramEnd(uint32_t rank, uint32_t iteration) = 0;
};

/**
 * @ingroup optical-fabric
 * @brief Runs one rank's program: starts what is ready, matches what arrives.
 *
 * Holds a window of operations, from the oldest that has not ended, and reads more of the program
 * as the oldest ends. Messages are eager: one that arrives before its receive waits for it, also
 * across iterations. A message to oneself is there at once. No memory is allocated per operation.
 */
class RankExecutor
{
  public:
    static constexpr uint32_t MIN_WINDOW = 16; ///< smallest window, see RankProgram

    /**
     * @param rank rank whose programs are run
     * @param host does what needs time or a network; outlives the executor
     * @param window operations held at most, rounded up to a power of two of at least MIN_WINDOW
     */
    RankExecutor(uint32_t rank, RankExecutorHost* host, uint32_t window);

    /**
     * Start a program. Refused while another runs (NS_ABORT).
     *
     * @param program what to do
     * @param iteration number of the iteration, part of every message's tag
     */
    void Begin(std::unique_ptr<RankProgram> program, uint32_t iteration);

    /**
     * A message that was posted has left. Of several to the same rank with the same tag it is the
     * first posted.
     *
     * @param to rank it goes to
     * @param messageTag MessageTag::PackMessage
     */
    void OnSent(uint32_t to, uint64_t messageTag);

    /**
     * A message has arrived, or what is left of it.
     *
     * @param from rank it comes from
     * @param messageTag MessageTag::PackMessage
     */
    void OnArrived(uint32_t from, uint64_t messageTag);

    /**
     * @param op index of the compute operation that has ended
     */
    void OnComputed(uint32_t op);

    /// @return whether a program is being run
    bool IsRunning() const;

    /// @return keys of messages that have arrived and wait for a receive, and of receives that wait
    size_t GetUnmatched() const;

    /// @return most operations held at once so far
    uint32_t GetPeakHeld() const;

  private:
    static constexpr uint32_t NIL = UINT32_MAX;                     ///< end of a list
    static constexpr uint32_t ENDED = UINT32_MAX - 1;               ///< in place of a list
    static constexpr uint32_t AFTER_ALL = RankOp::MAX_DEPENDENCIES; ///< edge of afterAll
    static constexpr uint32_t EDGES = AFTER_ALL + 1;                ///< edges of an operation

    /// An operation in the window: who waits for it. Lists of edges, see Waiting.
    struct Slot
    {
        uint32_t waiting{ENDED};     ///< for its end; ENDED once there is nothing to wait for
        uint32_t waitingForAll{NIL}; ///< for its end and that of everything before it
    };

    /**
     * An operation that waits for others. It hangs in the list of each by an edge, which is its
     * place in m_waiting * EDGES + which of its dependencies.
     */
    struct Waiting
    {
        RankOp op;                        ///< what to do
        uint32_t index{0};                ///< its number in the program
        uint32_t pending{0};              ///< operations it still waits for
        std::array<uint32_t, EDGES> next; ///< the next edge in the list that this edge hangs in;
                                          ///< the first also links ready and unused places
    };

    /// Start what can be started and read what can be read, until nothing moves.
    void Advance();

    /**
     * Read one operation of the program.
     *
     * @return false if the window is full or the program at its end
     */
    bool Pull();

    /**
     * Hang an operation that was read into the lists of those it waits for.
     *
     * @param op operation
     * @param index its number
     * @return false if it waits for nothing (and was not kept)
     */
    bool Hold(const RankOp& op, uint32_t index);

    /**
     * Start an operation that waits for nothing any more.
     *
     * @param op operation
     * @param index its number
     */
    void Start(const RankOp& op, uint32_t index);

    /// Start the operation that has been ready for longest.
    void StartReady();

    /**
     * @param index operation that has ended
     */
    void End(uint32_t index);

    /**
     * Let go of a list of edges.
     *
     * @param edge first edge
     */
    void Release(uint32_t edge);

    /**
     * @param index operation in the window
     * @return who waits for it
     */
    Slot& At(uint32_t index);

    /**
     * @param waiter what a matching table knows an operation by: its place in the ring
     * @return the operation's index
     */
    uint32_t GetIndex(uint32_t waiter) const;

    // In the order of use: what an arrival touches comes first and together.
    MatchingTable m_receives;               ///< receives and arrivals
    std::vector<Slot> m_slots;              ///< the window, a ring; a power of two of them
    uint32_t m_mask{0};                     ///< size of the window - 1
    uint32_t m_oldest{0};                   ///< first operation that has not ended
    uint32_t m_read{0};                     ///< operations read
    uint32_t m_readyFirst{NIL};             ///< operations that wait no more, to be started
    bool m_isAtEnd{false};                  ///< the program is read to its end
    bool m_isAdvancing{false};              ///< Advance() is on the stack
    std::unique_ptr<RankProgram> m_program; ///< what is run, or nothing
    std::vector<Waiting> m_waiting;         ///< operations that wait, in no order
    uint32_t m_unused{NIL};                 ///< places of m_waiting that are free
    uint32_t m_readyLast{NIL};              ///< the last of those to be started
    const uint32_t m_rank;                  ///< rank whose programs are run
    uint32_t m_iteration{0};                ///< iteration of the program
    RankExecutorHost* const m_host;         ///< does what needs time or a network
    MatchingTable m_sends;                  ///< sends under way
    const uint32_t m_window;                ///< operations held at most
    uint32_t m_peakHeld{0};                 ///< most operations held at once
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RANK_EXECUTOR_H */
