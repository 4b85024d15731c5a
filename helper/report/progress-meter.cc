/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "progress-meter.h"

#include "output-width.h"
#include "run-report-units.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double LOOK_S = 0.05;                     ///< wall-clock time between looks, s
constexpr int64_t FIRST_PERIOD_PS = 100000;         ///< simulated time to the first look
constexpr int64_t LONGEST_PERIOD_PS = 100000000000; ///< longest simulated time between early looks
constexpr int64_t LATE_PERIODS = 10000; ///< late looks are this part of the past apart, if longer

/**
 * @param from a time
 * @param to a later one
 * @return the time between, s
 */
double
Seconds(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to)
{
    return std::chrono::duration<double>(to - from).count();
}

} // namespace

ProgressMeter::ProgressMeter(Source source)
    : m_source(std::move(source))
{
}

ProgressMeter::~ProgressMeter()
{
    m_event.Cancel();
}

void
ProgressMeter::SetStream(std::ostream* os, uint32_t width, const std::string& label, uint32_t limit)
{
    m_os = os;
    m_width = width;
    m_limit = limit;
    m_label = label;
}

void
ProgressMeter::SetStopRequest(StopRequest request)
{
    m_stopRequest = std::move(request);
}

void
ProgressMeter::SetInterval(double interval)
{
    m_intervalS = interval;
}

void
ProgressMeter::Start()
{
    m_start = Clock::now();
    m_lastLook = m_start;
    m_lastLine = m_start;
    m_period = PicoSeconds(FIRST_PERIOD_PS);
    m_event = Simulator::Schedule(m_period, &ProgressMeter::Look, this);
}

void
ProgressMeter::Stop()
{
    m_event.Cancel();
    if (m_hasLine)
    {
        *m_os << "\r\x1b[K" << std::flush;
        m_hasLine = false;
    }
}

uint64_t
ProgressMeter::GetEvents() const
{
    return m_events;
}

bool
ProgressMeter::HasStopped() const
{
    return m_hasStopped;
}

bool
ProgressMeter::IsAlone()
{
    if (m_event.IsExpired())
    {
        return Simulator::IsFinished();
    }
    const Time left = Simulator::GetDelayLeft(m_event);
    Simulator::Remove(m_event);
    const bool isAlone = Simulator::IsFinished();
    m_event = Simulator::Schedule(left, &ProgressMeter::Look, this);
    return isAlone;
}

void
ProgressMeter::Look()
{
    ++m_events;
    const Clock::time_point now = Clock::now();
    if (m_stopRequest && m_stopRequest())
    {
        m_hasStopped = true;
        Simulator::Stop();
        return;
    }
    if (m_os != nullptr && Seconds(m_lastLine, now) >= m_intervalS)
    {
        Tell(now);
    }
    // Alone in the simulation: nothing is going to happen any more.
    if (Simulator::IsFinished())
    {
        return;
    }
    const double sinceLook = Seconds(m_lastLook, now);
    m_lastLook = now;
    const int64_t periodPs = m_period.GetPicoSeconds();
    if (sinceLook < LOOK_S / 2)
    {
        const int64_t latePs = Simulator::Now().GetPicoSeconds() / LATE_PERIODS;
        m_period = PicoSeconds(std::min(periodPs * 2, std::max(LONGEST_PERIOD_PS, latePs)));
    }
    else if (sinceLook > LOOK_S * 2)
    {
        m_period = PicoSeconds(std::max<int64_t>(periodPs / 2, 1000));
    }
    m_event = Simulator::Schedule(m_period, &ProgressMeter::Look, this);
}

void
ProgressMeter::Tell(Clock::time_point now)
{
    const RunProgress progress = m_source();
    const double sinceLine = Seconds(m_lastLine, now);
    const double packetsPerS =
        static_cast<double>(progress.packets - m_lastPackets) / std::max(sinceLine, 1e-9);
    m_lastLine = now;
    m_lastPackets = progress.packets;
    const std::string line =
        m_label + Format(progress, packetsPerS, Seconds(m_start, now), Simulator::Now());
    if (m_width > 0)
    {
        // A line that wraps could not be written over.
        *m_os << "\r\x1b[K" << line.substr(0, m_width - 1) << std::flush;
        m_hasLine = true;
    }
    else
    {
        *m_os << (m_limit > 0 ? WrapLines(line, m_limit) : line + "\n") << std::flush;
    }
}

std::string
ProgressMeter::Format(const RunProgress& progress,
                      double packetsPerS,
                      double elapsedS,
                      Time simulated)
{
    // What matters most comes first: the end may be cut off.
    const auto& expected = progress.transfersExpected;
    const bool isKnown = expected && *expected > 0 && progress.transfersDone <= *expected;
    const double share =
        isKnown ? static_cast<double>(progress.transfersDone) / static_cast<double>(*expected) : 0;
    std::string line;
    if (isKnown)
    {
        line += std::to_string(static_cast<int>(100 * share)) + " %, ";
    }
    if (share > 0)
    {
        const double leftS = std::ceil(elapsedS * (1 - share) / share);
        line +=
            (leftS < 120 ? std::to_string(static_cast<int>(leftS)) + " s" : FormatSeconds(leftS)) +
            " left, ";
    }
    line += FormatSeconds(static_cast<double>(simulated.GetPicoSeconds()) / 1e12) + " simulated, " +
            FormatCount(progress.transfersDone) + (isKnown ? " of " + FormatCount(*expected) : "") +
            " transfers";
    // Flows have no packets.
    return packetsPerS > 0 ? line + ", " + FormatScaled(packetsPerS) + " packets/s" : line;
}

} // namespace opticalfabric
} // namespace ns3
