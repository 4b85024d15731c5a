/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "duration-law.h"

#include "normal-tail.h"

#include "ns3/json-writer.h"
#include "ns3/parameter-check.h"

#include <cmath>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MAX_DURATION_H = 1e9; ///< longest, h
constexpr double MIN_SIGMA = 0.01;     ///< smallest sigma of a lognormal law
constexpr double MAX_SIGMA = 10;       ///< largest sigma of a lognormal law

/// @return what refuses parameters
ParameterCheck
MakeCheck()
{
    return ParameterCheck("duration law");
}

} // namespace

DurationLaw::DurationLaw(Kind kind, double first, double second)
    : m_kind(kind),
      m_firstH(first),
      m_second(second)
{
}

DurationLaw
DurationLaw::Constant(double durationH)
{
    MakeCheck().RequireBetween("durationH", durationH, 0, MAX_DURATION_H);
    return {CONSTANT, durationH, 0};
}

DurationLaw
DurationLaw::Uniform(double leastH, double mostH)
{
    MakeCheck().RequireBetween("leastH", leastH, 0, MAX_DURATION_H);
    MakeCheck().RequireBetween("mostH", mostH, leastH, MAX_DURATION_H);
    return {UNIFORM, leastH, mostH};
}

DurationLaw
DurationLaw::Exponential(double meanH)
{
    MakeCheck().RequireAbove("meanH", meanH, 0, MAX_DURATION_H);
    return {EXPONENTIAL, meanH, 0};
}

DurationLaw
DurationLaw::Lognormal(double medianH, double sigma)
{
    MakeCheck().RequireAbove("medianH", medianH, 0, MAX_DURATION_H);
    MakeCheck().RequireBetween("sigma", sigma, MIN_SIGMA, MAX_SIGMA);
    return {LOGNORMAL, medianH, sigma};
}

DurationLaw::Kind
DurationLaw::GetKind() const
{
    return m_kind;
}

double
DurationLaw::GetMeanH() const
{
    switch (m_kind)
    {
    case UNIFORM:
        return m_firstH + (m_second - m_firstH) / 2;
    case LOGNORMAL:
        return m_firstH * std::exp(m_second * m_second / 2);
    default:
        return m_firstH;
    }
}

double
DurationLaw::DrawH(double uniform) const
{
    MakeCheck().RequireAbove("uniform", uniform, 0, 1);
    switch (m_kind)
    {
    case CONSTANT:
        return m_firstH;
    case UNIFORM:
        return m_firstH + (1 - uniform) * (m_second - m_firstH);
    case EXPONENTIAL:
        return -m_firstH * std::log(uniform);
    case LOGNORMAL:
        break;
    }
    return uniform < 1 ? m_firstH * std::exp(m_second * NormalScoreOfLogTail(std::log(uniform)))
                       : 0;
}

std::string
DurationLaw::Describe() const
{
    const std::string first = JsonWriter::Format(m_firstH);
    switch (m_kind)
    {
    case CONSTANT:
        return first + " h";
    case UNIFORM:
        return "uniform, " + first + " to " + JsonWriter::Format(m_second) + " h";
    case EXPONENTIAL:
        return "exponential, mean " + first + " h";
    case LOGNORMAL:
        break;
    }
    return "lognormal, median " + first + " h, sigma " + JsonWriter::Format(m_second);
}

} // namespace opticalfabric
} // namespace ns3
