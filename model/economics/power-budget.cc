/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "power-budget.h"

#include "ns3/compensated-sum.h"

#include <cstdio>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param powerW power, W
 * @return the power as a table shows it: to a tenth of a watt
 */
std::string
ShowPower(double powerW)
{
    char text[64];
    std::snprintf(text, sizeof(text), "%.1f", powerW);
    return text;
}

/**
 * @tparam PREDICATE tells whether a line counts
 * @param lines lines
 * @param power which power of a line
 * @param isCounted tells whether a line counts
 * @return power of those that do, W
 */
template <typename PREDICATE>
double
Sum(const std::vector<PowerLine>& lines, double PowerLine::*power, PREDICATE isCounted)
{
    CompensatedSum sum;
    for (const PowerLine& line : lines)
    {
        if (isCounted(line))
        {
            sum.Add(line.*power);
        }
    }
    return sum.Get();
}

/**
 * @return true, for any line
 */
bool
IsAny(const PowerLine& /* line */)
{
    return true;
}

} // namespace

void
PowerBook::Set(PartClass::Kind part, const std::string& type, const BookedPower& booked)
{
    const ParameterCheck check("power book");
    check.Require(part < PartClass::COUNT, "part", +part, "a PartClass");
    check.Require(!type.empty(), "type", "\"\"", "a name");
    booked.power.Validate(ParameterCheck("power book: " + GetName(part) + " " + type));
    m_booked[{part, type}] = booked;
}

void
PowerBook::Set(const AcceleratorSpec& spec)
{
    Set(PartClass::ACCELERATOR, spec.name, {spec.power, false});
}

void
PowerBook::Set(const SwitchSpec& spec)
{
    Set(PartClass::SWITCH, spec.name, {spec.power, spec.scope == SwitchScope::BOX});
}

void
PowerBook::Set(const CircuitSwitchSpec& spec)
{
    Set(PartClass::CIRCUIT_SWITCH, spec.name, {{0, spec.powerW, spec.powerW, spec.powerW}, true});
}

void
PowerBook::Set(const TransceiverSpec& spec)
{
    Set(PartClass::MODULE, spec.name, {GetPartPower(spec.power), false});
}

void
PowerBook::Set(PartClass::Kind part, const PoweredPartSpec& spec)
{
    Set(part, spec.name, {spec.power, false});
}

const BookedPower&
PowerBook::Get(PartClass::Kind part, const std::string& type) const
{
    const auto found = m_booked.find({part, type});
    ParameterCheck("power book")
        .Require(found != m_booked.end(),
                 "type",
                 GetName(part) + " \"" + type + '"',
                 "a type whose power was set");
    return found->second;
}

double
PowerBudget::GetInputW(PartClass::Kind part) const
{
    return Sum(lines, &PowerLine::inputW, [&](const auto& l) { return l.line.part == part; });
}

double
PowerBudget::GetNetworkInputW(const std::string& network) const
{
    return Sum(lines, &PowerLine::inputW, [&](const auto& l) { return l.line.network == network; });
}

double
PowerBudget::GetNetworkPartsW(const std::string& network) const
{
    return Sum(lines, &PowerLine::partsW, [&](const auto& l) { return l.line.network == network; });
}

double
PowerBudget::GetRackInputW(const std::string& rack) const
{
    return Sum(lines, &PowerLine::inputW, [&](const auto& l) { return l.line.rack == rack; });
}

std::vector<std::vector<std::string>>
PowerBudget::GetRows() const
{
    std::vector<std::vector<std::string>> rows{
        {"class", "type", "network", "rack", "count", "each W", "parts W", "socket W"}};
    for (const PowerLine& line : lines)
    {
        rows.push_back({GetName(line.line.part),
                        line.line.type,
                        line.line.network,
                        line.line.rack,
                        std::to_string(line.line.count),
                        ShowPower(line.unitW),
                        ShowPower(line.partsW),
                        ShowPower(line.inputW)});
    }
    rows.push_back({"IT", "", "", "", "", "", ShowPower(partsW), ShowPower(inputW)});
    rows.push_back({"facility", "", "", "", "", "", "", ShowPower(facilityW)});
    return rows;
}

PowerBudget
GetPowerBudget(const BillOfMaterials& bill,
               const PowerBook& book,
               const Duties& duties,
               const PowerChain& chain)
{
    chain.Validate();
    PowerBudget budget;
    for (const BillLine& line : bill.GetLines())
    {
        const BookedPower& booked = book.Get(line.part, line.type);
        const Duty& duty = duties[line.part];
        PowerLine power;
        power.line = line;
        power.unitW = GetPartPowerW(booked.power, duty.state, duty.load);
        power.partsW = power.unitW * static_cast<double>(line.count);
        power.inputW = booked.isAtSocket ? power.partsW : chain.GetInputW(power.partsW);
        budget.lines.push_back(power);
    }
    budget.partsW = Sum(budget.lines, &PowerLine::partsW, IsAny);
    budget.inputW = Sum(budget.lines, &PowerLine::inputW, IsAny);
    budget.facilityW = chain.GetFacilityW(budget.inputW);
    return budget;
}

} // namespace opticalfabric
} // namespace ns3
