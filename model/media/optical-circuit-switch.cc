/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "optical-circuit-switch.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/message-text.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricCircuitSwitch");
NS_OBJECT_ENSURE_REGISTERED(OpticalCircuitSwitch);

TypeId
OpticalCircuitSwitch::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::OpticalCircuitSwitch")
            .SetParent<Object>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<OpticalCircuitSwitch>()
            .AddAttribute("ReconfigurationTime",
                          "From the order to change until the new circuits have light. 0 to 1 h. "
                          "SetSpec sets it to that of the type.",
                          TimeValue(MilliSeconds(25)),
                          MakeTimeAccessor(&OpticalCircuitSwitch::m_reconfigurationTime),
                          MakeTimeChecker(Time(0), Hours(1)))
            .AddTraceSource("Reconfigured",
                            "The switch has changed its connections.",
                            MakeTraceSourceAccessor(&OpticalCircuitSwitch::m_reconfiguredTrace),
                            "ns3::opticalfabric::OpticalCircuitSwitch::ReconfiguredTracedCallback");
    return tid;
}

OpticalCircuitSwitch::OpticalCircuitSwitch()
{
    NS_LOG_FUNCTION(this);
}

OpticalCircuitSwitch::~OpticalCircuitSwitch()
{
    NS_LOG_FUNCTION(this);
}

void
OpticalCircuitSwitch::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_changing.Cancel();
    m_turning.Cancel();
    m_circuits.clear();
    Object::DoDispose();
}

void
OpticalCircuitSwitch::SetSpec(std::shared_ptr<const CircuitSwitchSpec> spec)
{
    NS_LOG_FUNCTION(this << spec->name);
    m_spec = spec;
    m_partners.assign(spec->ports, NO_PARTNER);
    m_targets = m_partners;
    m_failed.assign(spec->ports, false);
    m_reconfigurationTime = PicoSeconds(std::llround(spec->reconfigurationS * 1e12));
}

const CircuitSwitchSpec&
OpticalCircuitSwitch::GetSpec() const
{
    NS_ABORT_MSG_UNLESS(m_spec, "OpticalCircuitSwitch: no type has been set");
    return *m_spec;
}

void
OpticalCircuitSwitch::Draw(const Ptr<NormalRandomVariable>& normal)
{
    NS_LOG_FUNCTION(this << normal);
    const CircuitSwitchSpec& spec = GetSpec();
    const size_t ports = spec.ports;
    m_deviationDb.assign(ports * ports, 0);
    for (size_t a = 0; a < ports; ++a)
    {
        for (size_t b = a + 1; b < ports; ++b)
        {
            const double drawnDb = std::max(-spec.lossDb, spec.lossSpreadDb * normal->GetValue());
            m_deviationDb[a * ports + b] = static_cast<float>(drawnDb);
            m_deviationDb[b * ports + a] = static_cast<float>(drawnDb);
        }
    }
}

PathElement
OpticalCircuitSwitch::GetPass(uint32_t a, uint32_t b) const
{
    CheckPort(a);
    CheckPort(b);
    PathElement pass;
    pass.kind = PathElement::SWITCH;
    pass.name = m_spec->name;
    pass.lossDb = m_spec->lossDb;
    if (!m_deviationDb.empty())
    {
        pass.lossDb += m_deviationDb[size_t{a} * m_spec->ports + b];
    }
    pass.reflectanceDb = m_spec->reflectanceDb;
    return pass;
}

void
OpticalCircuitSwitch::AddCircuit(Ptr<LinkMedium> medium, uint32_t a, uint32_t b)
{
    NS_LOG_FUNCTION(this << medium << a << b);
    CheckPort(a);
    CheckPort(b);
    m_circuits.push_back({medium, a, b});
    if (m_partners[a] != b)
    {
        medium->Darken(LinkMedium::SWITCHED);
    }
    if (m_failed[a] || m_failed[b])
    {
        medium->Darken(LinkMedium::SWITCH_PORT);
    }
}

void
OpticalCircuitSwitch::CheckPort(uint32_t port) const
{
    NS_ABORT_MSG_IF(port >= GetSpec().ports,
                    "OpticalCircuitSwitch: port " << port << ", allowed 0 to "
                                                  << GetSpec().ports - 1);
}

std::vector<uint32_t>
OpticalCircuitSwitch::MakePartners(const Matching& matching) const
{
    std::vector<uint32_t> partners(GetSpec().ports, NO_PARTNER);
    for (const auto& [a, b] : matching)
    {
        CheckPort(a);
        CheckPort(b);
        NS_ABORT_MSG_IF(a == b || partners[a] != NO_PARTNER || partners[b] != NO_PARTNER,
                        "OpticalCircuitSwitch: ports " << a << " and " << b
                                                       << ": a port can be joined once");
        partners[a] = b;
        partners[b] = a;
    }
    return partners;
}

