/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "optical-medium.h"

#include "ns3/abort.h"
#include "ns3/double.h"
#include "ns3/enum-accessor.h"
#include "ns3/log.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricOpticalMedium");
NS_OBJECT_ENSURE_REGISTERED(OpticalMedium);

TypeId
OpticalMedium::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::OpticalMedium")
            .SetParent<LinkMedium>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<OpticalMedium>()
            .AddAttribute("FecInterleaving",
                          "Codewords that FEC deals symbols out to in turn. 0: as IEEE Std 802.3 "
                          "has it for what the lanes give, 2 at 200 and 400 Gb/s, 4 at 800 Gb/s, "
                          "and 1 at any other rate. 0 to 16.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&OpticalMedium::m_interleaving),
                          MakeUintegerChecker<uint32_t>(0, 16))
            .AddAttribute("BurstContinuation",
                          "Chance that a symbol error is followed by one in the next symbol, as "
                          "the feedback of an equalizer makes it. 0 to 0.95.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&OpticalMedium::m_burstContinuation),
                          MakeDoubleChecker<double>(0, 0.95))
            .AddAttribute("FecDecodingLatency",
                          "Time FEC takes to encode and to correct, beyond waiting for its "
                          "codewords to be complete; 0 without FEC. Default: encoder 3 ns, "
                          "miscellaneous 3 ns and correction 31 ns, of a contribution to IEEE "
                          "P802.3dj, at second hand. 0 to 100 us.",
                          TimeValue(NanoSeconds(37)),
                          MakeTimeAccessor(&OpticalMedium::m_decodingLatency),
                          MakeTimeChecker(Time(0), MicroSeconds(100)))
            .AddAttribute("FrameBytes",
                          "Size on the wire of the frames that the frame error ratio is for. "
                          "1 to 65535.",
                          UintegerValue(4096),
                          MakeUintegerAccessor(&OpticalMedium::m_frameBytes),
                          MakeUintegerChecker<uint32_t>(1, 65535))
            .AddAttribute(
                "TargetBer",
                "Bit error ratio before FEC that margins are measured to. 0: what the code "
                "stands, 2.4e-4 of KP4, which data sheets state, and of another code that "
                "which loses as many codewords; 1e-12 without FEC. 0 to 0.1.",
                DoubleValue(0),
                MakeDoubleAccessor(&OpticalMedium::m_targetBer),
                MakeDoubleChecker<double>(0, 0.1))
            .AddAttribute("LaneRule",
                          "What happens when lanes are dead or too noisy: the link needs All, goes "
                          "on with a PowerOfTwo of the best, or with Any number of good ones.",
                          EnumValue(POWER_OF_TWO),
                          MakeEnumAccessorFor<LaneRule>(&OpticalMedium::m_rule, 0),
                          MakeEnumChecker(ALL, "All", POWER_OF_TWO, "PowerOfTwo", ANY, "Any"))
            .AddAttribute("ShedFrameErrorRatio",
                          "If more frames would be damaged than this, lanes are shed, as far as "
                          "LaneRule allows it and more gets through without them, damaged frames "
                          "and all of a round trip after them being sent again. 0 to 1.",
                          DoubleValue(1e-2),
                          MakeDoubleAccessor(&OpticalMedium::m_shedFrameErrorRatio),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("DownFrameErrorRatio",
                          "A link on which more frames would be damaged than this, with the best "
                          "lanes there are, is down. 0 to 1.",
                          DoubleValue(0.5),
                          MakeDoubleAccessor(&OpticalMedium::m_downFrameErrorRatio),
                          MakeDoubleChecker<double>(0, 1));
    return tid;
}

OpticalMedium::OpticalMedium()
    : m_codeTargetBer(m_fec.GetTargetBer())
{
    NS_LOG_FUNCTION(this);
}

OpticalMedium::~OpticalMedium()
{
    NS_LOG_FUNCTION(this);
}

void
OpticalMedium::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_ends = {};
    LinkMedium::DoDispose();
}

void
OpticalMedium::Join(const End& a, const End& b, uint32_t lanes)
{
    NS_LOG_FUNCTION(this << lanes);
    const TransceiverSpec& first = a.module->GetSpec();
    const TransceiverSpec& second = b.module->GetSpec();
    NS_ABORT_MSG_IF(first.modulation != second.modulation || first.baudGBd != second.baudGBd,
                    "OpticalMedium: " << first.name << " and " << second.name
                                      << " differ in modulation or symbol rate");
    for (const End& end : {a, b})
    {
        const uint32_t has = end.module->GetSpec().lanes;
        NS_ABORT_MSG_IF(lanes == 0 || end.firstLane + lanes > has,
                        "OpticalMedium: lanes " << end.firstLane << " to " << end.firstLane + lanes
                                                << " of a module with " << has);
    }
    m_ends = {a, b};
    m_lanes = lanes;
    a.module->AddMedium(this);
    b.module->AddMedium(this);
}

