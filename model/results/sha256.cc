/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "sha256.h"

#include <algorithm>
#include <cstring>
#include <fstream>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Fractional parts of the cube roots of the first 64 primes (FIPS 180-4, section 4.2.2).
constexpr std::array<uint32_t, 64> ROUND_CONSTANTS = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/**
 * @brief Rotate a word.
 * @param word the word
 * @param bits how far to the right, 1 to 31
 * @return the rotated word
 */
uint32_t
RotateRight(uint32_t word, unsigned bits)
{
    return (word >> bits) | (word << (32 - bits));
}

} // namespace

Sha256::Sha256()
    // Fractional parts of the square roots of the first 8 primes (FIPS 180-4, section 5.3.3).
    : m_state{0x6a09e667,
              0xbb67ae85,
              0x3c6ef372,
              0xa54ff53a,
              0x510e527f,
              0x9b05688c,
              0x1f83d9ab,
              0x5be0cd19},
      m_rest{}
{
}

void
Sha256::Transform(const uint8_t* block)
{
    std::array<uint32_t, 64> w;
    for (std::size_t i = 0; i < 16; ++i)
    {
        w[i] = uint32_t{block[4 * i]} << 24 | uint32_t{block[4 * i + 1]} << 16 |
               uint32_t{block[4 * i + 2]} << 8 | uint32_t{block[4 * i + 3]};
    }
    for (std::size_t i = 16; i < 64; ++i)
    {
        const uint32_t s0 =
            RotateRight(w[i - 15], 7) ^ RotateRight(w[i - 15], 18) ^ (w[i - 15] >> 3);
        const uint32_t s1 =
            RotateRight(w[i - 2], 17) ^ RotateRight(w[i - 2], 19) ^ (w[i - 2] >> 10);
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = m_state;
    for (std::size_t i = 0; i < 64; ++i)
    {
        const uint32_t s1 = RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25);
        const uint32_t choice = (e & f) ^ (~e & g);
        const uint32_t t1 = h + s1 + choice + ROUND_CONSTANTS[i] + w[i];
        const uint32_t s0 = RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22);
        const uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + s0 + majority;
    }
    const std::array<uint32_t, 8> addend = {a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < addend.size(); ++i)
    {
        m_state[i] += addend[i];
    }
}

void
Sha256::Update(const void* data, std::size_t size)
{
    const auto* bytes = static_cast<const uint8_t*>(data);
    while (size != 0)
    {
        const std::size_t used = m_bytes % BLOCK;
        const std::size_t take = std::min(size, BLOCK - used);
        std::memcpy(m_rest.data() + used, bytes, take);
        m_bytes += take;
        bytes += take;
        size -= take;
        if (m_bytes % BLOCK == 0)
        {
            Transform(m_rest.data());
        }
    }
}

std::string
Sha256::Finish()
{
    const uint64_t bits = m_bytes * 8;
    // A one bit, then zeros until eight bytes are left in the block for the length.
    std::array<uint8_t, 2 * BLOCK> padding{};
    padding[0] = 0x80;
    const std::size_t used = m_bytes % BLOCK;
    const std::size_t zeros = (used < BLOCK - 8 ? BLOCK : 2 * BLOCK) - 8 - used;
    for (std::size_t i = 0; i < 8; ++i)
    {
        padding[zeros + i] = static_cast<uint8_t>(bits >> (56 - 8 * i));
    }
    Update(padding.data(), zeros + 8);

    static constexpr char DIGITS[] = "0123456789abcdef";
    std::string hex;
    for (const uint32_t word : m_state)
    {
        for (int shift = 28; shift >= 0; shift -= 4)
        {
            hex += DIGITS[(word >> shift) & 15];
        }
    }
    return hex;
}

std::string
Sha256::OfText(const std::string& text)
{
    Sha256 hash;
    hash.Update(text.data(), text.size());
    return hash.Finish();
}

std::optional<std::string>
Sha256::OfFile(const std::string& path, uint64_t* bytes)
{
    std::ifstream file(path, std::ios::binary);
    Sha256 hash;
    std::array<char, 65536> buffer;
    while (file)
    {
        file.read(buffer.data(), buffer.size());
        hash.Update(buffer.data(), static_cast<std::size_t>(file.gcount()));
    }
    // The end of the file sets eof; a file that cannot be opened or read does not.
    if (!file.eof() || file.bad())
    {
        return std::nullopt;
    }
    if (bytes)
    {
        *bytes = hash.m_bytes;
    }
    return hash.Finish();
}

} // namespace opticalfabric
} // namespace ns3
