/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of EnergyRecorder that puts together what was recorded.
#include "energy-recorder.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

EnergyRecord
EnergyRecorder::Collect(const std::string& part) const
{
    EnergyRecord record;
    record.timePs = m_lookPs - m_startPs;
    record.socketJ = GetEnergyJ();
    record.besidesJ = m_besidesJ;
    record.pue = m_setup.chain.pue;
    record.facilityJ = record.socketJ * record.pue;
    record.movedBytes = m_movedBytes;
    double allPartsJ = 0;
    std::vector<PartClass::Kind> classes;
    for (uint8_t i = 0; i < PartClass::COUNT; ++i)
    {
        const auto kind = static_cast<PartClass::Kind>(i);
        EnergyClass one;
        one.name = GetName(kind);
        one.socketJ = GetEnergyJ(kind);
        for (std::size_t k = 0; k < m_lines.size(); ++k)
        {
            const Line& line = m_lines[k];
            if (line.line.part != kind)
            {
                continue;
            }
            const double partsJ = m_ledger.GetMeter(k).GetEnergyJ(m_lookPs) / line.factor;
            one.parts += line.line.count;
            one.partsJ += partsJ;
            record.fansJ += line.factor == 1 ? 0 : m_setup.chain.GetFansW(partsJ);
        }
        if (one.parts > 0 && kind != PartClass::CABLE)
        {
            const auto mark = m_setup.marks.find(kind);
            one.mark = mark == m_setup.marks.end() ? "" : mark->second;
            allPartsJ += one.partsJ;
            classes.push_back(kind);
            record.classes.push_back(one);
        }
    }
    record.suppliesJ = std::max(0.0, record.socketJ - allPartsJ - record.fansJ);
    const auto pick = [&](const auto& all) {
        std::vector<double> picked;
        for (const PartClass::Kind kind : classes)
        {
            picked.push_back(all[kind]);
        }
        return picked;
    };
    for (const std::string& rack : GetRacks())
    {
        record.racks.push_back({rack, GetEnergyJ(rack)});
    }
    for (CollectiveEnergy one : m_over)
    {
        one.classJ = pick(one.classJ);
        for (const double energyJ : one.classJ)
        {
            one.socketJ += energyJ;
        }
        record.collectives.push_back(one);
    }
    record.sleeps = CollectSleeps();
    record.rates = CollectRates();
    if (m_trace)
    {
        PowerSeries series;
        series.part = part;
        for (const PowerSample& sample : m_trace->GetSamples())
        {
            series.steps.push_back(
                {sample.fromPs, sample.toPs, pick(sample.classMeanW), sample.meanW});
        }
        record.series.push_back(series);
    }
    return record;
}

} // namespace opticalfabric
} // namespace ns3
