/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "circuit-switch-spec.h"

#include "parameter-check.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

// Ranges that no product leaves: they catch a wrong unit or a slipped digit.
constexpr uint32_t MAX_PORTS = 1000000;         ///< ports
constexpr double MAX_LOSS_DB = 100;             ///< loss of a pass, dB
constexpr double MAX_SPREAD_DB = 10;            ///< standard deviation of it, dB
constexpr double MIN_WAVELENGTH_NM = 400;       ///< wavelength, nm
constexpr double MAX_WAVELENGTH_NM = 2000;      ///< wavelength, nm
constexpr double MAX_RECONFIGURATION_S = 86400; ///< time of a change, s
constexpr double MAX_POWER_W = 1e6;             ///< power of a switch, W

} // namespace

uint32_t
CircuitSwitchSpec::GetUsablePorts() const
{
    return ports - sparePorts;
}

bool
CircuitSwitchSpec::PassesWavelength(double wavelengthNm) const
{
    return wavelengthNm >= wavelengthMinNm && wavelengthNm <= wavelengthMaxNm;
}

CouplingSpec
CircuitSwitchSpec::GetPass() const
{
    CouplingSpec pass;
    pass.name = name;
    pass.lossDb = lossDb;
    pass.lossMaxDb = lossMaxDb;
    pass.lossSpreadDb = lossSpreadDb;
    pass.reflectanceDb = reflectanceDb;
    pass.contaminatedReflectanceDb = reflectanceDb;
    return pass;
}

void
CircuitSwitchSpec::Validate() const
{
    const ParameterCheck check("circuit switch " + name);
    check.Require(!name.empty(), "name", "\"\"", "a name");
    check.Require(ports >= 2 && ports <= MAX_PORTS,
                  "ports",
                  ports,
                  "2 to " + std::to_string(MAX_PORTS));
    check.Require(sparePorts < ports, "sparePorts", sparePorts, "below ports");
    check.RequireBetween("lossDb", lossDb, 0, MAX_LOSS_DB);
    check.RequireFrom("lossMaxDb", lossMaxDb, "lossDb", lossDb, MAX_LOSS_DB);
    check.RequireBetween("lossSpreadDb", lossSpreadDb, 0, MAX_SPREAD_DB);
    check.RequireBelowZero("reflectanceDb", reflectanceDb);
    check.RequireBetween("wavelengthMinNm", wavelengthMinNm, MIN_WAVELENGTH_NM, MAX_WAVELENGTH_NM);
    check.RequireFrom("wavelengthMaxNm",
                      wavelengthMaxNm,
                      "wavelengthMinNm",
                      wavelengthMinNm,
                      MAX_WAVELENGTH_NM);
    check.RequireAbove("reconfigurationS", reconfigurationS, 0, MAX_RECONFIGURATION_S);
    check.RequireBetween("powerW", powerW, 0, MAX_POWER_W);
}

} // namespace opticalfabric
} // namespace ns3
