/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-tolerances.h"

#include "ns3/scenario-quantity.h"
#include "ns3/tolerance-comparison.h"

#include <chrono>
#include <limits>
#include <memory>
#include <optional>
#include <ostream>
#include <sstream>
#include <stdexcept>

using namespace ns3::opticalfabric;

namespace cloudmatrixcampaign
{

std::vector<uint32_t>
ReadNumbers(const std::string& text)
{
    std::vector<uint32_t> numbers;
    std::istringstream parts(text);
    std::string part;
    while (std::getline(parts, part, ','))
    {
        const std::optional<uint64_t> number = ReadWhole(part);
        if (!number || *number > std::numeric_limits<uint32_t>::max())
        {
            throw std::invalid_argument("\"" + part + "\" in \"" + text +
                                        "\" is no number; allowed: whole numbers with commas "
                                        "between them, for example 0,4,8,16");
        }
        numbers.push_back(static_cast<uint32_t>(*number));
    }
    return numbers;
}

void
PrintToleranceComparison(const CampaignSpec& spec,
                         const DegradationModelMaker& makeModel,
                         const std::vector<uint32_t>& spares,
                         const ReplicationStreams& streams,
                         const CheckpointPlanner& planner,
                         double npuHourUsd,
                         std::ostream& table,
                         std::ostream& talk)
{
    const auto npus =
        static_cast<uint32_t>(spec.inventory.GetComponents(spec.job.accelerator).size());
    const std::vector<ToleranceVariant> variants =
        MakeToleranceVariants(spec.job, npus, spares, makeModel);
    const auto start = std::chrono::steady_clock::now();
    const auto report = [&](const std::string& name, std::size_t done, std::size_t all) {
        constexpr std::chrono::seconds PATIENCE(2);
        if (std::chrono::steady_clock::now() - start > PATIENCE)
        {
            talk << done << " of " << all << " done, now: " << name << std::endl;
        }
    };
    table << WriteToleranceComparison(CompareTolerances(spec, variants, streams, planner, report),
                                      npuHourUsd);
    table << "Marks: M, guesses among rates, repairs, checkpoints and the price of an hour.\n"
             "Intervals are of draws alone; without --compare the campaign says how far\n"
             "inputs are known.\n";
}

} // namespace cloudmatrixcampaign
