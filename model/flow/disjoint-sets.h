/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_DISJOINT_SETS_H
#define OPTICAL_FABRIC_DISJOINT_SETS_H

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Sets of numbers that only ever grow together (Tarjan, JACM 22 (1975), with path halving).
 */
class DisjointSets
{
  public:
    /// @param n numbers 0 .. n - 1, each alone
    explicit DisjointSets(size_t n)
        : m_parents(n)
    {
        std::iota(m_parents.begin(), m_parents.end(), 0);
    }

    /// @param x a number @return the one that names its set
    uint32_t Find(uint32_t x)
    {
        while (m_parents[x] != x)
        {
            m_parents[x] = m_parents[m_parents[x]];
            x = m_parents[x];
        }
        return x;
    }

    /// @param a a number @param b another; they are in one set from now on
    void Unite(uint32_t a, uint32_t b)
    {
        m_parents[Find(a)] = Find(b);
    }

  private:
    std::vector<uint32_t> m_parents; ///< by number; itself where it names the set
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_DISJOINT_SETS_H */
