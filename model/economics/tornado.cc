/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "tornado.h"

#include "ns3/bill-of-materials.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// A range of some inputs, with its name.
struct NamedRange
{
    std::string name;  ///< name
    ValueRange* range; ///< where it is
};

/**
 * @param inputs inputs of a cost
 * @return all ranges in them, in a fixed order
 */
std::vector<NamedRange>
ListRanges(CostInputs& inputs)
{
    std::vector<NamedRange> ranges;
    for (CostItem& item : inputs.items)
    {
        ranges.push_back({item.name + ": unitUsd", &item.unitUsd});
        ranges.push_back({item.name + ": failuresPerYear", &item.failuresPerYear});
        ranges.push_back({item.name + ": spareShare", &item.spareShare});
        ranges.push_back({item.name + ": repairH", &item.repairH});
    }
    ranges.push_back({"powerW", &inputs.powerW});
    ranges.push_back({"energyUsdPerKwh", &inputs.region.energyUsdPerKwh});
    ranges.push_back({"pue", &inputs.region.pue});
    ranges.push_back({"labourUsdPerH", &inputs.region.labourUsdPerH});
    ranges.push_back({"lifeYears", &inputs.finance.lifeYears});
    ranges.push_back({"discountRate", &inputs.finance.discountRate});
    ranges.push_back({"downtimeHPerYear", &inputs.downtimeHPerYear});
    ranges.push_back({"downtimeUsdPerH", &inputs.downtimeUsdPerH});
    return ranges;
}

/**
 * @param value a number
 * @return the number as a table shows it
 */
std::string
ShowNumber(double value)
{
    char text[64];
    std::snprintf(text, sizeof(text), "%.6g", value);
    return text;
}

} // namespace

double
TornadoBar::GetSwing() const
{
    return std::max({atLow, atTypical, atHigh}) - std::min({atLow, atTypical, atHigh});
}

std::vector<TornadoBar>
GetTornado(const std::vector<TornadoInput>& inputs,
           const std::function<double(const std::vector<double>&)>& evaluate)
{
    const ParameterCheck check("tornado");
    constexpr double ANY = std::numeric_limits<double>::max();
    std::vector<double> values;
    for (const TornadoInput& input : inputs)
    {
        check.Require(!input.name.empty(), "name", "\"\"", "a name");
        input.range.Validate(ParameterCheck("tornado: " + input.name), "range", -ANY, ANY);
        values.push_back(input.range.typical);
    }
    const auto evaluateChecked = [&] {
        const double result = evaluate(values);
        check.Require(std::isfinite(result), "result", result, "a finite number");
        return result;
    };
    const double atTypical = evaluateChecked();
    std::vector<TornadoBar> bars;
    for (std::size_t i = 0; i < inputs.size(); ++i)
    {
        TornadoBar bar;
        bar.name = inputs[i].name;
        bar.range = inputs[i].range;
        bar.atTypical = atTypical;
        values[i] = bar.range.low;
        bar.atLow = evaluateChecked();
        values[i] = bar.range.high;
        bar.atHigh = evaluateChecked();
        values[i] = bar.range.typical;
        bars.push_back(bar);
    }
    std::stable_sort(bars.begin(), bars.end(), [](const TornadoBar& a, const TornadoBar& b) {
        return a.GetSwing() > b.GetSwing();
    });
    return bars;
}

std::vector<TornadoBar>
GetCostTornado(const CostInputs& inputs)
{
    inputs.Validate();
    CostInputs given = inputs;
    CostInputs varied = inputs;
    std::vector<TornadoInput> listed;
    std::vector<ValueRange*> places;
    const std::vector<NamedRange> from = ListRanges(given);
    const std::vector<NamedRange> to = ListRanges(varied);
    for (std::size_t i = 0; i < from.size(); ++i)
    {
        if (from[i].range->low != from[i].range->high)
        {
            listed.push_back({from[i].name, *from[i].range});
            places.push_back(to[i].range);
        }
    }
    return GetTornado(listed, [&](const std::vector<double>& values) {
        for (std::size_t i = 0; i < values.size(); ++i)
        {
            *places[i] = ValueRange::Exactly(values[i]);
        }
        return GetCost(varied, RangeCase::TYPICAL).GetTcoUsdPerYear();
    });
}

void
PrintTornado(std::ostream& os, const std::vector<TornadoBar>& bars, const std::string& unit)
{
    std::vector<std::vector<std::string>> rows{
        {"input", "low", "typical", "high", unit + " at low", unit + " at high", "swing"}};
    for (const TornadoBar& bar : bars)
    {
        rows.push_back({bar.name,
                        ShowNumber(bar.range.low),
                        ShowNumber(bar.range.typical),
                        ShowNumber(bar.range.high),
                        ShowNumber(bar.atLow),
                        ShowNumber(bar.atHigh),
                        ShowNumber(bar.GetSwing())});
    }
    PrintRows(os, rows);
}

} // namespace opticalfabric
} // namespace ns3
