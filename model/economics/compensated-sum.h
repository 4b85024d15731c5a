/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COMPENSATED_SUM_H
#define OPTICAL_FABRIC_COMPENSATED_SUM_H

#include <cmath>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A sum of doubles whose error does not grow with their number (Neumaier's variant of
 * Kahan's summation).
 */
class CompensatedSum
{
  public:
    /// @param value a finite number
    void Add(double value)
    {
        const double next = m_sum + value;
        // What the larger of the two keeps is known exactly, so what got lost is too.
        m_lost +=
            std::fabs(m_sum) >= std::fabs(value) ? (m_sum - next) + value : (value - next) + m_sum;
        m_sum = next;
    }

    /// @return the sum
    double Get() const
    {
        return m_sum + m_lost;
    }

  private:
    double m_sum{0};  ///< sum as rounded
    double m_lost{0}; ///< what rounding took from it
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COMPENSATED_SUM_H */
