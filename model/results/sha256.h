/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SHA256_H
#define OPTICAL_FABRIC_SHA256_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The SHA-256 hash of FIPS 180-4, to name input files by their content.
 */
class Sha256
{
  public:
    Sha256();

    /**
     * @brief Take in more of the message.
     * @param data its next bytes; may be null if size is 0
     * @param size how many, bytes
     */
    void Update(const void* data, std::size_t size);

    /**
     * @brief End the message. The object must not be used afterwards.
     * @return the hash in 64 lower-case hexadecimal digits
     */
    std::string Finish();

    /**
     * @brief Hash a text.
     * @param text any bytes
     * @return the hash in 64 lower-case hexadecimal digits
     */
    static std::string OfText(const std::string& text);

    /**
     * @brief Hash a file.
     * @param path which
     * @param [out] bytes its size; may be null
     * @return the hash in 64 lower-case hexadecimal digits; nothing if the file cannot be read
     */
    static std::optional<std::string> OfFile(const std::string& path, uint64_t* bytes = nullptr);

  private:
    static constexpr std::size_t BLOCK = 64; ///< bytes hashed at a time

    /**
     * @brief Hash one block.
     * @param block its BLOCK bytes
     */
    void Transform(const uint8_t* block);

    std::array<uint32_t, 8> m_state;   ///< the hash so far
    std::array<uint8_t, BLOCK> m_rest; ///< bytes that do not fill a block yet
    uint64_t m_bytes{0};               ///< length of the message so far, bytes
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SHA256_H */
