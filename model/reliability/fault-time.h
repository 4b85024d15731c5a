/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_TIME_H
#define OPTICAL_FABRIC_FAULT_TIME_H

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What FaultTime::Read accepts, for messages.
constexpr const char* ALLOWED_FAULT_TIME =
    "a time of 0 or more with its unit, as in \"2.5h\": ps, ns, us, ms, s, min, h, d; whole "
    "picoseconds, up to 1e12 s";

/**
 * @ingroup optical-fabric
 * @brief A time of 0 or more in whole picoseconds that reaches from a packet to centuries, which
 * ns3::Time at a resolution of picoseconds does not. Written and read back, it is the same.
 */
class FaultTime
{
  public:
    /// 0
    FaultTime() = default;

    /**
     * @param timePs picoseconds, at least 0; throws std::invalid_argument otherwise
     * @return the time
     */
    static FaultTime FromPs(int64_t timePs);
    /**
     * @param timeH hours, 0 to 2e8; throws std::invalid_argument otherwise
     * @return the nearest time in whole picoseconds
     */
    static FaultTime FromH(double timeH);
    /**
     * @param text number and unit, for example "2.5h", "1500ps"; "0" needs no unit
     * @return the time; nothing if the text is anything else, or no whole picoseconds
     */
    static std::optional<FaultTime> Read(const std::string& text);

    /// @return picoseconds; nothing if there are more than 64 bits hold, that is after 106 days
    std::optional<int64_t> GetPs() const;
    /// @return hours, rounded
    double GetH() const;
    /// @return it as Read takes it, exact: in days, hours or minutes if it is whole in these, else
    /// as a decimal number of the largest smaller unit it reaches
    std::string Write() const;
    /// @return whether it is 0
    bool IsZero() const;

    /**
     * @param other another time
     * @return the sum; throws std::invalid_argument if it is above 1e12 s
     */
    FaultTime operator+(const FaultTime& other) const;
    /**
     * @param other another time
     * @return whether they are the same
     */
    bool operator==(const FaultTime& other) const;
    /**
     * @param other another time
     * @return whether they differ
     */
    bool operator!=(const FaultTime& other) const;
    /**
     * @param other another time
     * @return whether this is sooner
     */
    bool operator<(const FaultTime& other) const;

  private:
    uint64_t m_seconds{0};     ///< whole seconds, at most 1e12
    uint64_t m_picoseconds{0}; ///< what is over, below 1e12
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_TIME_H */
