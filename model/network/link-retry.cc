/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "link-retry.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Default timeout, in round trips of a full frame, after the replay timer of PCI Express: three
/// times the limit of its acknowledgment latency (Base Specification 3.1, section 3.6.2.1).
constexpr uint64_t DEFAULT_TIMEOUT = 3;

} // namespace

void
LinkRetry::SetStreams(int64_t errors, int64_t answers)
{
    // What has been drawn so far came from another stream.
    m_errors.SetStream(errors);
    m_framesToError = m_errors.Draw();
    m_answers.SetStream(answers);
    m_answersToError = 0;
}

void
LinkRetry::Configure(const RetryRule& rule,
                     const Timing& timing,
                     double ratio,
                     double answerRatio,
                     uint64_t nowPs)
{
    m_rule = rule;
    m_timing = timing;
    m_timeoutPs = rule.timeoutPs == 0 ? DEFAULT_TIMEOUT * (timing.roundTripPs + timing.fullFramePs)
                                      : std::max(rule.timeoutPs, timing.roundTripPs);
    if (m_errors.GetRatio() != ratio)
    {
        m_errors.SetRatio(ratio);
        m_framesToError = m_errors.Draw();
    }
    if (m_answers.GetRatio() != answerRatio)
    {
        m_answers.SetRatio(answerRatio);
        m_answersToError = 0;
    }
    const bool limited = rule.enabled && IsTooSmall(rule.replayBytes, timing);
    Answer(nowPs, nowPs + timing.roundTripPs);
    m_window.SetSize(limited ? rule.replayBytes : 0);
}

bool
LinkRetry::IsTooSmall(uint32_t replayBytes, const Timing& timing)
{
    __extension__ typedef unsigned __int128 Wide;
    // Bytes beyond a full frame, by the time of a full frame, against the round trip.
    return replayBytes != 0 && Wide{replayBytes - timing.fullBytes} * timing.fullFramePs <
                                   Wide{timing.roundTripPs} * timing.fullBytes;
}

void
LinkRetry::Forget(uint64_t nowPs)
{
    m_ordering = false;
    m_orderedUntilPs = 0;
    m_unanswered = 0;
    m_window.Clear();
    m_clock.Stop(nowPs);
    StopStall(nowPs);
}

bool
LinkRetry::IsNextDamaged()
{
    if (!IsWatching())
    {
        // It is asked about damaged frames only.
        m_framesToError = 1;
    }
    return m_framesToError != 0 && --m_framesToError == 0;
}

bool
LinkRetry::IsAnswerDamaged()
{
    if (m_answers.GetRatio() <= 0)
    {
        return false;
    }
    if (m_answersToError == 0)
    {
        m_answersToError = m_answers.Draw();
    }
    const bool damaged = --m_answersToError == 0;
    m_counters.damagedAnswers += damaged ? 1 : 0;
    return damaged;
}

LinkRetry::Fate
LinkRetry::Repeat(uint64_t framePs)
{
    Fate fate;
    m_framesToError = m_errors.Draw();
    while (m_rule.enabled)
    {
        const bool timeout = IsAnswerDamaged();
        fate.delayPs += framePs + (timeout ? m_timeoutPs : m_timing.roundTripPs);
        fate.damagedAnswers += timeout ? 1 : 0;
        ++fate.repeats;
        if (m_framesToError == FrameErrorProcess::NEVER || --m_framesToError != 0)
        {
            fate.repaired = true;
            break;
        }
        m_framesToError = m_errors.Draw();
        if (fate.repeats == m_rule.maxRepeats)
        {
            break;
        }
    }
    m_counters.retries += fate.repeats;
    m_counters.timeouts += fate.damagedAnswers;
    return fate;
}

uint64_t
LinkRetry::Retrain()
{
    ++m_counters.retrainings;
    return m_rule.retrainPs;
}

void
LinkRetry::Answer(uint64_t nowPs, uint64_t atPs)
{
    if (m_unanswered != 0)
    {
        m_window.Free(nowPs, atPs, m_unanswered);
        m_unanswered = 0;
    }
}

uint64_t
LinkRetry::AwaitAnswer(uint32_t bytes, uint64_t framePs, uint64_t endPs, uint64_t nowPs)
{
    if (m_unanswered != 0 && m_timeoutAtPs + framePs <= endPs)
    {
        // Nothing was sent when the timeout was over: the frame was repeated then.
        ++m_counters.retries;
        ++m_counters.timeouts;
        Answer(nowPs, m_timeoutAtPs + framePs + m_timing.roundTripPs);
    }
    m_window.Take(bytes);
    const bool first = m_unanswered == 0;
    m_unanswered += bytes;
    if (!IsAnswerDamaged())
    {
        Answer(nowPs, endPs + m_timing.roundTripPs);
    }
    else if (first)
    {
        m_timeoutAtPs = endPs + m_timeoutPs;
    }
    if (m_unanswered == 0 || HasRoom(nowPs) || m_window.WhenRoom(m_timing.fullBytes) != UINT64_MAX)
    {
        return endPs;
    }
    return RepeatUnanswered(framePs, std::max(m_timeoutAtPs, endPs), nowPs);
}

uint64_t
LinkRetry::RepeatUnanswered(uint64_t framePs, uint64_t atPs, uint64_t nowPs)
{
    for (uint32_t repeats = 1;; ++repeats)
    {
        ++m_counters.retries;
        ++m_counters.timeouts;
        const uint64_t endPs = atPs + framePs;
        if (!IsAnswerDamaged())
        {
            Answer(nowPs, endPs + m_timing.roundTripPs);
            return endPs;
        }
        if (repeats == m_rule.maxRepeats)
        {
            // A retraining tells either end how far the other is.
            const uint64_t freePs = endPs + Retrain();
            Answer(nowPs, freePs);
            return freePs;
        }
        atPs = endPs + m_timeoutPs;
    }
}

uint64_t
LinkRetry::Stall(uint64_t fromPs)
{
    const uint64_t untilPs = m_window.WhenRoom(m_timing.fullBytes);
    if (fromPs >= m_stalledUntilPs)
    {
        m_stalledFromPs = fromPs;
        m_stalledUntilPs = fromPs;
    }
    if (untilPs > m_stalledUntilPs)
    {
        m_counters.replayStallPs += untilPs - m_stalledUntilPs;
        m_stalledUntilPs = untilPs;
    }
    return untilPs;
}

void
LinkRetry::StopStall(uint64_t nowPs)
{
    const uint64_t endPs = std::max(nowPs, m_stalledFromPs);
    if (m_stalledUntilPs > endPs)
    {
        m_counters.replayStallPs -= m_stalledUntilPs - endPs;
        m_stalledUntilPs = endPs;
    }
}

} // namespace opticalfabric
} // namespace ns3
