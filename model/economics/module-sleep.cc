/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "module-sleep.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/parameter-check.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricModuleSleep");

NS_OBJECT_ENSURE_REGISTERED(ModuleSleep);

TypeId
ModuleSleep::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::ModuleSleep")
            .SetParent<Object>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<ModuleSleep>()
            .AddTraceSource("Asleep",
                            "A module has fallen asleep, or begins to wake.",
                            MakeTraceSourceAccessor(&ModuleSleep::m_asleepTrace),
                            "ns3::opticalfabric::ModuleSleep::AsleepTracedCallback");
    return tid;
}

ModuleSleep::ModuleSleep()
{
    NS_LOG_FUNCTION(this);
}

ModuleSleep::~ModuleSleep()
{
    NS_LOG_FUNCTION(this);
}

void
ModuleSleep::DoDispose()
{
    NS_LOG_FUNCTION(this);
    for (uint32_t i = 0; m_network && i < m_network->GetNLinks(); ++i)
    {
        for (uint32_t end = 0; end < 2; ++end)
        {
            const Ptr<FabricPort> port = m_network->GetLink(i)->GetPort(end);
            if (port)
            {
                port->GetEngine().SetRest(nullptr, 0);
            }
        }
    }
    m_modules.clear();
    m_ends.clear();
    m_stages.clear();
    m_flows.clear();
    m_network = nullptr;
    Object::DoDispose();
}

void
ModuleSleep::Install(Ptr<FabricNetwork> network, const PowerPolicySpec& policy)
{
    NS_LOG_FUNCTION(this << network);
    NS_ABORT_MSG_IF(m_network, "ModuleSleep: Install was called before");
    policy.Validate();
    ParameterCheck("ModuleSleep")
        .Require(policy.kind == PowerPolicy::SLEEP, "kind", +policy.kind, "SLEEP");
    m_network = network;
    m_policy = policy;
    m_ends.resize(network->GetNLinks());
    for (uint32_t i = 0; i < network->GetNLinks(); ++i)
    {
        const Ptr<FabricLink> link = network->GetLink(i);
        for (uint32_t end = 0; end < 2; ++end)
        {
            const uint32_t number = link->GetModule(end);
            if (number == FabricLink::NO_MODULE)
            {
                continue;
            }
            std::unique_ptr<SleepingModule>& module = m_modules[number];
            if (!module)
            {
                module = std::make_unique<SleepingModule>(policy, [this, number](bool asleep) {
                    m_asleepTrace(number, asleep);
                });
            }
            (end == 0 ? m_ends[i].first : m_ends[i].second) = module.get();
            for (uint32_t side = 0; side < 2; ++side)
            {
                PortEngine& port = link->GetPort(side)->GetEngine();
                port.SetRest(this, i);
                module->AddPort(&port);
            }
        }
    }
}

const PowerPolicySpec&
ModuleSleep::GetPolicy() const
{
    return m_policy;
}

Ptr<FabricNetwork>
ModuleSleep::GetNetwork() const
{
    return m_network;
}

bool
ModuleSleep::IsAsleep(uint32_t module) const
{
    const auto place = m_modules.find(module);
    return place != m_modules.end() && place->second->IsAsleep();
}

uint64_t
ModuleSleep::Wake(uint32_t link, uint64_t nowPs)
{
    uint64_t readyPs = nowPs;
    for (SleepingModule* module : {m_ends[link].first, m_ends[link].second})
    {
        readyPs = std::max(readyPs, module != nullptr ? module->Wake(nowPs) : nowPs);
    }
    return readyPs;
}

