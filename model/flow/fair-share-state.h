/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAIR_SHARE_STATE_H
#define OPTICAL_FABRIC_FAIR_SHARE_STATE_H

#include <cstdint>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What FairShare keeps of a class of flows, half a cache line.
 */
struct ShareClass
{
    /// Flags.
    enum Flag : uint16_t
    {
        IS_THERE = 1,    ///< the id is in use
        HAS_RUN = 2,     ///< flows of it may be part of a solution that is kept
        IS_RECORDED = 4, ///< what it was at the last solution has been written down
        IS_REROUTED = 8, ///< uses or weight wait to be replaced
        IS_REMOVED = 16, ///< the id becomes free with the next solution
    };

    double weight;       ///< of a flow
    double level;        ///< rate of a flow per unit of weight
    uint32_t count;      ///< flows
    uint32_t bottleneck; ///< resource that limits it; NONE: not found yet
    uint32_t firstUse;   ///< index of the first of its uses, which lie side by side
    uint16_t nUses;      ///< number of uses
    uint16_t flags;      ///< sum of Flags
};

static_assert(sizeof(ShareClass) == 32, "two classes lie in a cache line");

/**
 * @ingroup optical-fabric
 * @brief What FairShare keeps of a class's use of a resource.
 */
struct ShareUse
{
    uint32_t resource;  ///< the resource
    uint32_t place;     ///< place of the class among those that run on the resource
    double coefficient; ///< load per unit of a flow's rate
};

/**
 * @ingroup optical-fabric
 * @brief What FairShare keeps of a resource, a cache line.
 *
 * Load is counted in integer quanta, of which the capacity has 2^59 to 2^60. What a class adds is
 * what is taken off when it leaves, so a load is exact after any number of changes, and the same
 * whatever their order was. Weights have no scale of their own, so they are summed in pairs of
 * doubles with 106 bits.
 */
struct ShareResource
{
    int64_t capacity;  ///< quanta
    int64_t elsewhere; ///< load of the classes that are limited elsewhere, quanta
    double scale;      ///< quanta in a unit of load, a power of two
    double weight;     ///< sum of count * coefficient * weight of all the other classes
    double weightRest; ///< to be added to it
    double level;      ///< of the classes that it limits; NO_LEVEL: it limits none
    double ceiling;    ///< no class that is limited elsewhere has a higher level
    uint32_t nLimited; ///< classes that it limits
    uint32_t nLoose;   ///< classes that run on it and of which no bottleneck is known yet

    /// Level of a resource that limits no class.
    static constexpr double NO_LEVEL = std::numeric_limits<double>::infinity();

    /// @param load at most a few times the capacity; what is beyond counts as that @return quanta
    int64_t GetQuanta(double load) const
    {
        constexpr double MOST = 0x1p62;
        const double quanta = load * scale;
        // Not a number counts as too much, too.
        return static_cast<int64_t>(quanta < MOST ? quanta : MOST);
    }

    /**
     * Where rounding is all there is, loads can pass the end of 64 bits for a while, and come back
     * as what made them so is taken off.
     * @param a quanta @param b quanta @return their sum, modulo 2^64
     */
    static int64_t Sum(int64_t a, int64_t b)
    {
        return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
    }

    /// @param quanta load of a class that is limited elsewhere, from now on or, negative, no more
    void AddElsewhere(int64_t quanta)
    {
        elsewhere = Sum(elsewhere, quanta);
    }

    /// @return what classes limited elsewhere leave of the capacity, quanta
    int64_t GetRest() const
    {
        return static_cast<int64_t>(static_cast<uint64_t>(capacity) -
                                    static_cast<uint64_t>(elsewhere));
    }

    /**
     * Error-free addition, D. E. Knuth, The Art of Computer Programming, volume 2, section 4.2.2,
     * theorem B.
     * @param term added to the sum of weights
     */
    void AddWeight(double term)
    {
        const double sum = weight + term;
        const double added = sum - weight;
        weightRest += (weight - (sum - added)) + (term - added);
        weight = sum;
    }

    /// @return the sum of weights; exactly 0 if there is no class in it
    double GetWeight()
    {
        if (nLimited + nLoose == 0)
        {
            weight = 0;
            weightRest = 0;
            return 0;
        }
        const double sum = weight + weightRest;
        weightRest -= sum - weight;
        weight = sum;
        return sum;
    }
};

static_assert(sizeof(ShareResource) == 64, "a resource is a cache line");

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAIR_SHARE_STATE_H */
