/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "link-medium.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricLinkMedium");
NS_OBJECT_ENSURE_REGISTERED(LinkMedium);

TypeId
LinkMedium::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::LinkMedium")
            .SetParent<Object>()
            .SetGroupName("OpticalFabric")
            .AddAttribute(
                "RetrainTime",
                "How long the link is down when it trains after a change of lanes, with "
                "its signal there all the time. 0 to 1 h. No public figure for UB; 100 us "
                "is of the order that retimers with link training need at least "
                "(unverified).",
                TimeValue(MicroSeconds(100)),
                MakeTimeAccessor(&LinkMedium::m_retrainTime),
                MakeTimeChecker(Time(0), Hours(1)))
            .AddAttribute(
                "RelockTime",
                "From light, or any other signal, that is back after it was lost to "
                "frames: both ends lock to it and bring the link up, whatever it was lost "
                "to, a fault, a flap or a circuit switch. Default: mean of commodity "
                "transceivers and NICs after a circuit switch, MixNet (SIGCOMM 2025), "
                "appendix C, which says that vendors do not call it fundamental. 0 to "
                "1 h.",
                TimeValue(MilliSeconds(5670)),
                MakeTimeAccessor(&LinkMedium::m_relockTime),
                MakeTimeChecker(Time(0), Hours(1)))
            .AddTraceSource("Evaluated",
                            "The medium's state has changed, and is in force.",
                            MakeTraceSourceAccessor(&LinkMedium::m_evaluatedTrace),
                            "ns3::opticalfabric::LinkMedium::StateTracedCallback")
            .AddTraceSource("Training",
                            "The link has gone down to train.",
                            MakeTraceSourceAccessor(&LinkMedium::m_trainingTrace),
                            "ns3::opticalfabric::LinkMedium::TrainingTracedCallback");
    return tid;
}

LinkMedium::LinkMedium()
{
    NS_LOG_FUNCTION(this);
}

LinkMedium::~LinkMedium()
{
    NS_LOG_FUNCTION(this);
}

void
LinkMedium::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_training.Cancel();
    m_link = nullptr;
    Object::DoDispose();
}

void
LinkMedium::Carry(Ptr<FabricLink> link)
{
    NS_LOG_FUNCTION(this << link);
    NS_ABORT_MSG_IF(m_link, "LinkMedium: carries a link already");
    m_link = link;
    Settle();
}

void
LinkMedium::Settle()
{
    NS_LOG_FUNCTION(this);
    m_training.Cancel();
    m_isTraining = false;
    MediumState state = Evaluate();
    state.up = state.up && m_darkness == 0;
    Apply(state);
}

Ptr<FabricLink>
LinkMedium::GetLink() const
{
    return m_link;
}

void
LinkMedium::Update()
{
    NS_LOG_FUNCTION(this);
    if (!m_link)
    {
        return;
    }
    MediumState state = Evaluate();
    state.up = state.up && m_darkness == 0;
    if (!state.up)
    {
        m_training.Cancel();
        m_isTraining = false;
        Apply(state);
    }
    else if (IsTraining())
    {
        // What it trains for is looked at again when it is done.
        return;
    }
    else if (!m_state.up)
    {
        // Too little light to work with is none.
        Train(m_relockTime);
    }
    else if (state.lanes != m_state.lanes)
    {
        Train(m_retrainTime);
    }
    else
    {
        Apply(state);
    }
}

void
LinkMedium::Darken(Darkness reason)
{
    NS_LOG_FUNCTION(this << reason);
    m_darkness |= reason;
    Update();
}

void
LinkMedium::Lighten(Darkness reason, Time training)
{
    NS_LOG_FUNCTION(this << reason << training);
    if ((m_darkness & reason) == 0)
    {
        return;
    }
    m_darkness &= ~static_cast<uint32_t>(reason);
    if (m_darkness == 0 && m_link && Evaluate().up)
    {
        Train(training.IsStrictlyNegative() ? m_relockTime : training);
    }
}

uint32_t
LinkMedium::GetDarkness() const
{
    return m_darkness;
}

void
LinkMedium::Flap(Time duration)
{
    NS_LOG_FUNCTION(this << duration);
    NS_ABORT_MSG_IF(duration.IsStrictlyNegative(),
                    "LinkMedium::Flap: duration " << duration << ", allowed 0 and more");
    ++m_flaps;
    Darken(FLAP);
    Simulator::Schedule(duration, [medium = Ptr<LinkMedium>(this)]() {
        // Flaps may overlap: the last to end lets the light through.
        if (--medium->m_flaps == 0)
        {
            medium->Lighten(FLAP);
        }
    });
}

const MediumState&
LinkMedium::GetState() const
{
    return m_state;
}

bool
LinkMedium::IsTraining() const
{
    return m_isTraining;
}

void
LinkMedium::Apply(const MediumState& state)
{
    m_state = state;
    // Each SetState hands on whether the whole link is up: last, once both directions are known.
    for (uint32_t direction = 0; direction < 2; ++direction)
    {
        LinkState link = state.link[direction];
        link.up = state.up && (direction == 1 || m_link->IsUp());
        m_link->SetState(direction, link);
    }
    m_evaluatedTrace(m_state);
}

void
LinkMedium::Train(Time duration)
{
    NS_LOG_FUNCTION(this << duration);
    m_training.Cancel();
    m_isTraining = true;
    m_state.up = false;
    m_link->SetUp(false);
    m_trainingTrace(duration);
    m_training = Simulator::Schedule(duration, &LinkMedium::Settle, this);
}

} // namespace opticalfabric
} // namespace ns3
