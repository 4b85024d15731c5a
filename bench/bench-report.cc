/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-report.h"

#include "ns3/atomic-file.h"
#include "ns3/json-writer.h"
#include "ns3/text-table.h"

#include <algorithm>
#include <iomanip>
#include <sstream>
#include <stdexcept>

namespace opticalfabricbench
{

using ns3::opticalfabric::TextTable;

namespace
{

constexpr int SPREAD_WIDTH = 20;  ///< width of the column that holds smallest and largest
constexpr size_t NOTE_WIDTH = 95; ///< width of a line of text

/**
 * @param text words
 * @return the words in lines
 */
std::string
Wrap(const std::string& text)
{
    std::istringstream words(text);
    std::string word;
    std::string line;
    std::string all;
    while (words >> word)
    {
        if (!line.empty() && line.size() + 1 + word.size() > NOTE_WIDTH)
        {
            all += line + '\n';
            line.clear();
        }
        line += (line.empty() ? "" : " ") + word;
    }
    return line.empty() ? all : all + line + '\n';
}

/**
 * @param record a line
 * @param labelWidth width of the first column
 * @return the line as it is printed
 */
std::string
FormatRecord(const BenchRecord& record, size_t labelWidth)
{
    std::string spread;
    if (record.values.size() > 1)
    {
        spread = FormatFigure(record.GetMin()) + " .. " + FormatFigure(record.GetMax());
    }
    std::ostringstream line;
    line << std::left << std::setw(static_cast<int>(labelWidth)) << record.label << std::right
         << std::setw(10) << FormatFigure(record.GetMedian()) << ' ' << std::left << std::setw(5)
         << record.unit << std::setw(SPREAD_WIDTH) << spread << record.DescribeGoal();
    return TextTable::TrimEnd(line.str());
}

/**
 * @param rows cells, the heading first
 * @return them as they are printed, the first column to the left and the others to the right
 */
std::string
FormatTable(const std::vector<std::vector<std::string>>& rows)
{
    TextTable table(TextTable::LeftColumns(1));
    table.AddRows(rows);
    return table.ToText();
}

} // namespace

void
BenchReport::Print(std::ostream& os) const
{
    for (const auto& [name, value] : facts)
    {
        os << std::left << std::setw(12) << name << ' ' << value << '\n';
    }
    size_t labelWidth = 0;
    for (const BenchSection& section : sections)
    {
        for (const BenchRecord& record : section.records)
        {
            const bool isLine = section.table.empty();
            labelWidth = std::max(labelWidth, isLine ? record.label.size() : 0);
        }
    }
    for (const BenchSection& section : sections)
    {
        os << '\n' << section.title << '\n' << std::string(section.title.size(), '-') << '\n';
        os << Wrap(section.note);
        if (!section.table.empty())
        {
            os << '\n' << FormatTable(section.table);
            continue;
        }
        if (!section.records.empty())
        {
            os << '\n'
               << std::string(labelWidth, ' ') << "    median      " << std::left
               << std::setw(SPREAD_WIDTH) << "smallest .. largest"
               << "goal\n";
        }
        for (const BenchRecord& record : section.records)
        {
            os << FormatRecord(record, labelWidth) << '\n';
        }
    }
}

void
BenchReport::WriteJson(const std::string& path) const
{
    const ns3::opticalfabric::WriteOutcome outcome =
        ns3::opticalfabric::WriteTextFile(path, [this](std::ostream& os) { WriteJson(os); });
    if (!outcome.IsOk())
    {
        throw std::runtime_error("the figures were not written: " + outcome.error);
    }
}

void
BenchReport::WriteJson(std::ostream& os) const
{
    ns3::opticalfabric::JsonWriter json(os);
    json.BeginObject();
    json.Member("schema_version", uint32_t{1});
    json.Key("facts");
    json.BeginObject();
    for (const auto& [name, value] : facts)
    {
        json.Member(name, value);
    }
    json.EndObject();
    json.Key("results");
    json.BeginArray();
    for (const BenchSection& section : sections)
    {
        for (const BenchRecord& record : section.records)
        {
            json.BeginObject();
            json.Member("name", record.name);
            json.Member("section", section.name);
            json.Member("label", record.label);
            json.Member("unit", record.unit);
            json.Member("median", record.GetMedian());
            json.Member("min", record.GetMin());
            json.Member("max", record.GetMax());
            json.Key("values");
            json.BeginArray();
            for (double value : record.values)
            {
                json.Double(value);
            }
            json.EndArray();
            if (record.goal.sense != Goal::NONE)
            {
                json.Member(record.goal.sense == Goal::AT_LEAST ? "goal_at_least" : "goal_at_most",
                            record.goal.value);
            }
            json.EndObject();
        }
    }
    json.EndArray();
    json.EndObject();
    json.Finish();
}

} // namespace opticalfabricbench
