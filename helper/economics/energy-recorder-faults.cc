/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of EnergyRecorder that knows of components that faults take down.
#include "energy-recorder.h"

#include "ns3/abort.h"
#include "ns3/fabric-inventory.h"
#include "ns3/log.h"

#include <set>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricEnergyFaults");

void
EnergyRecorder::WatchFaults(const Ptr<FaultHelper>& faults)
{
    NS_LOG_FUNCTION(this << faults);
    NS_ABORT_MSG_UNLESS(m_fabric, "EnergyRecorder: WatchFaults before Install");
    NS_ABORT_MSG_IF(m_faults, "EnergyRecorder: WatchFaults was called before");
    m_faults = faults;
    m_downParts =
        std::make_unique<DownParts>(*m_fabric, CountBill(*m_fabric), faults->GetTargets());
    m_faultsOfPiece.assign(m_downParts->GetPieces().size(), 0);
    for (uint32_t i = 0; i < faults->GetNFaults(); ++i)
    {
        if (faults->IsActive(i))
        {
            SetDown(i, true);
        }
    }
    faults->TraceConnectWithoutContext("FaultBegin",
                                       MakeCallback(&EnergyRecorder::OnFaultBegin, this));
    faults->TraceConnectWithoutContext("FaultEnd", MakeCallback(&EnergyRecorder::OnFaultEnd, this));
}

void
EnergyRecorder::UnwatchFaults()
{
    if (!m_faults)
    {
        return;
    }
    m_faults->TraceDisconnectWithoutContext("FaultBegin",
                                            MakeCallback(&EnergyRecorder::OnFaultBegin, this));
    m_faults->TraceDisconnectWithoutContext("FaultEnd",
                                            MakeCallback(&EnergyRecorder::OnFaultEnd, this));
    m_faults = nullptr;
    m_downParts.reset();
}

void
EnergyRecorder::OnFaultBegin(uint32_t number, const Fault& /* fault */)
{
    SetDown(number, true);
}

void
EnergyRecorder::OnFaultEnd(uint32_t number, const Fault& /* fault */)
{
    SetDown(number, false);
}

void
EnergyRecorder::SetDown(uint32_t number, bool isDown)
{
    const Fault& fault = m_faults->GetFault(number);
    if (fault.effect.kind != FailureEffect::COMPONENT_DOWN)
    {
        return;
    }
    // Several faults may have hit a part: it is down from the first to the last of them.
    const auto changes = [isDown](uint32_t& faults) {
        return isDown ? faults++ == 0 : --faults == 0;
    };
    const DownParts::Content content =
        m_downParts->Find(fault.kind, m_faults->GetComponent(number));
    std::set<std::size_t> changed;
    for (const std::size_t i : content.pieces)
    {
        if (changes(m_faultsOfPiece[i]))
        {
            const DownParts::Piece& piece = m_downParts->GetPieces()[i];
            uint64_t& pieces = m_lines[piece.line].down[piece.parts];
            pieces = isDown ? pieces + 1 : pieces - 1;
            changed.insert(piece.line);
        }
    }
    for (const auto& key : content.modules)
    {
        const auto place = m_byNumber.find(key);
        if (place != m_byNumber.end() && changes(place->second->faults))
        {
            Module& module = *place->second;
            const bool hasFailed = module.module && module.module->IsFailed();
            SetModule(module, isDown || hasFailed, module.isAsleep);
        }
    }
    if (!m_isStarted || changed.empty())
    {
        return;
    }
    CatchUp();
    for (const std::size_t line : changed)
    {
        SetPower(line);
    }
    m_lookPs = NowPs();
}

double
EnergyRecorder::GetPartsDown(const Line& line)
{
    double parts = 0;
    for (const auto& [share, pieces] : line.down)
    {
        parts += share * static_cast<double>(pieces);
    }
    return parts;
}

} // namespace opticalfabric
} // namespace ns3
