/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TEXT_TABLE_H
#define OPTICAL_FABRIC_TEXT_TABLE_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Lines of cells under one another, for people to read.
 *
 * A column is as wide as its widest cell; two blanks stand between columns, and none at the end of
 * a line. Widths are counted in bytes, so cells should be ASCII.
 *
 *     TextTable table({{"part", TextTable::LEFT}, {"count"}, {"power", TextTable::RIGHT, "W"}});
 *     table.AddRow({"module", "5376", "4.3"});
 *     std::cout << table.ToText();
 *
 * prints
 *
 *     part    count  power
 *                        W
 *     module   5376    4.3
 */
class TextTable
{
  public:
    /// A line of cells; it may be shorter or longer than others.
    using Row = std::vector<std::string>;

    /// Where the cells of a column stand.
    enum Side : uint8_t
    {
        LEFT,         ///< they begin under one another
        RIGHT,        ///< they end under one another
        NUMBERS_RIGHT ///< those that are numbers end under one another, others begin so
    };

    /// A column.
    struct Column
    {
        std::string heading{}; ///< what it is headed with; may be empty
        Side side{RIGHT};      ///< where its cells and its heading stand
        std::string unit{};    ///< in a second line of the heading; may be empty
    };

    /**
     * A table with a heading, of one line, or of two if any column has a unit; of none if no column
     * has either.
     * @param columns columns, at least one; cells beyond them stand on the side of the last
     * @param indentation blanks before each line
     * @throw std::invalid_argument if there is no column
     */
    explicit TextTable(std::vector<Column> columns, std::size_t indentation = 0);

    /// @param cells a line, below those that there are
    void AddRow(Row cells);
    /// @param rows lines, below those that there are
    void AddRows(const std::vector<Row>& rows);
    /// @return the table, each line ended; empty if there is no line
    std::string ToText() const;

    /**
     * @param leftColumns how many columns stand on the left
     * @return columns without headings, for rows that bring their own: these on the left, all
     *         others on the right
     */
    static std::vector<Column> LeftColumns(std::size_t leftColumns);
    /**
     * @param text a cell
     * @param width bytes it should have at least
     * @param side where it stands in them
     * @return the cell with blanks on the other side; unchanged if it is as long already
     */
    static std::string Pad(const std::string& text, std::size_t width, Side side);
    /**
     * @param line a line
     * @return it without blanks at its end
     */
    static std::string TrimEnd(std::string line);

  private:
    std::vector<Column> m_columns; ///< columns
    std::size_t m_indentation;     ///< blanks before each line
    std::vector<Row> m_rows;       ///< lines, those of the heading first
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TEXT_TABLE_H */
