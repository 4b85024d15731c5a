/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TRANSFER_GATE_H
#define OPTICAL_FABRIC_TRANSFER_GATE_H

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Links that a transfer's first bit reaches after the same number of hops.
 */
struct PathStage
{
    std::vector<uint32_t> links; ///< directed links, 2 i + k for direction k of link i; ascending
    uint64_t latencyPs{0};       ///< from here to the next stage: longest latency of the links, ps
};

/**
 * @ingroup optical-fabric
 * @brief Holds transfers up until the links on their way can carry them, for an engine that moves
 * them as flows.
 */
class TransferGate
{
  public:
    virtual ~TransferGate() = default;

    /// What Enter tells.
    struct Pass
    {
        uint32_t ticket{0};  ///< names the transfer from then on
        uint64_t beginPs{0}; ///< when the source's links carry it, ps: the present or later
    };

    /**
     * A transfer has been posted.
     * @param path its way, stage by stage from the source; empty: there is none
     * @param nowPs the present, ps
     * @return when it may begin to leave the source
     */
    virtual Pass Enter(const std::vector<PathStage>& path, uint64_t nowPs) = 0;
    /**
     * The last byte of a transfer has left the source, or it was given up.
     * @param ticket as of Enter
     * @param nowPs the present, ps
     */
    virtual void Leave(uint32_t ticket, uint64_t nowPs) = 0;
    /**
     * @param ticket as of Enter
     * @return for how long links behind the source's have held the first bit up until now, ps
     */
    virtual uint64_t GetLostPs(uint32_t ticket) const = 0;
    /**
     * Nobody will ask about a transfer any more. After Leave.
     * @param ticket as of Enter
     */
    virtual void Forget(uint32_t ticket) = 0;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TRANSFER_GATE_H */
