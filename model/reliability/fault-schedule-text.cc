/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-schedule.h"

#include "ns3/input-file.h"
#include "ns3/near-names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// The columns of a schedule, in the order they are written.
struct Column
{
    /// Which.
    enum Name : uint8_t
    {
        TIME,
        KIND,
        COMPONENT,
        EFFECT,
        LASTS,
        DETECTION,
        MODE,
        CAUSE
    };

    static constexpr uint8_t COUNT = CAUSE + 1;  ///< how many there are
    static constexpr uint8_t NEEDED = LASTS + 1; ///< how many of them there must be
};

constexpr std::array<const char*, Column::COUNT>
    COLUMNS{"time", "kind", "component", "effect", "lasts", "detection", "mode", "cause"};
constexpr const char* REPAIR = "repair"; ///< in the column lasts: Fault::UNTIL_REPAIRED
constexpr const char* BURST = "burst";   ///< in the column lasts: Fault::WITH_BURST

constexpr const char* BLANKS = " \t";

/**
 * @param letter a byte of the file
 * @return whether it is a control character that would spoil a message, as the end of a text in C
 */
bool
IsControl(char letter)
{
    return (static_cast<unsigned char>(letter) < ' ' && letter != '\t') || letter == '\x7f';
}

/**
 * @param text any
 * @return the same without blanks around it
 */
