/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RENEWAL_FUNCTION_H
#define OPTICAL_FABRIC_RENEWAL_FUNCTION_H

#include "ns3/lifetime-law.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How many failures to expect of a thing that is new at the begin and replaced by a new one,
 * at once, whenever it fails: M(t).
 *
 * Of an exponential law in closed form, t / MTBF. Of the others from the renewal equation,
 * M(t) = F(t) + integral of F(t - x) dM(x), solved on a grid by the midpoint method of Xie (1989,
 * Communications in Statistics 18). GetErrorEstimate says how far that can be trusted: it halves
 * the number of steps and takes the largest change.
 */
class RenewalFunction
{
  public:
    /**
     * @param law how long a thing lives
     * @param horizonH latest time, h, above 0, at most 1e15
     * @param steps steps of the grid, even, 2 to 100000; time and accuracy grow with its square
     * @throw std::invalid_argument if a parameter is out of range
     */
    RenewalFunction(const LifetimeLaw& law, double horizonH, uint32_t steps = 2000);

    /**
     * @param timeH time since the begin, h, 0 to the horizon; throws std::invalid_argument
     * otherwise
     * @return expected number of failures until then
     */
    double GetExpected(double timeH) const;
    /// @return largest change of GetExpected on the grid when it has half the steps
    double GetErrorEstimate() const;

  private:
    double m_horizonH;            ///< latest time, h
    double m_perH{0};             ///< failures per hour, of an exponential law
    std::vector<double> m_values; ///< M at the points of the grid; empty: exponential
    double m_errorEstimate{0};    ///< see GetErrorEstimate
};

/**
 * @ingroup optical-fabric
 * @brief How often a thing fails on average from new to the end of a life, replaced by a new one
 * whenever it fails: RenewalFunction over the life. The closed form of what a fleet that was new at
 * the begin counts; of an exponential law it is 1 / MTBF whatever the life.
 *
 * It is not 1 / mean of the law, which is the limit for lives far beyond the mean: of a lognormal
 * law with a median of 1e6 h and sigma 0.95, 2 % of that in the first five years.
 *
 * @param law how long a thing lives
 * @param lifeH the life, h, above 0, at most 1e15
 * @return failures in 1e9 hours
 * @throw std::invalid_argument if the life is out of range, or if half of all fail within 1/2000 of
 *        it, for which the grid is too coarse
 */
double GetMeanFailureRateFit(const LifetimeLaw& law, double lifeH);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RENEWAL_FUNCTION_H */
