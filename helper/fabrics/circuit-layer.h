/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CIRCUIT_LAYER_H
#define OPTICAL_FABRIC_CIRCUIT_LAYER_H

#include "ns3/circuit-switch-spec.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The optical circuit switches that links of a network pass: a patch layer between tiers.
 *
 * A link passes one circuit switch, with all its fibres. Every fibre takes two ports, one towards
 * each end of the link, which the switch joins: even ports lead to ends 0, odd ones to ends 1.
 * Switches are numbered from 0, their ports too, links as their network has them.
 *
 * Counted like this a pod of TPU v4, 3072 links that each have one fibre, fills 48 switches of 128
 * ports (Jouppi et al., ISCA 2023).
 */
class CircuitLayer
{
  public:
    /// Where a link passes.
    struct Place
    {
        uint32_t circuitSwitch{0}; ///< number of the switch
        uint32_t firstPort{0};     ///< first of its ports there
    };

    /// No circuit switches.
    CircuitLayer() = default;
    /**
     * @param spec type of all switches, not null
     * @param switches how many there are, at least 1
     * @param fibresPerLink fibres of a link, both directions, at least 1
     * @throw std::invalid_argument if one of these is out of range, or if a switch has not the
     * ports for a single link
     */
    CircuitLayer(std::shared_ptr<const CircuitSwitchSpec> spec,
                 uint32_t switches,
                 uint32_t fibresPerLink);

    /**
     * @param spec type of a switch
     * @param fibresPerLink fibres of a link, both directions, at least 1; throws
     *                      std::invalid_argument otherwise
     * @return links that it has ports for, spare ports left out
     */
    static uint32_t GetLinksPerSwitch(const CircuitSwitchSpec& spec, uint32_t fibresPerLink);

    /// @return switches; 0: the network has none
    uint32_t GetNSwitches() const;
    /// @return type of the switches; aborts if there are none
    const CircuitSwitchSpec& GetSpec() const;
    /// @return fibres of a link, both directions
    uint32_t GetFibresPerLink() const;
    /// @return ports of all switches that a fibre is plugged in
    uint64_t GetUsedPorts() const;

    /**
     * Have a link pass a switch, by its first free ports. Aborts if there is no such switch, it has
     * no port left, or the link passes one already.
     * @param link number of the link in its network
     * @param circuitSwitch number of the switch
     */
    void Add(uint32_t link, uint32_t circuitSwitch);

    /**
     * @param link number of a link
     * @return where it passes, if anywhere
     */
    std::optional<Place> Find(uint32_t link) const;
    /**
     * @param circuitSwitch number of a switch; aborts if there is none of that number
     * @return links that pass it, in the order of their ports
     */
    const std::vector<uint32_t>& GetLinks(uint32_t circuitSwitch) const;
    /// @return ports that a link takes of its switch
    uint32_t GetPortsPerLink() const;

    /**
     * @param circuitSwitch number of a switch
     * @return its name, for example "ocs-3"
     */
    static std::string NameSwitch(uint32_t circuitSwitch);
    /**
     * @param circuitSwitch number of a switch
     * @param port number of a port
     * @return its name, for example "ocs-3/port-17"
     */
    static std::string NamePort(uint32_t circuitSwitch, uint32_t port);

  private:
    std::shared_ptr<const CircuitSwitchSpec> m_spec; ///< type of the switches; null: there are none
    uint32_t m_fibresPerLink{0};                     ///< fibres of a link
    std::vector<std::vector<uint32_t>> m_links;      ///< links by switch
    std::unordered_map<uint32_t, Place> m_places;    ///< places by link
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CIRCUIT_LAYER_H */
