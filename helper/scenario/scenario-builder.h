/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_BUILDER_H
#define OPTICAL_FABRIC_SCENARIO_BUILDER_H

#include "ns3/collective-helper.h"
#include "ns3/fabric-helper.h"
#include "ns3/scenario.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Turns a scenario into calls of helpers, the same that a script would make.
 *
 * Random streams: the networks, and then their optics, have those from 0 on, in their order
 * (BuiltFabric::AssignStreams). A link survey has those from LinkSurvey::STREAM on.
 * Faults that are drawn have those from FAULT_STREAM on (MakeFaultSchedule).
 * The MoE collectives have those from WORKLOAD_STREAM on: collective i of the scenario has
 * STREAMS_PER_COLLECTIVE from WORKLOAD_STREAM + i * STREAMS_PER_COLLECTIVE. One that names the
 * traffic of an earlier one has the earlier one's, and so the same matrices.
 */
class ScenarioBuilder
{
  public:
    static constexpr int64_t WORKLOAD_STREAM = int64_t{1} << 40; ///< first stream of the workload
    static constexpr int64_t STREAMS_PER_COLLECTIVE = 4096;      ///< streams set aside for each

    /**
     * @param scenario what to build
     */
    explicit ScenarioBuilder(const Scenario& scenario);

    /**
     * @return the fabric, built anew by every call
     * @throw ScenarioError if the scenario's attributes do not go together, or its optics not with
     *        the fabric
     */
    BuiltFabric BuildFabric() const;

    /**
     * Check all collectives.
     * @param fabric the scenario's fabric
     * @throw ScenarioError if one of them cannot be run on it
     */
    void Check(const BuiltFabric& fabric) const;

    /// @return indices of collectives that run together, by part
    std::vector<std::vector<uint32_t>> GetParts() const;

    /**
     * Install a part's collectives and assign all random streams.
     * @param part indices of its collectives
     * @param fabric a fabric that is empty
     * @param streams who draws from which random streams, added to
     * @return helpers with the collectives, one for each network that has any
     */
    std::vector<std::unique_ptr<CollectiveHelper>> Install(const std::vector<uint32_t>& part,
                                                           const BuiltFabric& fabric,
                                                           std::vector<StreamRange>& streams) const;

    /**
     * @param index index of a collective
     * @param fabric the scenario's fabric
     * @return the collective with its group
     * @throw ScenarioError if it cannot be run on the fabric
     */
    CollectiveSpec MakeSpec(uint32_t index, const BuiltFabric& fabric) const;

    /**
     * @param index index of a collective
     * @param fabric the scenario's fabric
     * @return index of the network it runs on
     * @throw ScenarioError if there is no network of that name
     */
    uint32_t GetNetwork(uint32_t index, const BuiltFabric& fabric) const;

  private:
    /**
     * @param fabric the scenario's fabric
     * @param network index of a network of it
     * @return what moves transfers over it
     */
    Ptr<TransferEngine> MakeEngine(const BuiltFabric& fabric, uint32_t network) const;

    /**
     * @param index index of an MoE collective
     * @return index of the first collective with the same traffic
     */
    uint32_t GetTrafficOwner(uint32_t index) const;

    /**
     * Check that collectives of different runners that name the same traffic will have the same.
     * @param fabric the scenario's fabric
     * @throw ScenarioError if they will not
     */
    void CheckTraffic(const BuiltFabric& fabric) const;

    Scenario m_scenario; ///< what to build
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_BUILDER_H */
