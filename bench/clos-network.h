/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_CLOS_NETWORK_H
#define OPTICAL_FABRIC_BENCH_CLOS_NETWORK_H

#include "case-arguments.h"

#include "ns3/built-fabric.h"

#include <cstdint>
#include <string>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief W1's leaf-spine network, which blocks nothing: 16 endpoints a leaf, 16 spines.
 */
struct ClosNetwork
{
    static constexpr uint32_t PER_LEAF = 16;   ///< endpoints of a leaf, and spines
    static constexpr double LINK_RATE = 400e9; ///< bit/s

    uint32_t endpoints{384}; ///< endpoints, a multiple of PER_LEAF
    uint32_t uplinks{1};     ///< links between each leaf and each spine
    std::string routing;     ///< choice of path
    /// FabricNetwork's TransferOrder.
    std::string transferOrder{"InOrder"};
    uint32_t linkNs{100};   ///< propagation of a link, ns
    uint32_t switchNs{200}; ///< latency of a switch, ns

    /**
     * Read endpoints and routing.
     * @param arguments parameters of a case
     * @param fallback routing if not given
     */
    void Read(CaseArguments& arguments, const std::string& fallback);

    /// Refuse what cannot be built (std::invalid_argument).
    void Check() const;

    /**
     * @param hasPackets whether packets are to run on it; for flows it needs no route tables
     * @return the network, built
     */
    ns3::opticalfabric::BuiltFabric Build(bool hasPackets = true) const;
};

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_CLOS_NETWORK_H */
