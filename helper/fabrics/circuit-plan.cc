/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "circuit-plan.h"

#include "ns3/message-text.h"
#include "ns3/near-names.h"
#include "ns3/scenario-error.h"

#include <algorithm>
#include <numeric>
#include <sstream>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * Refuse what was asked for.
 * @tparam T what can be printed
 * @param parts parts of the message
 */
template <typename... T>
[[noreturn]] void
Refuse(const T&... parts)
{
    std::ostringstream message;
    (message << ... << parts);
    throw std::invalid_argument(message.str());
}

/**
 * @param spec type of a circuit switch
 * @param module type of a module
 * @return whether the switch passes all its light
 */
bool
Passes(const CircuitSwitchSpec& spec, const TransceiverSpec& module)
{
    return std::all_of(module.wavelengthsNm.begin(),
                       module.wavelengthsNm.end(),
                       [&spec](double nm) { return spec.PassesWavelength(nm); });
}

} // namespace

uint32_t
CountLinkFibres(const std::string& attribute,
                const TransceiverSpec& module,
                uint32_t linksPerModule)
{
    const uint32_t fibres = module.GetFibres();
    // WDM puts as many lanes on a fibre as it has wavelengths.
    const auto lanesTogether =
        static_cast<uint32_t>(module.plan == WavelengthPlan::WDM ? module.wavelengthsNm.size() : 1);
    if (module.lanes % linksPerModule != 0 || (module.lanes / linksPerModule) % lanesTogether != 0)
    {
        Refuse(attribute,
               " ",
               module.name,
               " has ",
               module.lanes,
               " lanes on ",
               fibres,
               " fibres, which ",
               linksPerModule,
               " links cannot share out; allowed: types that have whole fibres for each link of a "
               "module");
    }
    return fibres / linksPerModule;
}

void
CheckWavelengths(const Catalog& catalog,
                 const CircuitSwitchSpec& spec,
                 const std::string& attribute,
                 const TransceiverSpec& module)
{
    if (Passes(spec, module))
    {
        return;
    }
    std::vector<std::string> allowed;
    for (const std::string& name : catalog.GetNames(CatalogKind::TRANSCEIVER))
    {
        if (Passes(spec, *catalog.GetTransceiver(name)))
        {
            allowed.push_back(name);
        }
    }
    std::ostringstream wavelengths;
    for (const double nm : module.wavelengthsNm)
    {
        wavelengths << (wavelengths.str().empty() ? "" : ", ") << nm;
    }
    Refuse(attribute,
           " ",
           module.name,
           " sends at ",
           wavelengths.str(),
           " nm, and circuit switch ",
           spec.name,
           " passes ",
           spec.wavelengthMinNm,
           " to ",
           spec.wavelengthMaxNm,
           " nm over single-mode fibre; allowed: ",
           allowed.empty() ? "none of the catalog" : JoinNames(allowed));
}

CircuitLayer
PlanCircuits(const Catalog& catalog, const CircuitWish& wish)
{
    std::shared_ptr<const CircuitSwitchSpec> spec;
    try
    {
        spec = catalog.GetCircuitSwitch(wish.type);
    }
    catch (const ScenarioError& refusal)
    {
        Refuse("UplinkOcs \"", wish.type, "\", allowed: what the catalog has; ", refusal.what());
    }
    std::shared_ptr<const TransceiverSpec> module;
    uint32_t fibres = 0;
    try
    {
        module = catalog.GetTransceiver(wish.module);
        CheckWavelengths(catalog, *spec, "Module", *module);
        fibres = CountLinkFibres("Module", *module, wish.linksPerModule);
    }
    catch (const ScenarioError& refusal)
    {
        Refuse("Module \"",
               wish.module,
               "\" with UplinkOcs, allowed: what the catalog has; ",
               refusal.what());
    }
    const uint64_t perSwitch = CircuitLayer::GetLinksPerSwitch(*spec, fibres);
    if (perSwitch == 0)
    {
        Refuse("UplinkOcs ",
               wish.type,
               " has ",
               spec->GetUsablePorts(),
               " ports without its spares, and a link with Module ",
               wish.module,
               " takes ",
               2 * fibres,
               ", two for each of its ",
               ShowCount(fibres, "fibre"),
               "; allowed: switches with as many");
    }
    const uint64_t needed = (wish.links + perSwitch - 1) / perSwitch;
    if (wish.switches != 0 && wish.switches < needed)
    {
        Refuse("UplinkOcsCount ",
               wish.switches,
               " of ",
               wish.type,
               " have ports for ",
               wish.switches * perSwitch,
               " of ",
               wish.links,
               " links, ",
               2 * fibres,
               " ports each; allowed: at least ",
               needed,
               ", or 0 for as few as it takes");
    }
    if (wish.switches > wish.links)
    {
        Refuse("UplinkOcsCount ",
               wish.switches,
               "; allowed: at most one for each of the ",
               wish.links,
               " links");
    }
    const auto switches = static_cast<uint32_t>(wish.switches != 0 ? wish.switches : needed);
    return CircuitLayer(spec, switches, fibres);
}

std::vector<StripedLink>
StripeLinks(uint32_t planes, uint32_t lowers, uint32_t uppers)
{
    std::vector<StripedLink> order;
    order.reserve(size_t{planes} * lowers * uppers);
    const uint64_t links = uint64_t{lowers} * uppers;
    const uint64_t stride = planes > 0 ? (uint64_t{lowers} + planes - 1) / planes : 0;
    const uint64_t diagonal = links > 0 ? std::lcm<uint64_t>(lowers, uppers) : 1;
    for (uint64_t i = 0; i < links; ++i)
    {
        for (uint32_t p = 0; p < planes; ++p)
        {
            const uint64_t ahead = p * stride;
            StripedLink link;
            link.plane = p;
            link.lower = static_cast<uint32_t>((i + ahead) % lowers);
            link.upper = static_cast<uint32_t>((i + i / diagonal) % uppers);
            order.push_back(link);
        }
    }
    return order;
}

uint32_t
GetSwitchOfRun(uint64_t link, uint64_t links, uint32_t switches)
{
    // Run j begins with link ceil(j links / switches), so that no run has two links more than
    // another.
    return static_cast<uint32_t>(link * switches / links);
}

} // namespace opticalfabric
} // namespace ns3
