/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_DEGRADATION_TEST_CASE_H
#define OPTICAL_FABRIC_DEGRADATION_TEST_CASE_H

#include "fabric-test-case.h"

#include "ns3/catalog.h"
#include "ns3/fault-inventory.h"
#include "ns3/flow-degradation.h"
#include "ns3/link-loss.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace opticalfabrictest
{

/**
 * @ingroup optical-fabric-tests
 * @brief A built fabric with what can fail of it.
 */
struct FallibleFabric
{
    /**
     * @param helper builds the fabric
     * @param modes failure modes that are looked at
     * @param hostsPerRack hosts that a power feed feeds; 0: there are no feeds
     */
    explicit FallibleFabric(const ns3::Ptr<ns3::opticalfabric::FabricHelper>& helper,
                            const std::vector<std::string>& modes = {"flap-burst",
                                                                     "switch-chip",
                                                                     "npu"},
                            uint32_t hostsPerRack = 0)
        : fabric(helper->Build()),
          targets(fabric, hostsPerRack)
    {
        ns3::opticalfabric::FaultInventorySpec spec;
        spec.modes = modes;
        spec.takesAlong = true;
        inventory = ns3::opticalfabric::MakeFaultInventory(spec,
                                                           fabric,
                                                           targets,
                                                           ns3::opticalfabric::Catalog());
    }

    /**
     * @param kind kind
     * @param name name of a component of the inventory
     * @param rateLost share of its rate that is gone; 1: it is down
     * @return it, degraded
     */
    ns3::opticalfabric::DegradedComponent Degrade(ns3::opticalfabric::ComponentKind::Kind kind,
                                                  const std::string& name,
                                                  double rateLost = 1) const
    {
        ns3::opticalfabric::DegradedComponent component;
        component.kind = kind;
        const auto& all = inventory.GetComponents(kind);
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& listed) {
            return listed.name == name;
        });
        NS_ABORT_MSG_IF(found == all.end(), "no " << GetName(kind) << " " << name);
        component.index = static_cast<uint32_t>(found - all.begin());
        component.isDown = rateLost == 1;
        component.rateLost = rateLost == 1 ? 0 : rateLost;
        return component;
    }

    ns3::opticalfabric::BuiltFabric fabric;         ///< the fabric
    ns3::opticalfabric::FabricFaultTargets targets; ///< its components
    ns3::opticalfabric::FaultInventory inventory;   ///< what can fail
};

/**
 * @param state degraded components, in any order
 * @return them by kind and then by index, each once
 */
inline std::vector<ns3::opticalfabric::DegradedComponent>
Arrange(std::vector<ns3::opticalfabric::DegradedComponent> state)
{
    const auto key = [](const ns3::opticalfabric::DegradedComponent& component) {
        return std::make_tuple(component.kind, component.index);
    };
    std::stable_sort(state.begin(), state.end(), [&](const auto& one, const auto& other) {
        return key(one) < key(other);
    });
    state.erase(
        std::unique(state.begin(),
                    state.end(),
                    [&](const auto& one, const auto& other) { return key(one) == key(other); }),
        state.end());
    return state;
}

/**
 * @param model a model
 * @param state degraded components, in any order
 * @return what it says of that state
 */
inline ns3::opticalfabric::FabricVerdict
Judge(const ns3::opticalfabric::DegradationModel& model,
      const std::vector<ns3::opticalfabric::DegradedComponent>& state)
{
    const auto arranged = Arrange(state);
    return model.Assess(arranged, model.Describe(arranged));
}

/**
 * @ingroup optical-fabric-tests
 * @brief Random numbers that are the same with every library.
 */
class Dice
{
  public:
    /// @param seed seed
    explicit Dice(uint64_t seed)
        : m_engine(seed)
    {
    }

    /// @param sides how many @return 0 to sides - 1
    uint32_t Roll(uint32_t sides)
    {
        return static_cast<uint32_t>(m_engine() % sides);
    }

    /// @param n how many @return 0 to n - 1 in random order
    std::vector<uint32_t> Shuffle(uint32_t n)
    {
        std::vector<uint32_t> order(n);
        for (uint32_t i = 0; i < n; ++i)
        {
            order[i] = i;
            std::swap(order[i], order[Roll(i + 1)]);
        }
        return order;
    }

  private:
    std::mt19937_64 m_engine; ///< source
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_DEGRADATION_TEST_CASE_H */
