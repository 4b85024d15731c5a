/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TRANSFER_SYMMETRY_H
#define OPTICAL_FABRIC_TRANSFER_SYMMETRY_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Ranks that do the same at the same time, so that a few can stand for all.
 *
 * Whatever rank r sends to rank t, rank g(r) sends to rank g(t) at the same time, for all g of a
 * group of permutations. Of ranks that are each other's images (an orbit) one acts for all.
 */
struct TransferSymmetry
{
    /// Groups of permutations.
    enum Kind : uint8_t
    {
        NONE,       ///< there is no symmetry
        ROTATION,   ///< r to r + k period, modulo the ranks
        EXCHANGE,   ///< r to r XOR k period; ranks and period are powers of two
        PERMUTATION ///< what the network allows of all permutations
    };

    Kind kind{NONE};    ///< group of permutations
    uint32_t period{0}; ///< ranks 0 .. period - 1 act; divides the ranks; not for PERMUTATION
    std::vector<uint32_t> endpoints; ///< endpoint by rank

    // For PERMUTATION alone.
    std::vector<uint32_t> acting;  ///< rank that acts for each orbit
    std::vector<uint32_t> orbits;  ///< orbit by rank
    std::vector<uint32_t> sizes;   ///< ranks of each orbit
    std::vector<uint32_t> senders; ///< see ForEachSender, one after the other
    std::vector<uint32_t> begins;  ///< where they begin, by orbit of the sender * GetN() + receiver

    /// @return number of ranks
    uint32_t GetN() const
    {
        return static_cast<uint32_t>(endpoints.size());
    }

    /// @return number of ranks that act
    uint32_t GetNActing() const
    {
        return kind == PERMUTATION ? static_cast<uint32_t>(acting.size()) : period;
    }

    /// @param place below GetNActing() @return the rank that acts there
    uint32_t GetActing(uint32_t place) const
    {
        return kind == PERMUTATION ? acting[place] : place;
    }

    /// @param rank any rank @return place of the one that acts for it
    uint32_t GetPlace(uint32_t rank) const
    {
        return kind == PERMUTATION ? orbits[rank] : rank % period;
    }

    /// @param rank any rank @return the one that acts for it
    uint32_t Fold(uint32_t rank) const
    {
        return GetActing(GetPlace(rank));
    }

    /// @param rank any rank @return how many ranks the one that acts for it stands for
    uint32_t GetCopies(uint32_t rank) const
    {
        return kind == PERMUTATION ? sizes[orbits[rank]] : GetN() / period;
    }

    /**
     * For ROTATION and EXCHANGE.
     * @param from rank that sends
     * @param to rank it sends to
     * @return who then sends the same to the rank that acts for that one
     */
    uint32_t GetSender(uint32_t from, uint32_t to) const
    {
        const uint32_t moved = to - Fold(to);
        return kind == EXCHANGE ? from ^ moved : (from + GetN() - moved) % GetN();
    }

    /**
     * What the rank that acts for a receiver gets when a transfer arrives: something from each of
     * these ranks. For PERMUTATION they may be several, or none where others bring it.
     * @tparam Function of a rank
     * @param from rank that sends, and acts
     * @param to rank it sends to
     * @param function called with each
     */
    template <typename Function>
    void ForEachSender(uint32_t from, uint32_t to, Function function) const
    {
        if (kind != PERMUTATION)
        {
            function(GetSender(from, to));
            return;
        }
        const size_t row = size_t{orbits[from]} * GetN() + to;
        for (uint32_t i = begins[row]; i < begins[row + 1]; ++i)
        {
            function(senders[i]);
        }
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TRANSFER_SYMMETRY_H */
