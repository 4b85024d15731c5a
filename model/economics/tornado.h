/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TORNADO_H
#define OPTICAL_FABRIC_TORNADO_H

#include "ns3/cost-model.h"
#include "ns3/value-range.h"

#include <cstddef>
#include <functional>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief An input whose influence is asked for.
struct TornadoInput
{
    std::string name;   ///< for the diagram, not empty
    ValueRange range;   ///< its values
    std::string unit{}; ///< their unit; empty: a pure number
};

/**
 * @ingroup optical-fabric
 * @brief What one input does to the result while all others are typical.
 */
struct TornadoBar
{
    std::string name;    ///< the input
    std::string unit;    ///< unit of its values; empty: a pure number
    ValueRange range;    ///< its values
    double atLow{0};     ///< result with its low value
    double atTypical{0}; ///< result with all inputs typical
    double atHigh{0};    ///< result with its high value

    /// @return how far the result moves: between the least and the largest of the three
    double GetSwing() const;
};

/**
 * @ingroup optical-fabric
 * Move one input at a time from its low to its high value. It needs two evaluations an input and
 * one more, and is the same every time.
 * @param inputs the inputs; throws std::invalid_argument if a name is missing or a range out of
 * order
 * @param evaluate result for values of all inputs, in their order; throws std::invalid_argument if
 * a result is not finite
 * @return a bar for each input, the largest swing first; equal ones in the order of inputs
 */
std::vector<TornadoBar> GetTornado(
    const std::vector<TornadoInput>& inputs,
    const std::function<double(const std::vector<double>&)>& evaluate);

/**
 * @ingroup optical-fabric
 * The tornado of a system's total cost of ownership per year, USD. An item's inputs are named as in
 * "price of module". Inputs whose three values are the same are left out.
 * @param inputs what the cost depends on; throws std::invalid_argument if they cannot be
 * @return a bar for each input that has a range, the largest swing first
 */
std::vector<TornadoBar> GetCostTornado(const CostInputs& inputs);

/// @ingroup optical-fabric
/// @brief A figure of systems, from what they depend on, with one value of each range: typical.
using CostFigure = std::function<double(const std::vector<CostInputs>&)>;

/**
 * @ingroup optical-fabric
 * The tornado of any figure of one system or several. What systems share under one name (a rate of
 * failures, the discount rate) moves in all of them at once, so that it does not move a ratio of
 * two as if they had nothing in common.
 * @param systems what they depend on; throws std::invalid_argument if they cannot be, or if ranges
 *                of one name differ between them
 * @param figure the figure; throws std::invalid_argument if one is not finite
 * @return a bar for each input that has a range, the largest swing first
 */
std::vector<TornadoBar> GetFigureTornado(const std::vector<CostInputs>& systems,
                                         const CostFigure& figure);

/**
 * @ingroup optical-fabric
 * Where a result lies, as its inputs are known: what single inputs do to it, down and up, added in
 * quadrature, as that of independent inputs. Not below 0 if no bar is.
 * @param bars bars of all inputs that have a range; throws std::invalid_argument if there is none
 * @param most the most that the result can be, for example 1 of a share
 * @return the interval
 */
ValueRange GetInputInterval(const std::vector<TornadoBar>& bars,
                            double most = std::numeric_limits<double>::infinity());

/**
 * @ingroup optical-fabric
 * Print a tornado as a table, with a diagram on its right: each bar goes from the result at the low
 * value of its input, L, to that at the high one, H, past the typical result, "|".
 * @param os where to
 * @param bars the bars
 * @param unit unit of the results, for the heading
 * @param factor what to multiply results with to have them in that unit, above 0; throws
 *               std::invalid_argument otherwise
 * @param most how many bars to print at most, the first; those without any swing never are
 * @param isNarrow whether ranges of inputs go into a table of their own below, for 80 columns
 */
void PrintTornado(std::ostream& os,
                  const std::vector<TornadoBar>& bars,
                  const std::string& unit,
                  double factor = 1,
                  std::size_t most = std::numeric_limits<std::size_t>::max(),
                  bool isNarrow = false);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TORNADO_H */
