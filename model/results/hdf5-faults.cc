/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "hdf5-faults.h"

#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace ns3
{
namespace opticalfabric
{

using hdf5::Column;
using hdf5::Handle;
using hdf5::Table;
using hdf5::TextWidth;

namespace
{

/**
 * @param ps a time, ps, if there is one
 * @return it, s; NaN if there is none
 */
double
ToSeconds(const std::optional<uint64_t>& ps)
{
    return ps ? PsToSeconds(static_cast<double>(*ps)) : std::numeric_limits<double>::quiet_NaN();
}

/**
 * @param file the file
 * @param faults the schedule's faults
 */
void
WriteFaults(const Handle& file, const std::vector<FaultRecord>& faults)
{
    TextWidth kind;
    TextWidth component;
    TextWidth effect;
    TextWidth mode;
    TextWidth cause;
    TextWidth link;
    for (const FaultRecord& fault : faults)
    {
        kind.Include(fault.kind);
        component.Include(fault.component);
        effect.Include(fault.effect);
        mode.Include(fault.mode);
        cause.Include(fault.cause);
        for (const std::string& name : fault.links)
        {
            link.Include(name);
        }
    }
    Table table(file,
                "faults",
                {kind.MakeColumn("kind"),
                 component.MakeColumn("component"),
                 effect.MakeColumn("effect"),
                 mode.MakeColumn("mode"),
                 cause.MakeColumn("cause"),
                 {"begin", Column::REAL, "s"},
                 {"end", Column::REAL, "s"},
                 {"aftermath", Column::REAL, "s"},
                 {"begun", Column::UNSIGNED, ""},
                 {"links", Column::UNSIGNED, ""}});
    for (const FaultRecord& fault : faults)
    {
        table.Write(fault.kind,
                    fault.component,
                    fault.effect,
                    fault.mode,
                    fault.cause,
                    ToSeconds(fault.beginPs),
                    ToSeconds(fault.endPs),
                    PsToSeconds(static_cast<double>(fault.aftermathPs)),
                    fault.begun,
                    uint64_t{fault.links.size()});
    }
    table.Finish();
    Table links(file, "fault_links", {{"fault", Column::UNSIGNED, ""}, link.MakeColumn("link")});
    for (std::size_t i = 0; i < faults.size(); ++i)
    {
        for (const std::string& name : faults[i].links)
        {
            links.Write(uint64_t{i}, name);
        }
    }
    links.Finish();
}

/**
 * @param effect what faults did to an execution
 * @return places of the faults in the schedule, with blanks between them
 */
std::string
ListFaults(const FaultEffectRecord& effect)
{
    std::string list;
    for (const uint64_t fault : effect.faults)
    {
        list += (list.empty() ? "" : " ") + std::to_string(fault);
    }
    return list;
}

} // namespace

void
WriteFaultTables(const Handle& file, const RunResults& results)
{
    if (!results.hasFaults)
    {
        return;
    }
    WriteFaults(file, results.faults);
    TextWidth collective;
    TextWidth cause;
    TextWidth list;
    for (const FaultEffectRecord& effect : results.faultEffects)
    {
        collective.Include(effect.collective);
        cause.Include(effect.cause);
        list.Include(ListFaults(effect));
    }
    Table table(file,
                "fault_effects",
                {collective.MakeColumn("collective"),
                 {"iteration", Column::UNSIGNED, ""},
                 {"time", Column::REAL, "s"},
                 {"time_without", Column::REAL, "s"},
                 {"difference", Column::REAL, "s"},
                 {"noise", Column::REAL, "s"},
                 cause.MakeColumn("cause"),
                 {"failed_bytes", Column::UNSIGNED, "B"},
                 list.MakeColumn("faults")});
    for (const FaultEffectRecord& effect : results.faultEffects)
    {
        table.Write(effect.collective,
                    effect.iteration,
                    PsToSeconds(static_cast<double>(effect.timePs)),
                    ToSeconds(effect.timeWithoutPs),
                    effect.GetDifferenceS(),
                    effect.noiseS.value_or(std::nan("")),
                    effect.cause,
                    effect.failedBytes,
                    ListFaults(effect));
    }
    table.Finish();
}

} // namespace opticalfabric
} // namespace ns3