void
OpticalMedium::SetFullRate(DataRate rate)
{
    NS_LOG_FUNCTION(this << rate);
    m_fullRate = rate;
    Update();
}

double
OpticalMedium::GetPhysicalRateBps() const
{
    return m_ends[0].module->GetSpec().GetLaneDataRateBps(m_fec.GetOverhead()) * m_lanes;
}

void
OpticalMedium::AddPart(const PathPart& part)
{
    NS_LOG_FUNCTION(this);
    m_parts.push_back(part);
}

uint32_t
OpticalMedium::GetNParts() const
{
    return static_cast<uint32_t>(m_parts.size());
}

const PathPart&
OpticalMedium::GetPart(uint32_t i) const
{
    NS_ABORT_MSG_IF(i >= m_parts.size(), "OpticalMedium: part " << i << " of " << m_parts.size());
    return m_parts[i];
}

void
OpticalMedium::Draw(const Ptr<NormalRandomVariable>& normal)
{
    NS_LOG_FUNCTION(this);
    for (PathPart& part : m_parts)
    {
        if (!part.coupling)
        {
            continue;
        }
        part.deviationDb.resize(2 * m_lanes);
        for (float& deviationDb : part.deviationDb)
        {
            const double drawnDb = part.coupling->lossSpreadDb * normal->GetValue();
            deviationDb = static_cast<float>(std::max(-part.coupling->lossDb, drawnDb));
        }
    }
}

void
OpticalMedium::Contaminate(const Ptr<UniformRandomVariable>& uniform, double fraction)
{
    NS_LOG_FUNCTION(this << fraction);
    for (PathPart& part : m_parts)
    {
        if (part.kind == PathElement::CONNECTOR)
        {
            part.contaminated = uniform->GetValue(0, 1) < fraction;
        }
    }
}

void
OpticalMedium::SetContaminated(uint32_t i, bool contaminated)
{
    NS_LOG_FUNCTION(this << i << contaminated);
    NS_ABORT_MSG_IF(!GetPart(i).coupling,
                    "OpticalMedium: part " << i << " has no end face to be contaminated");
    m_parts[i].contaminated = contaminated;
    Update();
}

void
OpticalMedium::SetExtraLoss(uint32_t i, double extraLossDb)
{
    NS_LOG_FUNCTION(this << i << extraLossDb);
    NS_ABORT_MSG_UNLESS(extraLossDb >= 0,
                        "OpticalMedium: extra loss " << extraLossDb << " dB, allowed 0 and more");
    GetPart(i);
    m_parts[i].extraLossDb = extraLossDb;
    Update();
}

void
OpticalMedium::SetFaultLoss(double lossDb)
{
    NS_LOG_FUNCTION(this << lossDb);
    NS_ABORT_MSG_UNLESS(lossDb >= 0,
                        "OpticalMedium: injected loss " << lossDb << " dB, allowed 0 and more");
    if (lossDb != m_faultLossDb)
    {
        m_faultLossDb = lossDb;
        Update();
    }
}

double
OpticalMedium::GetFaultLoss() const
{
    return m_faultLossDb;
}

void
OpticalMedium::SetFec(const FecCode& code)
{
    NS_LOG_FUNCTION(this << code.GetName());
    m_fec = code;
    m_codeTargetBer = code.GetTargetBer();
    Update();
}

const FecCode&
OpticalMedium::GetFec() const
{
    return m_fec;
}

const OpticalMedium::End&
OpticalMedium::GetEnd(uint32_t end) const
{
    NS_ABORT_MSG_IF(end > 1, "OpticalMedium: end " << end << ", allowed 0 and 1");
    return m_ends[end];
}

uint32_t
OpticalMedium::GetLanes() const
{
    return m_lanes;
}

