/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-inputs.h"

#include "input-ranges.h"
#include "job-plan.h"

#include "ns3/parameter-check.h"
#include "ns3/tornado.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <set>
#include <string>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param law a law
 * @param factor factor of the rate
 * @return the same law, as often; laws other than the exponential one stay
 */
LifetimeLaw
VaryLaw(const LifetimeLaw& law, double factor)
{
    if (law.GetKind() != LifetimeLaw::EXPONENTIAL || factor == 1)
    {
        return law;
    }
    return factor == 0 ? LifetimeLaw::Never()
                       : LifetimeLaw::ExponentialMtbf(law.GetMeanH() / factor);
}

/**
 * @param law a duration
 * @param factor factor
 * @return the duration times the factor
 */
DurationLaw
VaryDuration(const DurationLaw& law, double factor)
{
    const double meanH = law.GetMeanH();
    if (factor == 1 || meanH == 0)
    {
        return law;
    }
    if (factor == 0)
    {
        return DurationLaw();
    }
    switch (law.GetKind())
    {
    case DurationLaw::CONSTANT:
        return DurationLaw::Constant(meanH * factor);
    case DurationLaw::UNIFORM: {
        const double leastH = law.DrawH(1);
        return DurationLaw::Uniform(leastH * factor, (2 * meanH - leastH) * factor);
    }
    case DurationLaw::EXPONENTIAL:
        return DurationLaw::Exponential(meanH * factor);
    case DurationLaw::LOGNORMAL:
        break;
    }
    const double medianH = law.DrawH(0.5); // mean = median exp(sigma^2 / 2)
    return DurationLaw::Lognormal(medianH * factor, std::sqrt(2 * std::log(meanH / medianH)));
}

/// @param inventory an inventory @return names of its modes that happen
std::set<std::string>
ListModes(const FaultInventory& inventory)
{
    std::set<std::string> names;
    for (uint8_t i = 0; i < ComponentKind::COUNT; ++i)
    {
        const auto kind = static_cast<ComponentKind::Kind>(i);
        for (const FailureMode& mode : inventory.GetModes(kind))
        {
            if (mode.law.GetKind() != LifetimeLaw::NEVER && !inventory.GetComponents(kind).empty())
            {
                names.insert(mode.name);
            }
        }
    }
    return names;
}

} // namespace

CheckpointPlan
CampaignInputs::PlanCheckpoints() const
{
    return PlanCheckpoints(CountInterruptionsPerYear(inventory, jobShare, horizonH));
}

CheckpointPlan
CampaignInputs::PlanCheckpoints(double interruptionsPerYear) const
{
    InterruptionSpec chosen = interruption;
    chosen.writeH = interruption.writeH.Only(write);
    chosen.restartH = interruption.restartH.Only(restart);
    return opticalfabric::PlanCheckpoints(chosen, RangeCase::TYPICAL, interruptionsPerYear);
}

FaultInventory
VaryMode(const FaultInventory& inventory, const std::string& mode, double rate, double repair)
{
    const ParameterCheck check("inventory");
    check.RequireBetween("rate", rate, 0, std::numeric_limits<double>::max());
    check.RequireBetween("repair", repair, 0, std::numeric_limits<double>::max());
    FaultInventory varied;
    for (uint8_t i = 0; i < ComponentKind::COUNT; ++i)
    {
        const auto kind = static_cast<ComponentKind::Kind>(i);
        for (FailureMode changed : inventory.GetModes(kind))
        {
            if (changed.name == mode)
            {
                changed.law = VaryLaw(changed.law, rate);
                changed.repair.duration = VaryDuration(changed.repair.duration, repair);
            }
            varied.AddMode(changed);
        }
        for (const InventoryComponent& component : inventory.GetComponents(kind))
        {
            varied.AddComponent(kind, component);
        }
    }
    return varied;
}

std::vector<ValueRange>
GetCampaignIntervals(const Catalog& catalog,
                     const CampaignInputs& inputs,
                     const std::vector<double>& most,
                     const std::vector<double>& means,
                     const std::function<std::vector<double>(const CampaignInputs&)>& run)
{
    const auto getRange = [&catalog](const std::string& mode, const char* path) {
        return GetFactorRange(catalog, CatalogKind::FAILURE_MODE, mode, path);
    };
    const std::set<std::string> modes = ListModes(inputs.inventory);
    // Two ends of each input that has a range.
    std::vector<std::pair<CampaignInputs, CampaignInputs>> ends;
    CampaignInputs slow = inputs;
    CampaignInputs quick = inputs;
    for (const std::string& mode : modes)
    {
        const ValueRange repair = getRange(mode, "repair");
        quick.inventory = VaryMode(quick.inventory, mode, 1, repair.low);
        slow.inventory = VaryMode(slow.inventory, mode, 1, repair.high);
        const ValueRange rate = getRange(mode, "rate");
        if (rate.low < rate.high)
        {
            ends.emplace_back(inputs, inputs);
            ends.back().first.inventory = VaryMode(inputs.inventory, mode, rate.low, 1);
            ends.back().second.inventory = VaryMode(inputs.inventory, mode, rate.high, 1);
        }
    }
    ends.emplace_back(quick, slow);
    for (RangeCase::Kind CampaignInputs::*member :
         {&CampaignInputs::write, &CampaignInputs::restart})
    {
        ends.emplace_back(inputs, inputs);
        ends.back().first.*member = RangeCase::LOW;
        ends.back().second.*member = RangeCase::HIGH;
    }
    const std::vector<double> typical = run(inputs);
    std::vector<std::vector<TornadoBar>> bars(typical.size());
    for (const auto& [low, high] : ends)
    {
        const std::vector<double> atLow = run(low);
        const std::vector<double> atHigh = run(high);
        for (std::size_t i = 0; i < typical.size(); ++i)
        {
            TornadoBar bar;
            bar.atLow = atLow.at(i);
            bar.atTypical = typical[i];
            bar.atHigh = atHigh.at(i);
            bars[i].push_back(bar);
        }
    }
    std::vector<ValueRange> intervals;
    for (std::size_t i = 0; i < bars.size(); ++i)
    {
        const ValueRange range = GetInputInterval(bars[i], most.at(i));
        const double factor = range.typical > 0 ? means.at(i) / range.typical : 1;
        intervals.push_back(
            {range.low * factor, means.at(i), std::min(range.high * factor, most.at(i))});
    }
    return intervals;
}

} // namespace opticalfabric
} // namespace ns3
