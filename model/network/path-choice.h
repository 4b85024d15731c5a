/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PATH_CHOICE_H
#define OPTICAL_FABRIC_PATH_CHOICE_H

#include "ns3/fabric-floor.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The arithmetic by which a number names a path: each choice on the way uses up part of it.
 */
struct PathChoice
{
    static_assert(Routing::DETERMINISTIC < Routing::ECMP && Routing::ECMP < Routing::SPRAY,
                  "what keeps a pair to one path comes first");

    /// From one packet of a transfer to the next: 2^32 over the golden ratio, as its multiples,
    /// modulo 2^32, spread evenly (Knuth, TAOCP 3, 6.4).
    static constexpr uint32_t STEP = 0x9e3779b9;

    /**
     * @param routing how the path is to be read
     * @param path path
     * @param count how many there are to choose from, at least 1
     * @return the choice
     */
    static uint32_t Peek(Routing::Kind routing, uint32_t path, uint32_t count)
    {
        // A number in mixed radix (PathNamer), or a fraction of 2^32.
        return routing <= Routing::ECMP ? path % count
                                        : static_cast<uint32_t>((uint64_t{path} * count) >> 32);
    }

    /**
     * @param routing how the path is to be read
     * @param path path
     * @param count how many there were to choose from, at least 1
     * @return what is left of the path
     */
    static uint32_t Rest(Routing::Kind routing, uint32_t path, uint32_t count)
    {
        return routing <= Routing::ECMP ? path / count : path * count;
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PATH_CHOICE_H */
