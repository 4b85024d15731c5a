/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "lifetime-law.h"

#include "normal-tail.h"

#include "ns3/json-writer.h"
#include "ns3/parameter-check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double INFINITE = std::numeric_limits<double>::infinity();

// Ranges that no component leaves: they catch a wrong unit or a slipped digit.
constexpr double MIN_SCALE_H = 1e-6;                   ///< shortest mean, scale or median, h
constexpr double MAX_SCALE_H = 1e15;                   ///< longest, h
constexpr double MIN_FIT = FIT_PER_RATE / MAX_SCALE_H; ///< lowest rate, FIT
constexpr double MAX_FIT = FIT_PER_RATE / MIN_SCALE_H; ///< highest rate, FIT
constexpr double MIN_SHAPE = 0.05;                     ///< smallest Weibull shape
constexpr double MAX_SHAPE = 100;                      ///< largest Weibull shape
constexpr double MIN_SIGMA = 0.01;                     ///< smallest sigma of a lognormal law
constexpr double MAX_SIGMA = 10;                       ///< largest sigma of a lognormal law
constexpr double MAX_AGE_H = 1e15;                     ///< highest age, h
constexpr double WEIGHT_SLIP = 1e-9;                   ///< by which weights may miss 1

/// @return what refuses parameters of laws
ParameterCheck
MakeCheck()
{
    return ParameterCheck("lifetime law");
}

/**
 * @param number a number
 * @return it in words
 */
std::string
Show(double number)
{
    return JsonWriter::Format(number);
}

} // namespace

LifetimeLaw::LifetimeLaw(Kind kind, double scaleH, double shape)
    : m_kind(kind),
      m_scaleH(scaleH),
      m_shape(shape)
{
}

LifetimeLaw
LifetimeLaw::Never()
{
    return LifetimeLaw();
}

LifetimeLaw
LifetimeLaw::ExponentialFit(double rateFit)
{
    MakeCheck().RequireBetween("rateFit", rateFit, MIN_FIT, MAX_FIT);
    return {EXPONENTIAL, FIT_PER_RATE / rateFit, 1};
}

LifetimeLaw
LifetimeLaw::ExponentialMtbf(double mtbfH)
{
    MakeCheck().RequireBetween("mtbfH", mtbfH, MIN_SCALE_H, MAX_SCALE_H);
    return {EXPONENTIAL, mtbfH, 1};
}

LifetimeLaw
LifetimeLaw::Weibull(double shape, double scaleH)
{
    MakeCheck().RequireBetween("shape", shape, MIN_SHAPE, MAX_SHAPE);
    MakeCheck().RequireBetween("scaleH", scaleH, MIN_SCALE_H, MAX_SCALE_H);
    return {WEIBULL, scaleH, shape};
}

LifetimeLaw
LifetimeLaw::Lognormal(double medianH, double sigma)
{
    MakeCheck().RequireBetween("medianH", medianH, MIN_SCALE_H, MAX_SCALE_H);
    MakeCheck().RequireBetween("sigma", sigma, MIN_SIGMA, MAX_SIGMA);
    return {LOGNORMAL, medianH, sigma};
}

LifetimeLaw
LifetimeLaw::Mixture(std::vector<Part> parts)
{
    MakeCheck().Require(!parts.empty(), "number of parts", parts.size(), "at least 1");
    double sum = 0;
    for (const Part& part : parts)
    {
        MakeCheck().RequireAbove("weight", part.weight, 0, 1);
        sum += part.weight;
    }
    MakeCheck().Require(std::abs(sum - 1) <= WEIGHT_SLIP, "sum of weights", sum, "1");
    LifetimeLaw law(MIXTURE, 0, 0);
    law.m_parts = std::move(parts);
    return law;
}

LifetimeLaw::Kind
LifetimeLaw::GetKind() const
{
    return m_kind;
}

