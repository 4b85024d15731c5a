/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "transceiver-spec.h"

#include "optical-units.h"
#include "parameter-check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace ns3
{
namespace opticalfabric
{

namespace
{

// Ranges that no product leaves: they catch a wrong unit or a slipped digit.
constexpr uint32_t MAX_LANES = 64;             ///< optical lanes a direction
constexpr double MAX_BAUD_GBD = 1000;          ///< symbol rate of a lane, GBd
constexpr double MIN_WAVELENGTH_NM = 400;      ///< wavelength, nm
constexpr double MAX_WAVELENGTH_NM = 2000;     ///< wavelength, nm
constexpr double MIN_POWER_DBM = -100;         ///< optical power, dBm
constexpr double MAX_POWER_DBM = 40;           ///< optical power, dBm
constexpr double MAX_TDECQ_DB = 10;            ///< eye closure, dB
constexpr double MAX_DISPERSION = 1e5;         ///< accumulated dispersion, ps/nm
constexpr double MAX_EXTINCTION_DB = 40;       ///< extinction ratio, dB
constexpr double MAX_MODES = 1000;             ///< lines of a spectrum
constexpr double MAX_LINE_CODE = 2;            ///< rate with a line code over that without
constexpr double MAX_BER = 0.1;                ///< bit error ratio before FEC
constexpr double MAX_LATENCY_S = 1e-3;         ///< signal path through a module, s
constexpr double MAX_MODULE_W = 1000;          ///< power of a module, W
constexpr double MAX_TEMPERATURE_W_PER_C = 10; ///< its rise with temperature, W per degree
constexpr double MIN_CASE_C = -40;             ///< case temperature, degrees Celsius
constexpr double MAX_CASE_C = 125;             ///< case temperature, degrees Celsius
constexpr double MAX_BIAS_MA = 1e4;            ///< bias current, mA
constexpr double MAX_DRIFT_PER_KH = 10;        ///< relative rise of bias current in 1000 h
constexpr double MAX_ACTIVATION_EV = 5;        ///< activation energy, eV
constexpr double MAX_SPREAD_DB = 10;           ///< standard deviation of a spread, dB
constexpr double ZERO_CELSIUS_K = 273.15;      ///< 0 degrees Celsius, K (SI Brochure, 9th edition)
constexpr double HOURS_PER_KH = 1000;          ///< hours in 1000 h

/// Differences of decimal fractions such as 1.5 - 0.2 are off by less than this, dB.
constexpr double ROUNDING_DB = 1e-9;

/**
 * @param check refuses
 * @param spec transmitter
 */
void
CheckTransmitter(const ParameterCheck& check, const TransmitterSpec& spec)
{
    check.RequireBetween("transmitter.omaDbm", spec.omaDbm, MIN_POWER_DBM, MAX_POWER_DBM);
    check.RequireBetween("transmitter.omaMinDbm", spec.omaMinDbm, MIN_POWER_DBM, spec.omaDbm);
    check.RequireBetween("transmitter.tdecqDb", spec.tdecqDb, 0, MAX_TDECQ_DB);
    check.RequireFrom("transmitter.tdecqMaxDb",
                      spec.tdecqMaxDb,
                      "transmitter.tdecqDb",
                      spec.tdecqDb,
                      MAX_TDECQ_DB);
    check.RequireBetween("transmitter.omaMinusTdecqMinDbm",
                         spec.omaMinusTdecqMinDbm,
                         MIN_POWER_DBM - MAX_TDECQ_DB,
                         spec.omaDbm - spec.tdecqDb + ROUNDING_DB);
    check.RequireBetween("transmitter.spectralWidthNm", spec.spectralWidthNm, 0, 10);
    check.RequireBetween("transmitter.tdecqDispersionPsPerNm",
                         spec.tdecqDispersionPsPerNm,
                         0,
                         MAX_DISPERSION);
    check.Require(spec.tdecqBandwidthGHz > 0,
                  "transmitter.tdecqBandwidthGHz",
                  spec.tdecqBandwidthGHz,
                  "above 0, infinity for none");
    check.RequireAbove("transmitter.extinctionRatioDb",
                       spec.extinctionRatioDb,
                       0,
                       MAX_EXTINCTION_DB);
    check.RequireBelowZero("transmitter.rinDbPerHz", spec.rinDbPerHz);
    check.RequireFrom("transmitter.rinMaxDbPerHz",
                      spec.rinMaxDbPerHz,
                      "transmitter.rinDbPerHz",
                      spec.rinDbPerHz,
                      0);
    if (spec.effectiveModes != 0)
    {
        check.RequireBetween("transmitter.effectiveModes", spec.effectiveModes, 1, MAX_MODES);
    }
    check.RequireBelowZero("transmitter.reflectanceDb", spec.reflectanceDb);
}

/**
 * @param check refuses
 * @param spec receiver
 */
void
CheckReceiver(const ParameterCheck& check, const ReceiverSpec& spec)
{
    check.RequireBetween("receiver.sensitivityOmaDbm",
                         spec.sensitivityOmaDbm,
                         MIN_POWER_DBM,
                         MAX_POWER_DBM);
    check.RequireFrom("receiver.sensitivityOmaMaxDbm",
                      spec.sensitivityOmaMaxDbm,
                      "receiver.sensitivityOmaDbm",
                      spec.sensitivityOmaDbm,
                      MAX_POWER_DBM);
    check.RequireAbove("receiver.sensitivityBer", spec.sensitivityBer, 0, MAX_BER);
    check.RequireBelowZero("receiver.reflectanceDb", spec.reflectanceDb);
    check.RequireFrom("receiver.overloadOmaDbm",
                      spec.overloadOmaDbm,
                      "receiver.sensitivityOmaMaxDbm",
                      spec.sensitivityOmaMaxDbm,
                      MAX_POWER_DBM);
}

/**
 * @param check refuses
 * @param spec power of a module
 */
void
CheckPower(const ParameterCheck& check, const ModulePowerSpec& spec)
{
    check.RequireBetween("power.offW", spec.offW, 0, MAX_MODULE_W);
    check.RequireFrom("power.idleW", spec.idleW, "power.offW", spec.offW, MAX_MODULE_W);
    check.RequireFrom("power.activeW", spec.activeW, "power.idleW", spec.idleW, MAX_MODULE_W);
    check.RequireBetween("power.referenceCaseC", spec.referenceCaseC, MIN_CASE_C, MAX_CASE_C);
    check.RequireBetween("power.temperatureWPerC",
                         spec.temperatureWPerC,
                         0,
                         MAX_TEMPERATURE_W_PER_C);
}

/**
 * @param check refuses
 * @param spec ageing of a laser
 */
void
CheckAgeing(const ParameterCheck& check, const LaserAgeingSpec& spec)
{
    check.RequireAbove("ageing.biasMa", spec.biasMa, 0, MAX_BIAS_MA);
    check.RequireAbove("ageing.biasLimitMa", spec.biasLimitMa, spec.biasMa, MAX_BIAS_MA);
    check.RequireBetween("ageing.driftPerKh", spec.driftPerKh, 0, MAX_DRIFT_PER_KH);
    check.RequireBetween("ageing.activationEv", spec.activationEv, 0, MAX_ACTIVATION_EV);
    check.RequireBetween("ageing.referenceCaseC", spec.referenceCaseC, MIN_CASE_C, MAX_CASE_C);
}

/**
 * @param lanes lanes of a direction
 * @return how many of them can share a fibre, if all fibres have as many: "2, 4 or 8"
 */
std::string
ListSharing(uint32_t lanes)
{
    std::string list;
    for (uint32_t share = 2; share < lanes; ++share)
    {
        if (lanes % share == 0)
        {
            list += (list.empty() ? "" : ", ") + std::to_string(share);
        }
    }
    return list + (list.empty() ? "" : " or ") + std::to_string(lanes);
}

/**
 * @param check refuses
 * @param spec a type whose lanes and plan are good
 */
void
CheckWavelengths(const ParameterCheck& check, const TransceiverSpec& spec)
{
    const size_t count = spec.wavelengthsNm.size();
    if (spec.plan == WavelengthPlan::WDM)
    {
        // One wavelength, unless of one lane, is a list forgotten rather than a fibre a lane: that
        // is PARALLEL.
        const bool isShared = count >= std::min(spec.lanes, 2U) && spec.lanes % count == 0;
        check.Require(isShared,
                      "number of wavelengthsNm",
                      count,
                      ListSharing(spec.lanes) + " with WDM, those of one fibre");
    }
    else
    {
        check.Require(count == 1 || count == spec.lanes,
                      "number of wavelengthsNm",
                      count,
                      spec.lanes == 1 ? "1" : "1 or " + std::to_string(spec.lanes));
    }
    std::set<double> seen;
    for (const double wavelengthNm : spec.wavelengthsNm)
    {
        check.RequireBetween("wavelengthsNm", wavelengthNm, MIN_WAVELENGTH_NM, MAX_WAVELENGTH_NM);
        const bool isNew = seen.insert(wavelengthNm).second;
        check.Require(isNew || spec.plan != WavelengthPlan::WDM,
                      "wavelengthsNm",
                      wavelengthNm,
                      "a different one for each lane of a fibre with WDM");
    }
}

/**
 * @param spec a type; refused if it has none
 * @return how many wavelengths it has
 */
uint32_t
CountWavelengths(const TransceiverSpec& spec)
{
    const size_t count = spec.wavelengthsNm.size();
    ParameterCheck("transceiver " + spec.name)
        .Require(count > 0, "number of wavelengthsNm", count, "at least 1");
    return static_cast<uint32_t>(count);
}

} // namespace

double
TransceiverSpec::GetLaneRateBps() const
{
    return baudGBd * 1e9 * GetBitsPerSymbol(modulation);
}

double
TransceiverSpec::GetLaneDataRateBps(double fecOverhead) const
{
    return GetLaneRateBps() / fecOverhead / lineCodeOverhead;
}

double
TransceiverSpec::GetLineRateBps() const
{
    return lanes * GetLaneRateBps();
}

double
TransceiverSpec::GetWavelengthNm(uint32_t lane) const
{
    if (lane >= lanes)
    {
        ParameterCheck("transceiver " + name)
            .Require(false, "lane", lane, "below " + std::to_string(lanes));
    }
    return wavelengthsNm.at(lane % CountWavelengths(*this));
}

uint32_t
TransceiverSpec::GetFibres() const
{
    switch (plan)
    {
    case WavelengthPlan::WDM:
        return 2 * lanes / CountWavelengths(*this);
    case WavelengthPlan::BIDIRECTIONAL:
        return lanes;
    case WavelengthPlan::PARALLEL:
        break;
    }
    return 2 * lanes;
}

void
TransceiverSpec::Validate() const
{
    const ParameterCheck check("transceiver " + name);
    check.Require(!name.empty(), "name", "\"\"", "a name");
    check.Require(retiming <= Retiming::CPO, "retiming", int{retiming}, "DSP, LRO, LPO or CPO");
    check.Require(lanes >= 1 && lanes <= MAX_LANES,
                  "lanes",
                  lanes,
                  "1 to " + std::to_string(MAX_LANES));
    check.Require(modulation <= Modulation::PAM4, "modulation", int{modulation}, "NRZ or PAM4");
    check.RequireAbove("baudGBd", baudGBd, 0, MAX_BAUD_GBD);
    check.RequireBetween("lineCodeOverhead", lineCodeOverhead, 1, MAX_LINE_CODE);
    check.Require(plan <= WavelengthPlan::BIDIRECTIONAL,
                  "plan",
                  int{plan},
                  "PARALLEL, WDM or BIDIRECTIONAL");
    CheckWavelengths(check, *this);
    CheckTransmitter(check, transmitter);
    CheckReceiver(check, receiver);
    check.RequireBetween("latencyS", latencyS, 0, MAX_LATENCY_S);
    CheckPower(check, power);
    CheckAgeing(check, ageing);
    check.RequireBetween("spread.omaDb", spread.omaDb, 0, MAX_SPREAD_DB);
    check.RequireBetween("spread.tdecqDb", spread.tdecqDb, 0, MAX_SPREAD_DB);
    check.RequireBetween("spread.sensitivityDb", spread.sensitivityDb, 0, MAX_SPREAD_DB);
}

double
GetModulePowerW(const ModulePowerSpec& spec, ModuleState::Kind state, double load, double caseC)
{
    const ParameterCheck check("GetModulePowerW");
    check.Require(state <= ModuleState::ACTIVE, "state", int{state}, "OFF, IDLE or ACTIVE");
    check.RequireBetween("load", load, 0, 1);
    check.RequireBetween("caseC", caseC, MIN_CASE_C, MAX_CASE_C);
    if (state == ModuleState::OFF)
    {
        return spec.offW;
    }
    const double used = state == ModuleState::ACTIVE ? load : 0;
    const double atReferenceW = spec.idleW + used * (spec.activeW - spec.idleW);
    const double riseW = spec.temperatureWPerC * (caseC - spec.referenceCaseC);
    return std::max(spec.offW, atReferenceW + riseW);
}

double
GetArrheniusFactor(double activationEv, double referenceC, double temperatureC)
{
    const ParameterCheck check("GetArrheniusFactor");
    const double largest = std::numeric_limits<double>::max();
    check.RequireBetween("activationEv", activationEv, 0, largest);
    check.RequireAbove("referenceC", referenceC, -ZERO_CELSIUS_K, largest);
    check.RequireAbove("temperatureC", temperatureC, -ZERO_CELSIUS_K, largest);
    return std::exp(activationEv / BOLTZMANN_EV_PER_K *
                    (1 / (referenceC + ZERO_CELSIUS_K) - 1 / (temperatureC + ZERO_CELSIUS_K)));
}

double
GetBiasMa(const LaserAgeingSpec& spec, double ageH, double caseC)
{
    const ParameterCheck check("GetBiasMa");
    check.RequireBetween("ageH", ageH, 0, std::numeric_limits<double>::max());
    check.RequireBetween("caseC", caseC, MIN_CASE_C, MAX_CASE_C);
    const double factor = GetArrheniusFactor(spec.activationEv, spec.referenceCaseC, caseC);
    return spec.biasMa * (1 + spec.driftPerKh * ageH / HOURS_PER_KH * factor);
}

double
GetAgeingLossDb(const LaserAgeingSpec& spec, double ageH, double caseC)
{
    const double biasMa = GetBiasMa(spec, ageH, caseC);
    return biasMa > spec.biasLimitMa ? ToDb(biasMa / spec.biasLimitMa) : 0;
}

} // namespace opticalfabric
} // namespace ns3
