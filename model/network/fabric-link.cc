/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-link.h"

#include "ns3/abort.h"
#include "ns3/accessor-then.h"
#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/enum-accessor.h"
#include "ns3/log.h"
#include "ns3/rate-checker.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricLink");
NS_OBJECT_ENSURE_REGISTERED(FabricLink);

namespace
{

constexpr uint64_t MIN_RATE = 1000000000;      ///< 1 Gb/s: a packet's parts fit 32 bits of ps
constexpr uint64_t MAX_RATE = 100000000000000; ///< 100 Tb/s
constexpr double MAX_DELAY_S = 1e-3;           ///< likewise

/**
 * @param base state underneath
 * @param impairment what is wrong
 * @param rateShare share of the rate left that the link runs at
 * @return all together
 */
LinkState
Impair(const LinkState& base, const LinkImpairment& impairment, double rateShare)
{
    LinkState state = base;
    state.up = base.up && !impairment.down;
    // What is not impaired stays as it is to the bit.
    const double share = impairment.rateShare * rateShare;
    if (share < 1)
    {
        const double left = static_cast<double>(base.rate.GetBitRate()) * share;
        state.rate = DataRate(std::max(MIN_RATE, static_cast<uint64_t>(left)));
    }
    if (!impairment.extraDelay.IsZero())
    {
        state.propagation = std::min(base.propagation + impairment.extraDelay, MilliSeconds(1));
    }
    if (impairment.frameErrorRatio > 0)
    {
        state.frameErrorRatio = 1 - (1 - base.frameErrorRatio) * (1 - impairment.frameErrorRatio);
        if (base.frameErrorRatio == 0)
        {
            state.frameErrorRatio = impairment.frameErrorRatio;
        }
    }
    return state;
}

} // namespace

