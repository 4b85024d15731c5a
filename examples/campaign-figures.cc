/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-figures.h"

#include "ns3/catalog-value.h"
#include "ns3/interval-text.h"
#include "ns3/text-table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iomanip>
#include <limits>
#include <ostream>
#include <sstream>

using namespace ns3::opticalfabric;

namespace cloudmatrixcampaign
{

namespace
{

/**
 * @param interval a mean with its interval over draws
 * @param range the same figure, as its inputs are known
 * @return both in words, with no more digits than the wider of them allows
 */
std::vector<std::string>
ShowIntervals(const MeanInterval& interval, const ValueRange& range)
{
    const double drawn = std::isfinite(interval.halfWidth) ? interval.halfWidth : 0;
    const double half = std::max(drawn, (range.high - range.low) / 2);
    const int decimals = half > 0 && std::isfinite(half)
                             ? std::max(0, 1 - static_cast<int>(std::floor(std::log10(half))))
                         : interval.mean == std::floor(interval.mean) ? 0
                                                                      : 2;
    const auto show = [decimals](double value) {
        std::ostringstream text;
        text << std::fixed << std::setprecision(decimals) << value;
        return text.str();
    };
    return {show(interval.mean),
            std::isfinite(interval.halfWidth) ? "+- " + ShowNumber(interval.halfWidth, 2) : "-",
            show(range.low) + " to " + show(range.high)};
}

} // namespace

std::vector<HeadFigure>
GetHeadFigures(const CampaignReport& report)
{
    constexpr double PERCENT = 100;
    constexpr double UNKNOWN = std::numeric_limits<double>::infinity();
    const bool isSingle = report.results.size() < 2;
    const auto of = [isSingle](const std::string& name, const EventInterval& events, double scale) {
        return HeadFigure{name,
                          {events.mean * scale, isSingle ? UNKNOWN : events.GetHalfWidth() * scale},
                          events.events > 0};
    };
    const auto percent = [](const std::string& name, const MeanInterval& share) {
        return HeadFigure{name, {share.mean * PERCENT, share.halfWidth * PERCENT}};
    };
    return {of("failures a year", report.failuresPerYear, 1),
            of("interruptions of the job a year", report.interruptionsPerYear, 1),
            of("time that the job runs, %", report.jobAvailability, PERCENT),
            percent("work that counts, %", report.goodput),
            percent("  of all accelerators, %", report.fleetGoodput),
            of("time that the supernode could run it, %", report.supernodeAvailability, PERCENT)};
}

void
PrintInputIntervals(const std::vector<HeadFigure>& figures,
                    const std::vector<ValueRange>& ranges,
                    std::ostream& os)
{
    TextTable table({{"as draws and inputs let it be known", TextTable::LEFT, ""},
                     {"", TextTable::RIGHT, ""},
                     {"draws", TextTable::RIGHT, ""},
                     {"inputs", TextTable::RIGHT, ""},
                     {"mark", TextTable::RIGHT, ""}});
    for (std::size_t i = 0; i < figures.size(); ++i)
    {
        TextTable::Row row = ShowIntervals(figures[i].value, ranges.at(i));
        if (!figures[i].isSeen)
        {
            row[1] = "none seen"; // so that nothing says how far it is off
        }
        row.insert(row.begin(), figures[i].name);
        row.push_back(GetMark(Evidence::GUESSED));
        table.AddRow(row);
    }
    os << table.ToText() << "\n"
       << "draws: half of an interval over replications. inputs: rates of failures,\n"
          "hours of repairs, checkpoints and restarts from low to high in the catalog, one\n"
          "at a time, added in quadrature. M: guesses are among these\n";
}

} // namespace cloudmatrixcampaign
