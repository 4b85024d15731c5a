/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LINK_RETRY_H
#define OPTICAL_FABRIC_LINK_RETRY_H

#include "ns3/frame-error-process.h"
#include "ns3/hold-clock.h"
#include "ns3/replay-window.h"

#include <algorithm>
#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What a link sends again when a frame was damaged.
struct RetryMode
{
    /// The choices.
    enum Kind : uint8_t
    {
        GO_BACK_N, ///< the frame and all that was sent behind it
        SELECTIVE  ///< the frame alone; what came behind it waits at the far end
    };
};

/**
 * @ingroup optical-fabric
 * @brief How a link repeats damaged frames.
 */
struct RetryRule
{
    bool enabled{true};                         ///< repeat at all
    RetryMode::Kind mode{RetryMode::GO_BACK_N}; ///< what is sent again
    uint32_t maxRepeats{16};                    ///< repeats of one frame before the link retrains
    uint32_t maxRetrains{16};                   ///< retrainings after which it is sent again
    uint64_t turnaroundPs{0};                   ///< far end's time from damage to request, ps
    uint64_t timeoutPs{0};   ///< sender's patience, from the end of a frame, ps; 0: the default
    uint64_t retrainPs{0};   ///< time of a retraining, ps
    uint32_t replayBytes{0}; ///< replay buffer of each direction, bytes; 0: no limit
};

/**
 * @ingroup optical-fabric
 * @brief The sending end of link-level retry: which frames are damaged, how often they are
 * repeated, what that costs, and what waits for acknowledgments.
 *
 * It knows frames by size and time alone. A port has one if its frames can be damaged or its replay
 * buffer can fill up; it is asked about damaged frames only, or, while IsWatching, about all.
 *
 * What becomes of a damaged frame is drawn when it is sent: each repeat is asked for a round trip
 * after the frame, or, if the request is damaged on its way back, sent when the timeout is over.
 * Requests and acknowledgments travel in the reverse direction and are damaged as often as its
 * frames.
 */
class LinkRetry
{
  public:
    /// What a link has done so far.
    struct Counters
    {
        uint64_t retries{0}; ///< repeats of frames
        /// Bytes that were sent in vain or again: frames that were repeated, and what went out
        /// behind a damaged one before the link went back to it.
        uint64_t repeatedBytes{0};
        uint64_t retrainings{0};    ///< retrainings
        uint64_t damagedAnswers{0}; ///< requests and acknowledgments that were damaged
        uint64_t timeouts{0};       ///< repeats for want of an answer; part of the repeats
        uint64_t replayStallPs{0};  ///< time with something to send and a full replay buffer, ps
    };

    /// What the link's timing follows from.
    struct Timing
    {
        uint64_t roundTripPs{0}; ///< end of a frame to the end of its answer, ps
        uint64_t fullFramePs{0}; ///< time of a full frame, ps
        uint32_t fullBytes{0};   ///< its size, bytes
    };

    /// What becomes of a damaged frame.
    struct Fate
    {
        uint32_t repeats{0};        ///< how often it is repeated
        uint32_t damagedAnswers{0}; ///< how many requests are lost, each a timeout
        bool repaired{false};       ///< the last repeat arrives in one piece
        uint64_t delayPs{0};        ///< last repeat after the frame, ps
    };

    /**
     * @param errors random stream for damaged frames
     * @param answers random stream for damaged requests and acknowledgments
     */
    void SetStreams(int64_t errors, int64_t answers);

    /**
     * The state of the link changes; in force from the next frame on.
     * @param rule how frames are repeated
     * @param timing what it takes
     * @param ratio share of damaged frames, 0 to 1
     * @param answerRatio share of damaged answers, 0 to 1
     * @param nowPs the present, ps
     */
    void Configure(const RetryRule& rule,
                   const Timing& timing,
                   double ratio,
                   double answerRatio,
                   uint64_t nowPs);

    /**
     * @param replayBytes replay buffer, bytes; 0: no limit
     * @param timing what the link takes
     * @return true if the buffer can fill up: it is smaller than what the link carries during the
     *         time of a full frame and its answer
     */
    static bool IsTooSmall(uint32_t replayBytes, const Timing& timing);

    /// @param nowPs the present, ps; the link goes down, and forgets what was under way
    void Forget(uint64_t nowPs);

    /// @return frames up to and including the next one to ask about; 0: none
    uint64_t GetFramesToAsk() const
    {
        return IsWatching() ? 1 : m_framesToError;
    }

    /// @param frames what is left of what GetFramesToAsk returned; to be told before anything else
    void SetFramesToAsk(uint64_t frames)
    {
        if (!IsWatching())
        {
            m_framesToError = frames;
        }
    }

