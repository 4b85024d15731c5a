/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "module-rates.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/parameter-check.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricModuleRates");

NS_OBJECT_ENSURE_REGISTERED(ModuleRates);

TypeId
ModuleRates::GetTypeId()
{
    static TypeId tid = TypeId("ns3::opticalfabric::ModuleRates")
                            .SetParent<Object>()
                            .SetGroupName("OpticalFabric")
                            .AddConstructor<ModuleRates>()
                            .AddTraceSource("Rate",
                                            "A module runs at another rate from now on.",
                                            MakeTraceSourceAccessor(&ModuleRates::m_rateTrace),
                                            "ns3::opticalfabric::ModuleRates::RateTracedCallback");
    return tid;
}

ModuleRates::ModuleRates()
{
    NS_LOG_FUNCTION(this);
}

ModuleRates::~ModuleRates()
{
    NS_LOG_FUNCTION(this);
    m_event.Cancel();
}

void
ModuleRates::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_event.Cancel();
    if (m_network)
    {
        m_network->TraceDisconnectWithoutContext("TransferStart",
                                                 MakeCallback(&ModuleRates::OnTransfer, this));
    }
    m_links.clear();
    m_modules.clear();
    m_byNumber.clear();
    m_engines.clear();
    m_network = nullptr;
    Object::DoDispose();
}

uint64_t
ModuleRates::Now()
{
    return static_cast<uint64_t>(Simulator::Now().GetPicoSeconds());
}

void
ModuleRates::Install(Ptr<FabricNetwork> network, const PowerPolicySpec& policy)
{
    NS_LOG_FUNCTION(this << network);
    NS_ABORT_MSG_IF(m_network, "ModuleRates: Install was called before");
    policy.Validate();
    const ParameterCheck check("ModuleRates");
    check.Require(policy.kind == PowerPolicy::RATE_ADAPTIVE, "kind", +policy.kind, "RATE_ADAPTIVE");
    check.Require(policy.rateEpochPs > 0,
                  "rateEpochPs",
                  policy.rateEpochPs,
                  "1 to " + std::to_string(MAX_POLICY_PS));
    m_network = network;
    m_policy = policy;
    m_startPs = Now();
    for (uint32_t i = 0; i < network->GetNLinks(); ++i)
    {
        Link one;
        one.link = network->GetLink(i);
        for (uint32_t end = 0; end < 2; ++end)
        {
            const uint32_t number = one.link->GetModule(end);
            if (number != FabricLink::NO_MODULE)
            {
                one.modules[end] = FindModule(number);
            }
            one.bytes[end] = one.link->GetPort(end)->GetCounters().wireBytes;
        }
        if (one.modules[0] != NONE || one.modules[1] != NONE)
        {
            m_links.push_back(one);
        }
    }
    network->TraceConnectWithoutContext("TransferStart",
                                        MakeCallback(&ModuleRates::OnTransfer, this));
    m_epochEndPs = m_startPs + m_policy.rateEpochPs;
    Arm(m_startPs);
}

std::size_t
ModuleRates::FindModule(uint32_t number)
{
    const auto [place, isNew] = m_byNumber.insert({number, m_modules.size()});
    if (isNew)
    {
        // Loaded in full until the first epoch has ended: it keeps the full rate.
        const std::size_t full = m_policy.rateSteps.size() - 1;
        m_modules.push_back({number, ManagedPart({}, m_policy, 1), full, 0});
    }
    return place->second;
}

void
ModuleRates::WatchEngine(Ptr<TransferEngine> engine)
{
    NS_LOG_FUNCTION(this << engine);
    m_engines.push_back(engine);
}

const PowerPolicySpec&
ModuleRates::GetPolicy() const
{
    return m_policy;
}

Ptr<FabricNetwork>
ModuleRates::GetNetwork() const
{
    return m_network;
}

std::size_t
ModuleRates::GetStep(uint32_t module) const
{
    const auto place = m_byNumber.find(module);
    return place == m_byNumber.end() ? m_policy.rateSteps.size() - 1
                                     : m_modules[place->second].step;
}

uint64_t
ModuleRates::GetEvents() const
{
    return m_events;
}

