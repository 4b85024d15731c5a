/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_QUANTITY_H
#define OPTICAL_FABRIC_SCENARIO_QUANTITY_H

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/*
 * Quantities as scenarios have them, a number and a unit: "64MiB", "200ns", "224Gbps". Reading
 * gives nothing if the text is anything else, is negative, or does not come out whole in the unit
 * that is returned. Writing gives what reads back as the same.
 */

/// @ingroup optical-fabric
/// @brief What ReadBytes accepts, for messages.
constexpr const char* ALLOWED_BYTES =
    "a whole number of bytes, or one with a unit: B, kB, MB, GB, TB, PB, KiB, MiB, GiB, "
    "TiB, PiB";
/// @ingroup optical-fabric
/// @brief What ReadTimePs accepts, for messages.
constexpr const char* ALLOWED_TIME = "a time with its unit, as in \"200ns\": ps, ns, us, ms, s";
/// @ingroup optical-fabric
/// @brief What ReadBitRate accepts, for messages.
constexpr const char* ALLOWED_RATE =
    "a rate with its unit, as in \"224Gbps\" or \"28GB/s\": bps, kbps, Mbps, Gbps, Tbps, B/s, "
    "kB/s, MB/s, GB/s, TB/s";
/// @ingroup optical-fabric
/// @brief Largest rate in a scenario, bit/s: 10 times what the fastest links may have.
constexpr uint64_t MAX_BIT_RATE = 1000000000000000;

/**
 * @ingroup optical-fabric
 * @param text size, for example "64MiB" or "4096"
 * @return bytes
 */
std::optional<uint64_t> ReadBytes(const std::string& text);

/**
 * @ingroup optical-fabric
 * @param text time, for example "200ns"; 0 needs no unit
 * @return picoseconds, at most 2^63 - 1
 */
std::optional<int64_t> ReadTimePs(const std::string& text);

/**
 * @ingroup optical-fabric
 * @param text rate, for example "224Gbps"; 0 needs no unit
 * @return bits per second
 */
std::optional<uint64_t> ReadBitRate(const std::string& text);

/**
 * @ingroup optical-fabric
 * @param text whole number
 * @return the number
 */
std::optional<uint64_t> ReadUnsigned(const std::string& text);

/**
 * @ingroup optical-fabric
 * @param text whole number, also as a computer writes a large one: "1e6", "4096.0"
 * @return the number; with a point or an exponent at most 2^53, as all whole numbers to there
 * differ
 */
std::optional<uint64_t> ReadWhole(const std::string& text);

/**
 * @ingroup optical-fabric
 * @param text number
 * @return the number, finite
 */
std::optional<double> ReadReal(const std::string& text);

/**
 * @ingroup optical-fabric
 * @param bytes size
 * @return it in the largest unit that leaves it whole
 */
std::string WriteBytes(uint64_t bytes);

/**
 * @ingroup optical-fabric
 * @param ps time, picoseconds
 * @return it in the largest unit that leaves it whole
 */
std::string WriteTimePs(int64_t ps);

/**
 * @ingroup optical-fabric
 * @param bitsPerSecond rate
 * @return it in the largest unit that leaves it whole
 */
std::string WriteBitRate(uint64_t bitsPerSecond);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_QUANTITY_H */
