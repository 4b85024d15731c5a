/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "light-path.h"

#include "optical-units.h"
#include "parameter-check.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double MIN_WAVELENGTH_NM = 400;    ///< wavelength, nm
constexpr double MAX_WAVELENGTH_NM = 2000;   ///< wavelength, nm
constexpr double MAX_ATTENUATION = 1000;     ///< attenuation of fibre, dB/km
constexpr double MAX_SLOPE = 1;              ///< slope of dispersion, ps/(nm^2 km)
constexpr double MAX_MODAL_BANDWIDTH = 1e6;  ///< modal bandwidth, MHz km
constexpr double MAX_COUPLING_LOSS_DB = 100; ///< loss of a coupling, and of contamination, dB
constexpr double MAX_SPREAD_DB = 10;         ///< standard deviation of a spread, dB
constexpr double MAX_LOSS_DB = 1000;         ///< loss of an element, dB
constexpr double MAX_LENGTH_M = 1e7;         ///< length of fibre, m
constexpr double MAX_DELAY_S = 1;            ///< delay of an element, s
constexpr double MAX_DISPERSION = 1e6;       ///< accumulated dispersion, ps/nm
constexpr double MAX_SLOPE_SUM = 1e4;        ///< accumulated slope of dispersion, ps/nm^2
constexpr double MAX_MODAL_SPREAD_NS = 1e7;  ///< reciprocal of the modal bandwidth, ns
constexpr double MHZ_PER_GHZ = 1000;         ///< megahertz in a gigahertz
constexpr double NO_REFLECTION_DB = -100;    ///< a reflectance of this and less counts as none, dB
constexpr double M_PER_KM = 1000;            ///< metres in a kilometre

/// A place on a path that reflects.
struct Reflection
{
    double reflectanceDb; ///< power reflected, dB
    double beforeDb;      ///< loss from the transmitter up to it, without its own, dB
    double behindDb;      ///< loss from the transmitter up to and with its own, dB
};

} // namespace

double
FibreSpec::GetDispersion(double atNm) const
{
    if (zeroDispersionNm == 0)
    {
        return 0;
    }
    const double ratio = zeroDispersionNm / atNm;
    return dispersionSlope / 4 * atNm * (1 - ratio * ratio * ratio * ratio);
}

void
FibreSpec::Validate() const
{
    const ParameterCheck check("fibre " + name);
    check.RequireBetween("wavelengthNm", wavelengthNm, MIN_WAVELENGTH_NM, MAX_WAVELENGTH_NM);
    check.RequireBetween("attenuationDbPerKm", attenuationDbPerKm, 0, MAX_ATTENUATION);
    check.RequireBetween("groupIndex", groupIndex, 1, 2);
    if (zeroDispersionNm != 0)
    {
        check.RequireBetween("zeroDispersionNm",
                             zeroDispersionNm,
                             MIN_WAVELENGTH_NM,
                             MAX_WAVELENGTH_NM);
    }
    check.RequireBetween("dispersionSlope", dispersionSlope, 0, MAX_SLOPE);
    check.RequireBetween("modalBandwidthMhzKm", modalBandwidthMhzKm, 0, MAX_MODAL_BANDWIDTH);
}

void
CouplingSpec::Validate() const
{
    const ParameterCheck check("coupling " + name);
    check.RequireBetween("lossDb", lossDb, 0, MAX_COUPLING_LOSS_DB);
    if (lossMaxDb != 0)
    {
        check.RequireFrom("lossMaxDb", lossMaxDb, "lossDb", lossDb, MAX_COUPLING_LOSS_DB);
    }
    check.RequireBetween("lossSpreadDb", lossSpreadDb, 0, MAX_SPREAD_DB);
    check.RequireBelowZero("reflectanceDb", reflectanceDb);
    check.RequireBetween("contaminatedLossDb", contaminatedLossDb, 0, MAX_COUPLING_LOSS_DB);
    check.RequireBelowZero("contaminatedReflectanceDb", contaminatedReflectanceDb);
}

