/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "component-spec.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

// Ranges that no product leaves: they catch a wrong unit or a slipped digit.
constexpr double MAX_TFLOPS = 1e6;        ///< peak of a package, TFLOPS
constexpr double MAX_MEMORY_GB = 1e5;     ///< memory of a package, GB
constexpr double MAX_MEMORY_GBPS = 1e7;   ///< its bandwidth, GB/s
constexpr double MAX_SCALE_UP_GBPS = 1e6; ///< scale-up bandwidth of a package, GB/s
constexpr double MAX_CAPACITY_TBPS = 1e6; ///< capacity of a switch, Tb/s
constexpr double BITS_PER_TERABIT = 1e12; ///< bit

/**
 * @param kind what it is
 * @param name its name
 * @return refuses its parameters
 */
ParameterCheck
CheckNamed(const std::string& kind, const std::string& name)
{
    const ParameterCheck check(kind + " " + name);
    check.Require(!name.empty(), "name", "\"\"", "a name");
    return check;
}

} // namespace

void
AcceleratorSpec::Validate() const
{
    const ParameterCheck check = CheckNamed("accelerator", name);
    check.RequireAbove("denseTflops", denseTflops, 0, MAX_TFLOPS);
    check.RequireAbove("memoryGB", memoryGB, 0, MAX_MEMORY_GB);
    check.RequireAbove("memoryGBps", memoryGBps, 0, MAX_MEMORY_GBPS);
    check.RequireAbove("scaleUpGBps", scaleUpGBps, 0, MAX_SCALE_UP_GBPS);
    power.Validate(check);
}

double
SwitchSpec::GetJoulesPerBit() const
{
    return power.activeW / (capacityTbps * BITS_PER_TERABIT);
}

void
SwitchSpec::Validate() const
{
    const ParameterCheck check = CheckNamed("switch", name);
    check.Require(scope == SwitchScope::CHIP || scope == SwitchScope::BOX,
                  "scope",
                  +scope,
                  "CHIP, BOX");
    check.RequireAbove("capacityTbps", capacityTbps, 0, MAX_CAPACITY_TBPS);
    power.Validate(check);
}

void
PoweredPartSpec::Validate() const
{
    power.Validate(CheckNamed("part", name));
}

PowerChain
SupplySpec::GetChain(double pue) const
{
    const PowerChain chain{fanShare, efficiency, pue};
    chain.Validate();
    return chain;
}

void
SupplySpec::Validate() const
{
    const ParameterCheck check = CheckNamed("supply", name);
    check.RequireAbove("efficiency", efficiency, 0, 1);
    check.RequireBetween("fanShare", fanShare, 0, 1);
}

} // namespace opticalfabric
} // namespace ns3