const ModuleSleep::Stage*
ModuleSleep::FindStage(const std::vector<uint32_t>& links)
{
    const auto [place, isNew] = m_stages.emplace(links, Stage());
    Stage& stage = place->second;
    for (std::size_t i = 0; isNew && i < links.size(); ++i)
    {
        const uint32_t number = links[i] / 2;
        for (SleepingModule* module : {m_ends[number].first, m_ends[number].second})
        {
            if (module != nullptr &&
                std::find(stage.modules.begin(), stage.modules.end(), module) ==
                    stage.modules.end())
            {
                stage.modules.push_back(module);
            }
        }
        const LinkState& state = m_network->GetLink(number)->GetState(links[i] % 2);
        const Time flight = state.propagation + state.phyLatency;
        stage.flightPs = std::max(stage.flightPs, static_cast<uint64_t>(flight.GetPicoSeconds()));
    }
    return &stage;
}

TransferGate::Pass
ModuleSleep::Enter(const std::vector<PathStage>& path, uint64_t nowPs)
{
    Pass pass;
    if (m_free.empty())
    {
        m_free.push_back(static_cast<uint32_t>(m_flows.size()));
        m_flows.emplace_back();
    }
    pass.ticket = m_free.back();
    m_free.pop_back();
    Flow& flow = m_flows[pass.ticket];
    flow = Flow();
    uint64_t afterPs = 0;
    for (const PathStage& part : path)
    {
        flow.steps.push_back({FindStage(part.links), afterPs, 0});
        afterPs += part.latencyPs;
    }
    flow.beginPs = nowPs;
    if (!path.empty())
    {
        Advance(pass.ticket);
        // The source does not let it go before.
        flow.beginPs += std::exchange(flow.lostPs, 0);
        flow.steps.front().lostPs = 0;
    }
    Follow(pass.ticket);
    pass.beginPs = flow.beginPs;
    return pass;
}

uint64_t
ModuleSleep::Now()
{
    return static_cast<uint64_t>(Simulator::Now().GetPicoSeconds());
}

void
ModuleSleep::Advance(uint32_t ticket)
{
    const uint64_t nowPs = Now();
    Flow& flow = m_flows[ticket];
    Step& step = flow.steps[flow.begun++];
    uint64_t readyPs = nowPs;
    for (SleepingModule* module : step.stage->modules)
    {
        readyPs = std::max(readyPs, module->BeginFlow(nowPs));
    }
    flow.lostPs += readyPs - nowPs;
    step.lostPs = flow.lostPs;
    if (flow.hasLeft)
    {
        EndStep(flow, step);
    }
}

void
ModuleSleep::Follow(uint32_t ticket)
{
    const uint64_t nowPs = Now();
    Flow& flow = m_flows[ticket];
    while (flow.begun < flow.steps.size())
    {
        const uint64_t herePs = flow.beginPs + flow.steps[flow.begun].afterPs + flow.lostPs;
        if (herePs > nowPs)
        {
            Simulator::Schedule(PicoSeconds(static_cast<int64_t>(herePs - nowPs)),
                                &ModuleSleep::Follow,
                                Ptr<ModuleSleep>(this),
                                ticket);
            return;
        }
        Advance(ticket);
    }
    if (flow.isForgotten)
    {
        m_free.push_back(ticket);
    }
}

void
ModuleSleep::EndStep(const Flow& flow, const Step& step)
{
    for (SleepingModule* module : step.stage->modules)
    {
        module->EndFlow(flow.leftPs + step.afterPs + step.lostPs + step.stage->flightPs, Now());
    }
}

void
ModuleSleep::Leave(uint32_t ticket, uint64_t nowPs)
{
    Flow& flow = m_flows[ticket];
    flow.hasLeft = true;
    flow.leftPs = nowPs;
    for (std::size_t i = 0; i < flow.begun; ++i)
    {
        EndStep(flow, flow.steps[i]);
    }
}

uint64_t
ModuleSleep::GetLostPs(uint32_t ticket) const
{
    return m_flows[ticket].lostPs;
}

void
ModuleSleep::Forget(uint32_t ticket)
{
    Flow& flow = m_flows[ticket];
    flow.isForgotten = true;
    if (flow.begun == flow.steps.size())
    {
        m_free.push_back(ticket);
    }
}

} // namespace opticalfabric
} // namespace ns3
