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
#include <map>
#include <string>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// A range of some inputs, with its name.
struct NamedRange
{
    std::string name;                ///< name
    std::string unit;                ///< unit of its values
    std::vector<ValueRange*> places; ///< where it is
};

/// Collects ranges, and brings together those of one name.
class RangeList
{
  public:
    /**
     * @param name name
     * @param unit unit of its values
     * @param range where it is
     */
    void Add(const std::string& name, const std::string& unit, ValueRange& range)
    {
        const auto [place, isNew] = m_byName.emplace(name, m_ranges.size());
        if (isNew)
        {
            m_ranges.push_back({name, unit, {}});
        }
        NamedRange& named = m_ranges[place->second];
        const ValueRange& first = named.places.empty() ? range : *named.places.front();
        const bool isSame =
            range.low == first.low && range.typical == first.typical && range.high == first.high;
        ParameterCheck("tornado: " + name)
            .Require(isSame, "range", range.typical, "one range for one name");
        named.places.push_back(&range);
    }

    /// @return all of them, in the order in which names came
    const std::vector<NamedRange>& Get() const
    {
        return m_ranges;
    }

  private:
    std::vector<NamedRange> m_ranges;            ///< by name
    std::map<std::string, std::size_t> m_byName; ///< place of a name
};

/**
 * @param inputs inputs of a cost
 * @param ranges gets all ranges in them, in a fixed order
 */
void
ListRanges(CostInputs& inputs, RangeList& ranges)
{
    const std::string system = inputs.name.empty() ? "" : ", " + inputs.name;
    for (CostItem& item : inputs.items)
    {
        ranges.Add("price of " + item.name, "USD", item.unitUsd);
        ranges.Add("power of " + item.name, "W", item.unitW);
        ranges.Add("compute of " + item.name, "TFLOPS", item.unitTflops);
        ranges.Add("memory of " + item.name, "GB", item.unitMemoryGB);
        ranges.Add("memory bandwidth of " + item.name, "GB/s", item.unitMemoryGBps);
        ranges.Add("failures of " + item.GetMode(), "1/year", item.failuresPerYear);
        ranges.Add("share used up, " + item.GetMode(), "", item.spareShare);
        ranges.Add("repair of " + item.GetMode(), "h", item.repairH);
        ranges.Add("time down, " + item.GetMode(), "h", item.downH);
    }
    ranges.Add("other power" + system, "W", inputs.powerW);
    ranges.Add("electricity", "USD/kWh", inputs.region.energyUsdPerKwh);
    ranges.Add("PUE of the building", "", inputs.region.pue);
    ranges.Add("wage", "USD/h", inputs.region.labourUsdPerH);
    ranges.Add("building", "USD/kW", inputs.region.buildingUsdPerKw);
    ranges.Add("life of all parts", "year", inputs.finance.lifeYears);
    ranges.Add("life of the building", "year", inputs.finance.buildingLifeYears);
    ranges.Add("discount rate", "1/year", inputs.finance.discountRate);
    ranges.Add("writing a checkpoint", "h", inputs.interruption.writeH);
    ranges.Add("restart of the job", "h", inputs.interruption.restartH);
    ranges.Add("outages" + system, "h/year", inputs.downtimeHPerYear);
    ranges.Add("outage hour" + system, "USD", inputs.downtimeUsdPerH);
}

/**
 * @param value a number
 * @return the number as a table shows it
 */
std::string
ShowNumber(double value)
{
    constexpr double MUCH = 1e4; // above it all digits of whole numbers
    char text[64];
    std::snprintf(text, sizeof(text), std::abs(value) < MUCH ? "%.4g" : "%.0f", value);
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
GetFigureTornado(const std::vector<CostInputs>& systems, const CostFigure& figure)
{
    std::vector<CostInputs> varied = systems;
    RangeList ranges;
    for (CostInputs& inputs : varied)
    {
        inputs.Validate();
        ListRanges(inputs, ranges);
    }
    std::vector<TornadoInput> listed;
    std::vector<const NamedRange*> moved;
    for (const NamedRange& range : ranges.Get())
    {
        const ValueRange& values = *range.places.front();
        if (values.low != values.high)
        {
            listed.push_back({range.name, values, range.unit});
            moved.push_back(&range);
        }
    }
    return GetTornado(listed, [&](const std::vector<double>& values) {
        for (std::size_t i = 0; i < values.size(); ++i)
        {
            for (ValueRange* place : moved[i]->places)
            {
                *place = ValueRange::Exactly(values[i]);
            }
        }
        return figure(varied);
    });
}

std::vector<TornadoBar>
GetCostTornado(const CostInputs& inputs)
{
    return GetFigureTornado({inputs}, [](const std::vector<CostInputs>& systems) {
        return GetCost(systems.front(), RangeCase::TYPICAL).GetTcoUsdPerYear();
    });
}

ValueRange
GetInputInterval(const std::vector<TornadoBar>& bars, double most)
{
    ParameterCheck("input interval").Require(!bars.empty(), "bars", 0, "at least 1");
    const double typical = bars.front().atTypical;
    double least = typical;
    double below = 0;
    double above = 0;
    for (const TornadoBar& bar : bars)
    {
        const auto [low, high] = std::minmax({bar.atLow, bar.atTypical, bar.atHigh});
        below += (typical - low) * (typical - low);
        above += (high - typical) * (high - typical);
        least = std::min(least, low);
    }
    const double low = typical - std::sqrt(below);
    return {least >= 0 ? std::max(low, 0.0) : low,
            typical,
            std::max(typical, std::min(typical + std::sqrt(above), most))};
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
