/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COLLECTIVE_SPEC_H
#define OPTICAL_FABRIC_COLLECTIVE_SPEC_H

#include "ns3/collective-kind.h"
#include "ns3/data-rate.h"
#include "ns3/moe-traffic.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A mixture-of-experts layer as a workload.
 */
struct MoeSpec
{
    MoeRouting routing; ///< what decides the traffic matrix

    /// Payload of a token copy to its expert: 7 KiB of 8-bit values and 512 bytes for scales and
    /// alignment (arXiv:2506.12708, section 4.2.1).
    uint64_t dispatchBytes{7680};

    /// Payload of a token copy on its way back: 7168 values of 16 bits (the same source).
    uint64_t combineBytes{14336};

    /// Time a rank computes between dispatch and combine of an moe-layer.
    Time expertTime;

    /// Collectives of one runner with the same name here have the same matrix in the same
    /// iteration, so that a combine is the transpose of its dispatch; they must then agree in
    /// ranks, routing and iterations. Empty: a matrix of its own.
    std::string traffic;
};

/**
 * @ingroup optical-fabric
 * @brief What a user says of a collective operation.
 */
struct CollectiveSpec
{
    static constexpr uint64_t MAX_BYTES = 1ULL << 50; ///< largest buffer, in bytes
    static constexpr uint32_t MAX_RANKS = 1U << 20;   ///< largest group
    static constexpr uint32_t MAX_CHUNKS = 1U << 21;  ///< most chunks of a pipeline
    static constexpr uint64_t DEFAULT_CHUNK_BYTES =
        524288; ///< NCCL's slot: NCCL_BUFFSIZE (4 MiB) / NCCL_STEPS (8), in bytes

    std::string name{"collective"};                           ///< for reports, not empty
    CollectiveKind kind{CollectiveKind::ALL_REDUCE};          ///< what it brings about
    CollectiveAlgorithm algorithm{CollectiveAlgorithm::AUTO}; ///< how

    /// The buffer whose size nccl-tests call S. All-reduce: every rank's vector. Reduce-scatter:
    /// the vector every rank starts with. All-gather: the vector every rank ends with. All-to-all:
    /// all that a rank sends, its part for itself included. Broadcast: the message. Barrier and
    /// MoE: must be 0, they know their sizes. 1 .. MAX_BYTES otherwise.
    uint64_t bytes{0};

    std::vector<uint32_t> group; ///< endpoint of each rank; at least 2, no endpoint twice
    uint32_t root{0};            ///< broadcast: rank that has the data; must be 0 otherwise
    uint32_t iterations{1};      ///< how often, 1 .. 2^24
    Time start;                  ///< simulated time of the first iteration's start, >= 0
    Time gap;                    ///< from a rank's end to its next start, >= 0
    /// From one iteration's start to the next, >= 0: no rank starts before. Without it, ranks that
    /// were once delayed stay apart. 0: only the gap counts.
    Time period;
    uint8_t virtualLane{0}; ///< virtual lane of all its transfers; the engine knows how many

    uint32_t groupSize{0};  ///< hierarchical: ranks per group; divides the ranks; 0 otherwise
    uint64_t chunkBytes{0}; ///< double-binary-tree and chain: largest chunk; 0: DEFAULT_CHUNK_BYTES
    DataRate reduceRate{0}; ///< local reduction of received data; 0: takes no time
    MoeSpec moe;            ///< for the MoE kinds

    /**
     * Refuse what makes no sense.
     *
     * @param nEndpoints number of endpoints of the network
     * @throw std::invalid_argument naming the collective, the field, its value and what is allowed
     */
    void Validate(uint32_t nEndpoints) const;

    /// @return the algorithm, AUTO replaced by the kind's default
    CollectiveAlgorithm GetAlgorithm() const;

    /// @return the largest chunk, 0 replaced by DEFAULT_CHUNK_BYTES
    uint64_t GetChunkBytes() const;

    /**
     * The size that bandwidths are computed from. For MoE it is what every rank sends, copies that
     * stay on their rank included: tokens * k * bytes per copy (both ways for an moe-layer), as
     * arXiv:2506.12708 counts in Table 6. For a barrier and for programs it is 0.
     *
     * @return S in bytes
     */
    uint64_t GetSizeBytes() const;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COLLECTIVE_SPEC_H */
