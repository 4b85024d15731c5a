/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LIFETIME_LAW_H
#define OPTICAL_FABRIC_LIFETIME_LAW_H

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Hours in a year of 365 days, for rates per year.
constexpr double HOURS_PER_YEAR = 8760;

/// @ingroup optical-fabric
/// @brief Failures in 1e9 hours: what a rate of one failure per hour is in FIT.
constexpr double FIT_PER_RATE = 1e9;

/**
 * @ingroup optical-fabric
 * @brief How long a thing lives: a distribution of the age at which it fails.
 *
 * A value. Ages are hours in operation, at the temperature the law is stated for. Everything rests
 * on the cumulative hazard H(t) = -log S(t) and its inverse, which keep their digits where the
 * survival S(t) is near 1 (a fleet in its first hour) and where it is near 0.
 *
 * All functions throw std::invalid_argument, naming the parameter, its value and what is allowed,
 * if a parameter is out of range. An age may be 0 to 1e15 h.
 */
class LifetimeLaw
{
  public:
    /// The families.
    enum Kind : uint8_t
    {
        NEVER,       ///< does not fail
        EXPONENTIAL, ///< fails at a constant rate, whatever its age
        WEIBULL,     ///< S(t) = exp(-(t / scale)^shape)
        LOGNORMAL,   ///< log of the age is normal
        MIXTURE      ///< a population of several kinds of things, which nobody can tell apart
    };

    /// A part of a mixture.
    struct Part;

    /// A thing that does not fail.
    LifetimeLaw() = default;

    /// @return a thing that does not fail
    static LifetimeLaw Never();
    /**
     * @param rateFit failures in 1e9 hours, 1e-6 to 1e15
     * @return exponential law
     */
    static LifetimeLaw ExponentialFit(double rateFit);
    /**
     * @param mtbfH mean life, h, from 1e-6 to 1e15
     * @return exponential law
     */
    static LifetimeLaw ExponentialMtbf(double mtbfH);
    /**
     * @param shape below 1: infant mortality; 1: exponential; above 1: wear-out; 0.05 to 100
     * @param scaleH age that 1/e of all reach, h, from 1e-6 to 1e15
     * @return Weibull law
     */
    static LifetimeLaw Weibull(double shape, double scaleH);
    /**
     * @param medianH age that half of all reach, h, from 1e-6 to 1e15
     * @param sigma standard deviation of the natural logarithm of the age, 0.01 to 10
     * @return lognormal law
     */
    static LifetimeLaw Lognormal(double medianH, double sigma);
    /**
     * @param parts parts of the population, at least one; weights above 0 that add up to 1 within
     *              1e-9
     * @return mixture
     */
    static LifetimeLaw Mixture(std::vector<Part> parts);

    /// @return the family
    Kind GetKind() const;
    /// @return the law in words, for example "Weibull, shape 2, scale 100000 h"
    std::string Describe() const;

    /**
     * @param ageH age, h
     * @return share of all that reach it
     */
    double GetSurvival(double ageH) const;
    /**
     * @param ageH age, h
     * @return share of all that fail before it; keeps its digits where it is small
     */
    double GetFailedShare(double ageH) const;
    /**
     * @param ageH age, h
     * @return cumulative hazard, -log of the survival
     */
    double GetCumulativeHazard(double ageH) const;
    /**
     * @param ageH age, h
     * @return failures per hour among those that reach it; infinite at age 0 of a Weibull law with
     *         shape below 1
     */
    double GetHazardPerH(double ageH) const;
    /**
     * @param ageH age, h
     * @return failures per hour among all that began
     */
    double GetDensityPerH(double ageH) const;
    /// @return mean age at failure, h; infinite if some never fail
    double GetMeanH() const;
    /**
     * @param share share of all, 0 to 1
     * @return age before which this share has failed, h; infinite if it never does
     */
    double GetQuantileH(double share) const;
    /**
     * @param hazard cumulative hazard, at least 0
     * @return age at which it is reached, h; infinite if it never is
     */
    double GetAgeOfHazardH(double hazard) const;

    /**
     * @brief How long a thing still lives that has reached some age, by inversion.
     * @param ageH age, h
     * @param uniform random number, above 0, at most 1
     * @return time left, h; infinite if it never fails. Rounding is below 1e-12 of the age, and for
     *         exponential and Weibull laws below 1e-12 of the time left.
     */
    double DrawRemainingH(double ageH, double uniform) const;

    /**
     * @param ageH age, h
     * @return hazard rate at that age, failures in 1e9 hours
     */
    double GetHazardFit(double ageH) const;
    /**
     * @brief Rate averaged over a stretch of life, given that its begin is reached: the cumulative
     * hazard gained, over time.
     * @param fromH begin, h
     * @param toH end, h, above fromH
     * @return average rate, failures in 1e9 hours
     */
    double GetAverageFit(double fromH, double toH) const;

    /**
     * @param other another law
     * @return whether both are the same, to the last digit
     */
    bool operator==(const LifetimeLaw& other) const;
    /**
     * @param other another law
     * @return whether they differ
     */
    bool operator!=(const LifetimeLaw& other) const;

  private:
    /**
     * @param kind family
     * @param scaleH mean (exponential), scale (Weibull) or median (lognormal), h
     * @param shape shape (Weibull) or sigma (lognormal)
     */
    LifetimeLaw(Kind kind, double scaleH, double shape);

    /// @param ageH age, refused if out of range
    void CheckAge(double ageH) const;
    /**
     * @param ageH age, h, above 0
     * @return standard score of its logarithm, of a lognormal law
     */
    double GetScore(double ageH) const;
    /**
     * @param ageH age, h
     * @return cumulative hazard of a mixture
     */
    double GetMixtureHazard(double ageH) const;
    /**
     * @param hazard cumulative hazard, above 0
     * @return age at which a mixture has it, h
     */
    double GetMixtureAgeH(double hazard) const;

    Kind m_kind{NEVER};        ///< family
    double m_scaleH{0};        ///< mean, scale or median, h
    double m_shape{0};         ///< shape or sigma
    std::vector<Part> m_parts; ///< of a mixture
};

/**
 * @ingroup optical-fabric
 * @brief A part of a mixture.
 */
struct LifetimeLaw::Part
{
    double weight{0}; ///< share of the population, above 0, at most 1
    LifetimeLaw law;  ///< how long that part lives
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LIFETIME_LAW_H */
