/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "tornado.h"

#include "ns3/text-table.h"

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
    std::string unit;  ///< unit of its values
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
        ranges.push_back({"price of " + item.name, "USD", &item.unitUsd});
        ranges.push_back({"failures of " + item.name, "1/year", &item.failuresPerYear});
        ranges.push_back({"share used up, " + item.name, "", &item.spareShare});
        ranges.push_back({"repair of " + item.name, "h", &item.repairH});
    }
    ranges.push_back({"power", "W", &inputs.powerW});
    ranges.push_back({"electricity", "USD/kWh", &inputs.region.energyUsdPerKwh});
    ranges.push_back({"PUE of the building", "", &inputs.region.pue});
    ranges.push_back({"wage", "USD/h", &inputs.region.labourUsdPerH});
    ranges.push_back({"life of all parts", "year", &inputs.finance.lifeYears});
    ranges.push_back({"discount rate", "1/year", &inputs.finance.discountRate});
    ranges.push_back({"outages", "h/year", &inputs.downtimeHPerYear});
    ranges.push_back({"an hour of outage", "USD", &inputs.downtimeUsdPerH});
    return ranges;
}

/**
 * @param value a number
 * @return the number as a table shows it
 */
std::string
ShowNumber(double value)
{
    constexpr double MUCH = 1e5;
    char text[64];
    std::snprintf(text, sizeof(text), std::abs(value) < MUCH ? "%.5g" : "%.0f", value);
    return text;
}

/// Draws bars of a tornado to one scale.
class BarScale
{
  public:
    /**
     * @param bars all bars that are to be drawn
     */
    explicit BarScale(const std::vector<TornadoBar>& bars)
    {
        for (const TornadoBar& bar : bars)
        {
            m_least = std::min({m_least, bar.atLow, bar.atTypical, bar.atHigh});
            m_most = std::max({m_most, bar.atLow, bar.atTypical, bar.atHigh});
        }
    }

    /**
     * @param bar one of them
     * @return its picture
     */
    std::string Draw(const TornadoBar& bar) const
    {
        std::string picture(WIDTH, ' ');
        const std::size_t low = GetPlace(bar.atLow);
        const std::size_t typical = GetPlace(bar.atTypical);
        const std::size_t high = GetPlace(bar.atHigh);
        const auto [first, last] = std::minmax({low, typical, high});
        std::fill(picture.begin() + first, picture.begin() + last + 1, '=');
        picture[low] = 'L';
        picture[high] = 'H';
        picture[typical] = '|';
        return picture;
    }

  private:
    static constexpr std::size_t WIDTH = 26; ///< characters of a picture

    /**
     * @param result a result
     * @return its place in a picture
     */
    std::size_t GetPlace(double result) const
    {
        const double share = m_most > m_least ? (result - m_least) / (m_most - m_least) : 0;
        return static_cast<std::size_t>(std::lround(share * (WIDTH - 1)));
    }

    double m_least{std::numeric_limits<double>::max()};   ///< least result
    double m_most{std::numeric_limits<double>::lowest()}; ///< largest result
};

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
        bar.unit = inputs[i].unit;
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
            listed.push_back({from[i].name, *from[i].range, from[i].unit});
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
PrintTornado(std::ostream& os,
             const std::vector<TornadoBar>& bars,
             const std::string& unit,
             double factor,
             std::size_t most,
             bool isNarrow)
{
    ParameterCheck("tornado").RequireAbove("factor", factor, 0, std::numeric_limits<double>::max());
    using Column = TextTable::Column;
    const Column name{"input", TextTable::LEFT, ""};
    const std::vector<Column> ranges{{"", TextTable::LEFT, "unit"},
                                     {"", TextTable::RIGHT, "low"},
                                     {"", TextTable::RIGHT, "typical"},
                                     {"", TextTable::RIGHT, "high"}};
    const std::vector<Column> ends{{unit, TextTable::RIGHT, "at low"},
                                   {unit, TextTable::RIGHT, "at high"}};
    const std::vector<Column> swing{{unit, TextTable::RIGHT, "swing"}};
    const std::vector<Column> diagram{{"", TextTable::LEFT, ""}};
    const auto join = [](std::vector<Column> columns, const std::vector<Column>& more) {
        columns.insert(columns.end(), more.begin(), more.end());
        return columns;
    };
    TextTable table(isNarrow ? join(join({name}, swing), diagram)
                             : join(join(join(join({name}, ranges), ends), swing), diagram));
    TextTable second(join(join({name}, ranges), ends));
    const BarScale scale(bars);
    for (std::size_t i = 0; i < std::min(most, bars.size()) && bars[i].GetSwing() > 0; ++i)
    {
        const TornadoBar& bar = bars[i];
        TextTable::Row row{bar.name,
                           bar.unit,
                           ShowNumber(bar.range.low),
                           ShowNumber(bar.range.typical),
                           ShowNumber(bar.range.high)};
        row.insert(row.end(), {ShowNumber(bar.atLow * factor), ShowNumber(bar.atHigh * factor)});
        if (isNarrow)
        {
            second.AddRow(row);
            row.resize(1);
        }
        row.insert(row.end(), {ShowNumber(bar.GetSwing() * factor), scale.Draw(bar)});
        table.AddRow(row);
    }
    os << table.ToText();
    if (isNarrow)
    {
        os << "\n" << second.ToText();
    }
}

} // namespace opticalfabric
} // namespace ns3
