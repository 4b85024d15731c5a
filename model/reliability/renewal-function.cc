/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "renewal-function.h"

#include "ns3/parameter-check.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param law how long a thing lives
 * @param horizonH latest time, h
 * @param steps steps of the grid
 * @return M at each point of the grid, the begin included
 */
std::vector<double>
SolveRenewalEquation(const LifetimeLaw& law, double horizonH, uint32_t steps)
{
    const double step = horizonH / steps;
    // F at the points of the grid, and in the middle between them.
    std::vector<double> whole(steps + 1);
    std::vector<double> half(steps);
    for (uint32_t i = 0; i <= steps; ++i)
    {
        whole[i] = law.GetFailedShare(i * step);
    }
    for (uint32_t i = 0; i < steps; ++i)
    {
        half[i] = law.GetFailedShare((i + 0.5) * step);
    }
    std::vector<double> values(steps + 1);
    std::vector<double> gains(steps + 1);
    for (uint32_t i = 1; i <= steps; ++i)
    {
        double value = whole[i] - half[0] * values[i - 1];
        for (uint32_t j = 1; j < i; ++j)
        {
            value += half[i - j] * gains[j];
        }
        values[i] = value / (1 - half[0]);
        gains[i] = values[i] - values[i - 1];
    }
    return values;
}

} // namespace

RenewalFunction::RenewalFunction(const LifetimeLaw& law, double horizonH, uint32_t steps)
    : m_horizonH(horizonH)
{
    const ParameterCheck check("renewal function");
    check.RequireAbove("horizonH", horizonH, 0, 1e15);
    check.Require(steps >= 2 && steps <= 100000 && steps % 2 == 0,
                  "steps",
                  steps,
                  "an even number, 2 to 100000");
    if (law.GetKind() == LifetimeLaw::EXPONENTIAL)
    {
        m_perH = 1 / law.GetMeanH();
        return;
    }
    check.Require(law.GetFailedShare(horizonH / steps) <= 0.5,
                  "steps",
                  steps,
                  "so many that less than half of all fail within a step");
    m_values = SolveRenewalEquation(law, horizonH, steps);
    const std::vector<double> coarse = SolveRenewalEquation(law, horizonH, steps / 2);
    for (uint32_t i = 0; i <= steps / 2; ++i)
    {
        m_errorEstimate = std::max(m_errorEstimate, std::abs(coarse[i] - m_values[2 * i]));
    }
}

double
RenewalFunction::GetExpected(double timeH) const
{
    ParameterCheck("renewal function").RequireBetween("timeH", timeH, 0, m_horizonH);
    if (m_values.empty())
    {
        return timeH * m_perH;
    }
    const auto steps = static_cast<double>(m_values.size() - 1);
    const double place = timeH / m_horizonH * steps;
    const auto before = static_cast<std::size_t>(std::min(std::floor(place), steps - 1));
    const double share = place - static_cast<double>(before);
    return m_values[before] + share * (m_values[before + 1] - m_values[before]);
}

double
RenewalFunction::GetErrorEstimate() const
{
    return m_errorEstimate;
}

double
GetMeanFailureRateFit(const LifetimeLaw& law, double lifeH)
{
    return RenewalFunction(law, lifeH).GetExpected(lifeH) / lifeH * FIT_PER_RATE;
}

} // namespace opticalfabric
} // namespace ns3