std::string
LifetimeLaw::Describe() const
{
    switch (m_kind)
    {
    case NEVER:
        return "never";
    case EXPONENTIAL:
        return "exponential, MTBF " + Show(m_scaleH) + " h";
    case WEIBULL:
        return "Weibull, shape " + Show(m_shape) + ", scale " + Show(m_scaleH) + " h";
    case LOGNORMAL:
        return "lognormal, median " + Show(m_scaleH) + " h, sigma " + Show(m_shape);
    case MIXTURE:
        break;
    }
    std::string text = "mixture of";
    for (const Part& part : m_parts)
    {
        text += " " + Show(part.weight) + " (" + part.law.Describe() + ")";
    }
    return text;
}

void
LifetimeLaw::CheckAge(double ageH) const
{
    MakeCheck().RequireBetween("ageH", ageH, 0, MAX_AGE_H);
}

double
LifetimeLaw::GetScore(double ageH) const
{
    return std::log(ageH / m_scaleH) / m_shape;
}

double
LifetimeLaw::GetCumulativeHazard(double ageH) const
{
    CheckAge(ageH);
    switch (m_kind)
    {
    case NEVER:
        return 0;
    case EXPONENTIAL:
        return ageH / m_scaleH;
    case WEIBULL:
        return std::pow(ageH / m_scaleH, m_shape);
    case LOGNORMAL:
        return ageH > 0 ? -LogNormalTail(GetScore(ageH)) : 0;
    case MIXTURE:
        break;
    }
    return GetMixtureHazard(ageH);
}

double
LifetimeLaw::GetMixtureHazard(double ageH) const
{
    double failed = 0;
    double leastHazard = INFINITE;
    for (const Part& part : m_parts)
    {
        failed += part.weight * part.law.GetFailedShare(ageH);
        leastHazard = std::min(leastHazard, part.law.GetCumulativeHazard(ageH));
    }
    // Each of the two sums loses digits where the other keeps them.
    if (failed < 0.5)
    {
        return -std::log1p(-failed);
    }
    double sum = 0;
    for (const Part& part : m_parts)
    {
        sum += part.weight * std::exp(leastHazard - part.law.GetCumulativeHazard(ageH));
    }
    return leastHazard - std::log(sum);
}

double
LifetimeLaw::GetSurvival(double ageH) const
{
    return std::exp(-GetCumulativeHazard(ageH));
}

double
LifetimeLaw::GetFailedShare(double ageH) const
{
    return -std::expm1(-GetCumulativeHazard(ageH));
}

double
LifetimeLaw::GetHazardPerH(double ageH) const
{
    CheckAge(ageH);
    switch (m_kind)
    {
    case NEVER:
        return 0;
    case EXPONENTIAL:
        return 1 / m_scaleH;
    case WEIBULL:
        return m_shape / m_scaleH * std::pow(ageH / m_scaleH, m_shape - 1);
    case LOGNORMAL:
        return ageH > 0 ? NormalHazard(GetScore(ageH)) / (m_shape * ageH) : 0;
    case MIXTURE:
        break;
    }
    // Each part's hazard counts by the share of the survivors that is of this part.
    const double hazard = GetMixtureHazard(ageH);
    double rate = 0;
    for (const Part& part : m_parts)
    {
        const double share = part.weight * std::exp(hazard - part.law.GetCumulativeHazard(ageH));
        rate += share > 0 ? share * part.law.GetHazardPerH(ageH) : 0;
    }
    return rate;
}

double
LifetimeLaw::GetDensityPerH(double ageH) const
{
    const double hazard = GetHazardPerH(ageH);
    return hazard > 0 ? hazard * GetSurvival(ageH) : 0;
}

double
LifetimeLaw::GetMeanH() const
{
    switch (m_kind)
    {
    case NEVER:
        return INFINITE;
    case EXPONENTIAL:
        return m_scaleH;
    case WEIBULL:
        return m_scaleH * std::tgamma(1 + 1 / m_shape);
    case LOGNORMAL:
        return m_scaleH * std::exp(m_shape * m_shape / 2);
    case MIXTURE:
        break;
    }
    double mean = 0;
    for (const Part& part : m_parts)
    {
        mean += part.weight * part.law.GetMeanH();
    }
    return mean;
}

