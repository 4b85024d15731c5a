/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of EnergyRecorder that knows of modules whose rates follow their load.
#include "energy-recorder.h"

#include "ns3/log.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricEnergyRates");

void
EnergyRecorder::WatchRates(const Ptr<ModuleRates>& rates)
{
    NS_LOG_FUNCTION(this << rates);
    const std::size_t network = FindNetwork(rates->GetNetwork());
    const PowerPolicySpec& policy = rates->GetPolicy();
    m_rates.push_back({this, rates, network});
    for (const auto& [key, module] : m_byNumber)
    {
        if (key.first != network)
        {
            continue;
        }
        Line& line = m_lines[module->line];
        if (line.rates.empty())
        {
            if (m_isStarted)
            {
                BookTimes(line);
            }
            const PartPowerSpec power{0, line.sleepW, line.idleW, line.idleW};
            for (const double share : policy.rateSteps)
            {
                LineRate rate;
                rate.share = share;
                rate.savedW = line.idleW - GetIdlePowerW(power, policy.fixedShare, share);
                line.rates.push_back(rate);
            }
            line.rates.back().parts = line.line.count - line.dead;
        }
        module->step = line.rates.size() - 1;
        SetStep(*module, rates->GetStep(key.second));
    }
    rates->TraceConnectWithoutContext("Rate",
                                      MakeBoundCallback(&EnergyRecorder::OnRate, &m_rates.back()));
}

void
EnergyRecorder::OnRate(Rates* rates, uint32_t number, std::size_t step)
{
    EnergyRecorder* const self = rates->recorder;
    const auto place = self->m_byNumber.find({rates->network, number});
    if (place == self->m_byNumber.end())
    {
        return;
    }
    Module& module = *place->second;
    if (self->m_isStarted && !module.isDead)
    {
        ++self->m_lines[module.line].rates[step].changes;
    }
    self->SetStep(module, step);
}

void
EnergyRecorder::SetStep(Module& module, std::size_t step)
{
    if (step == module.step)
    {
        return;
    }
    Line& line = m_lines[module.line];
    if (m_isStarted)
    {
        CatchUp();
        BookTimes(line);
    }
    if (!module.isDead)
    {
        --line.rates[module.step].parts;
        ++line.rates[step].parts;
    }
    module.step = step;
    if (m_isStarted)
    {
        SetPower(module.line);
        m_lookPs = NowPs();
    }
}

std::vector<ModuleRateRecord>
EnergyRecorder::CollectRates() const
{
    std::vector<ModuleRateRecord> all;
    for (const Line& line : m_lines)
    {
        const uint64_t sincePs = m_lookPs - std::min(m_lookPs, line.changedPs);
        for (const LineRate& rate : line.rates)
        {
            ModuleRateRecord one;
            one.network = line.line.network;
            one.rack = line.line.rack;
            one.type = line.line.type;
            one.modules = line.line.count;
            one.rateShare = rate.share;
            one.atRateS = static_cast<double>(rate.sumPs + rate.parts * sincePs) / 1e12;
            one.changes = rate.changes;
            one.savedJ = rate.savedW * one.atRateS;
            all.push_back(one);
        }
    }
    return all;
}

} // namespace opticalfabric
} // namespace ns3