std::string
GetName(PathElement::Kind kind)
{
    switch (kind)
    {
    case PathElement::FIBRE:
        return "fibre";
    case PathElement::CONNECTOR:
        return "connector";
    case PathElement::SPLICE:
        return "splice";
    case PathElement::CIRCULATOR:
        return "circulator";
    case PathElement::SWITCH:
        break;
    }
    return "switch";
}

LightPath::LightPath(double wavelengthNm)
    : m_wavelengthNm(wavelengthNm)
{
    ParameterCheck("light path")
        .RequireBetween("wavelengthNm", wavelengthNm, MIN_WAVELENGTH_NM, MAX_WAVELENGTH_NM);
}

void
LightPath::AddFibre(const FibreSpec& fibre, double lengthM)
{
    fibre.Validate();
    const ParameterCheck check("fibre " + fibre.name);
    check.RequireBetween("lengthM", lengthM, 0, MAX_LENGTH_M);
    const double differenceNm = MAX_WAVELENGTH_DIFFERENCE * fibre.wavelengthNm;
    check.RequireBetween("wavelength of the path, nm,",
                         m_wavelengthNm,
                         fibre.wavelengthNm - differenceNm,
                         fibre.wavelengthNm + differenceNm);

    PathElement element;
    element.kind = PathElement::FIBRE;
    std::ostringstream name;
    name << (fibre.name.empty() ? GetName(element.kind) : fibre.name) << ", " << lengthM << " m";
    element.name = name.str();
    element.lossDb = fibre.attenuationDbPerKm * lengthM / M_PER_KM;
    element.lengthM = lengthM;
    element.delayS = fibre.groupIndex * lengthM / SPEED_OF_LIGHT_M_S;
    element.dispersionPsPerNm = fibre.GetDispersion(m_wavelengthNm) * lengthM / M_PER_KM;
    element.dispersionSlopePsPerNm2 = fibre.dispersionSlope * lengthM / M_PER_KM;
    if (fibre.modalBandwidthMhzKm > 0)
    {
        element.modalDelaySpreadNs = lengthM / M_PER_KM * MHZ_PER_GHZ / fibre.modalBandwidthMhzKm;
    }
    Add(element);
}

void
LightPath::AddCoupling(PathElement::Kind kind,
                       const CouplingSpec& spec,
                       bool contaminated,
                       double extraLossDb)
{
    spec.Validate();
    const ParameterCheck check("coupling " + spec.name);
    check.Require(kind != PathElement::FIBRE && kind <= PathElement::SWITCH,
                  "kind",
                  int{kind},
                  "CONNECTOR, SPLICE, CIRCULATOR or SWITCH");
    check.RequireBetween("extraLossDb", extraLossDb, 0, MAX_COUPLING_LOSS_DB);

    PathElement element;
    element.kind = kind;
    element.name = spec.name.empty() ? GetName(kind) : spec.name;
    element.lossDb = spec.lossDb + extraLossDb;
    element.reflectanceDb = spec.reflectanceDb;
    if (contaminated)
    {
        element.name += ", contaminated";
        element.lossDb += spec.contaminatedLossDb;
        element.reflectanceDb = std::max(spec.reflectanceDb, spec.contaminatedReflectanceDb);
    }
    Add(element);
}

