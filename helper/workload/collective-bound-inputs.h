/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COLLECTIVE_BOUND_INPUTS_H
#define OPTICAL_FABRIC_COLLECTIVE_BOUND_INPUTS_H

#include "ns3/collective-bound.h"
#include "ns3/flow-topology.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Read from a network what lower bounds need of it. Links that are down do not count; others
 * carry their whole rate, whether they lose frames or not.
 *
 * A link's rate is that of full frames, whose time packets round to whole ps. The partitions of the
 * ranks:
 *
 * - each rank, with all its links;
 * - ranks that are joined by switches no more than so many links away from any endpoint: those of
 *   a leaf, of a pod and so on, for each such number that leaves several parts;
 * - ranks attached to the same switches, together with these, if that is not one of those before.
 *
 * Unions of parts, such as halves of the ranks, are not looked at. Parts joined by switches have no
 * links to one another, so what a union's links carry is what those of its parts carry, together;
 * and what must cross into or out of it is at most what must for its parts. So it takes no longer
 * than the part that takes longest.
 *
 * @param topology the network
 * @param mtuBytes payload of a full packet, bytes
 * @param headerBytes on the wire with every packet, bytes
 * @param spec the collective; valid in that network
 * @return what its bound depends on
 */
BoundInputs ReadBoundInputs(const FlowTopology& topology,
                            uint32_t mtuBytes,
                            uint32_t headerBytes,
                            const CollectiveSpec& spec);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COLLECTIVE_BOUND_INPUTS_H */
