/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_EXPOSURE_CLOCK_H
#define OPTICAL_FABRIC_EXPOSURE_CLOCK_H

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Age of a thing whose temperature changes: hours at a reference temperature that wear it
 * out as much as the hours it really had (cumulative exposure).
 *
 * An hour at a higher temperature counts for more, by GetArrheniusFactor. Laws are stated for the
 * reference temperature, so this age is what they take and give. Times are hours since any begin,
 * and never go back.
 */
class ExposureClock
{
  public:
    /**
     * @param activationEv activation energy, eV, 0 (temperature makes no difference) to 5
     * @param referenceC temperature the laws are stated for, degrees Celsius, -40 to 150
     * @param temperatureC temperature from the begin, degrees Celsius, -40 to 150
     * @param ageH age at the begin, hours at the reference temperature, 0 to 1e15
     * @throw std::invalid_argument if a parameter is out of range
     */
    ExposureClock(double activationEv, double referenceC, double temperatureC, double ageH = 0);

    /**
     * @param atH time of the change, h, no sooner than the last change
     * @param temperatureC temperature from then on, degrees Celsius, -40 to 150
     * @throw std::invalid_argument if a parameter is out of range
     */
    void SetTemperature(double atH, double temperatureC);
    /**
     * @brief A new part is in the place of the old one.
     * @param atH time, h, no sooner than the last change
     * @param ageH its age, hours at the reference temperature, 0 to 1e15
     * @throw std::invalid_argument if a parameter is out of range
     */
    void SetAge(double atH, double ageH);

    /// @return hours at the reference temperature for which an hour counts now
    double GetFactor() const;
    /**
     * @param atH time, h, no sooner than the last change
     * @return age then, hours at the reference temperature
     * @throw std::invalid_argument if the time is before the last change
     */
    double GetAgeH(double atH) const;
    /**
     * @brief When an age is reached, if the temperature stays as it is.
     * @param ageH age, hours at the reference temperature, may be infinite
     * @return time, h; that of the last change if the age is reached already
     */
    double GetTimeOfAgeH(double ageH) const;

  private:
    /// @param atH time, refused if it is before the last change
    void CheckTime(double atH) const;

    double m_activationEv; ///< activation energy, eV
    double m_referenceC;   ///< reference temperature, degrees Celsius
    double m_factor;       ///< see GetFactor
    double m_changedH{0};  ///< time of the last change, h
    double m_ageH;         ///< age then, hours at the reference temperature
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_EXPOSURE_CLOCK_H */
