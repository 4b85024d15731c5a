/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_PARTS_H
#define OPTICAL_FABRIC_FABRIC_PARTS_H

#include "ns3/bill-of-materials.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * What the nodes and links of a fabric are, in the names of the catalog. How many there are the
 * graph says, see CountBill.
 */

/**
 * @ingroup optical-fabric
 * @brief What the switches of a tier are.
 */
struct SwitchPart
{
    std::string type; ///< name in the catalog; empty: not said
    /// Ports of one part, where several switches of the graph share a box: there are as few boxes
    /// in a rack as have ports for all their links. 0: every switch is a part.
    uint32_t portsPerPart{0};
};

/**
 * @ingroup optical-fabric
 * @brief What the endpoints of a group are.
 */
struct EndpointPart
{
    PartClass::Kind part{PartClass::ACCELERATOR}; ///< class
    std::string type;             ///< name in the catalog; empty: counted in another network
    uint32_t endpointsPerPart{1}; ///< endpoints of one part, at least 1: two dies are an NPU
};

/**
 * @ingroup optical-fabric
 * @brief What the nodes and links of a network are.
 */
struct NetworkParts
{
    std::vector<SwitchPart> switches; ///< by tier; [0] is tier 1
    std::string module;               ///< optical module; a module with a medium knows its own type
    /// Cable that starts at each module of a link's lower end; at both ends' if it passes a circuit
    /// switch.
    std::string fibreCable;
    std::string copperCable;   ///< copper cable
    uint32_t lanesPerCable{0}; ///< lanes of a copper cable, each direction's; 0: of a link
    std::vector<std::string> circuitRacks; ///< rack by circuit switch; not there: not said
};

/**
 * @ingroup optical-fabric
 * @brief What a fabric consists of, as far as its graph does not tell.
 */
struct FabricParts
{
    std::vector<NetworkParts> networks;    ///< by network
    std::vector<EndpointPart> groups;      ///< by group of endpoints
    BillOfMaterials besides;               ///< parts that are not in the graph
    std::map<uint32_t, std::string> racks; ///< rack by ns-3 node; nodes without one are left out
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_PARTS_H */
