/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "link-loss.h"

#include <cmath>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param share share of a link's rate that is left
 * @return what is lost, rounded up
 */
uint32_t
GetLoss(double share)
{
    constexpr double SLIP = 1e-9; // what is whole but for rounding stays whole
    return static_cast<uint32_t>(std::ceil((1 - share) * WHOLE_LINK - SLIP));
}

/**
 * @param lanes lanes, at least 1
 * @return the largest power of two that is not more
 */
uint32_t
FloorToPowerOfTwo(uint32_t lanes)
{
    uint32_t power = 1;
    while (power * 2 <= lanes)
    {
        power *= 2;
    }
    return power;
}

} // namespace

uint32_t
GetLinkLoss(const DegradedComponent& component,
            const LinkLimits& limits,
            const FaultTolerance& tolerance)
{
    const bool loses = component.lostFrames > 0 && !tolerance.retry;
    if (component.isDown || component.lossDb > limits.marginDb || loses)
    {
        return WHOLE_LINK;
    }
    double share = 1 - component.rateLost;
    if (component.lanesLost > 0)
    {
        if (!tolerance.laneDownShift || component.lanesLost >= limits.lanes)
        {
            return WHOLE_LINK;
        }
        share *= static_cast<double>(FloorToPowerOfTwo(limits.lanes - component.lanesLost)) /
                 limits.lanes;
    }
    const double good = 1 - component.lostFrames;
    if (good <= 0)
    {
        return WHOLE_LINK;
    }
    share *= good / (good + component.lostFrames * (1 + limits.framesInFlight * share));
    return GetLoss(share);
}

} // namespace opticalfabric
} // namespace ns3
