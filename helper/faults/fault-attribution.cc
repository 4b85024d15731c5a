/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-attribution.h"

#include "ns3/mean-interval.h"

#include <cmath>
#include <optional>
#include <string>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double CONFIDENCE = 0.95; ///< that noise is less than what is taken for it

/**
 * @param record executions of a collective without faults
 * @return how much two such executions differ at most, s; nothing if there are not two
 */
std::optional<double>
GetNoiseS(const CollectiveRecord& record)
{
    const std::vector<CollectiveIteration>& runs = record.iterations;
    if (runs.size() < 2)
    {
        return {};
    }
    // Of neighbors, so that a drift, which both runs have, is no noise (von Neumann, Annals of
    // Mathematical Statistics 12, 1941), with as many degrees of freedom as their squares have.
    double squares = 0;
    for (std::size_t i = 1; i < runs.size(); ++i)
    {
        const auto time = static_cast<double>(runs[i].endPs - runs[i].startPs);
        const auto before = static_cast<double>(runs[i - 1].endPs - runs[i - 1].startPs);
        squares += (time - before) * (time - before);
    }
    const std::size_t n = runs.size();
    const auto degrees = static_cast<uint64_t>(2 * (n - 1) * (n - 1) / (3 * n - 4));
    return StudentScore(CONFIDENCE, degrees) * std::sqrt(squares / static_cast<double>(n - 1)) /
           1e12;
}

/**
 * @param effect what is known of an execution
 * @param iteration the execution
 * @param faults faults of the schedule
 * @return what its difference is put down to, as FaultEffectRecord has it
 */
std::string
FindCause(const FaultEffectRecord& effect,
          const CollectiveIteration& iteration,
          const std::vector<FaultRecord>& faults)
{
    if (!effect.timeWithoutPs)
    {
        return "";
    }
    const double differenceS = std::abs(effect.GetDifferenceS());
    if (differenceS == 0)
    {
        return "none";
    }
    bool hasBegun = false;
    bool holds = false;
    for (const FaultRecord& fault : faults)
    {
        const bool begins = fault.beginPs && *fault.beginPs <= iteration.endPs;
        hasBegun = hasBegun || begins;
        holds = holds || (begins && (!fault.endPs || *fault.endPs >= iteration.startPs));
    }
    if (!hasBegun || (effect.noiseS && differenceS <= *effect.noiseS))
    {
        return "noise";
    }
    return std::string(holds ? "faults" : "aftermath") + (effect.noiseS ? "" : " or noise");
}

} // namespace

std::vector<FaultEffectRecord>
AttributeFaults(const std::vector<FaultRecord>& faults,
                const std::vector<CollectiveRecord>& with,
                const std::vector<CollectiveRecord>& without)
{
    std::vector<FaultEffectRecord> effects;
    for (std::size_t c = 0; c < with.size(); ++c)
    {
        const std::optional<double> noiseS =
            c < without.size() ? GetNoiseS(without[c]) : std::optional<double>();
        for (std::size_t i = 0; i < with[c].iterations.size(); ++i)
        {
            const CollectiveIteration& iteration = with[c].iterations[i];
            FaultEffectRecord effect;
            effect.collective = with[c].name;
            effect.iteration = i;
            effect.timePs = iteration.endPs - iteration.startPs;
            effect.failedBytes = iteration.failedBytes;
            effect.noiseS = noiseS;
            if (c < without.size() && i < without[c].iterations.size())
            {
                const CollectiveIteration& other = without[c].iterations[i];
                effect.timeWithoutPs = other.endPs - other.startPs;
            }
            for (std::size_t f = 0; f < faults.size(); ++f)
            {
                if (faults[f].IsActive(iteration.startPs, iteration.endPs))
                {
                    effect.faults.push_back(f);
                }
            }
            effect.cause = FindCause(effect, iteration, faults);
            effects.push_back(effect);
        }
    }
    return effects;
}

} // namespace opticalfabric
} // namespace ns3