double
LifetimeLaw::GetQuantileH(double share) const
{
    MakeCheck().RequireBetween("share", share, 0, 1);
    return GetAgeOfHazardH(-std::log1p(-share));
}

double
LifetimeLaw::GetAgeOfHazardH(double hazard) const
{
    MakeCheck().Require(hazard >= 0, "hazard", hazard, "at least 0");
    if (hazard == 0)
    {
        return 0;
    }
    switch (m_kind)
    {
    case NEVER:
        return INFINITE;
    case EXPONENTIAL:
        return m_scaleH * hazard;
    case WEIBULL:
        return m_scaleH * std::pow(hazard, 1 / m_shape);
    case LOGNORMAL:
        return m_scaleH * std::exp(m_shape * NormalScoreOfLogTail(-hazard));
    case MIXTURE:
        break;
    }
    return GetMixtureAgeH(hazard);
}

double
LifetimeLaw::GetMixtureAgeH(double hazard) const
{
    // No sooner than the quickest part has this hazard, no later than the slowest.
    double low = INFINITE;
    double high = 0;
    for (const Part& part : m_parts)
    {
        const double age = part.law.GetAgeOfHazardH(hazard);
        low = std::min(low, age);
        high = std::max(high, age);
    }
    if (high > MAX_AGE_H)
    {
        if (low > MAX_AGE_H || GetMixtureHazard(MAX_AGE_H) < hazard)
        {
            return INFINITE;
        }
        high = MAX_AGE_H;
    }
    // Bisection, by the ratio of the ends while they are far apart.
    while (true)
    {
        const double middle =
            low > 0 && high > 2 * low ? std::sqrt(low) * std::sqrt(high) : low + (high - low) / 2;
        if (!(middle > low && middle < high))
        {
            return high;
        }
        (GetMixtureHazard(middle) < hazard ? low : high) = middle;
    }
}

double
LifetimeLaw::DrawRemainingH(double ageH, double uniform) const
{
    CheckAge(ageH);
    MakeCheck().RequireAbove("uniform", uniform, 0, 1);
    const double gained = -std::log(uniform);
    const double before = GetCumulativeHazard(ageH);
    switch (m_kind)
    {
    case NEVER:
        return INFINITE;
    case EXPONENTIAL:
        return m_scaleH * gained;
    case WEIBULL:
        // Not as a difference of ages, which would leave no digits of a short rest of a long life.
        return before > 0 ? ageH * std::expm1(std::log1p(gained / before) / m_shape)
                          : GetAgeOfHazardH(gained);
    case LOGNORMAL:
    case MIXTURE:
        break;
    }
    return std::max(GetAgeOfHazardH(before + gained) - ageH, 0.0);
}

double
LifetimeLaw::GetHazardFit(double ageH) const
{
    return GetHazardPerH(ageH) * FIT_PER_RATE;
}

double
LifetimeLaw::GetAverageFit(double fromH, double toH) const
{
    CheckAge(fromH);
    MakeCheck().RequireAbove("toH", toH, fromH, MAX_AGE_H);
    const double gained = GetCumulativeHazard(toH) - GetCumulativeHazard(fromH);
    return gained / (toH - fromH) * FIT_PER_RATE;
}

bool
LifetimeLaw::operator==(const LifetimeLaw& other) const
{
    return m_kind == other.m_kind && m_scaleH == other.m_scaleH && m_shape == other.m_shape &&
           std::equal(
               m_parts.begin(),
               m_parts.end(),
               other.m_parts.begin(),
               other.m_parts.end(),
               [](const Part& a, const Part& b) { return a.weight == b.weight && a.law == b.law; });
}

bool
LifetimeLaw::operator!=(const LifetimeLaw& other) const
{
    return !(*this == other);
}

} // namespace opticalfabric
} // namespace ns3