std::string
Trim(const std::string& text)
{
    const std::size_t begin = text.find_first_not_of(BLANKS);
    const std::size_t end = text.find_last_not_of(BLANKS);
    return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

/**
 * @param cell what a cell says
 * @param isFirst whether it is the first of its line, where a # would begin a comment
 * @return it as it is written
 */
std::string
Quote(const std::string& cell, bool isFirst)
{
    const bool isPlain = cell.find_first_of(",\"") == std::string::npos && Trim(cell) == cell &&
                         !(isFirst && (cell.empty() || cell.front() == '#'));
    if (isPlain)
    {
        return cell;
    }
    std::string quoted = "\"";
    for (const char letter : cell)
    {
        quoted += letter == '"' ? "\"\"" : std::string(1, letter);
    }
    return quoted + "\"";
}

/// Reads a schedule line by line.
class Reader
{
  public:
    /**
     * @param origin name of the file
     * @param targets components there are; may be null
     */
    Reader(const std::string& origin, const FaultTargets* targets)
        : m_origin(origin),
          m_targets(targets)
    {
    }

    /**
     * @param text the file
     * @return its faults
     */
    std::vector<Fault> Read(const std::string& text);

  private:
    /**
     * @param what what is wrong with the line
     * @param allowed what is allowed
     */
    [[noreturn]] void Refuse(const std::string& what, const std::string& allowed) const
    {
        throw FaultScheduleError(m_origin, m_line, what + "; allowed: " + allowed);
    }

    /**
     * @param line a line
     * @return its cells
     */
    std::vector<std::string> Split(const std::string& line) const;
    /**
     * @param line a line
     * @param begin where a quoted cell begins
     * @param cell what the cell says
     * @return where it ends
     */
    std::size_t ReadQuoted(const std::string& line, std::size_t begin, std::string& cell) const;
    /// @param cells the line that names the columns
    void ReadHeader(const std::vector<std::string>& cells);
    /**
     * @param cells line of a fault
     * @return the fault
     */
    Fault ReadFault(const std::vector<std::string>& cells) const;
    /**
     * @param column a column
     * @param cell what it says
     * @return it, a time
     */
    FaultTime ReadTime(Column::Name column, const std::string& cell) const;

    const std::string& m_origin;   ///< name of the file
    const FaultTargets* m_targets; ///< components there are; may be null
    uint32_t m_line{0};            ///< number of the line, from 1
    std::array<std::optional<std::size_t>, Column::COUNT> m_places; ///< of columns; none: not there
    std::size_t m_columns{0}; ///< cells of a line; 0: the header is still to come
};

std::vector<Fault>
Reader::Read(const std::string& text)
{
    // Spreadsheets put a byte order mark before UTF-8, and end lines in their own way.
    const std::string mark = "\xef\xbb\xbf";
    std::istringstream lines(text.compare(0, mark.size(), mark) == 0 ? text.substr(mark.size())
                                                                     : text);
    std::vector<Fault> faults;
    for (std::string line; std::getline(lines, line);)
    {
        ++m_line;
        if (!line.empty() && line.back() == '\r')
        {
            line.pop_back();
        }
        const std::string trimmed = Trim(line);
        if (trimmed.empty() || trimmed.front() == '#')
        {
            continue;
        }
        if (std::any_of(line.begin(), line.end(), IsControl))
        {
            Refuse("the line has a control character", "text in UTF-8");
        }
        const std::vector<std::string> cells = Split(line);
        if (m_columns == 0)
        {
            ReadHeader(cells);
        }
        else
        {
            faults.push_back(ReadFault(cells));
        }
    }
    if (m_columns == 0)
    {
        m_line = 0;
        Refuse("there is no line that names the columns",
               JoinNames({COLUMNS.begin(), COLUMNS.end()}));
    }
    return faults;
}

std::size_t
Reader::ReadQuoted(const std::string& line, std::size_t begin, std::string& cell) const
{
    std::size_t i = begin + 1;
    for (; i < line.size(); ++i)
    {
        if (line[i] != '"')
        {
            cell += line[i];
        }
        else if (i + 1 < line.size() && line[i + 1] == '"')
        {
            cell += line[i++];
        }
        else
        {
            break;
        }
    }
    if (i >= line.size())
    {
        Refuse("a cell in quotes does not end on its line",
               "\"text\", with \"\" for a quote in it");
    }
    const std::size_t end = std::min(line.find_first_not_of(BLANKS, i + 1), line.size());
    if (end < line.size() && line[end] != ',')
    {
        Refuse("there is text behind a cell in quotes", "a comma, or the end of the line");
    }
    return end;
}

std::vector<std::string>
Reader::Split(const std::string& line) const
{
    std::vector<std::string> cells;
    for (std::size_t begin = 0; begin <= line.size();)
    {
        const std::size_t first = line.find_first_not_of(BLANKS, begin);
        std::string cell;
        std::size_t end = 0;
        if (first != std::string::npos && line[first] == '"')
        {
            end = ReadQuoted(line, first, cell);
        }
        else
        {
            end = std::min(line.find(',', begin), line.size());
            cell = Trim(line.substr(begin, end - begin));
        }
        cells.push_back(cell);
        begin = end + 1;
    }
    return cells;
}

void
Reader::ReadHeader(const std::vector<std::string>& cells)
{
    const std::vector<std::string> names(COLUMNS.begin(), COLUMNS.end());
    for (std::size_t i = 0; i < cells.size(); ++i)
    {
        const auto found = std::find(names.begin(), names.end(), cells[i]);
        if (found == names.end())
        {
            Refuse("column \"" + cells[i] + "\" is not known" + SuggestName(cells[i], names),
                   JoinNames(names));
        }
        auto& place = m_places[found - names.begin()];
        if (place)
        {
            Refuse("column \"" + cells[i] + "\" is there twice", "each column once");
        }
        place = i;
    }
    for (uint8_t i = 0; i < Column::NEEDED; ++i)
    {
        if (!m_places[i])
        {
            Refuse("column \"" + names[i] + "\" is missing", JoinNames(names));
        }
    }
    m_columns = cells.size();
}

FaultTime
Reader::ReadTime(Column::Name column, const std::string& cell) const
{
    const auto time = FaultTime::Read(cell);
    if (!time)
    {
        Refuse(std::string(COLUMNS[column]) + " = \"" + cell + "\" is not allowed",
               ALLOWED_FAULT_TIME);
    }
    return *time;
}

Fault
Reader::ReadFault(const std::vector<std::string>& cells) const
{
    if (cells.size() != m_columns)
    {
        Refuse("the line has " + std::to_string(cells.size()) + " cells",
               std::to_string(m_columns) + ", as many as there are columns");
    }
    const auto take = [&](Column::Name column) {
        const auto place = m_places[column];
        return place ? cells[*place] : std::string();
    };
    Fault fault;
    fault.time = ReadTime(Column::TIME, take(Column::TIME));
    const auto kind = FindComponentKind(take(Column::KIND));
    if (!kind)
    {
        const std::vector<std::string> kinds = GetComponentKindNames();
        Refuse("kind \"" + take(Column::KIND) + "\" is not known" +
                   SuggestName(take(Column::KIND), kinds),
               JoinNames(kinds));
    }
    fault.kind = *kind;
    fault.component = take(Column::COMPONENT);
    const std::string lasts = take(Column::LASTS);
    if (lasts == REPAIR || lasts == BURST)
    {
        fault.end = lasts == REPAIR ? Fault::UNTIL_REPAIRED : Fault::WITH_BURST;
    }
    else
    {
        const auto time = FaultTime::Read(lasts);
        if (!time)
        {
            Refuse("lasts = \"" + lasts + "\" is not allowed",
                   std::string(REPAIR) + ", " + BURST + ", or " + ALLOWED_FAULT_TIME);
        }
        fault.end = Fault::LASTS;
        fault.lasts = *time;
    }
    if (!take(Column::DETECTION).empty())
    {
        fault.detection = ReadTime(Column::DETECTION, take(Column::DETECTION));
    }
    fault.mode = take(Column::MODE);
    fault.cause = take(Column::CAUSE);
    try
    {
        fault.effect = ReadFailureEffect(take(Column::EFFECT));
        fault.Validate();
        if (m_targets != nullptr)
        {
            m_targets->Require(fault.kind, fault.component, fault.effect);
        }
    }
    catch (const std::invalid_argument& refusal)
    {
        throw FaultScheduleError(m_origin, m_line, refusal.what());
    }
    return fault;
}

} // namespace

