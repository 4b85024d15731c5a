/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "cost-tables.h"

#include "comparison-table.h"

#include "ns3/json-writer.h"
#include "ns3/text-table.h"
#include "ns3/tornado.h"

#include <array>

using namespace ns3::opticalfabric;

namespace fabriccomparison
{

namespace
{

constexpr double PER_KILO = 1e-3;     ///< from USD to kUSD
constexpr std::size_t MOST_BARS = 14; ///< bars of a tornado that are printed

/// Which values, in the order of columns.
constexpr std::array<RangeCase::Kind, 3> CASES{RangeCase::LOW, RangeCase::TYPICAL, RangeCase::HIGH};

/// A line of costs.
struct CostLine
{
    const char* name;     ///< for people
    const char* key;      ///< for programs
    double Cost::*member; ///< which cost, USD per year
};

/// What a year's cost consists of.
constexpr CostLine LINES[] = {
    {"parts, with interest", "parts_usd", &Cost::amortisationUsdPerYear},
    {"building, with interest", "building_usd", &Cost::buildingUsdPerYear},
    {"electricity", "energy_usd", &Cost::energyUsdPerYear},
    {"labour of repairs", "labour_usd", &Cost::labourUsdPerYear},
    {"parts that repairs use up", "spares_usd", &Cost::sparesUsdPerYear},
    {"work not done", "outages_usd", &Cost::downtimeUsdPerYear},
};

/**
 * @param os where to
 * @param system a system in a region
 * @param width columns there are
 */
void
PrintCost(std::ostream& os, const SystemCost& system, std::size_t width)
{
    os << system.system << " in " << system.region << ": what a year costs\n\n";
    std::vector<Cost> costs;
    for (const RangeCase::Kind which : CASES)
    {
        costs.push_back(GetCostBound(system.inputs, which));
    }
    TextTable table({{"kUSD a year", TextTable::LEFT}, {"cheapest"}, {"typical"}, {"dearest"}});
    const auto addRow = [&](const std::string& name, auto getUsd, double factor) {
        TextTable::Row row{name};
        for (const Cost& cost : costs)
        {
            row.push_back(Format(getUsd(cost) * factor, 0));
        }
        table.AddRow(row);
    };
    for (const CostLine& line : LINES)
    {
        addRow(
            line.name,
            [&](const Cost& cost) { return cost.*line.member; },
            PER_KILO);
    }
    addRow(
        "all of it (TCO)",
        [](const Cost& cost) { return cost.GetTcoUsdPerYear(); },
        PER_KILO);
    addRow(
        "  per accelerator, USD",
        [&](const Cost& cost) { return cost.GetTcoUsdPer(system.accelerators); },
        1);
    os << table.ToText() << "\n";
    const std::vector<TornadoBar> bars = GetCostTornado(system.inputs);
    constexpr std::size_t WIDE = 110;
    PrintTornado(os, bars, "kUSD", PER_KILO, MOST_BARS, width < WIDE);
    os << "\n";
}

/**
 * @param json where to
 * @param range a range
 */
void
WriteRange(JsonWriter& json, const ValueRange& range)
{
    json.Member("low", range.low);
    json.Member("typical", range.typical);
    json.Member("high", range.high);
}

/**
 * @param json where to
 * @param system a system in a region
 */
void
WriteCost(JsonWriter& json, const SystemCost& system)
{
    constexpr std::array<const char*, CASES.size()> NAMES{"cheapest", "typical", "dearest"};
    json.BeginObject();
    json.Member("system", system.system);
    json.Member("region", system.region);
    for (std::size_t i = 0; i < CASES.size(); ++i)
    {
        const Cost cost = GetCostBound(system.inputs, CASES[i]);
        json.Key(NAMES[i]);
        json.BeginObject();
        for (const CostLine& line : LINES)
        {
            json.Member(line.key, cost.*line.member);
        }
        json.Member("tco_usd", cost.GetTcoUsdPerYear());
        json.EndObject();
    }
    json.Key("tornado");
    json.BeginArray();
    for (const TornadoBar& bar : GetCostTornado(system.inputs))
    {
        json.BeginObject();
        json.Member("input", bar.name);
        json.Member("unit", bar.unit);
        WriteRange(json, bar.range);
        json.Member("tco_usd_at_low", bar.atLow);
        json.Member("tco_usd_at_high", bar.atHigh);
        json.Member("swing_usd", bar.GetSwing());
        json.EndObject();
    }
    json.EndArray();
    json.EndObject();
}

} // namespace

void
PrintCosts(std::ostream& os, const std::vector<SystemCost>& costs, std::size_t width)
{
    for (const SystemCost& system : costs)
    {
        PrintCost(os, system, width);
    }
    os << "Cheapest and dearest: every input at once at its cheaper, and at its dearer\n"
          "end. Bars: one input at a time from its low (L) to its high value (H), all\n"
          "others typical (|); the "
       << MOST_BARS
       << " longest; --json has all. Capital is paid back\n"
          "with interest. No network between systems is in.\n";
}

void
WriteCostsJson(std::ostream& os, const std::string& settings, const std::vector<SystemCost>& costs)
{
    JsonWriter json(os);
    json.BeginObject();
    json.Member("settings", settings);
    json.Key("costs");
    json.BeginArray();
    for (const SystemCost& system : costs)
    {
        WriteCost(json, system);
    }
    json.EndArray();
    json.EndObject();
    json.Finish();
}

} // namespace fabriccomparison
