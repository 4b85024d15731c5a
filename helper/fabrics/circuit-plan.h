/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CIRCUIT_PLAN_H
#define OPTICAL_FABRIC_CIRCUIT_PLAN_H

#include "circuit-layer.h"

#include "ns3/catalog.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * How the uplinks of a two-tier network go through optical circuit switches: which types of modules
 * can, how many switches it takes, and which link passes which of them. As in Google's networks the
 * switches stand between the tiers and hold their connections (Poutievski et al., "Jupiter
 * Evolving", SIGCOMM 2022; Urata et al., "Mission Apollo", 2022).
 */

/**
 * @ingroup optical-fabric
 * @brief What a fabric helper was asked for.
 */
struct CircuitWish
{
    std::string type;           ///< type of the switches in the catalog, not empty
    uint32_t switches{0};       ///< how many; 0: as few as have the ports
    std::string module;         ///< type of the modules in the catalog
    uint32_t linksPerModule{1}; ///< links that a module carries, at least 1
    uint64_t links{0};          ///< links that are to pass the switches
};

/**
 * @ingroup optical-fabric
 * @brief Fibres of each link of a module: a link takes the fibres of its lanes with it.
 * @param attribute attribute that names the module, for the message
 * @param module type of the module
 * @param linksPerModule links that the module carries, at least 1
 * @return fibres of both directions
 * @throw std::invalid_argument if links cannot go different ways, as they share a fibre
 */
uint32_t CountLinkFibres(const std::string& attribute,
                         const TransceiverSpec& module,
                         uint32_t linksPerModule);

/**
 * @ingroup optical-fabric
 * @brief Refuse modules whose light a circuit switch does not pass, such as multimode ones.
 * @param catalog names the types that are allowed
 * @param spec type of the switch
 * @param attribute attribute that names the module, for the message
 * @param module type of the module
 * @throw std::invalid_argument naming the module, its wavelength, and the types that are allowed
 */
void CheckWavelengths(const Catalog& catalog,
                      const CircuitSwitchSpec& spec,
                      const std::string& attribute,
                      const TransceiverSpec& module);

/**
 * @ingroup optical-fabric
 * @brief Find how many circuit switches it takes.
 * @param catalog what modules and switches are
 * @param wish what was asked for
 * @return the switches, which no link passes yet
 * @throw std::invalid_argument naming the attribute (UplinkOcs, UplinkOcsCount, Module), its value
 *        and what is allowed
 */
CircuitLayer PlanCircuits(const Catalog& catalog, const CircuitWish& wish);

/// @ingroup optical-fabric
/// @brief A link between the tiers.
struct StripedLink
{
    uint32_t plane; ///< plane
    uint32_t lower; ///< number of its lower end among those of the plane
    uint32_t upper; ///< number of its upper end likewise
};

/**
 * @ingroup optical-fabric
 * @brief The links of planes in each of which every lower end has a link to every upper one, in
 * the order in which they are dealt out: each circuit switch gets as many as another, give or take
 * one, that follow one another.
 *
 * Planes take turns. Within a plane links follow each other along diagonals, lower and upper end
 * both one further on, and what planes do at the same time is spread over the lower ends. So of
 * those that follow one another, every plane has the same number, and so has every lower end of
 * every plane, give or take one. Upper ends may differ by two where one diagonal ends and the next
 * begins. A node, which has the lower end of that number in each plane, may differ from another by
 * two as well, in few shapes by three.
 *
 * @param planes planes
 * @param lowers lower ends of each
 * @param uppers upper ends of each
 * @return all links
 */
std::vector<StripedLink> StripeLinks(uint32_t planes, uint32_t lowers, uint32_t uppers);

/**
 * @ingroup optical-fabric
 * @brief Deal links out to circuit switches in runs, see StripeLinks.
 * @param link place of a link in the order
 * @param links all links, at least 1
 * @param switches switches, at least 1
 * @return number of its switch
 */
uint32_t GetSwitchOfRun(uint64_t link, uint64_t links, uint32_t switches);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CIRCUIT_PLAN_H */
