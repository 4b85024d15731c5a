/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PARAMETER_CHECK_H
#define OPTICAL_FABRIC_PARAMETER_CHECK_H

#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Refuses parameters that are out of range, with their name, their value and what is
 * allowed.
 */
class ParameterCheck
{
  public:
    /// @param owner what the parameters belong to, as messages name it
    explicit ParameterCheck(std::string owner)
        : m_owner(std::move(owner))
    {
    }

    /**
     * @param isGood whether the parameter is as it should be
     * @param name its name
     * @param value its value
     * @param allowed what is allowed
     * @throw std::invalid_argument if it is not good
     */
    template <typename V>
    void Require(bool isGood, const char* name, const V& value, const std::string& allowed) const
    {
        if (!isGood)
        {
            std::ostringstream message;
            message << m_owner << ": " << name << " = " << value
                    << " is not allowed; allowed: " << allowed;
            throw std::invalid_argument(message.str());
        }
    }

    /**
     * @param name name of the parameter
     * @param value its value; what is no number is refused too
     * @param low smallest allowed
     * @param high largest allowed
     * @throw std::invalid_argument if it is out of range
     */
    void RequireBetween(const char* name, double value, double low, double high) const
    {
        if (!(value >= low && value <= high))
        {
            std::ostringstream allowed;
            allowed << low << " to " << high;
            Require(false, name, value, allowed.str());
        }
    }

    /**
     * @param name name of the parameter
     * @param value its value; what is no number is refused too
     * @param lowName name of the parameter that it must not be below
     * @param low that one's value
     * @param high largest allowed
     * @throw std::invalid_argument, naming both parameters, if it is out of range
     */
    void RequireFrom(const char* name,
                     double value,
                     const char* lowName,
                     double low,
                     double high) const
    {
        if (!(value >= low && value <= high))
        {
            std::ostringstream allowed;
            allowed << low << ", which is " << lowName << ", to " << high;
            Require(false, name, value, allowed.str());
        }
    }

    /**
     * @param name name of the parameter
     * @param value its value; what is no number is refused too
     * @param low what it must exceed
     * @param high largest allowed
     * @throw std::invalid_argument if it is out of range
     */
    void RequireAbove(const char* name, double value, double low, double high) const
    {
        if (!(value > low && value <= high))
        {
            std::ostringstream allowed;
            allowed << "above " << low << ", at most " << high;
            Require(false, name, value, allowed.str());
        }
    }

    /**
     * A reflectance or a noise density: any level below 0 dB, minus infinity for none.
     * @param name name of the parameter
     * @param value its value, dB or dB/Hz
     * @throw std::invalid_argument if it is out of range
     */
    void RequireBelowZero(const char* name, double value) const
    {
        Require(value < 0, name, value, "below 0");
    }

  private:
    std::string m_owner; ///< what the parameters belong to
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PARAMETER_CHECK_H */