    /// @return true if it wants to be asked about every frame
    bool IsWatching() const
    {
        return m_ordering || m_window.IsLimited();
    }

    /// @return true if the replay buffer can fill up
    bool IsLimited() const
    {
        return m_window.IsLimited();
    }

    /**
     * A frame is sent, or sent for the first time after a retraining.
     * @return true if it is damaged
     */
    bool IsNextDamaged();

    /**
     * @param framePs time of a frame that is damaged, ps
     * @return what becomes of it
     */
    Fate Repeat(uint64_t framePs);

    /// @return time of the retraining that is due now, ps
    uint64_t Retrain();

    /// @param bytes bytes that are sent in vain or again
    void AddRepeatedBytes(uint64_t bytes)
    {
        m_counters.repeatedBytes += bytes;
    }

    /**
     * Selective: what is sent behind a damaged frame is delivered behind it.
     * @param atPs delivery of the damaged frame, ps
     */
    void OrderBehind(uint64_t atPs)
    {
        m_ordering = true;
        m_orderedUntilPs = std::max(m_orderedUntilPs, atPs);
    }

    /**
     * @param atPs when a frame would be delivered if it were alone, ps
     * @return when it is delivered, ps
     */
    uint64_t GetDelivery(uint64_t atPs)
    {
        m_ordering = m_ordering && atPs <= m_orderedUntilPs;
        return m_ordering ? m_orderedUntilPs : atPs;
    }

    /**
     * A frame takes its place in the replay buffer until its acknowledgment is back. If that is
     * lost, the next one tells of this frame as well; if there can be none, because the buffer is
     * full of such frames, the frame is repeated when the timeout is over.
     * @param bytes its size
     * @param framePs its time, ps
     * @param endPs end of the last repeat, ps
     * @param nowPs the present, ps
     * @return time until which the link is busy with such repeats, ps; endPs without
     */
    uint64_t AwaitAnswer(uint32_t bytes, uint64_t framePs, uint64_t endPs, uint64_t nowPs);

    /// @param nowPs the present, ps @return true if the replay buffer has room for a full frame
    bool HasRoom(uint64_t nowPs)
    {
        return m_window.HasRoom(m_timing.fullBytes, nowPs);
    }

    /**
     * The replay buffer has no room, and something is to be sent.
     * @param fromPs since when, ps; not before the present
     * @return when it has room, ps
     */
    uint64_t Stall(uint64_t fromPs);

    /// @param nowPs the present, ps; a stall that is not over ends now
    void StopStall(uint64_t nowPs);

    /// @return when the output was held
    HoldClock& GetClock()
    {
        return m_clock;
    }

    /// @return share of damaged frames
    double GetRatio() const
    {
        return m_errors.GetRatio();
    }

    /// @return how frames are repeated
    const RetryRule& GetRule() const
    {
        return m_rule;
    }

    /// @return what the link has done so far
    const Counters& GetCounters() const
    {
        return m_counters;
    }

  private:
    /// @return true if the next request or acknowledgment is damaged
    bool IsAnswerDamaged();
    /**
     * Repeat a frame until it is answered, or the link has retrained.
     * @param framePs its time, ps
     * @param atPs its first repeat, ps
     * @param nowPs the present, ps
     * @return when the link is free again, ps
     */
    uint64_t RepeatUnanswered(uint64_t framePs, uint64_t atPs, uint64_t nowPs);
    /**
     * What waits for an answer will have it.
     * @param nowPs the present, ps
     * @param atPs when, ps
     */
    void Answer(uint64_t nowPs, uint64_t atPs);

    RetryRule m_rule;             ///< how frames are repeated
    Timing m_timing;              ///< what it takes
    uint64_t m_timeoutPs{0};      ///< sender's patience, from the end of a frame, ps
    FrameErrorProcess m_errors;   ///< damaged frames
    FrameErrorProcess m_answers;  ///< damaged requests and acknowledgments
    uint64_t m_framesToError{0};  ///< up to and including the next damaged one, while watching
    uint64_t m_answersToError{0}; ///< likewise for answers; 0: not drawn yet
    bool m_ordering{false};       ///< frames sent now may have to wait for a damaged one
    uint64_t m_orderedUntilPs{0}; ///< until then, ps
    ReplayWindow m_window;        ///< replay buffer
    uint32_t m_unanswered{0};     ///< frames whose acknowledgment was lost, bytes
    uint64_t m_timeoutAtPs{0};    ///< when the patience with the first of them is over, ps
    uint64_t m_stalledFromPs{0};  ///< begin of the stall counted last, ps
    uint64_t m_stalledUntilPs{0}; ///< its end, ps
    HoldClock m_clock;            ///< when the output was held
    Counters m_counters;          ///< what the link has done so far
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINK_RETRY_H */
