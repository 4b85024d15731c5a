/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_COMPARISON_H
#define OPTICAL_FABRIC_FABRIC_COMPARISON_H

#include "ns3/built-fabric.h"
#include "ns3/catalog.h"
#include "ns3/fabric-helper.h"
#include "ns3/run-results.h"
#include "ns3/value-range.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * What fabrics are compared by: figures counted from what was built, times run on it, and power,
 * failures and cost that follow from the counts and the catalog.
 */

/**
 * @ingroup optical-fabric
 * @brief A figure of a fabric.
 */
struct Figure
{
    std::string key;  ///< for programs, for example "power_kw"; unique in a list
    std::string name; ///< for people
    std::string unit; ///< unit; empty: a number of things
    double value{0};  ///< the figure, in that unit
    int decimals{0};  ///< decimals worth printing, 0 to 6
    /// How well founded it is: as the worst of the catalog's values in it, and of the helper's
    /// latencies, most of which are assumed. Nothing if it is counted from what was built.
    std::optional<Evidence::Grade> grade;
    std::string note;  ///< for example the algorithm of a collective; may be empty
    std::string group; ///< what it is about, for a heading; the same as of others that go with it
    /// Where it lies, as the catalog's values in it are known (GetInputInterval); nothing if none
    /// of them has a range.
    std::optional<ValueRange> inputs{};
};

/// @ingroup optical-fabric
/// @brief Entries of the catalog that power and cost are figured with.
struct ComparisonSettings
{
    std::string supply{"80PLUS-Titanium"};           ///< power supplies
    std::string finance{"data-center"};              ///< life of what is bought
    std::string interruption{"training-job"};        ///< what an interruption of a job takes
    std::vector<std::string> regions{"China", "US"}; ///< where it stands: a cost for each
    /// Accelerators that a job does without, of all, 0 to 1. A twenty-fourth is 16 of 384 and 3 of
    /// 72: the same share of both, without rounding.
    double spareShare{1.0 / 24};
};

/**
 * @ingroup optical-fabric
 * Figures of a fabric without running anything on it: what it has, computes and moves; power with
 * everything at full load; price; failures, and the availability of all parts; what a job gets
 * done; cost per year. Failures, job and cost are on equal terms (CountScaleUpBill, CountCables),
 * power and price of everything as well.
 * @param catalog the catalog
 * @param fabric what was built; the first network is the scale-up network
 * @param settings entries of the catalog
 * @return the figures, in an order to print them in
 * @throw ScenarioError if the catalog lacks an entry
 * @throw std::invalid_argument if nothing says what some part of the fabric is, or if it has no
 *        accelerators
 */
std::vector<Figure> GetFabricFigures(const Catalog& catalog,
                                     const BuiltFabric& fabric,
                                     const ComparisonSettings& settings);

/**
 * @ingroup optical-fabric
 * @param collectives collectives that ran, for example those of RunLibraryCollectives
 * @param ranges how far each of their times is known, s (GetLibraryTimeRange); may be empty
 * @return their times, microseconds, in their order; the algorithm is the note
 */
std::vector<Figure> GetTimeFigures(const std::vector<CollectiveRecord>& collectives,
                                   const std::vector<ValueRange>& ranges = {});

/**
 * @ingroup optical-fabric
 * @param catalog the catalog
 * @param name name of an accelerator
 * @return what one package computes, holds, moves, draws and costs
 * @throw ScenarioError if there is none of that name, or no price of it
 */
std::vector<Figure> GetAcceleratorFigures(const Catalog& catalog, const std::string& name);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_COMPARISON_H */
