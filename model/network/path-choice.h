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
    /**
     * @param routing Routing::DETERMINISTIC or ECMP, which keep a pair to one path
     * @param source endpoint that sends
     * @param destination endpoint that receives
     * @return path of the pair
     */
    static uint32_t GetPath(Routing::Kind routing, uint32_t source, uint32_t destination)
    {
        return routing == Routing::DETERMINISTIC
                   ? destination
                   : static_cast<uint32_t>(Mix((uint64_t{source} << 32) + destination) >> 32);
    }

    /**
     * @param routing how the path is to be read
     * @param path path
     * @param count how many there are to choose from, at least 1
     * @return the choice
     */
    static uint32_t Peek(Routing::Kind routing, uint32_t path, uint32_t count)
    {
        // A number in mixed radix, or a fraction of 2^32.
        return routing == Routing::DETERMINISTIC
                   ? path % count
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
        return routing == Routing::DETERMINISTIC ? path / count : path * count;
    }

  private:
    /**
     * Finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
     * @param x any number
     * @return its hash
     */
    static uint64_t Mix(uint64_t x)
    {
        x += 0x9e3779b97f4a7c15;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PATH_CHOICE_H */
