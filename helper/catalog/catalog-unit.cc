/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "catalog-unit.h"

#include <array>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Units of every quantity, in the order of CatalogQuantity::Kind.
const std::array<std::vector<CatalogUnit>, CatalogQuantity::COUNT> UNITS{{
    {{"1", 1, 1, 0}},
    {{"dBm", 1, 1, 0}, {"mW", 1, 1, 0, true}, {"uW", 1, 1, -30, true}},
    {{"dB", 1, 1, 0}},
    {{"dB/Hz", 1, 1, 0}},
    {{"W", 1, 1, 0}, {"mW", 1, 1000, 0}, {"kW", 1000, 1, 0}},
    {{"W/degC", 1, 1, 0}, {"mW/degC", 1, 1000, 0}},
    {{"degC", 1, 1, 0}, {"K", 1, 1, -273.15}},
    {{"nm", 1, 1, 0}, {"um", 1000, 1, 0}},
    {{"GBd", 1, 1, 0}, {"MBd", 1, 1000, 0}},
    {{"GHz", 1, 1, 0}, {"MHz", 1, 1000, 0}},
    {{"s", 1, 1, 0},
     {"ps", 1, 1e12, 0},
     {"ns", 1, 1e9, 0},
     {"us", 1, 1e6, 0},
     {"ms", 1, 1000, 0},
     {"min", 60, 1, 0}},
    {{"m", 1, 1, 0}, {"mm", 1, 1000, 0}, {"cm", 1, 100, 0}, {"km", 1000, 1, 0}},
    {{"s/m", 1, 1, 0}, {"ns/m", 1, 1e9, 0}, {"us/km", 1, 1e9, 0}},
    {{"mA", 1, 1, 0}, {"A", 1000, 1, 0}},
    {{"1/kh", 1, 1, 0}, {"%/kh", 1, 100, 0}},
    {{"eV", 1, 1, 0}},
    {{"dB/km", 1, 1, 0}, {"dB/m", 1000, 1, 0}},
    {{"dB/m", 1, 1, 0}, {"dB/cm", 100, 1, 0}},
    {{"MHz km", 1, 1, 0}, {"GHz km", 1000, 1, 0}},
    {{"ps/nm", 1, 1, 0}},
    {{"ps/(nm^2 km)", 1, 1, 0}},
    // A year has 8760 hours, a month a twelfth of them.
    {{"FIT", 1, 1, 0},
     {"1/h", 1e9, 1, 0},
     {"1/year", 1e9, 8760, 0},
     {"%/day", 1e7, 24, 0},
     {"%/month", 1e7, 730, 0},
     {"%/year", 1e7, 8760, 0}},
    {{"h", 1, 1, 0},
     {"s", 1, 3600, 0},
     {"min", 1, 60, 0},
     {"d", 24, 1, 0},
     {"year", 8760, 1, 0},
     {"kh", 1000, 1, 0},
     {"Mh", 1e6, 1, 0}},
    {{"TFLOPS", 1, 1, 0}, {"PFLOPS", 1000, 1, 0}},
    {{"GB", 1, 1, 0}, {"TB", 1000, 1, 0}},
    {{"GB/s", 1, 1, 0}, {"TB/s", 1000, 1, 0}},
    {{"Tb/s", 1, 1, 0}, {"Gb/s", 1, 1000, 0}},
    {{"USD", 1, 1, 0}, {"kUSD", 1000, 1, 0}},
    {{"USD/kWh", 1, 1, 0}},
    {{"USD/h", 1, 1, 0}},
    {{"USD/kW", 1, 1, 0}, {"USD/W", 1000, 1, 0}},
    {{"year", 1, 1, 0}},
    {{"1/year", 1, 1, 0}, {"%/year", 1, 100, 0}},
}};

} // namespace

double
CatalogUnit::Convert(double value) const
{
    return (isLogarithm ? 10 * std::log10(value) : value) * factor / divisor + offset;
}

const std::vector<CatalogUnit>&
GetCatalogUnits(CatalogQuantity::Kind quantity)
{
    return UNITS[quantity];
}

std::vector<std::string>
GetCatalogUnitNames(CatalogQuantity::Kind quantity)
{
    std::vector<std::string> names;
    for (const CatalogUnit& unit : GetCatalogUnits(quantity))
    {
        names.emplace_back(unit.name);
    }
    return names;
}

} // namespace opticalfabric
} // namespace ns3
