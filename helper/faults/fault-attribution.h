/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_ATTRIBUTION_H
#define OPTICAL_FABRIC_FAULT_ATTRIBUTION_H

#include "ns3/run-results.h"

#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Say of each finished execution of a collective which faults held during it, and what they
 * cost it.
 *
 * All faults that held at some time of it, or whose aftermath did, are named: shares of several
 * would be guesses. A difference that an execution has from what happened before it (it began when
 * others were late, or over other paths) is in it as well.
 *
 * Both runs draw the same random numbers, so that executions that end before the first fault do not
 * differ. Later ones do in any case: packets meet others, and streams are read in another order.
 * What executions of the run without faults that follow each other differ by, at 95 % confidence,
 * is noise. More than that is put down to the faults of the time, or, if none holds, to the
 * aftermath of those that are over. Where a collective was executed once, there is nothing to tell
 * noise by, and the cause stays open between the two.
 *
 * @param faults faults of the schedule
 * @param with collectives of the run with these faults
 * @param without collectives of the same run without them, in the same order; empty if it was not
 *        run
 * @return what faults did to each execution, by collective and execution
 */
std::vector<FaultEffectRecord> AttributeFaults(const std::vector<FaultRecord>& faults,
                                               const std::vector<CollectiveRecord>& with,
                                               const std::vector<CollectiveRecord>& without);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_ATTRIBUTION_H */
