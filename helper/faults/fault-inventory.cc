/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-inventory.h"

#include "fabric-link-limits.h"

#include "ns3/near-names.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param why what cannot be
 * @param allowed what can
 */
[[noreturn]] void
Refuse(const std::string& why, const std::string& allowed)
{
    throw std::invalid_argument(why + "; allowed: " + allowed);
}

/**
 * @param text a name
 * @param begin what it may begin with
 * @return whether it does
 */
bool
BeginsWith(const std::string& text, const std::string& begin)
{
    return text.compare(0, begin.size(), begin) == 0;
}

/**
 * @param targets components there are
 * @param kind kind of component
 * @return names of those that can fail
 */
std::vector<std::string>
GetFallible(const FabricFaultTargets& targets, ComponentKind::Kind kind)
{
    if (kind != ComponentKind::LINK)
    {
        return targets.GetNames(kind);
    }
    std::vector<std::string> cabled;
    for (const FabricFaultTargets::LinkPlace& place : targets.GetLinks())
    {
        if (place.link->GetMedium() != FabricLink::Medium::BOARD)
        {
            cabled.push_back(place.name);
        }
    }
    return cabled;
}

/**
 * Refuse a mode whose effect a component cannot have.
 * @param mode the mode
 * @param targets components there are
 */
void
CheckMode(const FailureMode& mode, const FabricFaultTargets& targets)
{
    const std::vector<std::string> components = GetFallible(targets, mode.component);
    if (components.empty())
    {
        const char* cabled = mode.component == ComponentKind::LINK ? " with a cable" : "";
        Refuse(mode.name + ": there is no " + GetName(mode.component) + cabled + " in this fabric",
               "modes of components that there are");
    }
    const FailureEffect effect = mode.DrawEffect([] { return 0.5; });
    for (const std::string& component : components)
    {
        const uint32_t id = *targets.Find(mode.component, component);
        const std::string why = targets.ExplainRefusal(mode.component, id, effect);
        if (!why.empty())
        {
            Refuse(mode.name + ": " + GetName(mode.component) + " \"" + component +
                       "\" cannot have effect \"" + effect.Write() + "\": " + why,
                   "modes whose effect all such components can have");
        }
    }
}

/**
 * @param targets components there are
 * @return what dirt takes from the light of a connector, dB; without connectors it takes nothing,
 *         but a mode cannot do nothing, and anything will do for one that never happens
 */
double
GetDirtDb(const FabricFaultTargets& targets)
{
    const double lossDb = GetContaminatedLossDb(targets);
    return lossDb > 0 ? lossDb : 1;
}

/// Finds what components take along.
class Dependents
{
  public:
    /**
     * @param fabric the fabric
     * @param targets its components
     */
    Dependents(const BuiltFabric& fabric, const FabricFaultTargets& targets)
        : m_targets(targets)
    {
        for (const std::string& name : fabric.names)
        {
            m_prefixes.push_back(fabric.networks.size() == 1 ? "" : name + "/");
        }
        const std::vector<std::string> links = GetFallible(targets, ComponentKind::LINK);
        m_cabled.insert(links.begin(), links.end());
        for (const std::string& host : targets.GetNames(ComponentKind::HOST))
        {
            for (const auto kind :
                 {ComponentKind::NPU, ComponentKind::CPU, ComponentKind::SWITCH_CHIP})
            {
                m_onHost[{host, kind}];
            }
        }
        for (const auto kind : {ComponentKind::NPU, ComponentKind::CPU, ComponentKind::SWITCH_CHIP})
        {
            for (const std::string& name : targets.GetNames(kind))
            {
                const auto place = m_onHost.find({GetHost(name), kind});
                if (place != m_onHost.end())
                {
                    place->second.push_back(name);
                }
            }
        }
        ShareAccelerators();
    }

    /**
     * @param kind kind
     * @return kinds of what such components take along
     */
    static std::vector<ComponentKind::Kind> GetKinds(ComponentKind::Kind kind);
    /**
     * @param kind kind
     * @param name name of a component
     * @return what it takes along
     */
    std::vector<FaultDependent> Get(ComponentKind::Kind kind, const std::string& name) const;

