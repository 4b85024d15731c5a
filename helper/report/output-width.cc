/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "output-width.h"

#include "ns3/text-table.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#ifndef _WIN32
#include <sys/ioctl.h>
#include <unistd.h>
#endif

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// @return what the environment says of the width of lines; 0 if that is nothing, or nonsense
uint32_t
GetColumns()
{
    constexpr unsigned long LEAST = 40;
    constexpr unsigned long MOST = 1000;
    const char* const variable = std::getenv("COLUMNS");
    const std::string text = variable == nullptr ? "" : variable;
    const bool isWhole = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    const unsigned long columns = isWhole ? std::strtoul(text.c_str(), nullptr, 10) : 0;
    return columns >= LEAST && columns <= MOST ? static_cast<uint32_t>(columns) : 0;
}

} // namespace

uint32_t
GetTerminalWidth(int descriptor)
{
#ifndef _WIN32
    constexpr uint32_t USUAL = 80;
    if (isatty(descriptor) != 0)
    {
        winsize size{};
        const bool isKnown = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
        return isKnown ? size.ws_col : USUAL;
    }
#endif
    return 0;
}

uint32_t
FindOutputWidth(int descriptor)
{
    constexpr uint32_t LEAST = 20;
    if (const uint32_t columns = GetColumns())
    {
        return columns;
    }
    const uint32_t width = GetTerminalWidth(descriptor);
    return width == 0 ? 0 : std::max(LEAST, width);
}

uint32_t
FindLineWidth(int descriptor)
{
    return std::min(GetTerminalWidth(descriptor), FindOutputWidth(descriptor));
}

uint32_t
FindReportWidth(int descriptor)
{
    const uint32_t width = FindOutputWidth(descriptor);
    return width == 0 ? REPORT_WIDTH : width;
}

std::string
WrapLines(const std::string& text, uint32_t width)
{
    std::string wrapped;
    for (std::size_t begin = 0; begin < text.size();)
    {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string line = text.substr(begin, end - begin);
        begin = end + 1;
        const std::size_t first = line.find_first_not_of(' ');
        const std::string indentation((first == std::string::npos ? 0 : first) + 2, ' ');
        while (line.size() > width)
        {
            // A blank behind the indentation, if possible within the width.
            const std::size_t from = line.find_first_not_of(' ');
            std::size_t blank = line.rfind(' ', width);
            blank = blank == std::string::npos || blank < from ? line.find(' ', width) : blank;
            if (blank == std::string::npos)
            {
                break;
            }
            wrapped += TextTable::TrimEnd(line.substr(0, blank)) + "\n";
            line = indentation +
                   line.substr(std::min(line.find_first_not_of(' ', blank), line.size()));
        }
        wrapped += line + "\n";
    }
    return wrapped;
}

} // namespace opticalfabric
} // namespace ns3
