/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "energy-setup.h"

#include "ns3/catalog-power.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

EnergySetup
MakeEnergySetup(const Catalog& catalog,
                const BillOfMaterials& bill,
                const std::string& supply,
                double pue)
{
    EnergySetup setup;
    setup.book = MakePowerBook(catalog, bill);
    setup.chain = catalog.GetSupply(supply)->GetChain(pue);
    std::map<PartClass::Kind, Evidence::Grade> grades;
    for (const BillLine& line : bill.GetLines())
    {
        if (line.part == PartClass::CABLE)
        {
            continue;
        }
        if (line.part == PartClass::SWITCH)
        {
            setup.switchBytesPerS[line.type] =
                catalog.GetSwitch(line.type)->capacityTbps * 1e12 / 8;
        }
        const Evidence::Grade grade = GetPowerValue(catalog, line).evidence;
        Evidence::Grade& worst = grades.emplace(line.part, grade).first->second;
        worst = std::max(worst, grade);
    }
    for (const auto& [part, grade] : grades)
    {
        setup.marks[part] = GetMark(grade);
    }
    return setup;
}

} // namespace opticalfabric
} // namespace ns3
