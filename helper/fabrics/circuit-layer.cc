/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "circuit-layer.h"

#include "ns3/abort.h"
#include "ns3/parameter-check.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr uint32_t PORTS_PER_FIBRE = 2; ///< one towards each end of the link

} // namespace

CircuitLayer::CircuitLayer(std::shared_ptr<const CircuitSwitchSpec> spec,
                           uint32_t switches,
                           uint32_t fibresPerLink)
    : m_spec(spec),
      m_fibresPerLink(fibresPerLink),
      m_links(switches)
{
    const ParameterCheck check("circuit layer");
    check.Require(spec != nullptr, "spec", "none", "a type of circuit switch");
    check.Require(switches >= 1, "switches", switches, "at least 1");
    check.Require(GetLinksPerSwitch(*spec, fibresPerLink) >= 1,
                  "fibresPerLink",
                  fibresPerLink,
                  "1 to " + std::to_string(spec->GetUsablePorts() / PORTS_PER_FIBRE) +
                      ", two ports of " + spec->name + " each");
}

uint32_t
CircuitLayer::GetLinksPerSwitch(const CircuitSwitchSpec& spec, uint32_t fibresPerLink)
{
    ParameterCheck("circuit layer")
        .Require(fibresPerLink >= 1, "fibresPerLink", fibresPerLink, "at least 1");
    return spec.GetUsablePorts() / PORTS_PER_FIBRE / fibresPerLink;
}

uint32_t
CircuitLayer::GetNSwitches() const
{
    return static_cast<uint32_t>(m_links.size());
}

const CircuitSwitchSpec&
CircuitLayer::GetSpec() const
{
    NS_ABORT_MSG_UNLESS(m_spec, "CircuitLayer: there are no circuit switches");
    return *m_spec;
}

uint32_t
CircuitLayer::GetFibresPerLink() const
{
    return m_fibresPerLink;
}

uint64_t
CircuitLayer::GetUsedPorts() const
{
    return m_places.size() * uint64_t{GetPortsPerLink()};
}

uint32_t
CircuitLayer::GetPortsPerLink() const
{
    return PORTS_PER_FIBRE * m_fibresPerLink;
}

void
CircuitLayer::Add(uint32_t link, uint32_t circuitSwitch)
{
    const auto before = static_cast<uint32_t>(GetLinks(circuitSwitch).size());
    const uint32_t most = GetLinksPerSwitch(GetSpec(), m_fibresPerLink);
    NS_ABORT_MSG_IF(before >= most,
                    "CircuitLayer: " << NameSwitch(circuitSwitch) << " has ports for " << most
                                     << " links, and as many pass it");
    const bool isNew =
        m_places.emplace(link, Place{circuitSwitch, before * GetPortsPerLink()}).second;
    NS_ABORT_MSG_UNLESS(isNew, "CircuitLayer: link " << link << " passes a switch already");
    m_links[circuitSwitch].push_back(link);
}

std::optional<CircuitLayer::Place>
CircuitLayer::Find(uint32_t link) const
{
    const auto found = m_places.find(link);
    return found == m_places.end() ? std::nullopt : std::optional<Place>(found->second);
}

const std::vector<uint32_t>&
CircuitLayer::GetLinks(uint32_t circuitSwitch) const
{
    NS_ABORT_MSG_IF(circuitSwitch >= m_links.size(),
                    "CircuitLayer: circuit switch " << circuitSwitch << " of " << m_links.size());
    return m_links[circuitSwitch];
}

std::string
CircuitLayer::NameSwitch(uint32_t circuitSwitch)
{
    return "ocs-" + std::to_string(circuitSwitch);
}

std::string
CircuitLayer::NamePort(uint32_t circuitSwitch, uint32_t port)
{
    return NameSwitch(circuitSwitch) + "/port-" + std::to_string(port);
}

} // namespace opticalfabric
} // namespace ns3
