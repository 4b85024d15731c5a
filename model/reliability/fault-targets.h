/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_TARGETS_H
#define OPTICAL_FABRIC_FAULT_TARGETS_H

#include "ns3/component-kind.h"
#include "ns3/failure-effect.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What faults can hit: a fabric's components by kind and name. Whoever has a fabric derives
 * from it.
 */
class FaultTargets
{
  public:
    virtual ~FaultTargets() = default;

    /**
     * @param kind kind of component
     * @param name name
     * @return its number among those of its kind; nothing if there is none of that name
     */
    virtual std::optional<uint32_t> Find(ComponentKind::Kind kind,
                                         const std::string& name) const = 0;
    /**
     * @param kind kind of component
     * @return names of all of that kind, for messages
     */
    virtual std::vector<std::string> GetNames(ComponentKind::Kind kind) const = 0;
    /**
     * @param kind kind of component
     * @param id its number, as Find gives it
     * @param effect an effect such components can have
     * @return why this one cannot have it, with what is allowed, for example "4 lanes; allowed: 1
     * to 2"; empty if it can
     */
    virtual std::string ExplainRefusal(ComponentKind::Kind kind,
                                       uint32_t id,
                                       const FailureEffect& effect) const;

    /**
     * @param kind kind of component
     * @param name name
     * @param effect what a fault is going to do to it
     * @return its number
     * @throw std::invalid_argument, with the nearest names there are, if there is none of that
     * name, or if it cannot have that effect
     */
    uint32_t Require(ComponentKind::Kind kind,
                     const std::string& name,
                     const FailureEffect& effect) const;
};

/**
 * @ingroup optical-fabric
 * @brief Components that are known by their names alone.
 */
class FaultTargetList : public FaultTargets
{
  public:
    /**
     * @param kind kind of component
     * @param name name, not yet taken by one of that kind; throws std::invalid_argument otherwise
     * @return its number: how many of the kind came before
     */
    uint32_t Add(ComponentKind::Kind kind, const std::string& name);

    std::optional<uint32_t> Find(ComponentKind::Kind kind, const std::string& name) const override;
    std::vector<std::string> GetNames(ComponentKind::Kind kind) const override;

  private:
    /// Numbers by name, for each kind.
    std::array<std::map<std::string, uint32_t>, ComponentKind::COUNT> m_ids;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_TARGETS_H */
