/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_FAULT_TARGETS_H
#define OPTICAL_FABRIC_FABRIC_FAULT_TARGETS_H

#include "ns3/built-fabric.h"
#include "ns3/fault-targets.h"
#include "ns3/optical-medium.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The components of a built fabric that faults can hit, by name.
 *
 * Where a fabric has several networks, names begin with that of the network, as in "ub/module-17";
 * where it has one, they may. Hosts and racks reach across networks and never do.
 *
 * - link: its two nodes, as in "node3/l1-4--l2-4-11"; of several between the same nodes the second
 *   is "...#1", and so on
 * - module: "module-17", by its number in the network; lane: "module-17/lane-2", lanes counted
 *   through the links of the module
 * - fibre: the cable between two modules, "module-17--module-403"
 * - connector, with optics only: that of a module, "module-17/connector"; those in patch panels, by
 *   cable, "module-17--module-403/connector-1", counted from the module at end 0, which is 0
 * - ocs: "ocs-3", by its number in the network, with the links that pass it; ocs_port:
 *   "ocs-3/port-17", with the one link whose fibre is plugged in there; ports without a fibre are
 *   left out. There a link has two cables: "module-17--ocs-3" from end 0 and
 *   "ocs-3--module-403" to end 1, each with the connectors on its side
 * - switch_chip: the name of the switch; switch_box: what several switches' names have before "/",
 *   unless endpoints share it; else the switch alone
 * - npu: endpoints of the first network, but those of groups called "cpu"; it takes along what else
 *   stands on the same ns-3 node, in other networks
 * - cpu: endpoints of groups called "cpu", likewise
 * - nic: endpoints of the networks behind the first, and of groups called "endpoint", of which
 *   nobody says what they are
 * - host: what endpoints' names have before "/", with all in it
 * - power_feed: "rack-0" feeds the first hosts, and so on, if it was said how many to a rack
 */
class FabricFaultTargets : public FaultTargets
{
  public:
    /// A link, and where it is.
    struct LinkPlace
    {
        uint32_t network{0};      ///< index of its network
        std::string name;         ///< its name
        Ptr<FabricLink> link;     ///< the link
        Ptr<LinkMedium> medium;   ///< what it runs over; null if nobody says
        Ptr<OpticalMedium> light; ///< the same, if it is light
        uint32_t lanes{0};        ///< lanes, each direction
    };

    /// A lane of a link.
    struct LanePlace
    {
        uint32_t link{0}; ///< place among the links
        uint32_t lane{0}; ///< lane of the link
        uint32_t end{0};  ///< end that the component is at, or 0
    };

    /**
     * @param fabric the fabric; its links and media are kept
     * @param hostsPerRack hosts that a power feed feeds; 0: nobody knows, so there are no feeds
     */
    FabricFaultTargets(const BuiltFabric& fabric, uint32_t hostsPerRack);

    /// Links and fibres are found by either order of their ends.
    std::optional<uint32_t> Find(ComponentKind::Kind kind, const std::string& name) const override;
    std::vector<std::string> GetNames(ComponentKind::Kind kind) const override;
    std::string ExplainRefusal(ComponentKind::Kind kind,
                               uint32_t id,
                               const FailureEffect& effect) const override;

    /// @return the links of all networks, in their order
    const std::vector<LinkPlace>& GetLinks() const;
    /**
     * @param kind kind of component
     * @param id its number, as Find gives it
     * @return places of the links through it, in their order
     */
    const std::vector<uint32_t>& GetLinksOf(ComponentKind::Kind kind, uint32_t id) const;
    /**
     * @param kind kind of component
     * @param id its number
     * @return the nodes that it is or has in it, in no order; none of what is between nodes
     */
    const std::vector<const FabricNode*>& GetNodesOf(ComponentKind::Kind kind, uint32_t id) const;
    /**
     * @param id number of a MODULE
     * @return index of its network, and its number there (FabricLink::GetModule)
     */
    std::pair<uint32_t, uint32_t> GetModule(uint32_t id) const;
    /**
     * @param kind kind of component
     * @param id its number
     * @return lanes through it, in the order in which a fault that does not say which takes them
     */
    std::vector<LanePlace> GetLanesOf(ComponentKind::Kind kind, uint32_t id) const;
    /**
     * @param kind kind of component
     * @param id its number
     * @return where it is, for people: "between node0/l1-0 and l2-0-3", "at node0/l1-0"
     */
    std::string GetWhere(ComponentKind::Kind kind, uint32_t id) const;

  private:
    /// A component.
    struct Component
    {
        std::string name;                       ///< its name
        std::vector<uint32_t> links{};          ///< places of the links through it
        uint32_t module{FabricLink::NO_MODULE}; ///< number of the module that it is, or is part of
        uint32_t lane{0};                       ///< LANE: its number in the module
        std::vector<const FabricNode*> nodes{}; ///< nodes that it is or has in it
    };

    /**
     * @param kind kind of component
     * @param component the component; nothing is added if there is one of that name
     */
    void Add(ComponentKind::Kind kind, Component component);
    /// @param kind kind @param id number @return the component; aborts if there is none
    const Component& Get(ComponentKind::Kind kind, uint32_t id) const;

    /// @param name name of a link or fibre @return the same with its two ends the other way round
    std::string SwapEnds(const std::string& name) const;

    /// @param fabric the fabric; finds its links and those of each node
    void AddLinks(const BuiltFabric& fabric);
    /// @param number number of a module @return its name, without that of its network
    static std::string NameModule(uint32_t number);
    /// @param network index of a network @return place of its first link
    uint32_t GetFirstLink(uint32_t network) const;
    /// @param fabric the fabric; finds modules, lanes, cables and connectors
    void AddOptics(const BuiltFabric& fabric);
    /// @param fabric the fabric; finds circuit switches, their ports, and cables to them
    void AddCircuits(const BuiltFabric& fabric);
    /// @param light a light path, or null @return connectors on it
    static uint32_t CountConnectors(const Ptr<OpticalMedium>& light);
    /**
     * Add a cable, and its connectors but those at modules.
     * @param name its name
     * @param links places of its links
     * @param side 0: with all connectors on the way; 1: with those before a circuit switch, 2: with
     *             those behind it
     */
    void AddCable(const std::string& name, const std::vector<uint32_t>& links, uint32_t side);
    /// @param fabric the fabric; finds switches and boxes
    void AddSwitches(const BuiltFabric& fabric);
    /// @param fabric the fabric; finds processors and NICs
    void AddEndpoints(const BuiltFabric& fabric);
    /// @param fabric the fabric @param hostsPerRack hosts of a rack; finds hosts and racks
    void AddHosts(const BuiltFabric& fabric, uint32_t hostsPerRack);

    std::vector<LinkPlace> m_links;                                   ///< links of all networks
    std::map<const FabricNode*, std::vector<uint32_t>> m_linksOfNode; ///< places, by node
    std::vector<std::string> m_prefixes; ///< what names begin with, by network
    std::string m_soleNetwork;           ///< name of the network, if there is one, with its "/"
    std::array<std::vector<Component>, ComponentKind::COUNT> m_components; ///< by kind
    /// Numbers by name, by kind.
    std::array<std::unordered_map<std::string, uint32_t>, ComponentKind::COUNT> m_ids;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_FAULT_TARGETS_H */
