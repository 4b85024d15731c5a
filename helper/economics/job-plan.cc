/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "job-plan.h"

#include "ns3/lifetime-law.h"
#include "ns3/parameter-check.h"

#include <algorithm>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

bool
StopsAccelerators(ComponentKind::Kind kind)
{
    return kind == ComponentKind::NPU || kind == ComponentKind::CPU ||
           kind == ComponentKind::HOST || kind == ComponentKind::POWER_FEED;
}

double
CountInterruptionsPerYear(const FaultInventory& inventory, double jobShare)
{
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
            for (const InventoryComponent& component : inventory.GetComponents(kind))
            {
                perYear += share * HOURS_PER_YEAR / mode.law.GetMeanH() *
                           mode.GetAcceleration(component.temperatureC);
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