LightPath
OpticalMedium::GetPath(uint32_t direction, uint32_t lane) const
{
    const TransceiverSpec& spec = m_ends[direction].module->GetSpec();
    LightPath path(spec.GetWavelengthNm(m_ends[direction].firstLane + lane));
    for (const PathPart& part : m_parts)
    {
        if (part.kind == PathElement::FIBRE)
        {
            path.AddFibre(*part.fibre, part.lengthM);
        }
        else if (part.coupling)
        {
            // Deviations may be negative, down to no loss at all: as one element.
            LightPath one(path.GetWavelengthNm());
            one.AddCoupling(part.kind, *part.coupling, part.contaminated, part.extraLossDb);
            PathElement element = one.GetElements().front();
            if (!part.deviationDb.empty())
            {
                // What rounds to less than no loss at all is none.
                element.lossDb =
                    std::max(0.0, element.lossDb + part.deviationDb[direction * m_lanes + lane]);
            }
            path.Add(element);
        }
        else
        {
            PathElement element = part.element;
            element.lossDb += part.extraLossDb;
            path.Add(element);
        }
    }
    if (m_faultLossDb > 0)
    {
        PathElement fault;
        fault.kind = PathElement::SPLICE;
        fault.name = "injected loss";
        fault.lossDb = m_faultLossDb;
        path.Add(fault);
    }
    return direction == 0 ? path : path.GetReversed();
}

LaneBudget
OpticalMedium::GetBudget(uint32_t direction, uint32_t lane) const
{
    NS_ABORT_MSG_IF(direction > 1 || lane >= m_lanes,
                    "OpticalMedium: direction " << direction << ", lane " << lane
                                                << ", allowed 0 and 1, and below " << m_lanes);
    const End& from = m_ends[direction];
    const End& to = m_ends[1 - direction];
    const ModuleLane sending = from.module->GetLane(from.firstLane + lane);
    const ModuleLane receiving = to.module->GetLane(to.firstLane + lane);
    LaneInput input = MakeTypicalLane(from.module->GetSpec(), to.module->GetSpec());
    input.omaDbm = sending.omaDbm;
    input.tdecqDb = sending.tdecqDb;
    input.sensitivityOmaDbm = receiving.sensitivityOmaDbm;
    input.path = GetPath(direction, lane);
    return GetLaneBudget(input, m_targetBer == 0 ? m_codeTargetBer : m_targetBer);
}

double
OpticalMedium::LaneQuality::GetWorstBer() const
{
    return std::max(ber[0], ber[1]);
}

std::vector<OpticalMedium::LaneQuality>
OpticalMedium::RateLanes() const
{
    std::vector<LaneQuality> lanes;
    for (uint32_t lane = 0; lane < m_lanes; ++lane)
    {
        const bool dead = m_ends[0].module->GetLane(m_ends[0].firstLane + lane).failed ||
                          m_ends[1].module->GetLane(m_ends[1].firstLane + lane).failed;
        if (dead)
        {
            continue;
        }
        LaneQuality quality;
        quality.lane = lane;
        for (uint32_t direction = 0; direction < 2; ++direction)
        {
            const LaneBudget budget = GetBudget(direction, lane);
            quality.ber[direction] = budget.ber;
            quality.marginDb[direction] = budget.marginDb;
        }
        lanes.push_back(quality);
    }
    std::stable_sort(lanes.begin(), lanes.end(), [](const LaneQuality& a, const LaneQuality& b) {
        return a.GetWorstBer() < b.GetWorstBer();
    });
    return lanes;
}

uint32_t
OpticalMedium::GetInterleaving() const
{
    if (m_interleaving != 0)
    {
        return m_interleaving;
    }
    // IEEE Std 802.3: 1 codeword of 100GBASE-R (clause 91), 2 of 200GBASE-R and 400GBASE-R (clause
    // 119), 2 of each of the two halves of 800GBASE-R (clause 172).
    constexpr double TOLERANCE = 1e-3;
    const auto isRate = [this](double bps) {
        return std::abs(GetPhysicalRateBps() / bps - 1) < TOLERANCE;
    };
    if (isRate(800e9))
    {
        return 4;
    }
    return isRate(400e9) || isRate(200e9) ? 2 : 1;
}

double
OpticalMedium::GetPhyLatencyS(uint32_t used) const
{
    const TransceiverSpec& spec = m_ends[0].module->GetSpec();
    const double modulesS = spec.latencyS + m_ends[1].module->GetSpec().latencyS;
    if (!m_fec.IsCoded())
    {
        return modulesS;
    }
    return m_fec.GetAccumulationS(spec.GetLaneRateBps() * used, GetInterleaving()) +
           m_decodingLatency.GetSeconds() + modulesS;
}

