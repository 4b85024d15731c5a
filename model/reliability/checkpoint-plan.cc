/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "checkpoint-plan.h"

#include "ns3/parameter-check.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MAX_PLAN_H = 1e6; ///< longest interval, write and restart, h

/// @return what refuses parameters
ParameterCheck
MakeCheck()
{
    return ParameterCheck("checkpoint plan");
}

/// @param mtbfH mean time between interruptions, h, refused if out of range
void
CheckMtbf(double mtbfH)
{
    MakeCheck().RequireAbove("mtbfH", mtbfH, 0, std::numeric_limits<double>::max());
}

} // namespace

void
CheckpointPlan::Validate() const
{
    MakeCheck().RequireAbove("intervalH", intervalH, 0, MAX_PLAN_H);
    MakeCheck().RequireBetween("writeH", writeH, 0, MAX_PLAN_H);
    MakeCheck().RequireBetween("restartH", restartH, 0, MAX_PLAN_H);
}

double
CheckpointPlan::GetComputingH(double activeH) const
{
    const double periodH = intervalH + writeH;
    const double periods = std::floor(activeH / periodH);
    return periods * intervalH + std::clamp(activeH - periods * periodH, 0.0, intervalH);
}

double
CheckpointPlan::GetLastCheckpointH(double activeH) const
{
    const double periodH = intervalH + writeH;
    return std::min(std::floor(activeH / periodH) * periodH, activeH);
}

double
GetYoungIntervalH(double writeH, double mtbfH)
{
    MakeCheck().RequireAbove("writeH", writeH, 0, MAX_PLAN_H);
    CheckMtbf(mtbfH);
    return std::sqrt(2 * writeH * mtbfH);
}

double
GetDalyIntervalH(double writeH, double mtbfH)
{
    const double youngH = GetYoungIntervalH(writeH, mtbfH);
    if (writeH >= 2 * mtbfH)
    {
        return mtbfH;
    }
    const double ratio = writeH / (2 * mtbfH);
    return youngH * (1 + std::sqrt(ratio) / 3 + ratio / 9) - writeH;
}

double
GetDalyEfficiency(const CheckpointPlan& plan, double mtbfH)
{
    plan.Validate();
    CheckMtbf(mtbfH);
    return plan.intervalH / mtbfH * std::exp(-plan.restartH / mtbfH) /
           std::expm1((plan.intervalH + plan.writeH) / mtbfH);
}

} // namespace opticalfabric
} // namespace ns3