  private:
    /**
     * @param name name of a processor or of a switch
     * @return what it has before the last "/", without its network: the name of its host, if it
     *         has one
     */
    std::string GetHost(const std::string& name) const
    {
        std::string host = name;
        for (const std::string& prefix : m_prefixes)
        {
            if (!prefix.empty() && BeginsWith(host, prefix))
            {
                host = host.substr(prefix.size());
                break;
            }
        }
        return host.substr(0, host.find('/'));
    }

    /// Deal the accelerators of each host out to its CPUs.
    void ShareAccelerators()
    {
        for (const std::string& host : m_targets.GetNames(ComponentKind::HOST))
        {
            const std::vector<std::string>& cpus = m_onHost.at({host, ComponentKind::CPU});
            const std::vector<std::string>& npus = m_onHost.at({host, ComponentKind::NPU});
            for (std::size_t i = 0; i < npus.size() && !cpus.empty(); ++i)
            {
                m_npusOfCpu[cpus[i * cpus.size() / npus.size()]].push_back(npus[i]);
            }
        }
    }

    const FabricFaultTargets& m_targets; ///< components
    std::vector<std::string> m_prefixes; ///< of names, by network
    std::set<std::string> m_cabled;      ///< links that can fail
    /// Names of what is on a host, by its name and their kind.
    std::map<std::pair<std::string, ComponentKind::Kind>, std::vector<std::string>> m_onHost;
    std::map<std::string, std::vector<std::string>> m_npusOfCpu; ///< accelerators by CPU
};

std::vector<ComponentKind::Kind>
Dependents::GetKinds(ComponentKind::Kind kind)
{
    switch (kind)
    {
    case ComponentKind::LANE:
        return {ComponentKind::LINK, ComponentKind::MODULE};
    case ComponentKind::MODULE:
    case ComponentKind::FIBRE:
    case ComponentKind::CONNECTOR:
    case ComponentKind::NIC:
        return {ComponentKind::LINK};
    case ComponentKind::SWITCH_BOX:
        return {ComponentKind::SWITCH_CHIP};
    case ComponentKind::CPU:
        return {ComponentKind::NPU};
    case ComponentKind::HOST:
        return {ComponentKind::NPU, ComponentKind::CPU, ComponentKind::SWITCH_CHIP};
    case ComponentKind::POWER_FEED:
        return {ComponentKind::HOST};
    default:
        return {};
    }
}

std::vector<FaultDependent>
Dependents::Get(ComponentKind::Kind kind, const std::string& name) const
{
    std::vector<FaultDependent> dependents;
    const auto addAll = [&](ComponentKind::Kind of, const std::vector<std::string>& names) {
        for (const std::string& one : names)
        {
            dependents.push_back({of, one});
        }
    };
    const uint32_t id = *m_targets.Find(kind, name);
    switch (kind)
    {
    case ComponentKind::LANE:
    case ComponentKind::MODULE:
    case ComponentKind::FIBRE:
    case ComponentKind::CONNECTOR:
    case ComponentKind::NIC:
        for (const uint32_t link : m_targets.GetLinksOf(kind, id))
        {
            const std::string& through = m_targets.GetLinks()[link].name;
            if (m_cabled.count(through) != 0)
            {
                dependents.push_back({ComponentKind::LINK, through});
            }
        }
        break;
    case ComponentKind::SWITCH_BOX:
        for (const std::string& chip : m_targets.GetNames(ComponentKind::SWITCH_CHIP))
        {
            if (chip == name || BeginsWith(chip, name + "/"))
            {
                dependents.push_back({ComponentKind::SWITCH_CHIP, chip});
            }
        }
        break;
    case ComponentKind::CPU: {
        const auto share = m_npusOfCpu.find(name);
        if (share != m_npusOfCpu.end())
        {
            addAll(ComponentKind::NPU, share->second);
        }
        break;
    }
    case ComponentKind::HOST:
        for (const ComponentKind::Kind of : GetKinds(kind))
        {
            addAll(of, m_onHost.at({name, of}));
        }
        break;
    case ComponentKind::POWER_FEED: {
        const std::vector<uint32_t>& fed = m_targets.GetLinksOf(kind, id);
        for (const std::string& host : m_targets.GetNames(ComponentKind::HOST))
        {
            const std::vector<uint32_t>& links =
                m_targets.GetLinksOf(ComponentKind::HOST,
                                     *m_targets.Find(ComponentKind::HOST, host));
            if (std::includes(fed.begin(), fed.end(), links.begin(), links.end()))
            {
                dependents.push_back({ComponentKind::HOST, host});
            }
        }
        break;
    }
    default:
        break;
    }
    return dependents;
}

