/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-report.h"

#include "run-report-table.h"

#include "ns3/hdf5-result-writer.h"
#include "ns3/summary-writer.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param results what to write
 * @param prefix begins the path of each file
 * @param writesHdf5 whether to write results.h5
 * @param files gets the files
 * @return what failed
 */
std::string
WriteFiles(const RunResults& results,
           const std::string& prefix,
           bool writesHdf5,
           AtomicFiles& files)
{
    if (writesHdf5 && HasHdf5())
    {
        const WriteOutcome outcome = WriteHdf5Results(results, prefix + "results.h5", files);
        if (!outcome.IsOk())
        {
            return outcome.error;
        }
    }
    const WriteOutcome facts = WriteVolatileFile(results, prefix + "volatile.json", files);
    return facts.IsOk() ? WriteSummaryFile(results, prefix + "summary.json", files).error
                        : facts.error;
}

/**
 * Write a file that not every run has, or have that of an earlier run taken away.
 *
 * @param path where
 * @param text its content; empty if there is to be no such file
 * @param files gets the file
 * @return what failed
 */
std::string
WriteOrRemove(const std::string& path, const std::string& text, AtomicFiles& files)
{
    if (text.empty())
    {
        files.Remove(path);
        return "";
    }
    return files.Add(path, text).error;
}

/**
 * Say beside the results that they are not all, or no longer say so.
 *
 * @param prefix begins the path of the file
 * @param unfinished why; empty if they are
 * @param files gets the file
 * @return what failed
 */
std::string
WriteUnfinished(const std::string& prefix, const std::string& unfinished, AtomicFiles& files)
{
    const std::string text = unfinished.empty() ? "" : unfinished + "\n";
    return WriteOrRemove(prefix + "incomplete.txt", text, files);
}

/**
 * @param into what to add to
 * @param from what to add
 */
void
AddCounters(RunResults& into, const RunResults& from)
{
    into.facts.setupS += from.facts.setupS;
    into.facts.wallS += from.facts.wallS;
    into.facts.peakRssBytes = std::max(into.facts.peakRssBytes, from.facts.peakRssBytes);
    into.engine.packets += from.engine.packets;
    into.engine.packetHops += from.engine.packetHops;
    into.engine.packetTransfers += from.engine.packetTransfers;
    into.engine.flowTransfers += from.engine.flowTransfers;
    into.engine.events += from.engine.events;
    into.transfers.sentBytes += from.transfers.sentBytes;
    into.transfers.receivedBytes += from.transfers.receivedBytes;
    into.transfers.failedBytes += from.transfers.failedBytes;
    into.transfers.count += from.transfers.count;
    into.transfers.failedCount += from.transfers.failedCount;
    into.links.retries += from.links.retries;
    into.links.linkDowns += from.links.linkDowns;
    into.links.lostPackets += from.links.lostPackets;
    into.links.resentPackets += from.links.resentPackets;
    AddOptics(into.optics, from.optics);
    AddEnergy(into.energy, from.energy);
    into.survey.insert(into.survey.end(), from.survey.begin(), from.survey.end());
    into.hasFaults = into.hasFaults || from.hasFaults;
    AddFaults(into.faults, from.faults);
    into.faultEffects.insert(into.faultEffects.end(),
                             from.faultEffects.begin(),
                             from.faultEffects.end());
    into.packetLatency.Merge(from.packetLatency);
    into.transferLatency.Merge(from.transferLatency);
    into.packetTransferLatency.Merge(from.packetTransferLatency);
    into.collectiveLatency.Merge(from.collectiveLatency);
    into.breakdown.Merge(from.breakdown);
    into.collectives.insert(into.collectives.end(),
                            from.collectives.begin(),
                            from.collectives.end());
    AddWarnings(into.warnings, from.warnings);
    into.provenance.streams.insert(into.provenance.streams.end(),
                                   from.provenance.streams.begin(),
                                   from.provenance.streams.end());
}

} // namespace

RunReport::RunReport(const std::string& title)
    : m_title(title)
{
}

void
RunReport::AddPart(RunPart part)
{
    m_parts.push_back(std::move(part));
}

void
RunReport::SetFaultSchedule(const std::string& text)
{
    m_faultSchedule = text;
}

const std::vector<RunPart>&
RunReport::GetParts() const
{
    return m_parts;
}

RunResults
RunReport::Merge() const
{
    if (m_parts.empty())
    {
        return RunResults();
    }
    RunResults all = m_parts.front().results;
    for (std::size_t i = 1; i < m_parts.size(); ++i)
    {
        AddCounters(all, m_parts[i].results);
        all.ports = nullptr;
    }
    return all;
}

std::string
RunReport::GetUnfinished() const
{
    std::string all;
    for (const RunPart& part : m_parts)
    {
        if (!part.unfinished.empty())
        {
            all += (all.empty() ? "" : "\n") + part.name + ": " + part.unfinished;
        }
    }
    return all;
}

std::string
RunReport::GetLosses() const
{
    TransferTotals all;
    for (const RunPart& part : m_parts)
    {
        all.count += part.results.transfers.count;
        all.failedCount += part.results.transfers.failedCount;
        all.failedBytes += part.results.transfers.failedBytes;
    }
    return all.failedCount == 0 ? ""
                                : FormatCount(all.failedCount) + " of " + FormatCount(all.count) +
                                      " transfers failed: " + FormatBytes(all.failedBytes) +
                                      " of payload lost for good";
}

std::string
RunReport::Write(const std::string& prefix, bool writesHdf5) const
{
    namespace fs = std::filesystem;
    const fs::path root = prefix + "parts";
    AtomicFiles files;
    std::string failure;
    std::error_code error;
    for (const RunPart& part : m_parts)
    {
        if (m_parts.size() == 1 || !failure.empty())
        {
            break;
        }
        const std::string below = (root / part.name).string() + "/";
        fs::create_directories(below, error);
        if (error)
        {
            failure = "cannot make the directory " + below + ": " + error.message();
            break;
        }
        failure = WriteFiles(part.results, below, writesHdf5, files);
        failure = failure.empty() ? WriteUnfinished(below, part.unfinished, files) : failure;
    }
    if (failure.empty())
    {
        failure = WriteUnfinished(prefix, GetUnfinished(), files);
    }
    if (failure.empty())
    {
        failure = WriteOrRemove(prefix + "faults.csv", m_faultSchedule, files);
    }
    if (failure.empty())
    {
        failure = WriteFiles(Merge(), prefix, writesHdf5, files);
    }
    if (failure.empty())
    {
        failure = files.Commit().error;
    }
    if (!failure.empty())
    {
        files.Discard();
        for (const RunPart& part : m_parts)
        {
            fs::remove(root / part.name, error); // refused by the system unless empty
        }
        fs::remove(root, error);
    }
    return failure;
}

void
RunReport::Print(std::ostream& os, uint32_t width) const
{
    PrintReport(m_title, m_parts, Merge(), width, os);
}

} // namespace opticalfabric
} // namespace ns3
