/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ROUTE_TABLE_H
#define OPTICAL_FABRIC_ROUTE_TABLE_H

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Where endpoints are, as packets name them: endpoints attached to the same switches make up
 * a route class, and share one row in every table.
 */
struct RouteAddress
{
    uint16_t routeClass{0}; ///< class
    uint16_t member{0};     ///< which endpoint of the class
};

/**
 * @ingroup optical-fabric
 * @brief The shortest next hops of one node. Nodes that see the network alike share a table.
 */
struct RouteTable
{
    /// Where packets for a class go.
    struct Entry
    {
        uint32_t offset{0}; ///< first candidate; with direct, candidate of member 0
        uint16_t count{0};  ///< number of candidates; 0: no way
        bool direct{false}; ///< the class is attached here: one candidate per member
    };

    static constexpr uint16_t NO_PORT = UINT16_MAX; ///< no candidate

    std::vector<Entry> entries;       ///< by class
    std::vector<uint16_t> candidates; ///< port numbers

    /// @param other another table @return true if it is the same
    bool operator==(const RouteTable& other) const
    {
        return candidates == other.candidates && entries.size() == other.entries.size() &&
               std::equal(entries.begin(),
                          entries.end(),
                          other.entries.begin(),
                          [](const Entry& a, const Entry& b) {
                              return a.offset == b.offset && a.count == b.count &&
                                     a.direct == b.direct;
                          });
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ROUTE_TABLE_H */
