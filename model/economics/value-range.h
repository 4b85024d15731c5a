/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_VALUE_RANGE_H
#define OPTICAL_FABRIC_VALUE_RANGE_H

#include "ns3/parameter-check.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Which of the three values of a range.
struct RangeCase
{
    /// The cases.
    enum Kind : uint8_t
    {
        LOW,     ///< lowest that is believed
        TYPICAL, ///< the best single number
        HIGH     ///< highest that is believed
    };
};

/**
 * @ingroup optical-fabric
 * @brief A value that is known only roughly: lowest, typical, highest. Low is the smaller number,
 * be it the cheaper one or not.
 */
struct ValueRange
{
    double low{0};     ///< lowest that is believed
    double typical{0}; ///< the best single number, from low on
    double high{0};    ///< highest that is believed, from typical on

    /**
     * @param value a number
     * @return the range of this number alone
     */
    static ValueRange Exactly(double value)
    {
        return {value, value, value};
    }

    /**
     * @param which which of the three; throws std::invalid_argument if it is none
     * @return that value
     */
    double Get(RangeCase::Kind which) const;
    /**
     * @param which which of the three; throws std::invalid_argument if it is none
     * @return the range of that value alone
     */
    ValueRange Only(RangeCase::Kind which) const;
    /**
     * Refuse a range that is out of order or out of bounds: throws std::invalid_argument.
     * @param check names the owner
     * @param name name of the value
     * @param least smallest number allowed
     * @param most largest number allowed
     */
    void Validate(const ParameterCheck& check, const char* name, double least, double most) const;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_VALUE_RANGE_H */
