/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "text-table.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param text a cell
 * @return true if all of it is a number
 */
bool
IsNumber(const std::string& text)
{
    char* end = nullptr;
    std::strtod(text.c_str(), &end);
    return !text.empty() && *end == '\0';
}

} // namespace

TextTable::TextTable(std::vector<Column> columns, std::size_t indentation)
    : m_columns(std::move(columns)),
      m_indentation(indentation)
{
    if (m_columns.empty())
    {
        throw std::invalid_argument("TextTable: columns = 0; allowed: at least 1");
    }
    const auto addLine = [this](std::string Column::*part) {
        Row cells;
        bool isNeeded = false;
        for (const Column& column : m_columns)
        {
            cells.push_back(column.*part);
            isNeeded = isNeeded || !cells.back().empty();
        }
        if (isNeeded)
        {
            AddRow(std::move(cells));
        }
    };
    addLine(&Column::heading);
    addLine(&Column::unit);
}

void
TextTable::AddRow(Row cells)
{
    m_rows.push_back(std::move(cells));
}

void
TextTable::AddRows(const std::vector<Row>& rows)
{
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
}

std::string
TextTable::ToText() const
{
    std::vector<std::size_t> widths;
    for (const Row& row : m_rows)
    {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i)
        {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    std::string text;
    for (const Row& row : m_rows)
    {
        std::string line(m_indentation, ' ');
        for (std::size_t i = 0; i < row.size(); ++i)
        {
            const Side side = m_columns[std::min(i, m_columns.size() - 1)].side;
            line += (i == 0 ? "" : "  ") + Pad(row[i], widths[i], side);
        }
        text += TrimEnd(std::move(line)) + "\n";
    }
    return text;
}

std::vector<TextTable::Column>
TextTable::LeftColumns(std::size_t leftColumns)
{
    std::vector<Column> columns(leftColumns, Column{"", LEFT, ""});
    columns.emplace_back();
    return columns;
}

std::string
TextTable::Pad(const std::string& text, std::size_t width, Side side)
{
    const std::string padding(width > text.size() ? width - text.size() : 0, ' ');
    const bool isRight = side == RIGHT || (side == NUMBERS_RIGHT && IsNumber(text));
    return isRight ? padding + text : text + padding;
}

std::string
TextTable::TrimEnd(std::string line)
{
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

} // namespace opticalfabric
} // namespace ns3