double
OpticalMedium::GetRateBps(uint32_t used) const
{
    const double fullRateBps = m_fullRate.GetBitRate() != 0
                                   ? static_cast<double>(m_fullRate.GetBitRate())
                                   : GetPhysicalRateBps();
    return fullRateBps * used / m_lanes;
}

double
OpticalMedium::GetFrameErrorRatio(const std::vector<LaneQuality>& lanes,
                                  uint32_t used,
                                  uint32_t direction) const
{
    std::vector<double> bers;
    bers.reserve(used);
    for (uint32_t i = 0; i < used; ++i)
    {
        bers.push_back(lanes[i].ber[direction]);
    }
    BitErrors errors;
    errors.burstContinuation = m_burstContinuation;
    errors.bitsPerSymbol = GetBitsPerSymbol(m_ends[0].module->GetSpec().modulation);
    return m_fec.GetLanesFrameLossRatio(errors, bers, m_frameBytes, GetInterleaving());
}

double
OpticalMedium::GetGoodputBps(uint32_t used, double frameErrorRatio) const
{
    // What goes back to the damaged frame sends it and all of a round trip after it again: the
    // share (1 - p) / (1 + p r / T) of the rate is left, r the round trip and T the time of a
    // frame.
    const double rateBps = GetRateBps(used);
    const double roundTripS = 2 * (GetPath(0, 0).GetDelayS() + GetPhyLatencyS(used));
    const double frames = roundTripS * rateBps / (8.0 * m_frameBytes);
    return rateBps * (1 - frameErrorRatio) / (1 + frameErrorRatio * frames);
}

uint32_t
OpticalMedium::ChooseWidth(const std::vector<LaneQuality>& lanes) const
{
    const auto most = static_cast<uint32_t>(lanes.size());
    const auto getWorseRatio = [&](uint32_t width) {
        return std::max(GetFrameErrorRatio(lanes, width, 0), GetFrameErrorRatio(lanes, width, 1));
    };
    if (m_rule == ALL)
    {
        const bool isGood = most == m_lanes && getWorseRatio(most) <= m_downFrameErrorRatio;
        return isGood ? most : 0;
    }
    uint32_t best = 0;
    double bestGoodputBps = 0;
    bool isWidest = true;
    for (uint32_t width = most; width > 0; --width)
    {
        // All lanes are a width that the link has, whatever their number.
        if (m_rule == POWER_OF_TWO && width != m_lanes && (width & (width - 1)) != 0)
        {
            continue;
        }
        const double ratio = getWorseRatio(width);
        if (isWidest && ratio <= m_shedFrameErrorRatio)
        {
            return width;
        }
        isWidest = false;
        // Fewer lanes than can be are worth it only if more gets through.
        const double goodputBps = GetGoodputBps(width, ratio);
        if (ratio <= m_downFrameErrorRatio && goodputBps > bestGoodputBps)
        {
            best = width;
            bestGoodputBps = goodputBps;
        }
    }
    return best;
}

MediumState
OpticalMedium::Evaluate() const
{
    MediumState state;
    const std::vector<LaneQuality> lanes = RateLanes();
    state.lanes = ChooseWidth(lanes);
    state.up = state.lanes != 0;
    // A link that is down keeps the figures of what lanes it has.
    const uint32_t used = state.up ? state.lanes : static_cast<uint32_t>(lanes.size());
    const double rateBps = GetRateBps(std::max(used, 1U));
    const double phyS = GetPhyLatencyS(std::max(used, 1U));
    for (uint32_t direction = 0; direction < 2; ++direction)
    {
        state.marginDb[direction] = 0;
        state.ber[direction] = 0;
        for (uint32_t i = 0; i < used; ++i)
        {
            state.ber[direction] = std::max(state.ber[direction], lanes[i].ber[direction]);
            state.marginDb[direction] =
                i == 0 ? lanes[i].marginDb[direction]
                       : std::min(state.marginDb[direction], lanes[i].marginDb[direction]);
        }
        LinkState& link = state.link[direction];
        link.up = state.up;
        link.rate = DataRate(static_cast<uint64_t>(std::llround(rateBps)));
        link.propagation = PicoSeconds(std::llround(GetPath(direction, 0).GetDelayS() * 1e12));
        link.phyLatency = PicoSeconds(std::llround(phyS * 1e12));
        link.frameErrorRatio = used == 0 ? 1 : GetFrameErrorRatio(lanes, used, direction);
    }
    return state;
}

} // namespace opticalfabric
} // namespace ns3
