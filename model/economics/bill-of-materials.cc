/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bill-of-materials.h"

#include "ns3/parameter-check.h"
#include "ns3/text-table.h"

#include <algorithm>
#include <tuple>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param line a line
 * @return what it is ordered by
 */
auto
GetKey(const BillLine& line)
{
    return std::tie(line.part, line.type, line.network, line.rack);
}

/**
 * @tparam PREDICATE tells whether a line counts
 * @param lines lines
 * @param isCounted tells whether a line counts
 * @return parts of those that do
 */
template <typename PREDICATE>
uint64_t
Count(const std::vector<BillLine>& lines, PREDICATE isCounted)
{
    uint64_t count = 0;
    for (const BillLine& line : lines)
    {
        count += isCounted(line) ? line.count : 0;
    }
    return count;
}

} // namespace

void
BillOfMaterials::Add(const BillLine& line)
{
    const ParameterCheck check("bill of materials");
    check.Require(line.part < PartClass::COUNT, "part", +line.part, "a PartClass");
    check.Require(!line.type.empty(), "type", "\"\"", "a name of the catalog");
    check.Require(line.count > 0, "count", line.count, "at least 1");
    const auto place =
        std::lower_bound(m_lines.begin(), m_lines.end(), line, [](const auto& a, const auto& b) {
            return GetKey(a) < GetKey(b);
        });
    if (place == m_lines.end() || GetKey(line) < GetKey(*place))
    {
        m_lines.insert(place, line);
        return;
    }
    check.Require(line.count <= UINT64_MAX - place->count,
                  "count",
                  line.count,
                  "at most " + std::to_string(UINT64_MAX - place->count) + " more " + line.type);
    place->count += line.count;
}

void
BillOfMaterials::Add(const BillOfMaterials& other)
{
    // A copy: the other one may be this one.
    const std::vector<BillLine> lines = other.m_lines;
    for (const BillLine& line : lines)
    {
        Add(line);
    }
}

const std::vector<BillLine>&
BillOfMaterials::GetLines() const
{
    return m_lines;
}

uint64_t
BillOfMaterials::GetCount(PartClass::Kind part) const
{
    return Count(m_lines, [&](const BillLine& line) { return line.part == part; });
}

uint64_t
BillOfMaterials::GetCount(PartClass::Kind part, const std::string& network) const
{
    return Count(m_lines, [&](const BillLine& line) {
        return line.part == part && line.network == network;
    });
}

uint64_t
BillOfMaterials::GetCountOfType(PartClass::Kind part, const std::string& type) const
{
    return Count(m_lines,
                 [&](const BillLine& line) { return line.part == part && line.type == type; });
}

BillOfMaterials
BillOfMaterials::WithoutRacks() const
{
    BillOfMaterials merged;
    for (BillLine line : m_lines)
    {
        line.rack.clear();
        merged.Add(line);
    }
    return merged;
}

std::vector<std::vector<std::string>>
BillOfMaterials::GetRows() const
{
    std::vector<std::vector<std::string>> rows{{"class", "type", "network", "rack", "count"}};
    for (const BillLine& line : m_lines)
    {
        rows.push_back(
            {GetName(line.part), line.type, line.network, line.rack, std::to_string(line.count)});
    }
    return rows;
}

void
BillOfMaterials::Print(std::ostream& os) const
{
    PrintRows(os, GetRows());
}

void
PrintRows(std::ostream& os, const std::vector<std::vector<std::string>>& rows)
{
    TextTable table({{"", TextTable::NUMBERS_RIGHT}});
    table.AddRows(rows);
    os << table.ToText();
}

} // namespace opticalfabric
} // namespace ns3
