/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CIRCUIT_SWITCH_SPEC_H
#define OPTICAL_FABRIC_CIRCUIT_SWITCH_SPEC_H

#include "ns3/light-path.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A type of optical circuit switch: it connects fibre to fibre and never looks at what they
 * carry. Values come from the catalog.
 */
struct CircuitSwitchSpec
{
    std::string name;           ///< as in the catalog, not empty
    std::string technology;     ///< for people, for example "3D MEMS"
    uint32_t ports{0};          ///< N of an N x N switch, spares included, 2 to 1000000
    uint32_t sparePorts{0};     ///< of these, kept to replace failed ones, below ports
    double lossDb{0};           ///< typical insertion loss of a pass, dB, 0 to 100
    double lossMaxDb{0};        ///< most allowed, dB, from lossDb to 100
    double lossSpreadDb{0};     ///< standard deviation over port pairs, dB, 0 to 10
    double reflectanceDb{-100}; ///< power reflected at a port, dB, below 0
    double wavelengthMinNm{0};  ///< shortest wavelength it passes, nm, 400 to 2000
    double wavelengthMaxNm{0};  ///< longest, nm, from wavelengthMinNm to 2000
    /// From the command until the new path has light, s, above 0, at most 86400. Transceivers lock
    /// to it after that.
    double reconfigurationS{0};
    double powerW{0}; ///< of the whole switch, holding its paths, W, 0 to 1e6

    /// @return ports that carry traffic when all work
    uint32_t GetUsablePorts() const;
    /**
     * @param wavelengthNm wavelength, nm
     * @return whether it is made for light of that wavelength: 850 nm, as multimode modules have
     *         it, no switch with collimators of single-mode fibre is
     */
    bool PassesWavelength(double wavelengthNm) const;
    /// @return a pass from port to port as something on a light path; it has no end faces that dirt
    ///         could reach
    CouplingSpec GetPass() const;
    /**
     * Refuse what cannot be: throws std::invalid_argument naming the type, the field, its value,
     * and what is allowed.
     */
    void Validate() const;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CIRCUIT_SWITCH_SPEC_H */
