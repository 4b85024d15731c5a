/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-results.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

double
CollectiveIteration::GetTimeS() const
{
    return PsToSeconds(static_cast<double>(endPs - startPs));
}

double
NetworkRecord::GetOversubscription(uint64_t tier) const
{
    double below = 0;
    double above = 0;
    for (const LinkGroupRecord& group : linkGroups)
    {
        const double rate = static_cast<double>(group.bitRate) * static_cast<double>(group.links);
        below += group.upperTier == tier && group.lowerTier < tier ? rate : 0;
        above += group.lowerTier == tier && group.upperTier > tier ? rate : 0;
    }
    return below > 0 && above > 0 ? below / above : std::numeric_limits<double>::quiet_NaN();
}

double
CollectiveRecord::GetMeanTimeS() const
{
    return iterations.empty()
               ? std::numeric_limits<double>::quiet_NaN()
               : PsToSeconds(MakeExecutionLatency().GetSum().Mean(iterations.size()));
}

double
CollectiveRecord::GetTotalTimeS() const
{
    return PsToSeconds(MakeExecutionLatency().GetSum().Mean(1));
}

LatencyHistogram
CollectiveRecord::MakeExecutionLatency() const
{
    LatencyHistogram latency;
    for (const CollectiveIteration& iteration : iterations)
    {
        latency.Record(iteration.endPs - iteration.startPs);
    }
    return latency;
}

bool
RunResults::HasPacketLatency() const
{
    return engine.flowTransfers == 0;
}

bool
CollectiveRecord::HasFailed() const
{
    return std::any_of(iterations.begin(), iterations.end(), [](const auto& iteration) {
        return iteration.failedBytes > 0;
    });
}

double
CollectiveRecord::GetAlgorithmBandwidth() const
{
    const double timeS = GetMeanTimeS();
    return timeS > 0 && !HasFailed() ? static_cast<double>(bytes) / timeS
                                     : std::numeric_limits<double>::quiet_NaN();
}

double
CollectiveRecord::GetAlgorithmBandwidth(const CollectiveIteration& iteration) const
{
    const double timeS = iteration.GetTimeS();
    return timeS > 0 && iteration.failedBytes == 0 ? static_cast<double>(bytes) / timeS
                                                   : std::numeric_limits<double>::quiet_NaN();
}

double
CollectiveRecord::GetBusBandwidth() const
{
    return GetAlgorithmBandwidth() * busBandwidthFactor;
}

double
CollectiveRecord::GetBusBandwidth(const CollectiveIteration& iteration) const
{
    return GetAlgorithmBandwidth(iteration) * busBandwidthFactor;
}

double
CollectiveRecord::GetEfficiency() const
{
    const double timeS = GetMeanTimeS();
    if (HasFailed() || !(timeS > 0))
    {
        return std::numeric_limits<double>::quiet_NaN();
    }
    // Times are rounded to a picosecond, and bound and mean come of some 16 roundings of doubles
    // each, of half an epsilon at most.
    constexpr double ROUNDINGS = 16 * std::numeric_limits<double>::epsilon();
    const bool isRounding = boundS > timeS && boundS - timeS <= 1e-12 + ROUNDINGS * timeS;
    return isRounding ? 1 : boundS / timeS;
}

std::string
CheckRunResults(const RunResults& results)
{
    std::ostringstream why;
    for (const CollectiveRecord& collective : results.collectives)
    {
        if (!std::isfinite(collective.busBandwidthFactor) || collective.busBandwidthFactor < 0)
        {
            why << "collective " << collective.name << ": busBandwidthFactor is "
                << collective.busBandwidthFactor << ", allowed is 0 and above; ";
        }
        if (std::isinf(collective.boundS) || collective.boundS < 0)
        {
            why << "collective " << collective.name << ": boundS is " << collective.boundS
                << ", allowed is 0 and above, or NaN; ";
        }
        for (std::size_t i = 0; i < collective.iterations.size(); ++i)
        {
            const CollectiveIteration& iteration = collective.iterations[i];
            if (iteration.endPs < iteration.startPs)
            {
                why << "collective " << collective.name << ", iteration " << i << ": endPs is "
                    << iteration.endPs << ", allowed is startPs, " << iteration.startPs
                    << ", and above; ";
                break;
            }
        }
    }
    if (!(results.tailQuantile >= 0 && results.tailQuantile <= 1))
    {
        why << "tailQuantile is " << results.tailQuantile << ", allowed is 0 to 1; ";
    }
    if (!(results.confidence > 0 && results.confidence < 1))
    {
        why << "confidence is " << results.confidence << ", allowed is above 0 and below 1; ";
    }
    const VolatileFacts& facts = results.facts;
    if (!std::isfinite(facts.setupS) || facts.setupS < 0)
    {
        why << "setupS is " << facts.setupS << ", allowed is 0 and above; ";
    }
    if (!std::isfinite(facts.wallS) || facts.wallS < 0)
    {
        why << "wallS is " << facts.wallS << ", allowed is 0 and above; ";
    }
    const std::string energy = results.energy ? results.energy->Check() : "";
    why << energy << (energy.empty() ? "" : "; ");
    const std::string text = why.str();
    return text.empty() ? text : text.substr(0, text.size() - 2);
}

} // namespace opticalfabric
} // namespace ns3
