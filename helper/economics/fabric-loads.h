/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_LOADS_H
#define OPTICAL_FABRIC_FABRIC_LOADS_H

#include "ns3/bill-of-materials.h"
#include "ns3/built-fabric.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Which parts of a fabric's bill carry the bytes that its ports send.
 *
 * Bytes that leave a switch are carried by the switch; those that leave or enter a port with an
 * optical module by the module; those that leave or enter an endpoint by its network interface, if
 * the bill has one for the network and the rack. All other parts carry nothing. Bytes that a port
 * repeats count again; those of flows are counted once, however many are damaged.
 *
 * It reads the counters that ports have anyway, so a packet costs no more for it.
 */
class FabricLoads
{
  public:
    /**
     * @param fabric what was built; must outlive this
     * @param bill its bill (CountBill)
     * @param switchBytesPerS what a switch of each type can send, byte/s, by name of the type; a
     *                        type that is not there can send what its links carry
     */
    FabricLoads(const BuiltFabric& fabric,
                const BillOfMaterials& bill,
                const std::map<std::string, double>& switchBytesPerS);

    /**
     * Full load of each line of the bill: what its parts can carry together, as Read counts it.
     * Of modules and network interfaces it is what their links carry in both directions; of
     * switches what they can send, but not less than their links carry. Links count with the rates
     * they have as this is made.
     * @return byte/s, by line; 0: the line carries nothing
     */
    const std::vector<double>& GetCapacitiesBytesPerS() const;

    /**
     * What each line of the bill has carried so far: sums of port counters, which an engine that
     * moves flows has to be asked to bring up to date before (TransferEngine::UpdateCounters). It
     * looks at every port.
     * @return bytes, by line
     */
    std::vector<uint64_t> Read() const;

    /// An optical module.
    struct Module
    {
        std::size_t network;       ///< index of its network
        uint32_t number;           ///< its number there (FabricLink::GetModule)
        std::size_t line;          ///< its line of the bill
        Ptr<OpticalModule> module; ///< its state; null without a plant
    };

    /// @return the modules that the bill has
    const std::vector<Module>& GetModules() const;

  private:
    /// Lines that carry what a port sends.
    using Pattern = std::vector<std::size_t>;

    /// A port, and who carries what it sends.
    struct Source
    {
        const FabricPort* port; ///< the port
        std::size_t pattern;    ///< number of a pattern
    };

    /**
     * Look at all ports of a network.
     * @param fabric what was built
     * @param index number of the network
     * @param bill bill of the fabric
     */
    void AddNetwork(const BuiltFabric& fabric, std::size_t index, const BillOfMaterials& bill);

    std::vector<double> m_capacities; ///< full load, byte/s, by line
    std::vector<Pattern> m_patterns;  ///< all different
    std::vector<Source> m_sources;    ///< all ports
    std::vector<Module> m_modules;    ///< modules
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_LOADS_H */