void
ModuleRates::OnTransfer(const Transfer& /* transfer */)
{
    if (m_event.IsExpired())
    {
        const uint64_t nowPs = Now();
        m_epochEndPs = nowPs + m_policy.rateEpochPs;
        Arm(nowPs);
    }
}

void
ModuleRates::Look()
{
    ++m_events;
    const uint64_t nowPs = Now();
    for (Module& module : m_modules)
    {
        module.part.AdvanceTo(nowPs - m_startPs);
    }
    bool hasMore = true;
    if (nowPs == m_epochEndPs)
    {
        m_epochEndPs = nowPs + m_policy.rateEpochPs;
        const bool isUsed = Measure();
        const NetworkCounts& totals = m_network->GetCounts();
        const bool isIdle = !isUsed && totals.transfers == totals.finishedTransfers;
        hasMore = !isIdle || GetNextChangePs() != ManagedPart::NEVER_PS;
    }
    Apply(nowPs);
    if (hasMore)
    {
        Arm(nowPs);
    }
}

std::size_t
ModuleRates::FindStep(const Module& module) const
{
    const std::vector<double>& steps = m_policy.rateSteps;
    return std::lower_bound(steps.begin(), steps.end(), module.part.GetRateShare()) - steps.begin();
}

bool
ModuleRates::Measure()
{
    for (const Ptr<TransferEngine>& engine : m_engines)
    {
        engine->UpdateCounters();
    }
    for (Module& module : m_modules)
    {
        module.load = 0;
    }
    const double epochS = static_cast<double>(m_policy.rateEpochPs) / 1e12;
    bool isUsed = false;
    for (Link& one : m_links)
    {
        for (uint32_t direction = 0; direction < 2; ++direction)
        {
            // Flows are counted in fractions of bytes: what is read may lag by one.
            const uint64_t bytes = std::max(one.bytes[direction],
                                            one.link->GetPort(direction)->GetCounters().wireBytes);
            const double bits = 8 * static_cast<double>(bytes - one.bytes[direction]);
            const double fullBps =
                static_cast<double>(one.link->GetFullRate(direction).GetBitRate());
            one.bytes[direction] = bytes;
            isUsed = isUsed || bits > 0;
            for (const std::size_t module : one.modules)
            {
                if (module != NONE)
                {
                    double& load = m_modules[module].load;
                    load = std::max(load, bits / (epochS * fullBps));
                }
            }
        }
    }
    const uint64_t nowPs = Now();
    const std::vector<double>& steps = m_policy.rateSteps;
    for (Module& module : m_modules)
    {
        const double next = steps[std::min(FindStep(module) + 1, steps.size() - 1)];
        module.part.SetLoad(nowPs - m_startPs, std::min(next, module.load / m_policy.rateTarget));
    }
    return isUsed;
}

void
ModuleRates::Apply(uint64_t nowPs)
{
    NS_LOG_FUNCTION(this << nowPs);
    const std::vector<double>& steps = m_policy.rateSteps;
    bool hasChanged = false;
    for (Module& module : m_modules)
    {
        const std::size_t step = FindStep(module);
        if (step != module.step)
        {
            hasChanged = true;
            module.step = step;
            m_rateTrace(module.number, step);
        }
    }
    if (!hasChanged)
    {
        return;
    }
    for (const Link& one : m_links)
    {
        double share = 1;
        for (const std::size_t module : one.modules)
        {
            share = module == NONE ? share : std::min(share, steps[m_modules[module].step]);
        }
        one.link->SetRateShare(share);
    }
}

void
ModuleRates::Arm(uint64_t nowPs)
{
    const uint64_t atPs = std::min(m_epochEndPs, GetNextChangePs());
    m_event = Simulator::Schedule(PicoSeconds(static_cast<int64_t>(atPs - nowPs)),
                                  &ModuleRates::Look,
                                  this);
}

uint64_t
ModuleRates::GetNextChangePs() const
{
    uint64_t nextPs = ManagedPart::NEVER_PS;
    for (const Module& module : m_modules)
    {
        nextPs = std::min(nextPs, module.part.GetNextChangePs());
    }
    return nextPs == ManagedPart::NEVER_PS ? nextPs : nextPs + m_startPs;
}

} // namespace opticalfabric
} // namespace ns3
