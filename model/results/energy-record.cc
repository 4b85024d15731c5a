/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "energy-record.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param over what is divided
 * @param under what divides it
 * @return the ratio; NaN if there is nothing to divide by
 */
double
Divide(double over, double under)
{
    return under > 0 ? over / under : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

double
EnergyRecord::GetMeanW() const
{
    return Divide(socketJ, static_cast<double>(timePs) / 1e12);
}

double
EnergyRecord::GetPeakW() const
{
    double peakW = std::numeric_limits<double>::quiet_NaN();
    for (const PowerSeries& one : series)
    {
        for (const PowerStep& step : one.steps)
        {
            peakW = std::fmax(peakW, step.socketW);
        }
    }
    return peakW;
}

double
EnergyRecord::GetJoulesPerByte() const
{
    return Divide(socketJ, static_cast<double>(movedBytes));
}

double
ModuleSleepRecord::GetAsleepShare(uint64_t timePs) const
{
    return Divide(asleepS, static_cast<double>(modules) * static_cast<double>(timePs) / 1e12);
}

double
ModuleRateRecord::GetTimeShare(uint64_t timePs) const
{
    return Divide(atRateS, static_cast<double>(modules) * static_cast<double>(timePs) / 1e12);
}

std::string
EnergyRecord::Check() const
{
    const auto explain = [](const std::string& name, double energyJ) {
        return std::isfinite(energyJ) && energyJ >= 0
                   ? ""
                   : "energy of " + name + " is " + std::to_string(energyJ) +
                         " J, allowed is 0 and above; ";
    };
    std::string why = explain("all", socketJ) + explain("the facility", facilityJ) +
                      explain("fans", fansJ) + explain("supplies", suppliesJ);
    for (const EnergyClass& one : classes)
    {
        why += explain(one.name, one.socketJ) + explain("parts of " + one.name, one.partsJ);
    }
    for (const CollectiveEnergy& one : collectives)
    {
        why += explain("collective " + one.collective, one.socketJ);
        if (one.classJ.size() != classes.size())
        {
            why += "collective " + one.collective + ": energies of " +
                   std::to_string(one.classJ.size()) + " classes, allowed are " +
                   std::to_string(classes.size()) + "; ";
        }
    }
    for (const PowerSeries& one : series)
    {
        const bool isWrong =
            std::any_of(one.steps.begin(), one.steps.end(), [&](const PowerStep& step) {
                return step.classW.size() != classes.size() || step.toPs <= step.fromPs;
            });
        why += isWrong ? "power of part " + one.part + ": a step without length or classes; " : "";
    }
    for (const ModuleSleepRecord& one : sleeps)
    {
        const double allS = static_cast<double>(one.modules) * static_cast<double>(timePs) / 1e12;
        const bool isPossible = one.asleepS >= 0 && one.asleepS <= allS * (1 + 1e-9);
        why += isPossible && std::isfinite(one.savedJ)
                   ? ""
                   : "modules " + one.type + " asleep for " + std::to_string(one.asleepS) +
                         " s, allowed is 0 to " + std::to_string(allS) +
                         ", and saved a finite energy; ";
    }
    for (const ModuleRateRecord& one : rates)
    {
        const double allS = static_cast<double>(one.modules) * static_cast<double>(timePs) / 1e12;
        const bool isPossible = one.atRateS >= 0 && one.atRateS <= allS * (1 + 1e-9);
        why += isPossible && std::isfinite(one.savedJ)
                   ? ""
                   : "modules " + one.type + " at a rate for " + std::to_string(one.atRateS) +
                         " s, allowed is 0 to " + std::to_string(allS) +
                         ", and saved a finite energy; ";
    }
    return why.empty() ? why : why.substr(0, why.size() - 2);
}

void
AddEnergy(std::optional<EnergyRecord>& into, const std::optional<EnergyRecord>& from)
{
    if (!from)
    {
        return;
    }
    if (!into)
    {
        into = from;
        return;
    }
    into->timePs += from->timePs;
    for (std::size_t i = 0; i < into->classes.size() && i < from->classes.size(); ++i)
    {
        into->classes[i].partsJ += from->classes[i].partsJ;
        into->classes[i].socketJ += from->classes[i].socketJ;
    }
    for (std::size_t i = 0; i < into->racks.size() && i < from->racks.size(); ++i)
    {
        into->racks[i].socketJ += from->racks[i].socketJ;
    }
    into->collectives.insert(into->collectives.end(),
                             from->collectives.begin(),
                             from->collectives.end());
    into->besidesJ += from->besidesJ;
    into->fansJ += from->fansJ;
    into->suppliesJ += from->suppliesJ;
    into->socketJ += from->socketJ;
    into->facilityJ += from->facilityJ;
    into->movedBytes += from->movedBytes;
    into->alwaysOnPs += from->alwaysOnPs;
    into->alwaysOnJ += from->alwaysOnJ;
    for (std::size_t i = 0; i < into->sleeps.size() && i < from->sleeps.size(); ++i)
    {
        into->sleeps[i].asleepS += from->sleeps[i].asleepS;
        into->sleeps[i].wakeUps += from->sleeps[i].wakeUps;
        into->sleeps[i].savedJ += from->sleeps[i].savedJ;
    }
    for (std::size_t i = 0; i < into->rates.size() && i < from->rates.size(); ++i)
    {
        into->rates[i].atRateS += from->rates[i].atRateS;
        into->rates[i].changes += from->rates[i].changes;
        into->rates[i].savedJ += from->rates[i].savedJ;
    }
    into->series.insert(into->series.end(), from->series.begin(), from->series.end());
}

} // namespace opticalfabric
} // namespace ns3
