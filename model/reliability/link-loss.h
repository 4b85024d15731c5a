/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LINK_LOSS_H
#define OPTICAL_FABRIC_LINK_LOSS_H

#include "ns3/degradation-model.h"
#include "ns3/fault-tolerance.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What GetLinkLoss counts in: a link that is down has lost as much.
constexpr uint32_t WHOLE_LINK = 1024;

/**
 * @ingroup optical-fabric
 * @brief What a link bears, and how.
 */
struct LinkLimits
{
    uint32_t lanes{1};  ///< lanes that it has in one direction, at least 1
    double marginDb{0}; ///< loss that it bears without errors, dB
    /// Frames that it sends at its full rate until it hears that one was damaged, and sends again
    /// with that one (go-back-N): round trip over time of a frame. 0: selective repeat.
    double framesInFlight{0};
};

/**
 * @ingroup optical-fabric
 * @brief How much of its rate a degraded link has lost, for every model of degraded fabrics.
 *
 * What is left is 0 if it is down, or if it lost more light than the margin; else the largest power
 * of two of its lanes that is left, over all (0 without laneDownShift), less what congestion takes;
 * and of that, with a share p of damaged frames (all is lost without retry), (1 - p) / (1 - p + p
 * W), as FlowEngine has it. W is 1 and the frames that are in flight at that rate.
 *
 * @param component a degraded link, or a switch chip whose links are all like that
 * @param limits what the link bears
 * @param tolerance what is done about faults
 * @return what is lost, in 1/WHOLE_LINK, rounded up
 */
uint32_t GetLinkLoss(const DegradedComponent& component,
                     const LinkLimits& limits,
                     const FaultTolerance& tolerance);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINK_LOSS_H */
