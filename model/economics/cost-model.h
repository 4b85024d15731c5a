/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COST_MODEL_H
#define OPTICAL_FABRIC_COST_MODEL_H

#include "ns3/price-spec.h"
#include "ns3/value-range.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief How capital becomes a cost per year.
struct Amortisation
{
    /// The methods.
    enum Kind : uint8_t
    {
        STRAIGHT_LINE, ///< capital over life: no interest
        ANNUITY        ///< equal payments over the life that pay back capital and interest
    };
};

/**
 * @ingroup optical-fabric
 * @brief Pieces of one kind: what they cost, and how often they fail.
 *
 * Failures are numbers here, from wherever they come: a catalog, a campaign, a guess.
 */
struct CostItem
{
    std::string name; ///< for messages and tornado, not empty
    /// How it fails. What is known of failures and repairs of items of one mode is the same, and
    /// moves together in a tornado; empty: a mode of its own, named as the item.
    std::string mode;
    double count{0};                ///< how many, 0 to 1e12
    ValueRange unitUsd;             ///< price of one, USD, 0 to 1e9
    ValueRange unitW;               ///< mean power of one at the socket, W, 0 to 1e12
    ValueRange unitTflops;          ///< compute of one, TFLOPS, 0 to 1e6
    ValueRange unitMemoryGB;        ///< memory of one, GB, 0 to 1e6
    ValueRange unitMemoryGBps;      ///< bandwidth of that, GB/s, 0 to 1e8
    ValueRange failuresPerYear;     ///< failures of one, per year, 0 to 1e4
    ValueRange spareShare{1, 1, 1}; ///< cost of what a repair uses up, over unitUsd, 0 to 100
    ValueRange repairH;             ///< labour of a repair, h, 0 to 1e4
    ValueRange downH;               ///< from a failure until it is up again, h, 0 to 1e6
    double interruptShare{0};       ///< share of its failures that interrupt the job, 0 to 1

    /// @return name of its mode
    const std::string& GetMode() const;
};

/**
 * @ingroup optical-fabric
 * @brief All that a system's cost depends on.
 */
struct CostInputs
{
    std::string name;            ///< name of the system, for the tornado; may be empty
    std::vector<CostItem> items; ///< what it consists of; names differ
    ValueRange powerW;           ///< mean power at the socket besides that of items, W, 0 to 1e12
    RegionSpec region;           ///< grid, building, people
    FinanceSpec finance;         ///< life and interest
    Amortisation::Kind amortisation{Amortisation::ANNUITY}; ///< how capital is spread
    /// What a job on all of it spends on checkpoints and restarts.
    InterruptionSpec interruption{"none", {}, {}};
    ValueRange downtimeHPerYear; ///< outages besides, h per year, 0 to 8766
    ValueRange downtimeUsdPerH;  ///< what an hour of outage costs, USD, 0 to 1e9

    /// Refuse what cannot be: throws std::invalid_argument naming field, value, allowed.
    void Validate() const;
    /**
     * @param which which value of each range; throws std::invalid_argument if it is none
     * @return the same with that value alone
     */
    CostInputs Only(RangeCase::Kind which) const;
};

/**
 * @ingroup optical-fabric
 * @brief What a system costs.
 */
struct Cost
{
    double capitalUsd{0};             ///< price of all items, USD
    double buildingUsd{0};            ///< price of the building for their power, USD
    double amortisationUsdPerYear{0}; ///< price of all items, spread, USD per year
    double buildingUsdPerYear{0};     ///< price of the building, spread, USD per year
    double energyUsdPerYear{0};       ///< electricity of IT and building, USD per year
    double labourUsdPerYear{0};       ///< labour of repairs, USD per year
    double sparesUsdPerYear{0};       ///< what repairs use up, USD per year
    double downtimeUsdPerYear{
        0};               ///< work that a job loses to interruptions, and outages, USD per year
    double tflops{0};     ///< compute of all items, TFLOPS
    double memoryGB{0};   ///< memory of all items, GB
    double memoryGBps{0}; ///< bandwidth of that, GB/s
    double powerW{0};     ///< power at the socket, W
    double failuresPerYear{0};      ///< failures of all items, per year of 8760 h
    double interruptionsPerYear{0}; ///< those that interrupt the job
    double availability{1};         ///< share of time that all items are up, each by itself
    double checkpointH{0};          ///< Daly's interval between checkpoints, h; 0: none are written
    double jobEfficiency{1}; ///< share of a job's time that ends up as work done, see GetCost

    /// @return all of it: the total cost of ownership, USD per year
    double GetTcoUsdPerYear() const;
    /**
     * Cost of one of what the system has or does in a year: an accelerator, a GB/s of scale-up
     * bandwidth. GetCollectiveCost has that of a collective, and of a petabyte that one moves.
     * @param count how many it has, or does in a year, above 0 and finite; throws
     *              std::invalid_argument otherwise
     * @return TCO of a year over count, USD
     */
    double GetTcoUsdPer(double count) const;
    /**
     * Cost of the system for a while.
     * @param seconds how long, s, at least 0 and finite; throws std::invalid_argument otherwise
     * @return that share of the TCO of a year of 8,766 h, USD
     */
    double GetUsdOf(double seconds) const;
    /**
     * @param count how many it has, above 0 and finite; throws std::invalid_argument otherwise
     * @return capital over count, USD
     */
    double GetCapitalUsdPer(double count) const;
};

/**
 * @ingroup optical-fabric
 * @param capitalUsd capital, USD, at least 0; throws std::invalid_argument otherwise
 * @param lifeYears life, years, above 0; throws std::invalid_argument otherwise
 * @param discountRate interest per year, 0 to 1; throws std::invalid_argument otherwise; does not
 *                     matter to STRAIGHT_LINE
 * @param method how it is spread; throws std::invalid_argument if it is no method
 * @return payment per year, USD: capital / life, or capital r / (1 - (1 + r)^-life), paid at the
 *         end of each year
 */
double GetAmortisationUsdPerYear(double capitalUsd,
                                 double lifeYears,
                                 double discountRate,
                                 Amortisation::Kind method);

/**
 * @ingroup optical-fabric
 * Cost with one value of each range. Low is the lower number throughout, which is not always the
 * cheaper one: a low life makes capital dear. What moves the cost most the tornado tells.
 *
 * The job is one on all of the system for which spares stand ready: an interruption takes from it
 * the restart and the work since the last checkpoint, and checkpoints take their time. It writes
 * them at Daly's interval (GetDalyIntervalH), and what it gets done is GetDalyEfficiency. The rest
 * of its time costs what an hour of outage does. Failures that do not interrupt it take nothing.
 * @param inputs what it depends on; throws std::invalid_argument if they cannot be
 * @param which which values
 * @return the cost
 */
Cost GetCost(const CostInputs& inputs, RangeCase::Kind which);

/**
 * @ingroup optical-fabric
 * The cheapest and the dearest year that ranges allow: every input at that end of its range which
 * makes the year cheaper, or dearer. That is GetCost with lives at their other end.
 * @param inputs what it depends on; throws std::invalid_argument if they cannot be
 * @param which LOW: the cheapest; TYPICAL: as GetCost; HIGH: the dearest
 * @return the cost
 */
Cost GetCostBound(const CostInputs& inputs, RangeCase::Kind which);

/// @ingroup optical-fabric
/// @brief Hours of a year of 365.25 days, by which electricity is billed; failures a year are those
/// of 8760 h (HOURS_PER_YEAR).
constexpr double HOURS_PER_JULIAN_YEAR = 8766;

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COST_MODEL_H */
