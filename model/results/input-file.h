/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_INPUT_FILE_H
#define OPTICAL_FABRIC_INPUT_FILE_H

#include <cstdint>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Most bytes that a scenario or a catalog may have: 16 MiB.
constexpr uint64_t MAX_TOML_BYTES = 16ULL << 20;

/// @ingroup optical-fabric
/// @brief Most bytes that a table, such as a fault schedule, may have: 256 MiB.
constexpr uint64_t MAX_TABLE_BYTES = 256ULL << 20;

/**
 * @ingroup optical-fabric
 * @brief What is wrong with a text.
 */
struct [[nodiscard]] TextFault
{
    std::string what; ///< what is wrong; empty if nothing is
    uint32_t line{0}; ///< line from 1; 0: the whole text
};

/**
 * @ingroup optical-fabric
 * @brief A file that was read whole, or why it was not.
 */
struct [[nodiscard]] InputText
{
    std::string text; ///< what the file says
    TextFault fault;  ///< why it could not be read, "cannot be read: Permission denied"

    /// @return true if the file was read
    bool IsOk() const
    {
        return fault.what.empty();
    }
};

/**
 * @ingroup optical-fabric
 * @brief Find the first byte of a text that is no UTF-8: no character, an overlong one, half of a
 * surrogate pair, or one above U+10FFFF.
 * @param text the text
 * @return line and value of the byte
 */
TextFault FindBadUtf8(const std::string& text);

/**
 * @ingroup optical-fabric
 * @brief Read a file that a user named. Every file goes through here before anything parses it.
 * @param path the file: a regular one, in UTF-8
 * @param maxBytes most bytes it may have
 * @return its text, or what is wrong with it
 */
InputText ReadInputFile(const std::string& path, uint64_t maxBytes);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_INPUT_FILE_H */
