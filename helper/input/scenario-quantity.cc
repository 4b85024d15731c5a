/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-quantity.h"

#include <cmath>
#include <limits>
#include <locale>
#include <sstream>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// A unit and what it stands for, in the unit of the result.
struct Unit
{
    const char* name; ///< as written
    uint64_t size;    ///< how many
};

/// Sizes, the first ones for writing, ascending.
const std::vector<Unit> BYTE_UNITS{{"", 1},
                                   {"KiB", 1ULL << 10},
                                   {"MiB", 1ULL << 20},
                                   {"GiB", 1ULL << 30},
                                   {"TiB", 1ULL << 40},
                                   {"PiB", 1ULL << 50},
                                   {"B", 1},
                                   {"kB", 1000},
                                   {"KB", 1000},
                                   {"MB", 1000000},
                                   {"GB", 1000000000},
                                   {"TB", 1000000000000},
                                   {"PB", 1000000000000000}};
constexpr std::size_t WRITTEN_BYTE_UNITS = 6;

/// Times.
const std::vector<Unit> TIME_UNITS{{"ps", 1},
                                   {"ns", 1000},
                                   {"us", 1000000},
                                   {"ms", 1000000000},
                                   {"s", 1000000000000}};

/// Rates.
const std::vector<Unit> RATE_UNITS{{"bps", 1},
                                   {"kbps", 1000},
                                   {"Mbps", 1000000},
                                   {"Gbps", 1000000000},
                                   {"Tbps", 1000000000000},
                                   {"b/s", 1},
                                   {"kb/s", 1000},
                                   {"Mb/s", 1000000},
                                   {"Gb/s", 1000000000},
                                   {"Tb/s", 1000000000000},
                                   {"B/s", 8},
                                   {"kB/s", 8000},
                                   {"MB/s", 8000000},
                                   {"GB/s", 8000000000},
                                   {"TB/s", 8000000000000}};
constexpr std::size_t WRITTEN_RATE_UNITS = 5;

/**
 * A decimal number times a unit, in whole numbers throughout.
 *
 * @param text number and unit, a blank between them allowed
 * @param units units there are
 * @param needsUnit whether only 0 may come without
 * @return the product; nothing if it is not whole or too large
 */
std::optional<uint64_t>
Read(const std::string& text, const std::vector<Unit>& units, bool needsUnit)
{
    constexpr unsigned MAX_DECIMALS = 18;
    unsigned __int128 digits = 0;
    unsigned __int128 divisor = 1;
    std::size_t i = 0;
    bool hasPoint = false;
    bool hasDigits = false;
    for (unsigned decimals = 0; i < text.size(); ++i)
    {
        const char c = text[i];
        if (c == '.' && !hasPoint && hasDigits)
        {
            hasPoint = true;
            continue;
        }
        if (c < '0' || c > '9')
        {
            break;
        }
        hasDigits = true;
        digits = digits * 10 + static_cast<unsigned>(c - '0');
        if (digits > std::numeric_limits<uint64_t>::max() || decimals == MAX_DECIMALS)
        {
            return std::nullopt;
        }
        if (hasPoint)
        {
            ++decimals;
            divisor *= 10;
        }
    }
    if (!hasDigits || text[i - 1] == '.')
    {
        return std::nullopt;
    }
    if (i < text.size() && text[i] == ' ')
    {
        ++i;
    }
    const std::string name = text.substr(i);
    if (name.empty() && digits == 0)
    {
        return 0;
    }
    for (const Unit& unit : units)
    {
        if (name == unit.name && !(needsUnit && name.empty()))
        {
            const unsigned __int128 product = digits * unit.size;
            if (product % divisor != 0 || product / divisor > std::numeric_limits<uint64_t>::max())
            {
                return std::nullopt;
            }
            return static_cast<uint64_t>(product / divisor);
        }
    }
    return std::nullopt;
}

/**
 * @param value how many
 * @param units units, ascending
 * @param count how many of them to use
 * @return number and unit
 */
std::string
Write(uint64_t value, const std::vector<Unit>& units, std::size_t count)
{
    std::size_t best = 0;
    for (std::size_t i = 0; i < count && value != 0; ++i)
    {
        if (value % units[i].size == 0)
        {
            best = i;
        }
    }
    return std::to_string(value / units[best].size) + units[best].name;
}

} // namespace

std::optional<uint64_t>
ReadBytes(const std::string& text)
{
    return Read(text, BYTE_UNITS, false);
}

std::optional<int64_t>
ReadTimePs(const std::string& text)
{
    const auto ps = Read(text, TIME_UNITS, true);
    if (!ps || *ps > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
    {
        return std::nullopt;
    }
    return static_cast<int64_t>(*ps);
}

std::optional<uint64_t>
ReadBitRate(const std::string& text)
{
    return Read(text, RATE_UNITS, true);
}

std::optional<uint64_t>
ReadUnsigned(const std::string& text)
{
    static const std::vector<Unit> NO_UNITS{{"", 1}};
    return text.find_first_not_of("0123456789") == std::string::npos ? Read(text, NO_UNITS, false)
                                                                     : std::nullopt;
}

std::optional<uint64_t>
ReadWhole(const std::string& text)
{
    if (const auto whole = ReadUnsigned(text))
    {
        return whole;
    }
    constexpr double MOST = 9007199254740992.0;
    const bool isDecimal = text.find_first_not_of("0123456789.eE+-") == std::string::npos;
    const auto real = isDecimal ? ReadReal(text) : std::nullopt;
    if (!real || !(*real >= 0 && *real <= MOST) || std::floor(*real) != *real)
    {
        return std::nullopt;
    }
    return static_cast<uint64_t>(*real);
}

std::optional<double>
ReadReal(const std::string& text)
{
    std::istringstream is(text);
    is.imbue(std::locale::classic());
    double value = 0;
    if (!(is >> value) || !is.eof() || !std::isfinite(value))
    {
        return std::nullopt;
    }
    return value;
}

std::string
WriteBytes(uint64_t bytes)
{
    return Write(bytes, BYTE_UNITS, WRITTEN_BYTE_UNITS);
}

std::string
WriteTimePs(int64_t ps)
{
    if (ps == 0)
    {
        return "0s";
    }
    return (ps < 0 ? "-" : "") +
           Write(ps < 0 ? -static_cast<uint64_t>(ps) : static_cast<uint64_t>(ps),
                 TIME_UNITS,
                 TIME_UNITS.size());
}

std::string
WriteBitRate(uint64_t bitsPerSecond)
{
    return Write(bitsPerSecond, RATE_UNITS, WRITTEN_RATE_UNITS);
}

} // namespace opticalfabric
} // namespace ns3
