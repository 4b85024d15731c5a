/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LIBRARY_COLLECTIVE_H
#define OPTICAL_FABRIC_LIBRARY_COLLECTIVE_H

#include "ns3/collective-kind.h"
#include "ns3/fabric-helper.h"
#include "ns3/run-results.h"
#include "ns3/value-range.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How long a collective takes, and with which algorithm.
 */
struct LibraryCollective
{
    CollectiveAlgorithm algorithm{CollectiveAlgorithm::AUTO}; ///< the fastest of those tried
    double seconds{0};                                        ///< time of one, on an idle fabric, s
    uint32_t ranks{0};                                        ///< how many took part
};

/**
 * @ingroup optical-fabric
 * @param kind ALL_REDUCE or ALL_TO_ALL
 * @return algorithms that a communication library would choose from: for an all-reduce ring,
 *         halving-doubling and double binary tree; for an all-to-all all messages at once
 */
std::vector<CollectiveAlgorithm> GetLibraryAlgorithms(CollectiveKind kind);

/**
 * @ingroup optical-fabric
 * Run a collective over the first group of endpoints of a fabric, as flows, once with each of the
 * algorithms, and tell the fastest, as a library that has been tuned chooses. Starting a message
 * costs its sender nothing, and reducing takes no time. Each run builds the
 * fabric anew and ends with Simulator::Destroy(): nothing else may be simulated meanwhile. The time
 * resolution must be picoseconds.
 * @param helper builds the fabric; it makes no route tables any more
 * @param kind ALL_REDUCE or ALL_TO_ALL
 * @param bytes size, see CollectiveSpec::bytes
 * @return the fastest
 * @throw std::invalid_argument if there can be no such collective, saying why
 */
LibraryCollective RunLibraryCollective(const Ptr<FabricHelper>& helper,
                                       CollectiveKind kind,
                                       uint64_t bytes);

/**
 * @ingroup optical-fabric
 * How far the time of a collective is known, as latencies of the fabric are: all attributes of its
 * helper whose names end in "Latency" go to either end at once, as what is guessed of one is of
 * all. Has the effects and conditions of RunLibraryCollective; the helper's attributes are then as
 * before.
 * @param helper builds the fabric
 * @param record what came of it: its algorithm runs again, twice
 * @param latencies factors of latencies, 0 to 1000
 * @return time, s; where chunks of a pipeline meet by chance, not always ascending with latencies
 * @throw std::invalid_argument if a factor is out of range, or the record of another collective
 */
ValueRange GetLibraryTimeRange(const Ptr<FabricHelper>& helper,
                               const CollectiveRecord& record,
                               const ValueRange& latencies);

/**
 * @ingroup optical-fabric
 * Run an all-reduce and an all-to-all over the first group of endpoints, as flows
 * (RunLibraryCollective, with its effects and conditions).
 * @param helper builds the fabric
 * @param sizes size of each collective, bytes; by default 1 KiB, 1 MiB, 64 MiB and 1 GiB
 * @return one execution of each, the all-reduces first
 * @throw std::invalid_argument if there can be no such collective
 */
std::vector<CollectiveRecord> RunLibraryCollectives(
    const Ptr<FabricHelper>& helper,
    const std::vector<uint64_t>& sizes = {1ULL << 10, 1ULL << 20, 1ULL << 26, 1ULL << 30});

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LIBRARY_COLLECTIVE_H */
