/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of EnergyRecorder that knows of modules that die, and of those that sleep.
#include "energy-recorder.h"

#include "ns3/abort.h"
#include "ns3/log.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricEnergyModules");

void
EnergyRecorder::WatchSleep(const Ptr<ModuleSleep>& sleep)
{
    NS_LOG_FUNCTION(this << sleep);
    const std::size_t network = FindNetwork(sleep->GetNetwork());
    m_sleepers.push_back({this, sleep, network});
    for (const auto& [key, module] : m_byNumber)
    {
        if (key.first == network)
        {
            m_lines[module->line].maySleep = true;
            SetModule(*module, module->isDead, sleep->IsAsleep(key.second));
        }
    }
    sleep->TraceConnectWithoutContext(
        "Asleep",
        MakeBoundCallback(&EnergyRecorder::OnAsleep, &m_sleepers.back()));
}

std::size_t
EnergyRecorder::FindNetwork(const Ptr<FabricNetwork>& network) const
{
    NS_ABORT_MSG_UNLESS(m_fabric, "EnergyRecorder: WatchSleep or WatchRates before Install");
    const auto& networks = m_fabric->networks;
    const auto place = std::find(networks.begin(), networks.end(), network);
    NS_ABORT_MSG_IF(place == networks.end(),
                    "EnergyRecorder: WatchSleep or WatchRates of a network that is not of the "
                    "fabric");
    return static_cast<std::size_t>(place - networks.begin());
}

void
EnergyRecorder::OnModule(Module* module, bool failed)
{
    module->recorder->SetModule(*module, failed || module->faults > 0, module->isAsleep);
}

void
EnergyRecorder::OnAsleep(Sleepers* sleepers, uint32_t number, bool asleep)
{
    EnergyRecorder* const self = sleepers->recorder;
    const auto place = self->m_byNumber.find({sleepers->network, number});
    if (place == self->m_byNumber.end())
    {
        return;
    }
    Module& module = *place->second;
    self->SetModule(module, module.isDead, asleep);
    if (self->m_isStarted && !asleep && !module.isDead)
    {
        Line& line = self->m_lines[module.line];
        const double wakeJ = line.factor * sleepers->sleep->GetPolicy().wakeEnergyJ;
        ++line.wakeUps;
        line.wakeJ += wakeJ;
        self->m_ledger.AddEnergy(module.line, NowPs(), wakeJ);
    }
}

void
EnergyRecorder::SetModule(Module& module, bool isDead, bool isAsleep)
{
    if (isDead == module.isDead && isAsleep == module.isAsleep)
    {
        return;
    }
    Line& line = m_lines[module.line];
    if (m_isStarted)
    {
        CatchUp();
        BookTimes(line);
    }
    if (!line.rates.empty())
    {
        uint64_t& parts = line.rates[module.step].parts;
        parts = parts + uint64_t{module.isDead} - uint64_t{isDead};
    }
    line.dead = line.dead - uint64_t{module.isDead} + uint64_t{isDead};
    line.asleep =
        line.asleep - uint64_t{module.isAsleep && !module.isDead} + uint64_t{isAsleep && !isDead};
    module.isDead = isDead;
    module.isAsleep = isAsleep;
    if (m_isStarted)
    {
        SetPower(module.line);
        m_lookPs = NowPs();
    }
}

void
EnergyRecorder::BookTimes(Line& line) const
{
    const uint64_t sincePs = NowPs() - line.changedPs;
    line.changedPs = NowPs();
    line.asleepSumPs += line.asleep * sincePs;
    for (LineRate& rate : line.rates)
    {
        rate.sumPs += rate.parts * sincePs;
    }
}

double
EnergyRecorder::GetAsleepS(const Line& line) const
{
    const uint64_t sincePs = m_lookPs - std::min(m_lookPs, line.changedPs);
    return static_cast<double>(line.asleepSumPs + line.asleep * sincePs) / 1e12;
}

std::vector<ModuleSleepRecord>
EnergyRecorder::CollectSleeps() const
{
    std::vector<ModuleSleepRecord> all;
    for (const Line& line : m_lines)
    {
        if (line.maySleep)
        {
            ModuleSleepRecord one;
            one.network = line.line.network;
            one.rack = line.line.rack;
            one.type = line.line.type;
            one.modules = line.line.count;
            one.asleepS = GetAsleepS(line);
            one.wakeUps = line.wakeUps;
            one.savedJ = (line.idleW - line.sleepW) * one.asleepS - line.wakeJ;
            all.push_back(one);
        }
    }
    return all;
}

} // namespace opticalfabric
} // namespace ns3
