/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_LINK_LIMITS_H
#define OPTICAL_FABRIC_FABRIC_LINK_LIMITS_H

#include "ns3/fabric-fault-targets.h"
#include "ns3/fabric-link.h"
#include "ns3/fabric-network.h"

namespace ns3
{
namespace opticalfabric
{

/*
 * What links of a built fabric bear, from their light and their rules: for models of degraded
 * fabrics, so that these and the simulation have it from one source.
 */

/**
 * @ingroup optical-fabric
 * @param targets components of a fabric
 * @return loss that each of its links on light bears, dB: the least margin that their budgets leave
 *         now, 0 to 100; 100 without light, where no loss can happen
 */
double GetLeastMarginDb(const FabricFaultTargets& targets);

/**
 * @ingroup optical-fabric
 * @param targets components of a fabric
 * @return what dirt takes from the light of a connector of it, dB: as the catalog says of its type,
 *         CouplingSpec::contaminatedLossDb, the largest if there are several; 0 without connectors
 */
double GetContaminatedLossDb(const FabricFaultTargets& targets);

/**
 * @ingroup optical-fabric
 * @param network a network
 * @param link a link of it
 * @return frames of full size that it sends, in either direction at its rate now, until it hears
 *         that one was damaged, if it sends all of them again (go-back-N); 0 if it repeats single
 *         frames, or none
 */
double GetFramesInFlight(const FabricNetwork& network, const FabricLink& link);

/**
 * @ingroup optical-fabric
 * @param network a network
 * @return how long what went over a path that fails stands still, h: until routing goes around it,
 *         and until what was lost on it is sent again (DetectionDelay, ConvergenceDelay,
 *         ResendTimeout)
 */
double GetRerouteH(const FabricNetwork& network);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_LINK_LIMITS_H */
