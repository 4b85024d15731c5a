/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/like-parts.h"

#include <numeric>

namespace ns3
{
namespace opticalfabric
{

LikeParts::LikeParts(uint64_t bytes, uint32_t parts)
    : m_bytes(bytes),
      m_parts(parts),
      m_longest(bytes / parts + (bytes % parts != 0 ? 1 : 0))
{
}

uint64_t
LikeParts::GetEvenBytes() const
{
    return m_longest * m_parts;
}

LikeParts::Stretch
LikeParts::GetStretch(const ByteRange& range, uint32_t period) const
{
    const uint64_t first = range.offset / m_longest;
    const uint64_t last = first + range.bytes / m_longest;
    const uint64_t copies = m_parts / period;
    // With B bytes, q images and g = gcd(B, q), part x of all images begins at
    //     sum over j < q of floor((x / period + j) B / q)
    //         = g floor(x (B / g) / period) + (B - 1)(q - 1) / 2 + (g - 1) / 2
    // (Graham, Knuth and Patashnik, Concrete Mathematics, 2nd edition, equation 3.32).
    const uint64_t common = std::gcd(m_bytes, copies);
    const uint64_t part = m_bytes / common;
    const auto begin = [&](uint64_t x) { return part / period * x + part % period * x / period; };
    const uint64_t total = common * (begin(last) - begin(first));
    Stretch stretch;
    stretch.bytes = total / copies + (total % copies != 0 ? 1 : 0);
    stretch.shorter = static_cast<uint32_t>(stretch.bytes * copies - total);
    return stretch;
}

} // namespace opticalfabric
} // namespace ns3
