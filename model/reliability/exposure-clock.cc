/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "exposure-clock.h"

#include "ns3/parameter-check.h"
#include "ns3/transceiver-spec.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MAX_ACTIVATION_EV = 5; ///< activation energy, eV
constexpr double MIN_CASE_C = -40;      ///< temperature, degrees Celsius
constexpr double MAX_CASE_C = 150;      ///< temperature, degrees Celsius
constexpr double MAX_AGE_H = 1e15;      ///< age and time, h

/// @return what refuses parameters
ParameterCheck
MakeCheck()
{
    return ParameterCheck("exposure clock");
}

} // namespace

ExposureClock::ExposureClock(double activationEv,
                             double referenceC,
                             double temperatureC,
                             double ageH)
    : m_activationEv(activationEv),
      m_referenceC(referenceC),
      m_ageH(ageH)
{
    MakeCheck().RequireBetween("activationEv", activationEv, 0, MAX_ACTIVATION_EV);
    MakeCheck().RequireBetween("referenceC", referenceC, MIN_CASE_C, MAX_CASE_C);
    MakeCheck().RequireBetween("temperatureC", temperatureC, MIN_CASE_C, MAX_CASE_C);
    MakeCheck().RequireBetween("ageH", ageH, 0, MAX_AGE_H);
    m_factor = GetArrheniusFactor(m_activationEv, m_referenceC, temperatureC);
}

void
ExposureClock::CheckTime(double atH) const
{
    MakeCheck().RequireBetween("atH", atH, m_changedH, MAX_AGE_H);
}

void
ExposureClock::SetTemperature(double atH, double temperatureC)
{
    MakeCheck().RequireBetween("temperatureC", temperatureC, MIN_CASE_C, MAX_CASE_C);
    m_ageH = GetAgeH(atH);
    m_changedH = atH;
    m_factor = GetArrheniusFactor(m_activationEv, m_referenceC, temperatureC);
}

void
ExposureClock::SetAge(double atH, double ageH)
{
    CheckTime(atH);
    MakeCheck().RequireBetween("ageH", ageH, 0, MAX_AGE_H);
    m_changedH = atH;
    m_ageH = ageH;
}

double
ExposureClock::GetFactor() const
{
    return m_factor;
}

double
ExposureClock::GetAgeH(double atH) const
{
    CheckTime(atH);
    return m_ageH + (atH - m_changedH) * m_factor;
}

double
ExposureClock::GetTimeOfAgeH(double ageH) const
{
    MakeCheck().Require(ageH >= 0, "ageH", ageH, "at least 0");
    return m_changedH + std::max(ageH - m_ageH, 0.0) / m_factor;
}

} // namespace opticalfabric
} // namespace ns3
