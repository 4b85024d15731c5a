/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BYTE_RANGE_H
#define OPTICAL_FABRIC_BYTE_RANGE_H

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A stretch of a collective's buffer.
 */
struct ByteRange
{
    uint64_t offset{0}; ///< first byte
    uint64_t bytes{0};  ///< length
};

/**
 * Where a part begins when a buffer is cut into parts that differ by at most one byte:
 * floor(bytes * index / parts), without the product's overflow.
 *
 * @param bytes size of the buffer
 * @param index part, 0 .. parts; index == parts gives the buffer's end
 * @param parts number of parts, at least 1
 * @return offset of the part's first byte
 */
inline uint64_t
PartBegin(uint64_t bytes, uint32_t index, uint32_t parts)
{
    return bytes / parts * index + bytes % parts * index / parts;
}

/**
 * @param bytes size of the buffer
 * @param first first part
 * @param last one past the last part, at least @p first
 * @param parts number of parts the buffer is cut into
 * @return the stretch that the parts first .. last - 1 cover
 */
inline ByteRange
PartsBetween(uint64_t bytes, uint32_t first, uint32_t last, uint32_t parts)
{
    const uint64_t begin = PartBegin(bytes, first, parts);
    return {begin, PartBegin(bytes, last, parts) - begin};
}

/**
 * @param bytes size of the buffer
 * @param index part, 0 .. parts - 1
 * @param parts number of parts the buffer is cut into
 * @return the stretch that the part covers
 */
inline ByteRange
PartOf(uint64_t bytes, uint32_t index, uint32_t parts)
{
    return PartsBetween(bytes, index, index + 1, parts);
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BYTE_RANGE_H */