TypeId
FabricLink::GetTypeId()
{
    const auto atOnce = [](Ptr<const AttributeAccessor> accessor) {
        return MakeAccessorThen(accessor, &FabricLink::Change);
    };
    static TypeId tid =
        TypeId("ns3::opticalfabric::FabricLink")
            .SetParent<Channel>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<FabricLink>()
            .AddAttribute("Rate",
                          "Rate of each direction for frames, after FEC overhead. "
                          "1 Gb/s to 100 Tb/s.",
                          DataRateValue(DataRate("400Gbps")),
                          MakeDataRateAccessor(&FabricLink::SetRate, &FabricLink::GetRate),
                          Create<RateChecker>(DataRate(MIN_RATE), DataRate(MAX_RATE)))
            .AddAttribute("Delay",
                          "Propagation delay of each direction. 0 to 1 ms.",
                          TimeValue(NanoSeconds(10)),
                          MakeTimeAccessor(&FabricLink::SetDelay, &FabricLink::GetDelay),
                          MakeTimeChecker(Time(0), MilliSeconds(1)))
            .AddAttribute("PhyLatency",
                          "Latency of FEC and signal processing, both ends together, of each "
                          "direction. 0 to 1 ms.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&FabricLink::SetPhyLatency, &FabricLink::GetPhyLatency),
                          MakeTimeChecker(Time(0), MilliSeconds(1)))
            .AddAttribute("FrameErrorRatio",
                          "Share of frames that arrive damaged, of each direction. 0 to 1.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&FabricLink::SetFrameErrorRatio,
                                             &FabricLink::GetFrameErrorRatio),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("Up",
                          "Whether the link carries frames.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&FabricLink::SetUp, &FabricLink::IsUp),
                          MakeBooleanChecker())
            .AddAttribute("Medium",
                          "What the link is made of; optical links have transceiver modules.",
                          EnumValue(Medium::OPTICAL),
                          MakeEnumAccessorFor<Medium::Kind>(&FabricLink::m_medium, 0),
                          MakeEnumChecker(Medium::BOARD,
                                          "Board",
                                          Medium::COPPER,
                                          "Copper",
                                          Medium::OPTICAL,
                                          "Optical"))
            .AddAttribute("Lanes",
                          "Lanes that each direction was made with. They are counted, and nothing "
                          "else: the rate is that of all. 1 to 64.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&FabricLink::m_lanes),
                          MakeUintegerChecker<uint32_t>(1, 64))
            .AddAttribute("LinkRetry",
                          "Whether the link repeats damaged frames.",
                          BooleanValue(true),
                          atOnce(MakeBooleanAccessor(&FabricLink::m_retryEnabled)),
                          MakeBooleanChecker())
            .AddAttribute(
                "RetryMode",
                "What is sent again. GoBackN: a damaged frame and all behind it; the link loses "
                "the time of the frame and a round trip for each repeat. Selective: the damaged "
                "frame alone; the link loses the time of the frame, and what was sent behind it "
                "waits at the far end, so that nothing overtakes it.",
                EnumValue(RetryMode::GO_BACK_N),
                atOnce(MakeEnumAccessorFor<RetryMode::Kind>(&FabricLink::m_retryMode, 0)),
                MakeEnumChecker(RetryMode::GO_BACK_N, "GoBackN", RetryMode::SELECTIVE, "Selective"))
            .AddAttribute("MaxRepeats",
                          "Repeats of one frame before the link retrains. 1 to 1000000.",
                          UintegerValue(16),
                          atOnce(MakeUintegerAccessor(&FabricLink::m_maxRepeats)),
                          MakeUintegerChecker<uint32_t>(1, 1000000))
            .AddAttribute("MaxRetrains",
                          "Retrainings after which a frame that no repeat has saved is sent again, "
                          "up to MaxRepeats times each. After one more it is lost, and sent again "
                          "end to end. 0 loses it at the first. 0 to 1000000.",
                          UintegerValue(16),
                          atOnce(MakeUintegerAccessor(&FabricLink::m_maxRetrains)),
                          MakeUintegerChecker<uint32_t>(0, 1000000))
            .AddAttribute("RetryTurnaround",
                          "Time from the end of a frame, at the far end, to the request for its "
                          "repeat or its acknowledgment. 0 to 1 ms.",
                          TimeValue(Time(0)),
                          atOnce(MakeTimeAccessor(&FabricLink::m_retryTurnaround)),
                          MakeTimeChecker(Time(0), MilliSeconds(1)))
            .AddAttribute("RetryTimeout",
                          "Time from the end of a frame, at the sender, until it is repeated for "
                          "want of an answer. At least a round trip: less counts as that. 0: three "
                          "times a full frame with its round trip. 0 to 1 s.",
                          TimeValue(Time(0)),
                          atOnce(MakeTimeAccessor(&FabricLink::m_retryTimeout)),
                          MakeTimeChecker(Time(0), Seconds(1)))
            .AddAttribute("RetrainTime",
                          "Time of a retraining, from the end of the last repeat. Nothing is sent "
                          "meanwhile. 0 or more.",
                          TimeValue(Time(0)),
                          atOnce(MakeTimeAccessor(&FabricLink::m_retrainTime)),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("ReplayBufferBytes",
                          "Replay buffer of each direction: frames sent and not acknowledged take "
                          "up no more, and a frame is sent only if there is room for a full one. A "
                          "link needs rate times round trip and a frame to run at its rate. At "
                          "least a full packet, header included; 0: no limit. 0 to 1073741824.",
                          UintegerValue(0),
                          atOnce(MakeUintegerAccessor(&FabricLink::SetReplayBuffer,
                                                      &FabricLink::GetReplayBuffer)),
                          MakeUintegerChecker<uint32_t>(0, 1U << 30))
            .AddTraceSource("State",
                            "A direction's state was set, or how its damaged frames are repeated.",
                            MakeTraceSourceAccessor(&FabricLink::m_stateTrace),
                            "ns3::opticalfabric::FabricLink::StateTracedCallback");
    return tid;
}

FabricLink::FabricLink()
    : m_modules{NO_MODULE, NO_MODULE}
{
    NS_LOG_FUNCTION(this);
}

FabricLink::~FabricLink()
{
    NS_LOG_FUNCTION(this);
}

void
FabricLink::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_ports = {};
    m_changed.Nullify();
    Channel::DoDispose();
}

void
FabricLink::Attach(Ptr<FabricPort> a, Ptr<FabricPort> b)
{
    NS_LOG_FUNCTION(this << a << b);
    NS_ABORT_MSG_IF(m_ports[0], "A FabricLink has two ends, and both are taken");
    m_ports = {a, b};
    a->Attach(this, PeekPointer(b));
    b->Attach(this, PeekPointer(a));
}

void
FabricLink::Configure(UpChanged changed)
{
    NS_LOG_FUNCTION(this);
    m_configured = true;
    NS_ABORT_MSG_UNLESS(SetReplayBuffer(m_replayBytes),
                        "FabricLink: ReplayBufferBytes " << m_replayBytes
                                                         << ", allowed 0 or at least a packet, "
                                                         << m_ports[0]->GetEngine().GetFullBytes());
    Apply();
    for (const Ptr<FabricPort>& port : m_ports)
    {
        port->SetLinkUp(m_up);
        port->GetEngine().SetUsable(m_up);
    }
    m_changed = changed;
}

