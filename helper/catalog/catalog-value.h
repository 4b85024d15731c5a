/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CATALOG_VALUE_H
#define OPTICAL_FABRIC_CATALOG_VALUE_H

#include "ns3/scenario-error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What a catalog has entries of.
struct CatalogKind
{
    /// The kinds.
    enum Kind : uint8_t
    {
        TRANSCEIVER,    ///< TransceiverSpec
        FIBRE,          ///< FibreSpec
        CONNECTOR,      ///< CouplingSpec of a pair of end faces
        SPLICE,         ///< CouplingSpec of a splice
        CIRCULATOR,     ///< CouplingSpec of a pass through a circulator
        MEDIUM,         ///< ElectricalMediumSpec
        CIRCUIT_SWITCH, ///< CircuitSwitchSpec
        FAILURE_MODE,   ///< FailureMode
        ACCELERATOR,    ///< AcceleratorSpec
        PROCESSOR,      ///< PoweredPartSpec of a CPU
        SWITCH,         ///< SwitchSpec
        NIC,            ///< PoweredPartSpec of a network interface
        ENCLOSURE,      ///< PoweredPartSpec of all else in a node, tray or rack
        SUPPLY,         ///< SupplySpec
        PRICE,          ///< PriceSpec
        REGION,         ///< RegionSpec
        FINANCE,        ///< FinanceSpec
        INTERRUPTION    ///< InterruptionSpec
    };

    static constexpr uint8_t COUNT = INTERRUPTION + 1; ///< how many there are
};

/**
 * @ingroup optical-fabric
 * @param kind kind
 * @return its name in a catalog file, for example "circuit_switch"
 */
std::string GetName(CatalogKind::Kind kind);

/// @ingroup optical-fabric
/// @brief How well a value of a catalog is founded, the best first.
struct Evidence
{
    /// The grades; a file says them by their marks.
    enum Grade : uint8_t
    {
        QUOTED,      ///< "Q": read in the source itself
        SECOND_HAND, ///< "Q2": read in another source that attributes it, or of a like part
        DERIVED,     ///< "D": follows from other values by the arithmetic that the source text says
        GUESSED      ///< "M": an engineer's guess, unverified; no target for a validation
    };

    static constexpr uint8_t COUNT = GUESSED + 1; ///< how many there are
};

/**
 * @ingroup optical-fabric
 * @param evidence grade
 * @return its mark, for example "Q2"
 */
std::string GetMark(Evidence::Grade evidence);

/**
 * @ingroup optical-fabric
 * @brief A value of an entry, with all that is known about it.
 */
struct CatalogValue
{
    std::string field;           ///< path in the entry, for example "transmitter.oma"
    std::vector<double> numbers; ///< in the unit of the spec; one unless it is a list
    std::string text;            ///< of a value that is no number
    std::string written;         ///< value as the file has it
    std::string unit;            ///< unit as the file has it; "1": a pure number; empty: no number
    std::string source;          ///< where it is from; for a derived entry, why it holds there too
    Evidence::Grade evidence{Evidence::GUESSED}; ///< how well founded
    std::string inheritedFrom;                   ///< entry it was taken over from; empty: its own
    ScenarioMark place;                          ///< where it is written
};

/**
 * @ingroup optical-fabric
 * @brief An entry: all values of one component.
 */
struct CatalogEntry
{
    CatalogKind::Kind kind{CatalogKind::TRANSCEIVER}; ///< what it is
    std::string name;                                 ///< name
    std::string like;                                 ///< entry it derives from; empty: none
    ScenarioMark place;                               ///< where it is written
    std::vector<CatalogValue> values;                 ///< in the order of the kind's fields

    /**
     * @param field path of a field
     * @return its value, null if there is none
     */
    const CatalogValue* Find(const std::string& field) const;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CATALOG_VALUE_H */
