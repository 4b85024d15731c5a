/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_DURATION_LAW_H
#define OPTICAL_FABRIC_DURATION_LAW_H

#include <cstdint>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How long something takes: detection, a repair, the time a flapping link is down. In hours.
 *
 * A value. All functions throw std::invalid_argument, naming the parameter, its value and what is
 * allowed, if a parameter is out of range. A duration may be 0 to 1e9 h.
 */
class DurationLaw
{
  public:
    /// The families.
    enum Kind : uint8_t
    {
        CONSTANT,    ///< always the same
        UNIFORM,     ///< anything between two ends, all alike
        EXPONENTIAL, ///< without memory
        LOGNORMAL    ///< usual for repairs: many short, some very long
    };

    /// Takes no time.
    DurationLaw() = default;

    /**
     * @param durationH duration, h
     * @return what always takes that long
     */
    static DurationLaw Constant(double durationH);
    /**
     * @param leastH shortest, h
     * @param mostH longest, h, at least leastH
     * @return anything between
     */
    static DurationLaw Uniform(double leastH, double mostH);
    /**
     * @param meanH mean, h, above 0
     * @return exponential law
     */
    static DurationLaw Exponential(double meanH);
    /**
     * @param medianH median, h, above 0
     * @param sigma standard deviation of the natural logarithm, 0.01 to 10
     * @return lognormal law
     */
    static DurationLaw Lognormal(double medianH, double sigma);

    /// @return the family
    Kind GetKind() const;
    /// @return mean, h
    double GetMeanH() const;
    /**
     * @param uniform random number, above 0, at most 1; 1 gives the shortest duration
     * @return a duration, h, by inversion
     */
    double DrawH(double uniform) const;
    /// @return the law in words, for example "uniform, 0.5 to 4 h"
    std::string Describe() const;

  private:
    /**
     * @param kind family
     * @param first duration, shortest, mean or median, h
     * @param second longest (h) or sigma
     */
    DurationLaw(Kind kind, double first, double second);

    Kind m_kind{CONSTANT}; ///< family
    double m_firstH{0};    ///< duration, shortest, mean or median, h
    double m_second{0};    ///< longest (h) or sigma
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_DURATION_LAW_H */