void
FabricLink::SetState(uint32_t direction, const LinkState& state)
{
    NS_LOG_FUNCTION(this << direction);
    NS_ABORT_MSG_IF(direction > 1, "FabricLink: direction " << direction << ", allowed 0 and 1");
    const uint64_t rate = state.rate.GetBitRate();
    NS_ABORT_MSG_IF(rate < MIN_RATE || rate > MAX_RATE,
                    "FabricLink: rate " << state.rate << ", allowed 1Gbps to 100Tbps");
    for (const Time& delay : {state.propagation, state.phyLatency})
    {
        NS_ABORT_MSG_IF(delay.IsStrictlyNegative() || delay.GetSeconds() > MAX_DELAY_S,
                        "FabricLink: delay " << delay << ", allowed 0 to 1ms");
    }
    NS_ABORT_MSG_IF(!(state.frameErrorRatio >= 0 && state.frameErrorRatio <= 1),
                    "FabricLink: frame error ratio " << state.frameErrorRatio
                                                     << ", allowed 0 to 1");
    m_base[direction] = state;
    m_states[direction] = Impair(state, m_impairment, m_rateShare);
    Apply();
    m_stateTrace(direction, m_states[direction]);
    SetUp(state.up);
}

const LinkState&
FabricLink::GetState(uint32_t direction) const
{
    NS_ABORT_MSG_IF(direction > 1, "FabricLink: direction " << direction << ", allowed 0 and 1");
    return m_states[direction];
}

const LinkState&
FabricLink::GetBaseState(uint32_t direction) const
{
    NS_ABORT_MSG_IF(direction > 1, "FabricLink: direction " << direction << ", allowed 0 and 1");
    return m_base[direction];
}

void
FabricLink::SetImpairment(const LinkImpairment& impairment)
{
    NS_LOG_FUNCTION(this << impairment.down << impairment.rateShare << impairment.extraDelay
                         << impairment.frameErrorRatio);
    NS_ABORT_MSG_UNLESS(impairment.rateShare > 0 && impairment.rateShare <= 1,
                        "FabricLink: share of the rate that is left "
                            << impairment.rateShare << ", allowed above 0 and at most 1");
    NS_ABORT_MSG_IF(impairment.extraDelay.IsStrictlyNegative(),
                    "FabricLink: extra delay " << impairment.extraDelay << ", allowed 0 and more");
    NS_ABORT_MSG_UNLESS(impairment.frameErrorRatio >= 0 && impairment.frameErrorRatio <= 1,
                        "FabricLink: frame error ratio " << impairment.frameErrorRatio
                                                         << ", allowed 0 to 1");
    if (impairment == m_impairment)
    {
        return;
    }
    LinkImpairment onlyUp = impairment;
    onlyUp.down = m_impairment.down;
    const bool changesMore = !(onlyUp == m_impairment);
    m_impairment = impairment;
    if (changesMore)
    {
        Change();
    }
    ApplyUp();
}

const LinkImpairment&
FabricLink::GetImpairment() const
{
    return m_impairment;
}

void
FabricLink::SetRateShare(double share)
{
    NS_LOG_FUNCTION(this << share);
    NS_ABORT_MSG_UNLESS(share > 0 && share <= 1,
                        "FabricLink: share of the rate that it runs at "
                            << share << ", allowed above 0 and at most 1");
    if (share != m_rateShare)
    {
        m_rateShare = share;
        Change();
    }
}

double
FabricLink::GetRateShare() const
{
    return m_rateShare;
}

DataRate
FabricLink::GetFullRate(uint32_t direction) const
{
    NS_ABORT_MSG_IF(direction > 1, "FabricLink: direction " << direction << ", allowed 0 and 1");
    return Impair(m_base[direction], m_impairment, 1).rate;
}

RetryRule
FabricLink::GetRetryRule() const
{
    RetryRule rule;
    rule.enabled = m_retryEnabled;
    rule.mode = m_retryMode;
    rule.maxRepeats = m_maxRepeats;
    rule.maxRetrains = m_maxRetrains;
    rule.turnaroundPs = static_cast<uint64_t>(m_retryTurnaround.GetTimeStep());
    rule.timeoutPs = static_cast<uint64_t>(m_retryTimeout.GetTimeStep());
    rule.retrainPs = static_cast<uint64_t>(m_retrainTime.GetTimeStep());
    rule.replayBytes = m_replayBytes;
    return rule;
}

void
FabricLink::Apply()
{
    if (!m_configured || !m_ports[0])
    {
        return;
    }
    const RetryRule rule = GetRetryRule();
    m_ports[0]->GetEngine().SetLinkState(m_states[0], m_states[1], rule);
    m_ports[1]->GetEngine().SetLinkState(m_states[1], m_states[0], rule);
    for (uint32_t direction = 0; direction < 2; ++direction)
    {
        if (m_backgrounds[direction] != 0)
        {
            m_ports[direction]->GetEngine().SetBackground(m_backgrounds[direction]);
        }
    }
}

