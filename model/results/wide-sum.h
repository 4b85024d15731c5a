/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_WIDE_SUM_H
#define OPTICAL_FABRIC_WIDE_SUM_H

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief An exact sum of 64-bit counts, 128 bits wide.
 *
 * Picoseconds overflow 64 bits within reach of a simulation: 2*10^7 transfers of one second do it.
 * Two words and a carry are as fast as one word and stay within standard C++.
 */
struct WideSum
{
    uint64_t high{0}; ///< the sum divided by 2^64, whole part
    uint64_t low{0};  ///< the sum modulo 2^64

    /**
     * @brief Add one value.
     * @param value any value
     */
    void Add(uint64_t value)
    {
        low += value;
        high += low < value ? 1 : 0;
    }

    /**
     * @brief Add another sum.
     * @param other the other sum; the result must stay below 2^128
     */
    void Add(const WideSum& other)
    {
        Add(other.low);
        high += other.high;
    }

    /**
     * @brief Add a product.
     * @param a one factor
     * @param b the other factor
     */
    void AddProduct(uint64_t a, uint64_t b)
    {
        const uint64_t aLow = a & 0xffffffff;
        const uint64_t aHigh = a >> 32;
        const uint64_t bLow = b & 0xffffffff;
        const uint64_t bHigh = b >> 32;
        // Each half product is below 2^64, and so is each with one carry of 32 bits added.
        const uint64_t middle = aHigh * bLow + ((aLow * bLow) >> 32);
        const uint64_t middle2 = aLow * bHigh + (middle & 0xffffffff);
        Add(WideSum{aHigh * bHigh + (middle >> 32) + (middle2 >> 32),
                    (middle2 << 32) | ((aLow * bLow) & 0xffffffff)});
    }

    /// @return the sum as the nearest long double
    long double ToLongDouble() const
    {
        return static_cast<long double>(high) * 18446744073709551616.0L +
               static_cast<long double>(low);
    }

    /**
     * @brief The sum divided by a count, rounded once to a double.
     * @param count how many values were added
     * @return the quotient, 0 if count is 0
     */
    double Mean(uint64_t count) const
    {
        return count == 0 ? 0.0
                          : static_cast<double>(ToLongDouble() / static_cast<long double>(count));
    }

    /**
     * @brief Compare two sums.
     * @param a one sum
     * @param b the other sum
     * @return true if they are equal
     */
    friend bool operator==(const WideSum& a, const WideSum& b)
    {
        return a.high == b.high && a.low == b.low;
    }

    /**
     * @brief Order two sums.
     * @param a one sum
     * @param b the other sum
     * @return true if a is the smaller one
     */
    friend bool operator<(const WideSum& a, const WideSum& b)
    {
        return a.high != b.high ? a.high < b.high : a.low < b.low;
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_WIDE_SUM_H */
