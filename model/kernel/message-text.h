/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MESSAGE_TEXT_H
#define OPTICAL_FABRIC_MESSAGE_TEXT_H

#include "ns3/nstime.h"

#include <cstdint>
#include <iomanip>
#include <sstream>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @param time a time
 * @return it in seconds, as people write it: "4700000s", where ns-3 has "+4.7e+06s"
 */
inline std::string
ShowSeconds(const Time& time)
{
    std::ostringstream os;
    // GetSeconds shifts a negative number to the left, which C++17 does not define.
    os << std::setprecision(15) << static_cast<double>(time.GetPicoSeconds()) / 1e12 << "s";
    return os.str();
}

/**
 * @ingroup optical-fabric
 * @param time a time
 * @return it in microseconds, "12.345us"
 */
inline std::string
ShowMicroseconds(const Time& time)
{
    std::ostringstream os;
    os << std::setprecision(15) << static_cast<double>(time.GetPicoSeconds()) / 1e6 << "us";
    return os.str();
}

/**
 * @ingroup optical-fabric
 * @param count how many
 * @param one name of one, to which an s makes several
 * @return "1 link", "2 links"
 */
inline std::string
ShowCount(uint64_t count, const std::string& one)
{
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_MESSAGE_TEXT_H */