void
OpticalCircuitSwitch::Reconfigure(const Matching& matching)
{
    NS_LOG_FUNCTION(this << matching.size());
    m_targets = MakePartners(matching);
    for (uint32_t port = 0; port < m_partners.size(); ++port)
    {
        if (m_partners[port] != m_targets[port])
        {
            m_partners[port] = NO_PARTNER;
        }
    }
    for (const Circuit& circuit : m_circuits)
    {
        if (m_partners[circuit.a] != circuit.b)
        {
            circuit.medium->Darken(LinkMedium::SWITCHED);
        }
    }
    m_changing.Cancel();
    m_isChanging = m_partners != m_targets;
    if (m_isChanging)
    {
        m_changing =
            Simulator::Schedule(m_reconfigurationTime, &OpticalCircuitSwitch::Changed, this);
    }
}

void
OpticalCircuitSwitch::Changed()
{
    NS_LOG_FUNCTION(this);
    m_isChanging = false;
    uint32_t joined = 0;
    uint32_t fresh = 0;
    for (uint32_t port = 0; port < m_targets.size(); ++port)
    {
        joined += m_targets[port] != NO_PARTNER ? 1 : 0;
        fresh += m_targets[port] != m_partners[port] ? 1 : 0;
    }
    m_partners = m_targets;
    m_reconfiguredTrace(joined / 2, fresh / 2);
    for (const Circuit& circuit : m_circuits)
    {
        if (m_partners[circuit.a] == circuit.b)
        {
            circuit.medium->Lighten(LinkMedium::SWITCHED);
        }
    }
}

void
OpticalCircuitSwitch::SetUp(const Matching& matching)
{
    NS_LOG_FUNCTION(this << matching.size());
    m_changing.Cancel();
    m_isChanging = false;
    m_targets = MakePartners(matching);
    m_partners = m_targets;
    for (const Circuit& circuit : m_circuits)
    {
        if (m_partners[circuit.a] == circuit.b)
        {
            circuit.medium->Lighten(LinkMedium::SWITCHED, Time(0));
        }
        else
        {
            circuit.medium->Darken(LinkMedium::SWITCHED);
        }
    }
}

void
OpticalCircuitSwitch::Rotate(const std::vector<Matching>& matchings, Time period)
{
    NS_LOG_FUNCTION(this << matchings.size() << period);
    NS_ABORT_MSG_IF(matchings.empty(), "OpticalCircuitSwitch::Rotate: no matching");
    NS_ABORT_MSG_IF(period <= m_reconfigurationTime,
                    "OpticalCircuitSwitch::Rotate: period "
                        << ShowMicroseconds(period) << ", allowed more than ReconfigurationTime, "
                        << ShowMicroseconds(m_reconfigurationTime));
    m_matchings = matchings;
    m_next = 0;
    m_period = period;
    m_turning.Cancel();
    Turn();
}

void
OpticalCircuitSwitch::StopRotating()
{
    NS_LOG_FUNCTION(this);
    m_turning.Cancel();
}

void
OpticalCircuitSwitch::Turn()
{
    Reconfigure(m_matchings[m_next]);
    m_next = (m_next + 1) % m_matchings.size();
    m_turning = Simulator::Schedule(m_period, &OpticalCircuitSwitch::Turn, this);
}

uint32_t
OpticalCircuitSwitch::GetPartner(uint32_t port) const
{
    CheckPort(port);
    return m_partners[port];
}

bool
OpticalCircuitSwitch::IsChanging() const
{
    return m_isChanging;
}

void
OpticalCircuitSwitch::FailPort(uint32_t port)
{
    NS_LOG_FUNCTION(this << port);
    CheckPort(port);
    m_failed[port] = true;
    for (const Circuit& circuit : m_circuits)
    {
        if (circuit.a == port || circuit.b == port)
        {
            circuit.medium->Darken(LinkMedium::SWITCH_PORT);
        }
    }
}

void
OpticalCircuitSwitch::RepairPort(uint32_t port)
{
    NS_LOG_FUNCTION(this << port);
    CheckPort(port);
    m_failed[port] = false;
    for (const Circuit& circuit : m_circuits)
    {
        if ((circuit.a == port || circuit.b == port) && !m_failed[circuit.a] &&
            !m_failed[circuit.b])
        {
            circuit.medium->Lighten(LinkMedium::SWITCH_PORT);
        }
    }
}

double
OpticalCircuitSwitch::GetPowerW() const
{
    return GetSpec().powerW;
}

} // namespace opticalfabric
} // namespace ns3
