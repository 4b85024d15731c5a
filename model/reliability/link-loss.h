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
 * @brief How much of its rate a degraded link has lost, for every model of degraded fabrics.
 *
 * What is left is 0 if it is down, or if it lost more light than the margin; else the largest power
 * of two of its lanes that is left, over all (0 without laneDownShift); less the share of frames
 * that have to be sent again (all is lost without retry); less what congestion takes.
 *
 * @param component a degraded link, or a switch chip whose links are all like that
 * @param lanes lanes that the link has in one direction, at least 1
 * @param marginDb loss that it bears without errors, dB
 * @param tolerance what is done about faults
 * @return what is lost, in 1/WHOLE_LINK, rounded up
 */
uint32_t GetLinkLoss(const DegradedComponent& component,
                     uint32_t lanes,
                     double marginDb,
                     const FaultTolerance& tolerance);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINK_LOSS_H */
