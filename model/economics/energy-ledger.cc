/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "energy-ledger.h"

#include "ns3/parameter-check.h"

namespace ns3
{
namespace opticalfabric
{

EnergyLedger::Item
EnergyLedger::AddItem(PartClass::Kind part, const std::string& rack)
{
    GetGroup(part);
    const Item item = m_meters.size();
    m_meters.emplace_back();
    m_byClass[part].push_back(item);
    m_byRack[rack].push_back(item);
    return item;
}

std::size_t
EnergyLedger::GetItems() const
{
    return m_meters.size();
}

const EnergyMeter&
EnergyLedger::GetMeter(Item item) const
{
    ParameterCheck("energy ledger")
        .Require(item < m_meters.size(),
                 "item",
                 item,
                 "one of the " + std::to_string(m_meters.size()) + " there are");
    return m_meters[item];
}

void
EnergyLedger::SetPower(Item item, uint64_t atPs, double powerW)
{
    GetMeter(item);
    m_meters[item].SetPower(atPs, powerW);
}

void
EnergyLedger::AddEnergy(Item item, uint64_t atPs, double energyJ)
{
    GetMeter(item);
    m_meters[item].AddEnergy(atPs, energyJ);
}

const EnergyLedger::Group&
EnergyLedger::GetGroup(PartClass::Kind part) const
{
    ParameterCheck("energy ledger").Require(part < PartClass::COUNT, "part", +part, "a PartClass");
    return m_byClass[part];
}

const EnergyLedger::Group&
EnergyLedger::GetGroup(const std::string& rack) const
{
    const auto found = m_byRack.find(rack);
    ParameterCheck("energy ledger")
        .Require(found != m_byRack.end(), "rack", '"' + rack + '"', "a rack that has items");
    return found->second;
}

double
EnergyLedger::SumPowerW(const Group& group) const
{
    CompensatedSum sum;
    for (const Item item : group)
    {
        sum.Add(m_meters[item].GetPowerW());
    }
    return sum.Get();
}

double
EnergyLedger::SumEnergyJ(const Group& group, uint64_t atPs) const
{
    CompensatedSum sum;
    for (const Item item : group)
    {
        sum.Add(m_meters[item].GetEnergyJ(atPs));
    }
    return sum.Get();
}

double
EnergyLedger::GetPowerW() const
{
    CompensatedSum sum;
    for (const Group& group : m_byClass)
    {
        sum.Add(SumPowerW(group));
    }
    return sum.Get();
}

double
EnergyLedger::GetPowerW(PartClass::Kind part) const
{
    return SumPowerW(GetGroup(part));
}

double
EnergyLedger::GetPowerW(const std::string& rack) const
{
    return SumPowerW(GetGroup(rack));
}

double
EnergyLedger::GetEnergyJ(uint64_t atPs) const
{
    CompensatedSum sum;
    for (const Group& group : m_byClass)
    {
        sum.Add(SumEnergyJ(group, atPs));
    }
    return sum.Get();
}

double
EnergyLedger::GetEnergyJ(PartClass::Kind part, uint64_t atPs) const
{
    return SumEnergyJ(GetGroup(part), atPs);
}

double
EnergyLedger::GetEnergyJ(const std::string& rack, uint64_t atPs) const
{
    return SumEnergyJ(GetGroup(rack), atPs);
}

std::vector<std::string>
EnergyLedger::GetRacks() const
{
    std::vector<std::string> racks;
    for (const auto& [rack, group] : m_byRack)
    {
        racks.push_back(rack);
    }
    return racks;
}

} // namespace opticalfabric
} // namespace ns3
