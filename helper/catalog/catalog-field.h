/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CATALOG_FIELD_H
#define OPTICAL_FABRIC_CATALOG_FIELD_H

#include "ns3/catalog-unit.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What an entry of some kind says, one value of it: name, unit and range.
 */
struct CatalogField
{
    /// What its value looks like.
    enum Type : uint8_t
    {
        NUMBER,   ///< a number
        WHOLE,    ///< a whole number
        NUMBERS,  ///< a number or a list of numbers
        RATE_KEY, ///< a number for each of several lane rates, which follow the path:
                  ///< "reach.56Gbps"
        TEXT,     ///< any text
        CHOICE    ///< one of several words
    };

    std::string path;                                      ///< path in an entry
    Type type{NUMBER};                                     ///< what it looks like
    CatalogQuantity::Kind quantity{CatalogQuantity::PURE}; ///< what a number measures
    double low{0};                                         ///< least allowed, unit of the specs
    double high{0};                                        ///< most allowed, unit of the specs
    std::vector<std::string> choices;                      ///< words there are
    bool isOptional{false};                                ///< may be left out

    /// @return true if it has numbers, and so a unit
    bool HasUnit() const;
    /**
     * @param candidate path of a value in an entry
     * @return whether the value is this field's
     */
    bool Matches(const std::string& candidate) const;
    /// @return what its value may be, for messages
    std::string DescribeAllowed() const;
};

/// @ingroup optical-fabric
/// @brief Last part of a path that stands for any lane rate: "reach.any".
constexpr const char* ANY_LANE_RATE = "any";

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CATALOG_FIELD_H */
