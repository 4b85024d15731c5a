/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RELIABILITY_TEST_H
#define OPTICAL_FABRIC_RELIABILITY_TEST_H

#include "ns3/uniform-source.h"

#include <cmath>
#include <cstdint>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// Score that a standard normal variable is within with probability 0.99, either side of 0.
constexpr double SCORE_99 = 2.5758293035489004;

/**
 * @param seed seed
 * @return random numbers above 0 and below 1
 */
inline UniformSource
MakeUniform(uint64_t seed)
{
    auto engine = std::make_shared<std::mt19937_64>(seed);
    return [engine] { return (static_cast<double>((*engine)() >> 11) + 0.5) * 0x1p-53; };
}

/// Mean of a sample and how far it is off.
class SampleMean
{
  public:
    /// @param value a value of the sample
    void Add(double value)
    {
        ++m_count;
        const double change = value - m_mean;
        m_mean += change / m_count;
        m_squares += change * (value - m_mean);
    }

    /// @return mean
    double GetMean() const
    {
        return m_mean;
    }

    /// @return half of the 99 % interval, by the normal law
    double GetHalfWidth99() const
    {
        return SCORE_99 * std::sqrt(m_squares / (m_count - 1) / m_count);
    }

    /**
     * @param truth what the mean should be
     * @return whether it is in the 99 % interval
     */
    bool Covers(double truth) const
    {
        return std::abs(truth - m_mean) <= GetHalfWidth99();
    }

  private:
    double m_count{0};   ///< values so far
    double m_mean{0};    ///< their mean
    double m_squares{0}; ///< sum of squared distances from it
};

/**
 * Expect that something is refused, in words that hold all of some parts.
 * @tparam REFUSAL type of the exception
 * @param action what is done
 * @param parts what the message must hold
 */
template <typename REFUSAL = std::invalid_argument>
void
ExpectRefused(const std::function<void()>& action, const std::vector<std::string>& parts)
{
    try
    {
        action();
        ADD_FAILURE() << "not refused: " << parts.front();
    }
    catch (const REFUSAL& refusal)
    {
        const std::string message = refusal.what();
        for (const std::string& part : parts)
        {
            EXPECT_NE(message.find(part), std::string::npos) << message << "\nlacks " << part;
        }
        EXPECT_NE(message.find("allowed"), std::string::npos) << message;
        EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    }
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RELIABILITY_TEST_H */
