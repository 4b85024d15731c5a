/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TRANSFER_SYMMETRY_H
#define OPTICAL_FABRIC_TRANSFER_SYMMETRY_H

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Ranks that do the same at the same time, so that the first few can stand for all.
 *
 * Whatever rank r sends to rank t, rank g(r) sends to rank g(t) at the same time, for all g of a
 * group of permutations. Of ranks that are each other's images the lowest stands for all.
 */
struct TransferSymmetry
{
    /// Groups of permutations.
    enum Kind : uint8_t
    {
        NONE,     ///< there is no symmetry
        ROTATION, ///< r to r + k period, modulo the ranks
        EXCHANGE  ///< r to r XOR k period; ranks and period are powers of two
    };

    Kind kind{NONE};    ///< group of permutations
    uint32_t period{0}; ///< ranks that stand for all: 0 .. period - 1; divides the ranks
    std::vector<uint32_t> endpoints; ///< endpoint by rank

    /// @return number of ranks
    uint32_t GetN() const
    {
        return static_cast<uint32_t>(endpoints.size());
    }

    /// @return how many ranks each one stands for
    uint32_t GetCopies() const
    {
        return GetN() / period;
    }

    /// @param rank any rank @return the one that stands for it
    uint32_t Fold(uint32_t rank) const
    {
        return rank % period;
    }

    /**
     * @param from rank that sends
     * @param to rank it sends to
     * @return who then sends the same to the rank that stands for that one
     */
    uint32_t GetSender(uint32_t from, uint32_t to) const
    {
        const uint32_t moved = to - Fold(to);
        return kind == EXCHANGE ? from ^ moved : (from + GetN() - moved) % GetN();
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TRANSFER_SYMMETRY_H */