void
LightPath::Add(const PathElement& element)
{
    const ParameterCheck check("path element " + element.name);
    check.Require(element.kind <= PathElement::SWITCH,
                  "kind",
                  int{element.kind},
                  "FIBRE, CONNECTOR, SPLICE, CIRCULATOR or SWITCH");
    check.RequireBetween("lossDb", element.lossDb, 0, MAX_LOSS_DB);
    check.RequireBelowZero("reflectanceDb", element.reflectanceDb);
    check.RequireBetween("lengthM", element.lengthM, 0, MAX_LENGTH_M);
    check.RequireBetween("delayS", element.delayS, 0, MAX_DELAY_S);
    check.RequireBetween("dispersionPsPerNm",
                         element.dispersionPsPerNm,
                         -MAX_DISPERSION,
                         MAX_DISPERSION);
    check.RequireBetween("dispersionSlopePsPerNm2",
                         element.dispersionSlopePsPerNm2,
                         0,
                         MAX_SLOPE_SUM);
    check.RequireBetween("modalDelaySpreadNs", element.modalDelaySpreadNs, 0, MAX_MODAL_SPREAD_NS);
    m_elements.push_back(element);
}

const std::vector<PathElement>&
LightPath::GetElements() const
{
    return m_elements;
}

double
LightPath::GetWavelengthNm() const
{
    return m_wavelengthNm;
}

double
LightPath::GetLossDb() const
{
    double lossDb = 0;
    for (const PathElement& element : m_elements)
    {
        lossDb += element.lossDb;
    }
    return lossDb;
}

double
LightPath::GetDelayS() const
{
    double delayS = 0;
    for (const PathElement& element : m_elements)
    {
        delayS += element.delayS;
    }
    return delayS;
}

double
LightPath::GetLengthM() const
{
    double lengthM = 0;
    for (const PathElement& element : m_elements)
    {
        lengthM += element.lengthM;
    }
    return lengthM;
}

double
LightPath::GetDispersionPsPerNm() const
{
    double dispersionPsPerNm = 0;
    for (const PathElement& element : m_elements)
    {
        dispersionPsPerNm += element.dispersionPsPerNm;
    }
    return dispersionPsPerNm;
}

double
LightPath::GetDispersionSlopePsPerNm2() const
{
    double slopePsPerNm2 = 0;
    for (const PathElement& element : m_elements)
    {
        slopePsPerNm2 += element.dispersionSlopePsPerNm2;
    }
    return slopePsPerNm2;
}

double
LightPath::GetModalBandwidthGHz() const
{
    double spreadNs = 0;
    for (const PathElement& element : m_elements)
    {
        spreadNs += element.modalDelaySpreadNs;
    }
    return 1 / spreadNs;
}

LightPath
LightPath::GetReversed() const
{
    LightPath reversed(m_wavelengthNm);
    reversed.m_elements.assign(m_elements.rbegin(), m_elements.rend());
    return reversed;
}

MultipathInterference
GetMultipathInterference(const LightPath& path,
                         double transmitterReflectanceDb,
                         double receiverReflectanceDb)
{
    const ParameterCheck check("multipath interference");
    check.RequireBelowZero("transmitterReflectanceDb", transmitterReflectanceDb);
    check.RequireBelowZero("receiverReflectanceDb", receiverReflectanceDb);

    std::vector<Reflection> reflections;
    reflections.push_back({transmitterReflectanceDb, 0, 0});
    double lossDb = 0;
    for (const PathElement& element : path.GetElements())
    {
        reflections.push_back({element.reflectanceDb, lossDb, lossDb + element.lossDb});
        lossDb += element.lossDb;
    }
    reflections.push_back({receiverReflectanceDb, lossDb, lossDb});
    reflections.erase(std::remove_if(reflections.begin(),
                                     reflections.end(),
                                     [](const Reflection& reflection) {
                                         return reflection.reflectanceDb <= NO_REFLECTION_DB;
                                     }),
                      reflections.end());

    MultipathInterference sum;
    for (auto i = reflections.begin(); i != reflections.end(); ++i)
    {
        for (auto j = i + 1; j != reflections.end(); ++j)
        {
            const double betweenDb = j->beforeDb - i->behindDb;
            const double power = FromDb(i->reflectanceDb + j->reflectanceDb - 2 * betweenDb);
            sum.relativePower += power;
            sum.relativeField += std::sqrt(power);
        }
    }
    return sum;
}

} // namespace opticalfabric
} // namespace ns3