std::string
WriteFaultSchedule(const FaultSchedule& schedule)
{
    std::string text;
    const auto writeLine = [&text](const std::array<std::string, Column::COUNT>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i)
        {
            text += (i > 0 ? "," : "") + Quote(cells[i], i == 0);
        }
        text += "\n";
    };
    std::array<std::string, Column::COUNT> header;
    std::copy(COLUMNS.begin(), COLUMNS.end(), header.begin());
    writeLine(header);
    for (const Fault& fault : schedule.GetFaults())
    {
        std::string lasts = fault.lasts.Write();
        if (fault.end != Fault::LASTS)
        {
            lasts = fault.end == Fault::UNTIL_REPAIRED ? REPAIR : BURST;
        }
        writeLine({fault.time.Write(),
                   GetName(fault.kind),
                   fault.component,
                   fault.effect.Write(),
                   lasts,
                   fault.detection.Write(),
                   fault.mode,
                   fault.cause});
    }
    return text;
}

FaultSchedule
ReadFaultSchedule(const std::string& text, const std::string& origin, const FaultTargets* targets)
{
    return FaultSchedule(Reader(origin, targets).Read(text));
}

FaultSchedule
LoadFaultSchedule(const std::string& path, const FaultTargets* targets)
{
    const InputText file = ReadInputFile(path, MAX_TABLE_BYTES);
    if (!file.IsOk())
    {
        throw FaultScheduleError(path,
                                 file.fault.line,
                                 file.fault.what + "; allowed: a fault schedule in UTF-8");
    }
    return ReadFaultSchedule(file.text, path, targets);
}

} // namespace opticalfabric
} // namespace ns3
