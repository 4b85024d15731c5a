/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-link-limits.h"

#include "ns3/light-path.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MOST_DB = 100; ///< as much as no link bears, dB

} // namespace

double
GetLeastMarginDb(const FabricFaultTargets& targets)
{
    double least = MOST_DB;
    for (const FabricFaultTargets::LinkPlace& place : targets.GetLinks())
    {
        if (place.light)
        {
            const MediumState state = place.light->Evaluate();
            least = std::min({least, state.marginDb[0], state.marginDb[1]});
        }
    }
    return std::max(least, 0.0);
}

double
GetContaminatedLossDb(const FabricFaultTargets& targets)
{
    double most = 0;
    for (const FabricFaultTargets::LinkPlace& place : targets.GetLinks())
    {
        for (uint32_t i = 0; place.light && i < place.light->GetNParts(); ++i)
        {
            const PathPart& part = place.light->GetPart(i);
            if (part.kind == PathElement::CONNECTOR && part.coupling)
            {
                most = std::max(most, part.coupling->contaminatedLossDb);
            }
        }
    }
    return most;
}

double
GetFramesInFlight(const FabricNetwork& network, const FabricLink& link)
{
    constexpr double BITS_PER_BYTE = 8;
    constexpr double PS_PER_S = 1e12;
    const RetryRule rule = link.GetRetryRule();
    if (!rule.enabled || rule.mode != RetryMode::GO_BACK_N)
    {
        return 0;
    }
    const LinkState& one = link.GetState(0);
    const LinkState& other = link.GetState(1);
    const Time flights = one.propagation + one.phyLatency + other.propagation + other.phyLatency;
    const double roundTripPs =
        static_cast<double>(flights.GetTimeStep()) + static_cast<double>(rule.turnaroundPs);
    const double rateBps =
        static_cast<double>(std::max(one.rate.GetBitRate(), other.rate.GetBitRate()));
    const double frameBits = BITS_PER_BYTE * (network.GetMtu() + network.GetHeaderBytes());
    return roundTripPs / PS_PER_S * rateBps / frameBits;
}

double
GetRerouteH(const FabricNetwork& network)
{
    constexpr double PS_PER_H = 3600e12;
    int64_t sumPs = 0;
    for (const char* name : {"DetectionDelay", "ConvergenceDelay", "ResendTimeout"})
    {
        TimeValue delay;
        network.GetAttribute(name, delay);
        sumPs += delay.Get().GetPicoSeconds();
    }
    return static_cast<double>(sumPs) / PS_PER_H;
}

} // namespace opticalfabric
} // namespace ns3
