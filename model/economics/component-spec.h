/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COMPONENT_SPEC_H
#define OPTICAL_FABRIC_COMPONENT_SPEC_H

#include "ns3/power-spec.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/*
 * What power and cost need to know of the parts of a system that are not optics. Values come from
 * the catalog, with unit and source.
 */

/**
 * @ingroup optical-fabric
 * @brief A type of accelerator: an NPU or a GPU, one package.
 */
struct AcceleratorSpec
{
    std::string name;      ///< as in the catalog, not empty
    double denseTflops{0}; ///< peak of BF16 without sparsity, TFLOPS, above 0, at most 1e6
    double memoryGB{0};    ///< memory on the package, GB, above 0, at most 1e5
    double memoryGBps{0};  ///< bandwidth of that memory, GB/s, above 0, at most 1e7
    double scaleUpGBps{0}; ///< scale-up bandwidth, one direction, GB/s, above 0, at most 1e6
    PartPowerSpec power;   ///< what a package draws

    /// Refuse what cannot be: throws std::invalid_argument naming type, field, value, allowed.
    void Validate() const;
};

/// @ingroup optical-fabric
/// @brief What the power of a switch includes.
struct SwitchScope
{
    /// The scopes.
    enum Kind : uint8_t
    {
        CHIP, ///< the chip alone: fans and supplies come on top
        BOX   ///< a switch at its socket: fans and supplies are in
    };
};

/**
 * @ingroup optical-fabric
 * @brief A type of packet switch, a chip or a box, without optical modules.
 */
struct SwitchSpec
{
    std::string name;                           ///< as in the catalog, not empty
    SwitchScope::Kind scope{SwitchScope::CHIP}; ///< what power includes
    double capacityTbps{0}; ///< ports times rate, one direction, Tb/s, above 0, at most 1e6
    PartPowerSpec power;    ///< what it draws

    /// @return energy of a bit at full load, J; 1e-12 is a picojoule
    double GetJoulesPerBit() const;
    /// Refuse what cannot be: throws std::invalid_argument naming type, field, value, allowed.
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * @brief A type of part of which only the power matters: a CPU, a NIC, what is in a node besides.
 */
struct PoweredPartSpec
{
    std::string name;    ///< as in the catalog, not empty
    PartPowerSpec power; ///< what it draws

    /// Refuse what cannot be: throws std::invalid_argument naming type, field, value, allowed.
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * @brief A type of power supply, with the fans that cool what it feeds.
 */
struct SupplySpec
{
    std::string name;     ///< as in the catalog, not empty
    double efficiency{1}; ///< power out over power in, above 0, at most 1
    double fanShare{0};   ///< power of fans over that of the parts they cool, 0 to 1

    /**
     * @param pue power usage effectiveness of the building, 1 to 10; throws std::invalid_argument
     *            otherwise
     * @return what stands between the parts and the meter
     */
    PowerChain GetChain(double pue) const;
    /// Refuse what cannot be: throws std::invalid_argument naming type, field, value, allowed.
    void Validate() const;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COMPONENT_SPEC_H */
