/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LIKE_PARTS_H
#define OPTICAL_FABRIC_LIKE_PARTS_H

#include "ns3/byte-range.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A buffer in one part for each rank whose parts differ by a byte, and yet count as alike.
 *
 * Programs are made for an even buffer, all of whose parts are as long as the longest. What a rank
 * sends of that, and what all ranks send that it stands for under a rotation, is so many parts from
 * some part on; here is how many bytes they really are. The images of a stretch of parts differ by
 * one byte at most, as does what lies between floor(xB/N) and floor((x + m)B/N).
 */
class LikeParts
{
  public:
    /// What a stretch and its images have.
    struct Stretch
    {
        uint64_t bytes{0};   ///< of the longest
        uint32_t shorter{0}; ///< how many have a byte less
    };

    /**
     * @param bytes size of the buffer, 1 or more
     * @param parts parts that it is cut into, 1 or more
     */
    LikeParts(uint64_t bytes, uint32_t parts);

    /// @return size of the even buffer, byte
    uint64_t GetEvenBytes() const;

    /**
     * @param range whole parts of the even buffer; may pass its end
     * @param period parts by which a rotation moves it, a divisor of the number of parts
     * @return what they really have, and their images
     */
    Stretch GetStretch(const ByteRange& range, uint32_t period) const;

  private:
    uint64_t m_bytes;   ///< size of the buffer, byte
    uint32_t m_parts;   ///< its parts
    uint64_t m_longest; ///< size of the longest, byte
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LIKE_PARTS_H */
