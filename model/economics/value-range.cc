/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "value-range.h"

namespace ns3
{
namespace opticalfabric
{

double
ValueRange::Get(RangeCase::Kind which) const
{
    switch (which)
    {
    case RangeCase::LOW:
        return low;
    case RangeCase::TYPICAL:
        return typical;
    case RangeCase::HIGH:
        return high;
    }
    ParameterCheck("value range").Require(false, "which", +which, "LOW, TYPICAL, HIGH");
    return typical;
}

ValueRange
ValueRange::Only(RangeCase::Kind which) const
{
    return Exactly(Get(which));
}

void
ValueRange::Validate(const ParameterCheck& check, const char* name, double least, double most) const
{
    const std::string path(name);
    check.RequireBetween((path + ".low").c_str(), low, least, most);
    check.RequireBetween((path + ".typical").c_str(), typical, low, most);
    check.RequireBetween((path + ".high").c_str(), high, typical, most);
}

} // namespace opticalfabric
} // namespace ns3
