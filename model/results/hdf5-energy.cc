/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "hdf5-energy.h"

namespace ns3
{
namespace opticalfabric
{

using hdf5::Column;
using hdf5::Handle;
using hdf5::MakeGroup;
using hdf5::SetAttribute;
using hdf5::Table;
using hdf5::TextWidth;

namespace
{

/**
 * @param group group /energy
 * @param record what a run drew
 */
void
WriteClasses(const Handle& group, const EnergyRecord& record)
{
    TextWidth nameWidth;
    TextWidth markWidth;
    for (const EnergyClass& one : record.classes)
    {
        nameWidth.Include(one.name);
        markWidth.Include(one.mark);
    }
    Table table(group,
                "classes",
                {nameWidth.MakeColumn("class"),
                 {"parts", Column::UNSIGNED, ""},
                 markWidth.MakeColumn("mark"),
                 {"parts_energy", Column::REAL, "J"},
                 {"socket_energy", Column::REAL, "J"}});
    for (const EnergyClass& one : record.classes)
    {
        table.Write(one.name, one.parts, one.mark, one.partsJ, one.socketJ);
    }
    table.Finish();
}

/**
 * @param group group /energy
 * @param record what a run drew
 */
void
WriteRacks(const Handle& group, const EnergyRecord& record)
{
    TextWidth nameWidth;
    for (const EnergyRack& one : record.racks)
    {
        nameWidth.Include(one.name);
    }
    Table table(group,
                "racks",
                {nameWidth.MakeColumn("rack"), {"socket_energy", Column::REAL, "J"}});
    for (const EnergyRack& one : record.racks)
    {
        table.Write(one.name, one.socketJ);
    }
    table.Finish();
}

/**
 * @param group group /energy
 * @param record what a run drew
 */
void
WriteCollectives(const Handle& group, const EnergyRecord& record)
{
    TextWidth nameWidth;
    for (const CollectiveEnergy& one : record.collectives)
    {
        nameWidth.Include(one.collective);
    }
    std::vector<Column> columns{nameWidth.MakeColumn("name"),
                                {"iteration", Column::UNSIGNED, ""},
                                {"is_finished", Column::UNSIGNED, ""},
                                {"start_ps", Column::UNSIGNED, "ps"},
                                {"end_ps", Column::UNSIGNED, "ps"},
                                {"moved_bytes", Column::UNSIGNED, "B"},
                                {"socket_energy", Column::REAL, "J"}};
    for (const EnergyClass& one : record.classes)
    {
        columns.push_back({one.name + "_socket_energy", Column::REAL, "J"});
    }
    Table table(group, "collectives", columns);
    for (const CollectiveEnergy& one : record.collectives)
    {
        table.Write(one.collective,
                    one.iteration,
                    uint64_t{one.isFinished},
                    one.startPs,
                    one.endPs,
                    one.movedBytes,
                    one.socketJ);
        for (const double energyJ : one.classJ)
        {
            table.Write(energyJ);
        }
    }
    table.Finish();
}

/**
 * @tparam T record of a line of modules
 * @param lines all of them
 * @param more columns behind those that say which modules
 * @return all columns
 */
template <typename T>
std::vector<Column>
MakeModuleColumns(const std::vector<T>& lines, const std::vector<Column>& more)
{
    TextWidth networkWidth;
    TextWidth rackWidth;
    TextWidth typeWidth;
    for (const T& one : lines)
    {
        networkWidth.Include(one.network);
        rackWidth.Include(one.rack);
        typeWidth.Include(one.type);
    }
    std::vector<Column> columns{networkWidth.MakeColumn("network"),
                                rackWidth.MakeColumn("rack"),
                                typeWidth.MakeColumn("module"),
                                {"modules", Column::UNSIGNED, ""}};
    columns.insert(columns.end(), more.begin(), more.end());
    return columns;
}

/**
 * @param group group /energy
 * @param record what a run drew
 */
void
WriteSleeps(const Handle& group, const EnergyRecord& record)
{
    Table table(group,
                "sleep",
                MakeModuleColumns(record.sleeps,
                                  {{"asleep", Column::REAL, "s"},
                                   {"wake_ups", Column::UNSIGNED, ""},
                                   {"saved_socket_energy", Column::REAL, "J"}}));
    for (const ModuleSleepRecord& one : record.sleeps)
    {
        table.Write(one.network,
                    one.rack,
                    one.type,
                    one.modules,
                    one.asleepS,
                    one.wakeUps,
                    one.savedJ);
    }
    table.Finish();
}

/**
 * @param group group /energy
 * @param record what a run drew
 */
void
WriteRates(const Handle& group, const EnergyRecord& record)
{
    Table table(group,
                "rates",
                MakeModuleColumns(record.rates,
                                  {{"rate_share", Column::REAL, ""},
                                   {"at_rate", Column::REAL, "s"},
                                   {"changes", Column::UNSIGNED, ""},
                                   {"saved_socket_energy", Column::REAL, "J"}}));
    for (const ModuleRateRecord& one : record.rates)
    {
        table.Write(one.network,
                    one.rack,
                    one.type,
                    one.modules,
                    one.rateShare,
                    one.atRateS,
                    one.changes,
                    one.savedJ);
    }
    table.Finish();
}

/**
 * @param file the file
 * @param record what a run drew
 */
void
WritePowerTrace(const Handle& file, const EnergyRecord& record)
{
    TextWidth partWidth;
    TextWidth classWidth;
    for (const PowerSeries& one : record.series)
    {
        partWidth.Include(one.part);
    }
    for (const EnergyClass& one : record.classes)
    {
        classWidth.Include(one.name);
    }
    Table table(file,
                "power_trace",
                {partWidth.MakeColumn("part"),
                 {"from_ps", Column::UNSIGNED, "ps"},
                 {"to_ps", Column::UNSIGNED, "ps"},
                 classWidth.MakeColumn("class"),
                 {"power", Column::REAL, "W"}});
    for (const PowerSeries& one : record.series)
    {
        for (const PowerStep& step : one.steps)
        {
            for (std::size_t i = 0; i < step.classW.size(); ++i)
            {
                table.Write(one.part,
                            step.fromPs,
                            step.toPs,
                            record.classes[i].name,
                            step.classW[i]);
            }
        }
    }
    table.Finish();
}

} // namespace

void
WriteEnergyGroup(const Handle& file, const EnergyRecord& record)
{
    const Handle group = MakeGroup(file, "energy");
    SetAttribute(group, "time_ps", record.timePs);
    SetAttribute(group, "socket_J", record.socketJ);
    SetAttribute(group, "facility_J", record.facilityJ);
    SetAttribute(group, "fans_J", record.fansJ);
    SetAttribute(group, "supplies_J", record.suppliesJ);
    SetAttribute(group, "besides_collectives_J", record.besidesJ);
    SetAttribute(group, "pue", record.pue);
    SetAttribute(group, "moved_bytes", record.movedBytes);
    WriteClasses(group, record);
    WriteRacks(group, record);
    WriteCollectives(group, record);
    if (!record.sleeps.empty())
    {
        WriteSleeps(group, record);
    }
    if (!record.rates.empty())
    {
        WriteRates(group, record);
    }
    if (record.alwaysOnPs > 0)
    {
        SetAttribute(group, "always_on_time_ps", record.alwaysOnPs);
        SetAttribute(group, "always_on_socket_J", record.alwaysOnJ);
    }
    WritePowerTrace(file, record);
}

} // namespace opticalfabric
} // namespace ns3