void
FabricLink::SetBackground(uint32_t direction, double share)
{
    NS_ABORT_MSG_IF(direction > 1, "FabricLink: direction " << direction << ", allowed 0 and 1");
    NS_ABORT_MSG_UNLESS(share >= 0 && share <= MAX_BACKGROUND,
                        "FabricLink: background " << share << ", allowed 0 to " << MAX_BACKGROUND);
    NS_ABORT_MSG_UNLESS(m_configured, "FabricLink: SetBackground before the network's Build");
    m_backgrounds[direction] = share;
    m_ports[direction]->GetEngine().SetBackground(share);
}

double
FabricLink::GetBackground(uint32_t direction) const
{
    NS_ABORT_MSG_IF(direction > 1, "FabricLink: direction " << direction << ", allowed 0 and 1");
    return m_backgrounds[direction];
}

void
FabricLink::Combine()
{
    for (uint32_t direction = 0; direction < 2; ++direction)
    {
        m_states[direction] = Impair(m_base[direction], m_impairment, m_rateShare);
        m_states[direction].up = m_up;
    }
}

void
FabricLink::Change()
{
    Combine();
    Apply();
    for (uint32_t direction = 0; m_configured && direction < 2; ++direction)
    {
        m_stateTrace(direction, m_states[direction]);
    }
}

void
FabricLink::SetUp(bool up)
{
    NS_LOG_FUNCTION(this << up);
    m_baseUp = up;
    m_base[0].up = up;
    m_base[1].up = up;
    ApplyUp();
}

void
FabricLink::ApplyUp()
{
    const bool up = m_baseUp && !m_impairment.down;
    const bool changes = up != m_up;
    m_up = up;
    m_states[0].up = up;
    m_states[1].up = up;
    if (!changes || !m_configured)
    {
        return;
    }
    m_ports[0]->SetLinkUp(up);
    m_ports[1]->SetLinkUp(up);
    m_stateTrace(0, m_states[0]);
    m_stateTrace(1, m_states[1]);
    if (!m_changed.IsNull())
    {
        m_changed(this);
    }
}

bool
FabricLink::IsUp() const
{
    return m_up;
}

uint32_t
FabricLink::GetLanes() const
{
    return m_lanes;
}

FabricLink::Medium::Kind
FabricLink::GetMedium() const
{
    return m_medium;
}

void
FabricLink::SetModule(uint32_t end, uint32_t module)
{
    NS_ABORT_MSG_IF(end > 1, "FabricLink: end " << end << ", allowed 0 and 1");
    m_modules[end] = module;
}

uint32_t
FabricLink::GetModule(uint32_t end) const
{
    NS_ABORT_MSG_IF(end > 1, "FabricLink: end " << end << ", allowed 0 and 1");
    return m_modules[end];
}

Ptr<FabricPort>
FabricLink::GetPort(uint32_t end) const
{
    NS_ABORT_MSG_IF(end > 1, "FabricLink: end " << end << ", allowed 0 and 1");
    return m_ports[end];
}

std::size_t
FabricLink::GetNDevices() const
{
    return m_ports[0] ? 2 : 0;
}

Ptr<NetDevice>
FabricLink::GetDevice(std::size_t i) const
{
    return GetPort(static_cast<uint32_t>(i));
}

bool
FabricLink::SetReplayBuffer(uint32_t bytes)
{
    // Before the network is built nobody knows how large a frame is.
    if (m_configured && m_ports[0] && bytes != 0 && bytes < m_ports[0]->GetEngine().GetFullBytes())
    {
        return false;
    }
    m_replayBytes = bytes;
    return true;
}

uint32_t
FabricLink::GetReplayBuffer() const
{
    return m_replayBytes;
}

void
FabricLink::SetRate(DataRate rate)
{
    m_base[0].rate = rate;
    m_base[1].rate = rate;
    Change();
}

DataRate
FabricLink::GetRate() const
{
    return m_base[0].rate;
}

void
FabricLink::SetDelay(Time delay)
{
    m_base[0].propagation = delay;
    m_base[1].propagation = delay;
    Change();
}

Time
FabricLink::GetDelay() const
{
    return m_base[0].propagation;
}

void
FabricLink::SetPhyLatency(Time latency)
{
    m_base[0].phyLatency = latency;
    m_base[1].phyLatency = latency;
    Change();
}

Time
FabricLink::GetPhyLatency() const
{
    return m_base[0].phyLatency;
}

void
FabricLink::SetFrameErrorRatio(double ratio)
{
    m_base[0].frameErrorRatio = ratio;
    m_base[1].frameErrorRatio = ratio;
    Change();
}

double
FabricLink::GetFrameErrorRatio() const
{
    return m_base[0].frameErrorRatio;
}

} // namespace opticalfabric
} // namespace ns3
