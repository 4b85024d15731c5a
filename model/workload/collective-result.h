/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COLLECTIVE_RESULT_H
#define OPTICAL_FABRIC_COLLECTIVE_RESULT_H

#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What came of one iteration of a collective.
 */
struct CollectiveResult
{
    uint32_t collective{0};          ///< index in its runner
    uint32_t iteration{0};           ///< from 0
    uint32_t ranksEnded{0};          ///< ranks that are done
    bool isComplete{false};          ///< all ranks are done; until then end and bandwidths are 0
    Time start;                      ///< when the first rank started
    Time end;                        ///< when the last rank ended
    uint64_t sizeBytes{0};           ///< S, see CollectiveSpec::GetSizeBytes()
    uint64_t transfers{0};           ///< messages posted by the ranks that are done
    uint64_t networkBytes{0};        ///< their payload
    uint64_t failedTransfers{0};     ///< messages lost, whole or in part
    uint64_t failedBytes{0};         ///< payload reported lost
    double algbwBytesPerSecond{0.0}; ///< S / (end - start), failed or not
    double busbwBytesPerSecond{0.0}; ///< the same times the bus bandwidth factor

    /// @return whether a message was lost
    bool IsFailed() const
    {
        return failedTransfers > 0;
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COLLECTIVE_RESULT_H */
