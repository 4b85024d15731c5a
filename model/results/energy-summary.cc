/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "energy-summary.h"

#include <map>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// All executions of a collective together.
struct CollectiveSum
{
    uint64_t finished{0};       ///< executions that ended
    uint64_t unfinished{0};     ///< executions that the end of the run cut off
    std::vector<double> classJ; ///< energy of each class, J
    double socketJ{0};          ///< energy of all classes, J
    double finishedJ{0};        ///< of it, that of executions that ended, J
    uint64_t movedBytes{0};     ///< payload that arrived, bytes
};

/**
 * @param json where, in an object
 * @param record what a run drew
 */
void
WriteCollectives(JsonWriter& json, const EnergyRecord& record)
{
    std::vector<std::string> names; // in the order of their first ends
    std::map<std::string, CollectiveSum> sums;
    for (const CollectiveEnergy& one : record.collectives)
    {
        if (sums.count(one.collective) == 0)
        {
            names.push_back(one.collective);
            sums[one.collective].classJ.resize(record.classes.size());
        }
        CollectiveSum& sum = sums[one.collective];
        ++(one.isFinished ? sum.finished : sum.unfinished);
        sum.socketJ += one.socketJ;
        sum.finishedJ += one.isFinished ? one.socketJ : 0;
        sum.movedBytes += one.movedBytes;
        for (std::size_t i = 0; i < sum.classJ.size(); ++i)
        {
            sum.classJ[i] += one.classJ[i];
        }
    }
    json.Key("collectives");
    json.BeginArray();
    for (const std::string& name : names)
    {
        const CollectiveSum& sum = sums[name];
        json.BeginObject();
        json.Member("name", name);
        json.Member("iterations", sum.finished);
        json.Member("unfinished_iterations", sum.unfinished);
        json.Member("socket_J", sum.socketJ);
        json.Member("moved_bytes", sum.movedBytes);
        json.Member("socket_J_per_byte",
                    sum.movedBytes > 0
                        ? std::optional<double>(sum.finishedJ / static_cast<double>(sum.movedBytes))
                        : std::nullopt);
        json.Key("class_socket_J");
        json.BeginObject();
        for (std::size_t i = 0; i < sum.classJ.size(); ++i)
        {
            json.Member(record.classes[i].name, sum.classJ[i]);
        }
        json.EndObject();
        json.EndObject();
    }
    json.EndArray();
}

/**
 * @param json where, in an object
 * @param record what a run drew
 */
void
WriteSleeps(JsonWriter& json, const EnergyRecord& record)
{
    json.Key("sleep");
    json.BeginArray();
    for (const ModuleSleepRecord& one : record.sleeps)
    {
        json.BeginObject();
        json.Member("network", one.network);
        json.Member("rack", one.rack);
        json.Member("module", one.type);
        json.Member("modules", one.modules);
        json.Member("asleep_s", one.asleepS);
        json.Member("asleep_share", one.GetAsleepShare(record.timePs));
        json.Member("wake_ups", one.wakeUps);
        json.Member("saved_socket_J", one.savedJ);
        json.EndObject();
    }
    json.EndArray();
}

/**
 * @param json where, in an object
 * @param record what a run drew
 */
void
WriteRates(JsonWriter& json, const EnergyRecord& record)
{
    json.Key("rates");
    json.BeginArray();
    for (const ModuleRateRecord& one : record.rates)
    {
        json.BeginObject();
        json.Member("network", one.network);
        json.Member("rack", one.rack);
        json.Member("module", one.type);
        json.Member("modules", one.modules);
        json.Member("rate_share", one.rateShare);
        json.Member("at_rate_s", one.atRateS);
        json.Member("time_share", one.GetTimeShare(record.timePs));
        json.Member("changes", one.changes);
        json.Member("saved_socket_J", one.savedJ);
        json.EndObject();
    }
    json.EndArray();
}

} // namespace

void
WriteEnergySummary(JsonWriter& json, const EnergyRecord& record)
{
    json.Key("energy");
    json.BeginObject();
    json.Member("time_s", static_cast<double>(record.timePs) / 1e12);
    json.Member("socket_J", record.socketJ);
    json.Member("facility_J", record.facilityJ);
    json.Member("fans_J", record.fansJ);
    json.Member("supplies_J", record.suppliesJ);
    json.Member("pue", record.pue);
    json.Member("mean_W", record.GetMeanW());
    json.Member("peak_W", record.GetPeakW());
    json.Member("moved_bytes", record.movedBytes);
    json.Member("socket_J_per_byte", record.GetJoulesPerByte());
    json.Key("classes");
    json.BeginArray();
    for (const EnergyClass& one : record.classes)
    {
        json.BeginObject();
        json.Member("class", one.name);
        json.Member("parts", one.parts);
        json.Member("mark", one.mark);
        json.Member("parts_J", one.partsJ);
        json.Member("socket_J", one.socketJ);
        json.EndObject();
    }
    json.EndArray();
    json.Key("racks");
    json.BeginArray();
    for (const EnergyRack& one : record.racks)
    {
        json.BeginObject();
        json.Member("rack", one.name);
        json.Member("socket_J", one.socketJ);
        json.EndObject();
    }
    json.EndArray();
    WriteCollectives(json, record);
    json.Member("besides_collectives_J", record.besidesJ);
    if (!record.sleeps.empty())
    {
        WriteSleeps(json, record);
    }
    if (!record.rates.empty())
    {
        WriteRates(json, record);
    }
    if (record.alwaysOnPs > 0)
    {
        json.Key("always_on");
        json.BeginObject();
        json.Member("time_s", static_cast<double>(record.alwaysOnPs) / 1e12);
        json.Member("socket_J", record.alwaysOnJ);
        json.EndObject();
    }
    json.EndObject();
}

} // namespace opticalfabric
} // namespace ns3
