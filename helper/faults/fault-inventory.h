/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_INVENTORY_H
#define OPTICAL_FABRIC_FAULT_INVENTORY_H

#include "ns3/built-fabric.h"
#include "ns3/catalog.h"
#include "ns3/fabric-fault-targets.h"
#include "ns3/fault-sampler.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What of a built fabric can fail, and how.
 */
struct FaultInventorySpec
{
    /// Failure modes that are looked at, as the catalog names them. The catalog's other modes are
    /// there too, but never fail: so every mode keeps its random streams, whatever else is chosen.
    std::vector<std::string> modes;
    double ageH{0}; ///< hours in operation at the begin, 0 to 1e9
    /// Temperature of all of it, degrees Celsius, -40 to 150. Without one, each mode fails as often
    /// as the catalog says: at the reference temperature of its rate, which differs by mode.
    std::optional<double> temperatureC;
    /// The same of kinds of components; goes before temperatureC.
    std::map<ComponentKind::Kind, double> kindTemperatureC;
    /// Whether components take along what needs them, and name what they are swapped with, as
    /// campaigns want it; if not, faults name what has failed and nothing else, as FaultHelper
    /// wants it, which knows the rest.
    bool takesAlong{false};
};

/**
 * @ingroup optical-fabric
 * @brief Count what can fail from a built fabric. Names are those of FabricFaultTargets, so that
 * faults that are drawn, or that a campaign has kept, can happen to that fabric.
 *
 * There are the components of all kinds that have a mode which is looked at; of links those with a
 * cable, as the rates are of such, and traces of a board do not flap.
 *
 * With takesAlong there are all accelerators (npu), too, and what is taken along:
 *  - module, fibre, connector, nic: the links through it
 *  - lane: its link; it is swapped with its module
 *  - switch_box: its chips
 *  - cpu: its share of the accelerators of its host; these are dealt out in their order, to each
 *    CPU as many as to the others, or one more
 *  - host: its accelerators, its CPUs, and the switch chips on its board
 *  - power_feed: its hosts
 *
 * An endpoint is an accelerator: where endpoints are dies, so are components of kind npu. Build the
 * fabric with one endpoint for each part that fails as a whole.
 *
 * @param spec what can fail
 * @param fabric the fabric
 * @param targets its components
 * @param catalog failure modes
 * @return the inventory
 * @throw std::invalid_argument "why; allowed: what" if the catalog has no such mode, if the fabric
 *        has no such component, if one of them cannot have the effect of the mode, or if there is a
 *        temperature of a kind that is not looked at
 */
FaultInventory MakeFaultInventory(const FaultInventorySpec& spec,
                                  const BuiltFabric& fabric,
                                  const FabricFaultTargets& targets,
                                  const Catalog& catalog);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_INVENTORY_H */
