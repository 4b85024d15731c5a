/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ENERGY_SETUP_H
#define OPTICAL_FABRIC_ENERGY_SETUP_H

#include "ns3/bill-of-materials.h"
#include "ns3/catalog.h"
#include "ns3/power-budget.h"

#include <map>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What an EnergyRecorder has to know of parts besides which there are.
 */
struct EnergySetup
{
    PowerBook book;   ///< what a part of each type draws
    PowerChain chain; ///< fans, power supplies, building
    /// What a switch can send, byte/s, by name of its type; one that is not there can send what its
    /// links carry.
    std::map<std::string, double> switchBytesPerS;
    /// Worst mark of the powers of a class, for example "M"; a class that is not there has none.
    std::map<PartClass::Kind, std::string> marks;
};

/**
 * @ingroup optical-fabric
 * @brief Take from the catalog what a recorder has to know.
 * @param catalog the catalog
 * @param bill bill of the fabric (CountBill)
 * @param supply name of the power supplies
 * @param pue power usage effectiveness of the building, 1 to 10; throws std::invalid_argument
 *            otherwise
 * @return the setup
 * @throw ScenarioError if the catalog has no entry of a type, or no such supply
 */
EnergySetup MakeEnergySetup(const Catalog& catalog,
                            const BillOfMaterials& bill,
                            const std::string& supply,
                            double pue);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ENERGY_SETUP_H */