/**
 * @param kinds kinds; gets all that these take along, directly or not
 */
void
AddCarried(std::set<ComponentKind::Kind>& kinds)
{
    std::vector<ComponentKind::Kind> queue(kinds.begin(), kinds.end());
    for (std::size_t i = 0; i < queue.size(); ++i)
    {
        for (const ComponentKind::Kind kind : Dependents::GetKinds(queue[i]))
        {
            if (kinds.insert(kind).second)
            {
                queue.push_back(kind);
            }
        }
    }
}

} // namespace

FaultInventory
MakeFaultInventory(const FaultInventorySpec& spec,
                   const BuiltFabric& fabric,
                   const FabricFaultTargets& targets,
                   const Catalog& catalog)
{
    const std::vector<std::string> known = catalog.GetNames(CatalogKind::FAILURE_MODE);
    for (const std::string& name : spec.modes)
    {
        if (std::find(known.begin(), known.end(), name) == known.end())
        {
            Refuse("there is no failure mode \"" + name + "\"",
                   "names with commas between them, of " + JoinNames(known) +
                       SuggestName(name, known));
        }
    }
    FaultInventory inventory;
    std::set<ComponentKind::Kind> kinds;
    for (const std::string& name : known)
    {
        FailureMode mode = *catalog.GetFailureMode(name);
        if (mode.isDirt)
        {
            mode.effect.lossDb = GetDirtDb(targets);
        }
        if (std::find(spec.modes.begin(), spec.modes.end(), name) == spec.modes.end())
        {
            mode.law = LifetimeLaw::Never();
            inventory.AddMode(mode);
            continue;
        }
        inventory.AddMode(mode);
        kinds.insert(mode.component);
        CheckMode(mode, targets);
    }
    if (spec.takesAlong)
    {
        kinds.insert(ComponentKind::NPU);
        AddCarried(kinds);
    }
    for (const auto& [kind, temperatureC] : spec.kindTemperatureC)
    {
        if (kinds.count(kind) == 0)
        {
            std::vector<std::string> names;
            for (const ComponentKind::Kind there : kinds)
            {
                names.push_back(GetName(there));
            }
            Refuse("temperature of " + GetName(kind) + ", of which nothing can fail",
                   "temperatures of " + JoinNames(names));
        }
    }
    std::optional<Dependents> dependents;
    if (spec.takesAlong)
    {
        dependents.emplace(fabric, targets);
    }
    for (const ComponentKind::Kind kind : kinds)
    {
        const auto own = spec.kindTemperatureC.find(kind);
        const std::optional<double> temperatureC =
            own == spec.kindTemperatureC.end() ? spec.temperatureC : own->second;
        for (const std::string& name : GetFallible(targets, kind))
        {
            InventoryComponent component;
            component.name = name;
            component.ageH = spec.ageH;
            component.temperatureC = temperatureC;
            if (dependents)
            {
                component.dependents = dependents->Get(kind, name);
                if (kind == ComponentKind::LANE)
                {
                    component.carrier = {ComponentKind::MODULE, name.substr(0, name.rfind('/'))};
                }
            }
            inventory.AddComponent(kind, component);
        }
    }
    return inventory;
}

} // namespace opticalfabric
} // namespace ns3
