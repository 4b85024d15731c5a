/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BILL_FAILURES_H
#define OPTICAL_FABRIC_BILL_FAILURES_H

#include "ns3/bill-of-materials.h"
#include "ns3/catalog.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * How often the parts of a bill fail, in closed form: no event is drawn. The modes are those of the
 * catalog.
 */

/**
 * @ingroup optical-fabric
 * @brief Failures of parts of one kind.
 */
struct FailureLine
{
    std::string mode;  ///< failure mode in the catalog
    uint64_t count{0}; ///< parts that can fail that way
    /// Of all of them in 8760 h, mean over the life from new, each replaced at once.
    double failuresPerYear{0};
    double downH{0};        ///< mean from a failure until its repair is done, h, without waiting
    double availability{1}; ///< share of time that all of them are up
};

/**
 * @ingroup optical-fabric
 * @brief Failures of a system that needs all its parts.
 */
struct FailureEstimate
{
    std::vector<FailureLine> lines; ///< by mode, in alphabetical order
    double failuresPerYear{0};      ///< of all parts
    double mtbfH{0};                ///< mean time between them, h; infinite if there are none
    double availability{1};         ///< share of time that all parts are up
    Evidence::Grade rateGrade{Evidence::QUOTED};         ///< worst of the rates
    Evidence::Grade availabilityGrade{Evidence::QUOTED}; ///< worst of rates and durations
};

/**
 * @ingroup optical-fabric
 * The mode that counts all failures of a module: "module-co-packaged" if it is packaged with a
 * switch chip, else "module".
 * @param catalog the catalog
 * @param transceiver its type
 * @return name of the mode
 * @throw ScenarioError if the catalog has no such transceiver
 */
std::string GetModuleFailureModeName(const Catalog& catalog, const std::string& transceiver);

/**
 * @ingroup optical-fabric
 * @param catalog the catalog
 * @param bill a bill
 * @return the mode of its first module; "module" if it has none
 * @throw ScenarioError if the catalog has no such transceiver
 */
std::string GetModuleFailureModeName(const Catalog& catalog, const BillOfMaterials& bill);

/**
 * @ingroup optical-fabric
 * The mode that counts all failures of a part: "npu", "cpu", "switch-chip" or "switch-box" by what
 * the catalog says a switch is, "ocs", "nic", that of its module. Cables have one by CableCounts.
 * Enclosures have none: the rate of a host is of all that is in it; with it failures would count
 * twice.
 * @param catalog the catalog
 * @param line a line of a bill
 * @return name of the mode; empty if there is none
 * @throw ScenarioError if the catalog has no entry of a switch or module
 */
std::string GetFailureModeName(const Catalog& catalog, const BillLine& line);

/**
 * @ingroup optical-fabric
 * How often parts fail by a mode: GetMeanFailureRateFit over the life of what is bought.
 * @param catalog the catalog
 * @param mode name of a failure mode
 * @param finance name of a way to finance, whose typical life it is
 * @return failures of one part in 1e9 hours
 * @throw ScenarioError if the catalog lacks a name
 * @throw std::invalid_argument naming the mode if there is no closed form for its law
 */
double GetFailureRateFit(const Catalog& catalog,
                         const std::string& mode,
                         const std::string& finance);

/**
 * @ingroup optical-fabric
 * @param catalog the catalog
 * @param mode name of a failure mode
 * @return how well founded its law is: as the worst of the values in it that are there: rate,
 *         shape, scale, median, sigma and those of infant failures. That of an exponential law is
 *         its rate's, for the law says no more than the rate does.
 * @throw ScenarioError if the catalog has no such mode
 */
Evidence::Grade GetFailureRateGrade(const Catalog& catalog, const std::string& mode);

/**
 * @ingroup optical-fabric
 * @brief Cables of a type, as they fail.
 */
struct CableCount
{
    std::string mode;  ///< failure mode in the catalog
    uint64_t count{0}; ///< what of them can fail that way: links of copper, cables of fibres
};

/// @ingroup optical-fabric
/// @brief Cables by type. A bill does not say what they are made of, nor how many make a link.
using CableCounts = std::map<std::string, CableCount>;

/**
 * @ingroup optical-fabric
 * Failures of all parts of a bill, and of a power feed to each of its racks: means over a life that
 * begins with new parts (GetFailureRateFit). A part is down from its failure until it has been
 * detected and repaired, each for its mean; crews and spares are always there.
 * @param catalog the catalog
 * @param bill the bill
 * @param cables cables that fail; others do not
 * @param finance name of a way to finance, whose typical life it is
 * @return the failures
 * @throw ScenarioError if the catalog lacks a mode or a type
 * @throw std::invalid_argument naming the mode if there is no closed form for its law
 */
FailureEstimate EstimateFailures(const Catalog& catalog,
                                 const BillOfMaterials& bill,
                                 const CableCounts& cables = {},
                                 const std::string& finance = "data-center");

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BILL_FAILURES_H */
