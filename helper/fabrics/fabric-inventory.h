/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_INVENTORY_H
#define OPTICAL_FABRIC_FABRIC_INVENTORY_H

#include "ns3/bill-of-materials.h"
#include "ns3/built-fabric.h"
#include "ns3/catalog.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The bill of materials of a fabric, counted from its graph.
 *
 * Every switch, endpoint, module and cable is looked at. What type it is the helper has said
 * (FabricHelper::ListParts); a module on light (OpticsHelper) is of the type it was made of. An
 * optical link begins a fibre cable at the module of its lower end, where no other link has begun
 * one; links on boards have no parts. Switches and modules serve their network; accelerators,
 * processors and what is not in the graph serve none. A cable stands in the rack of its lower end.
 *
 * Where links pass circuit switches, a cable leads from the module at either end to the switches.
 * These serve the network, and stand where the helper says.
 *
 * @param fabric what was built
 * @return its parts
 * @throw std::invalid_argument if the helper has not said what some part of it is
 */
BillOfMaterials CountBill(const BuiltFabric& fabric);

/**
 * @ingroup optical-fabric
 * @brief Ends of fibres, as the modules of a bill have them: 16 of a module with 8 lanes each way.
 * Half as many are the fibres, as each joins two modules; with circuit switches, half of these and
 * of CountCircuitPorts together.
 * @param bill the bill
 * @param catalog says how the modules of each type use fibres
 * @return ends
 * @throw ScenarioError if the catalog has no entry of a type
 */
uint64_t CountFibreEnds(const BillOfMaterials& bill, const Catalog& catalog);

/**
 * @ingroup optical-fabric
 * @brief Ends of fibres at circuit switches.
 * @param fabric what was built
 * @return ports of circuit switches that a fibre is plugged in, of all networks
 */
uint64_t CountCircuitPorts(const BuiltFabric& fabric);

/**
 * @ingroup optical-fabric
 * @brief Scale-up bandwidth of an accelerator: the rates of the links of its endpoints.
 * @param fabric what was built
 * @return mean of one direction over all accelerators of the first network, byte/s; 0 without any
 */
double GetScaleUpBytesPerS(const BuiltFabric& fabric);

/**
 * @ingroup optical-fabric
 * @param bill a bill
 * @return its racks, in alphabetical order, without those that are not said
 */
std::vector<std::string> GetRacks(const BillOfMaterials& bill);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_INVENTORY_H */
