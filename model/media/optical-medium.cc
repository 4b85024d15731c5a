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
                          "Codewords that FEC deals symbols out to in turn. 1 to 16.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&OpticalMedium::m_interleaving),
                          MakeUintegerChecker<uint32_t>(1, 16))
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
                "Bit error ratio before FEC that margins are measured to. Default: the "
                "limit that data sheets of PAM4 modules with KP4 FEC state. 1e-15 to 0.1.",
                DoubleValue(2.4e-4),
                MakeDoubleAccessor(&OpticalMedium::m_targetBer),
                MakeDoubleChecker<double>(1e-15, 0.1))
            .AddAttribute("LaneRule",
                          "What happens when lanes are dead or too noisy: the link needs All, goes "
                          "on with a PowerOfTwo of the best, or with Any number of good ones.",
                          EnumValue(POWER_OF_TWO),
                          MakeEnumAccessorFor<LaneRule>(&OpticalMedium::m_rule, 0),
                          MakeEnumChecker(ALL, "All", POWER_OF_TWO, "PowerOfTwo", ANY, "Any"))
            .AddAttribute("ShedFrameErrorRatio",
                          "A lane with which more frames would be damaged than this is shed, if "
                          "LaneRule allows it and others are good. If none is good, the link "
                          "keeps the lanes that get most frames through. 0 to 1.",
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
    return m_ends[0].module->GetSpec().GetLaneRateBps() * m_lanes / m_fec.GetOverhead();
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
    const TransceiverSpec& sender = from.module->GetSpec();
    const TransceiverSpec& receiver = to.module->GetSpec();
    const ModuleLane sending = from.module->GetLane(from.firstLane + lane);
    const ModuleLane receiving = to.module->GetLane(to.firstLane + lane);
    LaneInput input;
    input.modulation = sender.modulation;
    input.baudGBd = sender.baudGBd;
    input.omaDbm = sending.omaDbm;
    input.tdecqDb = sending.tdecqDb;
    input.tdecqDispersionPsPerNm = sender.transmitter.tdecqDispersionPsPerNm;
    input.extinctionRatioDb = sender.transmitter.extinctionRatioDb;
    input.rinDbPerHz = sender.transmitter.rinDbPerHz;
    input.spectralWidthNm = sender.transmitter.spectralWidthNm;
    input.transmitterReflectanceDb = sender.transmitter.reflectanceDb;
    input.sensitivityOmaDbm = receiving.sensitivityOmaDbm;
    input.sensitivityBer = receiver.receiver.sensitivityBer;
    input.receiverReflectanceDb = receiver.receiver.reflectanceDb;
    input.path = GetPath(direction, lane);
    return GetLaneBudget(input, m_targetBer);
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

double
OpticalMedium::GetFrameErrorRatio(double ber) const
{
    BitErrors errors;
    errors.ber = ber;
    errors.burstContinuation = m_burstContinuation;
    errors.bitsPerSymbol = GetBitsPerSymbol(m_ends[0].module->GetSpec().modulation);
    return m_fec.GetFrameLossRatio(errors, m_frameBytes, m_interleaving);
}

uint32_t
OpticalMedium::ChooseWidth(const std::vector<LaneQuality>& lanes) const
{
    const auto most = static_cast<uint32_t>(lanes.size());
    if (m_rule == ALL)
    {
        const bool isGood = most == m_lanes &&
                            GetFrameErrorRatio(lanes.back().GetWorstBer()) <= m_downFrameErrorRatio;
        return isGood ? most : 0;
    }
    uint32_t best = 0;
    double bestGoodput = 0;
    for (uint32_t width = most; width > 0; --width)
    {
        // All lanes are a width that the link has, whatever their number.
        if (m_rule == POWER_OF_TWO && width != m_lanes && (width & (width - 1)) != 0)
        {
            continue;
        }
        const double ratio = GetFrameErrorRatio(lanes[width - 1].GetWorstBer());
        if (ratio <= m_shedFrameErrorRatio)
        {
            return width;
        }
        // If all lanes are bad, the width that gets most through: shedding equals helps nobody.
        if (ratio <= m_downFrameErrorRatio && width * (1 - ratio) > bestGoodput)
        {
            best = width;
            bestGoodput = width * (1 - ratio);
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
    const size_t used = state.up ? state.lanes : lanes.size();
    const TransceiverSpec& spec = m_ends[0].module->GetSpec();
    const double lineRateBps = spec.GetLaneRateBps() * std::max<size_t>(used, 1);
    const double fullRateBps = m_fullRate.GetBitRate() != 0
                                   ? static_cast<double>(m_fullRate.GetBitRate())
                                   : GetPhysicalRateBps();
    const double rateBps = fullRateBps * static_cast<double>(std::max<size_t>(used, 1)) / m_lanes;
    double fecS = 0;
    if (m_fec.IsCoded())
    {
        fecS = m_fec.GetAccumulationS(lineRateBps, m_interleaving) + m_decodingLatency.GetSeconds();
    }
    const double phyS = fecS + spec.latencyS + m_ends[1].module->GetSpec().latencyS;
    for (uint32_t direction = 0; direction < 2; ++direction)
    {
        state.marginDb[direction] = 0;
        state.ber[direction] = 0;
        for (size_t i = 0; i < used; ++i)
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
        link.frameErrorRatio = used == 0 ? 1 : GetFrameErrorRatio(state.ber[direction]);
    }
    return state;
}

} // namespace opticalfabric
} // namespace ns3
