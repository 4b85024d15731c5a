/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_SAMPLER_H
#define OPTICAL_FABRIC_FAULT_SAMPLER_H

#include "ns3/failure-mode.h"
#include "ns3/fault-schedule.h"
#include "ns3/fault-time.h"
#include "ns3/uniform-source.h"

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What another component takes along when it fails: a power feed the switches of its rack, a
 * module its links.
 */
struct FaultDependent
{
    ComponentKind::Kind kind{ComponentKind::LINK}; ///< kind of what is taken along
    std::string name;                              ///< its name
};

/**
 * @ingroup optical-fabric
 * @brief A component that can fail.
 */
struct InventoryComponent
{
    std::string name; ///< name, as the fabric has it, not empty
    double ageH{0};   ///< hours in operation at the begin, at its temperature, 0 to 1e9
    /// Temperature, degrees Celsius, -40 to 150; without one, each mode is at the temperature that
    /// its law is stated for.
    std::optional<double> temperatureC{};
    /// What it takes along; if there is any, faults hit these, and name this as their cause.
    std::vector<FaultDependent> dependents;
    /// What it is a part of and swapped with: a swap for it makes all of that new, and a swap for
    /// that makes it new. Campaigns look at it; nothing if it is swapped by itself.
    std::optional<FaultDependent> carrier{};
};

/**
 * @ingroup optical-fabric
 * @brief What can fail, and how.
 */
class FaultInventory
{
  public:
    /// Modes that a kind of component can have.
    static constexpr uint32_t MAX_MODES = 16;

    /**
     * @param mode a failure mode, of all components of its kind; its name must not repeat within
     * the kind
     * @return its place among the modes of its kind, from 0
     * @throw std::invalid_argument if the mode cannot be, or if there are too many
     */
    uint32_t AddMode(const FailureMode& mode);
    /**
     * @param kind kind of component
     * @param component a component; its name must not repeat within the kind
     * @throw std::invalid_argument if a field is out of range
     */
    void AddComponent(ComponentKind::Kind kind, const InventoryComponent& component);

    /**
     * @param kind kind of component
     * @return its modes, in the order they were added
     */
    const std::vector<FailureMode>& GetModes(ComponentKind::Kind kind) const;
    /**
     * @param kind kind of component
     * @return components of that kind, in the order they were added
     */
    const std::vector<InventoryComponent>& GetComponents(ComponentKind::Kind kind) const;

  private:
    std::array<std::set<std::string>, ComponentKind::COUNT> m_names;    ///< of components, by kind
    std::array<std::vector<FailureMode>, ComponentKind::COUNT> m_modes; ///< by kind
    std::array<std::vector<InventoryComponent>, ComponentKind::COUNT> m_components; ///< by kind
};

/**
 * @ingroup optical-fabric
 * @brief What a stream of random numbers is for.
 */
struct FaultStream
{
    /// The purposes.
    enum Purpose : uint8_t
    {
        LIFETIME,   ///< when things fail
        CONSEQUENCE ///< flaps, detection, repair
    };

    static constexpr uint8_t COUNT = CONSEQUENCE + 1; ///< how many there are
    /// How many streams there are, numbered from 0.
    static constexpr uint32_t STREAMS = ComponentKind::COUNT * FaultInventory::MAX_MODES * COUNT;

    /**
     * @brief The map of streams: every mode of every kind of component has its own, wherever else
     * anything changes.
     * @param kind kind of component
     * @param mode place of the mode among those of the kind, below MAX_MODES
     * @param purpose what it is for
     * @return number of the stream: (kind * MAX_MODES + mode) * COUNT + purpose
     */
    static constexpr uint32_t Get(ComponentKind::Kind kind, uint32_t mode, Purpose purpose)
    {
        return (kind * FaultInventory::MAX_MODES + mode) * COUNT + purpose;
    }
};

/**
 * @ingroup optical-fabric
 * @brief How faults are drawn.
 */
struct FaultSampling
{
    FaultTime horizon; ///< faults begin before this
    /// Whether detection and repair are drawn, so that each fault lasts for both, and the component
    /// can fail again; if not, faults stay until they are repaired by somebody else, and each
    /// component fails at most once by each mode that needs a repair.
    bool drawRepairs{true};
};

/**
 * @ingroup optical-fabric
 * @brief Draw the faults of a stretch of time.
 *
 * Modes do not know of each other: a component that is down by one mode goes on to age by the
 * others. After a repair a mode's age begins at 0, or goes on where it was
 * (RepairAction::restoresAge); age does not grow while the component is down by this mode. There
 * are crews and spare parts enough. A fault that hits several dependents becomes several faults
 * that begin and end together.
 *
 * Each mode takes its numbers from its own two streams (FaultStream), so a change of one law leaves
 * the faults of all other modes as they are, and a change of the components of one kind those of
 * all other kinds. To take a mode out, give it the law LifetimeLaw::Never, so that the others keep
 * their places.
 *
 * @param inventory what can fail, and how
 * @param sampling how; the horizon is at most 1e8 h
 * @param streams random numbers
 * @return the faults
 * @throw std::invalid_argument if the horizon is too far, or if a component takes along what cannot
 *        have the effect of its modes
 */
FaultSchedule SampleFaults(const FaultInventory& inventory,
                           const FaultSampling& sampling,
                           const UniformStreams& streams);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_SAMPLER_H */
