/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "input-ranges.h"

namespace ns3
{
namespace opticalfabric
{

ValueRange
GetFactorRange(const Catalog& catalog,
               CatalogKind::Kind kind,
               const std::string& name,
               const std::string& path)
{
    const CatalogEntry& entry = catalog.GetEntry(kind, name);
    const auto get = [&entry, &path](const char* end) {
        const CatalogValue* value = entry.Find(path + "_range" + end);
        return value == nullptr ? 1 : value->numbers.front();
    };
    return {get(".low"), 1, get(".high")};
}

ValueRange
GetUsedUp(const Catalog& catalog, const std::string& mode)
{
    const CatalogEntry& entry = catalog.GetEntry(CatalogKind::FAILURE_MODE, mode);
    const auto get = [&entry](const char* end) {
        return entry.Find(std::string("repair.used_up") + end)->numbers.front();
    };
    if (entry.Find("repair.used_up.low") != nullptr)
    {
        return {get(".low"), get(".typical"), get(".high")};
    }
    const bool isSwapped = catalog.GetFailureMode(mode)->repair.kind == RepairAction::SWAP;
    return ValueRange::Exactly(isSwapped ? 1 : 0);
}

ValueRange
Scale(const ValueRange& range, double factor)
{
    return {range.low * factor, range.typical * factor, range.high * factor};
}

} // namespace opticalfabric
} // namespace ns3
