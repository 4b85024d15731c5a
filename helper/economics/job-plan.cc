/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "job-plan.h"

#include "ns3/lifetime-law.h"
#include "ns3/parameter-check.h"
#include "ns3/renewal-function.h"

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double FIT_HOURS = 1e9; ///< hours that a rate in FIT is for

/**
 * @param law a law
 * @param ageH age at the end of what is looked at, h
 * @return failures in an hour of age, on average until then
 */
double
GetMeanRatePerH(const LifetimeLaw& law, double ageH)
{
    if (law.GetKind() == LifetimeLaw::NEVER)
    {
        return 0;
    }
    try
    {
        return GetMeanFailureRateFit(law, ageH) / FIT_HOURS;
    }
    catch (const std::invalid_argument&)
    {
        return 1 / law.GetMeanH(); // dies so often that the limit is reached
    }
}

} // namespace

bool
StopsAccelerators(ComponentKind::Kind kind)
{
    return kind == ComponentKind::NPU || kind == ComponentKind::CPU ||
           kind == ComponentKind::HOST || kind == ComponentKind::POWER_FEED;
}

double
CountInterruptionsPerYear(const FaultInventory& inventory, double jobShare, double horizonH)
{
    constexpr double MAX_HORIZON_H = 1e12;
    ParameterCheck("interruptions of a job").RequireAbove("horizonH", horizonH, 0, MAX_HORIZON_H);
    ParameterCheck("interruptions of a job").RequireBetween("jobShare", jobShare, 0, 1);
    double perYear = 0;
    for (uint8_t i = 0; i < ComponentKind::COUNT; ++i)
    {
        const auto kind = static_cast<ComponentKind::Kind>(i);
        if (!StopsAccelerators(kind))
        {
            continue;
        }
        const double share = kind == ComponentKind::POWER_FEED ? 1 : jobShare;
        for (const FailureMode& mode : inventory.GetModes(kind))
        {
            std::map<double, double> countOf; // components by acceleration
            for (const InventoryComponent& component : inventory.GetComponents(kind))
            {
                countOf[mode.GetAcceleration(component.temperatureC)] += 1;
            }
            for (const auto& [acceleration, count] : countOf)
            {
                perYear += share * count * HOURS_PER_YEAR * acceleration *
                           GetMeanRatePerH(mode.law, horizonH * acceleration);
            }
        }
    }
    return perYear;
}

CheckpointPlan
PlanCheckpoints(const InterruptionSpec& spec, RangeCase::Kind which, double interruptionsPerYear)
{
    ParameterCheck("interruptions of a job")
        .RequireBetween("interruptionsPerYear",
                        interruptionsPerYear,
                        0,
                        std::numeric_limits<double>::max());
    constexpr double LEAST_WRITE_H = 1e-6; // what writes in no time writes often
    const double writeH = spec.writeH.Get(which);
    CheckpointPlan plan{HOURS_PER_YEAR, writeH, spec.restartH.Get(which)};
    if (interruptionsPerYear > 0)
    {
        plan.intervalH = std::min(HOURS_PER_YEAR,
                                  GetDalyIntervalH(std::max(writeH, LEAST_WRITE_H),
                                                   HOURS_PER_YEAR / interruptionsPerYear));
    }
    return plan;
}

} // namespace opticalfabric
} // namespace ns3
