/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "equal-terms.h"

#include "comparison-table.h"

#include "ns3/json-writer.h"
#include "ns3/text-table.h"
#include "ns3/tornado.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

using namespace ns3::opticalfabric;

namespace fabriccomparison
{

namespace
{

constexpr std::size_t DECISIVE = 3; ///< inputs that are named

/// A figure of a system.
struct Term
{
    std::string key;                          ///< for programs
    std::string name;                         ///< for people
    std::string unit;                         ///< unit
    int decimals;                             ///< most decimals worth printing
    std::function<double(const Cost&)> value; ///< the figure
};

/// The same figure of two systems.
struct ComparedTerm
{
    Term term;                         ///< the figure
    std::vector<ValueRange> systems;   ///< of each system
    ValueRange ratio;                  ///< of the first to the second
    std::vector<std::string> decisive; ///< what moves the ratio most
};

/// @return figures that do not depend on where a system stands
std::vector<Term>
GetTerms()
{
    constexpr double PER_KILO = 1e-3;
    constexpr double PERCENT = 100;
    return {
        {"compute_pflops",
         "compute, dense BF16",
         "PFLOPS",
         1,
         [](const Cost& cost) { return cost.tflops * PER_KILO; }},
        {"memory_tb", "memory", "TB", 1, [](const Cost& cost) { return cost.memoryGB * PER_KILO; }},
        {"memory_tbps",
         "memory bandwidth",
         "TB/s",
         0,
         [](const Cost& cost) { return cost.memoryGBps * PER_KILO; }},
        {"power_kw",
         "power at full load",
         "kW",
         1,
         [](const Cost& cost) { return cost.powerW * PER_KILO; }},
        {"w_per_tflops",
         "power per compute",
         "W/TFLOPS",
         3,
         [](const Cost& cost) { return cost.powerW / cost.tflops; }},
        {"w_per_tbps",
         "power per memory rate",
         "W/(TB/s)",
         1,
         [](const Cost& cost) { return cost.powerW / (cost.memoryGBps * PER_KILO); }},
        {"failures_per_year",
         "failures a year",
         "1/year",
         1,
         [](const Cost& cost) { return cost.failuresPerYear; }},
        {"availability_percent",
         "availability, all up",
         "%",
         2,
         [](const Cost& cost) { return PERCENT * cost.availability; }},
        {"interruptions_per_year",
         "interruptions of a job",
         "1/year",
         1,
         [](const Cost& cost) { return cost.interruptionsPerYear; }},
        {"job_efficiency_percent",
         "work that counts",
         "%",
         2,
         [](const Cost& cost) { return PERCENT * cost.jobEfficiency; }},
    };
}

/**
 * @param region a region
 * @return figures that depend on it
 */
std::vector<Term>
GetRegionTerms(const std::string& region)
{
    constexpr double PER_KILO = 1e-3;
    return {{"cost_kusd",
             "cost a year, " + region,
             "kUSD",
             0,
             [](const Cost& cost) { return cost.GetTcoUsdPerYear() * PER_KILO; }},
            {"cost_kusd_per_pflops", "  per PFLOPS", "kUSD", 2, [](const Cost& cost) {
                 return cost.GetTcoUsdPer(cost.tflops);
             }}};
}

/**
 * @param term a figure
 * @param systems what two systems depend on
 * @return the figure of both
 */
ComparedTerm
CompareTerm(const Term& term, const std::vector<CostInputs>& systems)
{
    const auto get = [&term](const CostInputs& inputs) {
        return term.value(GetCost(inputs, RangeCase::TYPICAL));
    };
    constexpr double ANY = std::numeric_limits<double>::infinity();
    ComparedTerm compared{term, {}, {}, {}};
    for (const CostInputs& inputs : systems)
    {
        compared.systems.push_back(GetInputInterval(
            GetFigureTornado({inputs}, [&get](const auto& moved) { return get(moved[0]); }),
            term.unit == "%" ? 100 : ANY));
    }
    const std::vector<TornadoBar> bars =
        GetFigureTornado(systems, [&get](const std::vector<CostInputs>& moved) {
            return get(moved[0]) / get(moved[1]);
        });
    compared.ratio = GetInputInterval(bars);
    for (const TornadoBar& bar : bars)
    {
        constexpr double NOISE = 1e-12;
        if (bar.GetSwing() > NOISE * bar.atTypical && compared.decisive.size() < DECISIVE)
        {
            compared.decisive.push_back(bar.name);
        }
    }
    return compared;
}

/**
 * @param costs systems and regions
 * @return all figures of both
 */
std::vector<ComparedTerm>
CompareTerms(const std::vector<SystemCost>& costs)
{
    const std::size_t regions = costs.size() / 2;
    std::vector<ComparedTerm> terms;
    for (std::size_t region = 0; region < regions; ++region)
    {
        const std::vector<CostInputs> systems{costs[region].inputs, costs[region + regions].inputs};
        if (region == 0)
        {
            for (const Term& term : GetTerms())
            {
                terms.push_back(CompareTerm(term, systems));
            }
        }
        for (const Term& term : GetRegionTerms(costs[region].region))
        {
            terms.push_back(CompareTerm(term, systems));
        }
    }
    return terms;
}

/**
 * @param range a figure
 * @param most most decimals worth printing
 * @return the figure, and where it lies; the latter is empty if nothing says so
 */
std::pair<std::string, std::string>
ShowRange(const ValueRange& range, int most)
{
    const int decimals = GetDecimals(range, most);
    const auto show = [decimals](double value) { return FormatRounded(value, decimals); };
    return {show(range.typical),
            range.low < range.high ? show(range.low) + " to " + show(range.high) : ""};
}

/**
 * @param json where to
 * @param range a range
 */
void
WriteRange(JsonWriter& json, const ValueRange& range)
{
    json.BeginObject();
    json.Member("low", range.low);
    json.Member("typical", range.typical);
    json.Member("high", range.high);
    json.EndObject();
}

} // namespace

void
PrintEqualTerms(std::ostream& os, const std::vector<SystemCost>& costs, std::size_t width)
{
    constexpr int RATIO_DECIMALS = 3;
    const std::string& first = costs.front().system;
    const std::string& second = costs.back().system;
    os << first << " and " << second << " on equal terms\n\n";
    TextTable table({{"", TextTable::LEFT, ""},
                     {"", TextTable::LEFT, ""},
                     {first.substr(0, first.find(" (")), TextTable::RIGHT, ""},
                     {second.substr(0, second.find(" (")), TextTable::RIGHT, ""},
                     {"ratio", TextTable::RIGHT, ""}});
    std::vector<std::pair<std::string, std::vector<std::string>>> decisive;
    for (const ComparedTerm& compared : CompareTerms(costs))
    {
        TextTable::Row values{compared.term.name, compared.term.unit};
        TextTable::Row intervals{"", ""};
        const auto add = [&](const ValueRange& range, int most) {
            const auto [value, interval] = ShowRange(range, most);
            values.push_back(value);
            intervals.push_back(interval);
        };
        add(compared.systems[0], compared.term.decimals);
        add(compared.systems[1], compared.term.decimals);
        add(compared.ratio, RATIO_DECIMALS);
        table.AddRow(values);
        if (intervals[2].size() + intervals[3].size() + intervals[4].size() > 0)
        {
            table.AddRow(intervals);
        }
        decisive.emplace_back(compared.term.name, compared.decisive);
    }
    os << table.ToText() << "\nWhat moves the ratio most:\n";
    for (const auto& [name, inputs] : decisive)
    {
        std::string text = name.substr(name.find_first_not_of(' ')) + ": ";
        for (std::size_t i = 0; i < inputs.size(); ++i)
        {
            text += (i == 0 ? "" : "; ") + inputs[i];
        }
        PrintNote(os, text + (inputs.empty() ? "nothing is said to be known roughly" : ""), width);
    }
    os << "\n";
    PrintNote(
        os,
        "In are: accelerators, processors, the scale-up network with its cables, what else is "
        "in nodes and trays, and the building for their power. Not in: a network between "
        "systems, on either side. Modules, copper, fibres, chips, processors, accelerators and "
        "what powers racks fail; a job on 23 of 24 accelerators is interrupted by those that "
        "stop one of them. Second lines: where a figure lies as the catalog's values in it are "
        "known, one at a time from low to high, added in quadrature.",
        width);
}

void
WriteEqualTermsJson(std::ostream& os,
                    const std::string& settings,
                    const std::vector<SystemCost>& costs)
{
    JsonWriter json(os);
    json.BeginObject();
    json.Member("settings", settings);
    json.Member("first", costs.front().system);
    json.Member("second", costs.back().system);
    json.Key("terms");
    json.BeginArray();
    for (const ComparedTerm& compared : CompareTerms(costs))
    {
        json.BeginObject();
        json.Member("key", compared.term.key);
        json.Member("name", compared.term.name);
        json.Member("unit", compared.term.unit);
        json.Key("first");
        WriteRange(json, compared.systems[0]);
        json.Key("second");
        WriteRange(json, compared.systems[1]);
        json.Key("ratio");
        WriteRange(json, compared.ratio);
        json.Key("decisive");
        json.BeginArray();
        for (const std::string& input : compared.decisive)
        {
            json.String(input);
        }
        json.EndArray();
        json.EndObject();
    }
    json.EndArray();
    json.EndObject();
    json.Finish();
}

} // namespace fabriccomparison
