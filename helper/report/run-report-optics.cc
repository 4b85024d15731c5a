/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-report-optics.h"

#include "run-report-units.h"

#include <cmath>
#include <functional>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Lines of cells.
using Rows = std::vector<std::vector<std::string>>;

/**
 * @param value a number
 * @param decimals decimals to show
 * @return it, "-" if there is none
 */
std::string
FormatDecimal(double value, int decimals)
{
    if (!std::isfinite(value))
    {
        return std::isnan(value) ? "-" : "none";
    }
    std::ostringstream os;
    // Adding zero turns the negative zero that rounding leaves into zero.
    const double unit = std::pow(10, decimals);
    os << std::fixed << std::setprecision(decimals) << std::round(value * unit) / unit + 0.0;
    return os.str();
}

/**
 * @param value logarithm of an error ratio
 * @return it; what is too small to be more than a bound as that
 */
std::string
FormatLogRatio(double value)
{
    constexpr double LEAST = -20; // as FormatErrorRatio has it
    return value < LEAST ? "<-20" : FormatDecimal(value, 1);
}

/**
 * @param count links, all draws together
 * @param record survey they are of
 * @return how many of a draw's links they are on average, and what share
 */
std::string
FormatShare(uint64_t count, const SurveyRecord& record)
{
    const double perDraw = static_cast<double>(count) / record.draws;
    const double share =
        static_cast<double>(count) / (static_cast<double>(record.links) * record.draws);
    if (count == 0)
    {
        return "0";
    }
    return FormatDecimal(perDraw, perDraw == std::floor(perDraw) ? 0 : 1) + " (" +
           FormatDecimal(100 * share, share < 0.01 ? 3 : 1) + " %)";
}

/**
 * @param records survey of each network
 * @param os where to
 */
void
PrintSurvey(const std::vector<SurveyRecord>& records, std::ostream& os)
{
    Rows values{{"", "", "min", "0.1 %", "1 %", "10 %", "50 %", "90 %", "max", "mean"}};
    Rows links{{"", "links", "draws", "full width", "reduced", "down"}};
    for (const char* threshold : SURVEY_THRESHOLD_NAMES)
    {
        links.front().push_back(std::string("FER > ") + threshold);
    }
    const auto addValues = [&](const std::string& name,
                               const std::string& what,
                               const ValueSummary& summary,
                               const std::function<std::string(double)>& format) {
        values.push_back({name, what, format(summary.min)});
        for (const double quantile : summary.quantiles)
        {
            values.back().push_back(format(quantile));
        }
        values.back().push_back(format(summary.max));
        values.back().push_back(format(summary.mean));
    };
    const auto formatMargin = [](double value) { return FormatDecimal(value, 2); };
    for (const SurveyRecord& record : records)
    {
        if (record.links == 0)
        {
            continue;
        }
        addValues(record.network, "margin, dB", record.marginDb, formatMargin);
        addValues("", "log10 of BER before FEC", record.log10Ber, FormatLogRatio);
        addValues("", "log10 of frame error ratio", record.log10Fer, FormatLogRatio);
        links.push_back({record.network,
                         FormatCount(record.links),
                         FormatCount(record.draws),
                         FormatShare(record.fullLinks, record),
                         FormatShare(record.reducedLinks, record),
                         FormatShare(record.downLinks, record)});
        for (const uint64_t above : record.linksAbove)
        {
            links.back().push_back(FormatShare(above, record));
        }
    }
    os << "\nLink survey: every optical link in both directions, made anew in each draw\n"
       << FormatTable(values, 2) << "  - : too few values for that quantile, or none\n";
    for (const SurveyRecord& record : records)
    {
        if (record.hopeless > 0)
        {
            os << "  " << record.network << ": margins left out, as no power is enough there: "
               << FormatCount(record.hopeless) << ", all draws together\n";
        }
    }
    os << "\n"
       << FormatTable(links, 1)
       << "  links of a draw, mean of all draws; FER: frame error ratio of the worse direction\n";
}

} // namespace

void
PrintOptics(const RunResults& results, std::ostream& os)
{
    if (!results.optics.empty())
    {
        Rows rows{{"",
                   "modules",
                   "links on light",
                   "reduced",
                   "down",
                   "worst margin",
                   "retries",
                   "packets lost"}};
        for (const OpticsRecord& record : results.optics)
        {
            const bool isNumber = std::isfinite(record.worstMarginDb);
            const std::string margin = FormatDecimal(record.worstMarginDb, 2);
            rows.push_back({record.network,
                            FormatCount(record.modules),
                            FormatCount(record.links),
                            FormatCount(record.reducedLinks),
                            FormatCount(record.downLinks),
                            isNumber ? margin + " dB" : margin,
                            FormatCount(record.retries),
                            FormatCount(record.lostPackets)});
        }
        os << "\nOptics, links as they are at the end\n" << FormatTable(rows, 1);
    }
    if (!results.survey.empty())
    {
        PrintSurvey(results.survey, os);
    }
}

} // namespace opticalfabric
} // namespace ns3
