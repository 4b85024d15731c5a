/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "catalog-field.h"

#include "ns3/json-writer.h"
#include "ns3/scenario-node.h"
#include "ns3/scenario-quantity.h"

namespace ns3
{
namespace opticalfabric
{

bool
CatalogField::HasUnit() const
{
    return type != TEXT && type != CHOICE;
}

bool
CatalogField::Matches(const std::string& candidate) const
{
    if (type != RATE_KEY)
    {
        return candidate == path;
    }
    return candidate.size() > path.size() + 1 && candidate.compare(0, path.size(), path) == 0 &&
           candidate[path.size()] == '.';
}

std::string
CatalogField::DescribeAllowed() const
{
    if (type == TEXT)
    {
        return "a text in quotes that is not empty";
    }
    if (type == CHOICE)
    {
        return JoinNames(choices);
    }
    const std::string unit = GetCatalogUnits(quantity).front().name;
    const std::string range = JsonWriter::Format(low) + " to " + JsonWriter::Format(high) +
                              (unit == "1" ? "" : " " + unit);
    switch (type)
    {
    case WHOLE:
        return "a whole number, " + range;
    case NUMBERS:
        return "a number or a list of numbers, each " + range;
    default:
        return "a number, " + range;
    }
}

} // namespace opticalfabric
} // namespace ns3
