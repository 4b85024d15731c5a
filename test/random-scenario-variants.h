/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANDOM_SCENARIO_VARIANTS_H
#define OPTICAL_FABRIC_RANDOM_SCENARIO_VARIANTS_H

#include "random-scenario-distance.h"
#include "random-scenario-lab.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace opticalfabrictest
{

/**
 * @ingroup optical-fabric-tests
 * @brief Runs scenarios that differ from one that has run in a way that says what is to come of it.
 */
class ScenarioVariants : public ScenarioLab
{
  public:
    using ScenarioLab::ScenarioLab;

  protected:
    /// @param scenario a scenario; sets m_packetS
    void FindPacketTime(const Scenario& scenario)
    {
        BuiltFabric fabric = ScenarioBuilder(scenario).BuildFabric();
        m_packetS = GetPacketTimeS(fabric);
        Simulator::Destroy();
        fabric.Dispose();
    }

    /// Hybrid with all by packets is packets. @param scenario scenario @param packet its run
    void CheckAllByPackets(const LinedScenario& scenario, const Outcome& packet)
    {
        if (m_index % 5 != 0)
        {
            return;
        }
        LinedScenario every = scenario;
        every.Drop("hybrid");
        every.Add("hybrid", "packet_every", "1");
        const Outcome hybrid = Run(every, "hybrid", "hybrid, all by packets", "");
        CompareExactly(packet, hybrid, 0, "hybrid with all by packets is packets");
    }

    /// Flows with and without symmetry. @param scenario scenario @param flow its run as flows
    void CheckSymmetry(const LinedScenario& scenario, const Outcome& flow)
    {
        LinedScenario other = scenario;
        other.AddText("faults", "schedule", "faults.csv");
        other.Add("faults", "compare", "false");
        other.Add("schedule", "fault", "");
        const Outcome without = Run(other, "flow", "flow without symmetry", "");
        // A rate that stands for several is rounded otherwise than theirs, and so is the end of
        // each transfer of a rank, which may wait for the one before.
        const RunResults all = without.report ? without.report->Merge() : RunResults();
        const double transfers = static_cast<double>(all.transfers.count) /
                                 static_cast<double>(std::max<uint64_t>(1, all.fabric.endpoints));
        CompareExactly(flow, without, 2 * std::max(1.0, transfers), "symmetry changes nothing");
    }

    /**
     * @param a a run @param b another @param slackPs by how much times may differ, ps
     * @param claim name of the claim that they agree
     */
    void CompareExactly(const Outcome& a,
                        const Outcome& b,
                        double slackPs,
                        const std::string& claim)
    {
        const auto isNear = [slackPs](double x, double y) { return std::abs(x - y) <= slackPs; };
        const auto areNear = [&isNear](uint64_t x, uint64_t y) {
            return isNear(static_cast<double>(x), static_cast<double>(y));
        };
        if (!a.report || !b.report || !a.report->GetUnfinished().empty())
        {
            return;
        }
        const RunResults x = a.report->Merge();
        const RunResults y = b.report->Merge();
        for (std::size_t i = 0; i < std::min(x.collectives.size(), y.collectives.size()); ++i)
        {
            const auto& one = x.collectives[i].iterations;
            const auto& other = y.collectives[i].iterations;
            for (std::size_t k = 0; k < std::min(one.size(), other.size()); ++k)
            {
                if (!areNear(one[k].startPs, other[k].startPs) ||
                    !areNear(one[k].endPs, other[k].endPs))
                {
                    m_reporter.Say('F',
                                   claim + "|" + x.collectives[i].name + " " + std::to_string(k) +
                                       ": ends at " + std::to_string(one[k].endPs) + " and " +
                                       std::to_string(other[k].endPs) + " ps");
                    return;
                }
            }
        }
        if (x.transfers.count != y.transfers.count ||
            !areNear(x.transferLatency.GetMax(), y.transferLatency.GetMax()) ||
            !areNear(x.transferLatency.GetMin(), y.transferLatency.GetMin()) ||
            !isNear(x.transferLatency.GetMean(), y.transferLatency.GetMean()))
        {
            m_reporter.Say('F', claim + "|latencies of transfers");
        }
    }

    /// Power is never below that of a fabric that idles. @param scenario scenario @param run its
    /// run
    void CheckIdle(const LinedScenario& scenario, const Outcome& run)
    {
        LinedScenario idle = scenario;
        for (const std::string& section : scenario.GetSections())
        {
            if (section.find("collective ") == 0)
            {
                idle.Drop(section);
            }
        }
        idle.AddText("collective 0", "kind", "barrier");
        idle.AddText("collective 0", "start", "10ms");
        const Outcome outcome = Run(idle, "flow", "flow that idles", "");
        if (!outcome.report)
        {
            return;
        }
        const auto& parts = outcome.report->GetParts();
        const double floorW = parts.back().results.energy->GetMeanW();
        for (const RunPart& part : run.report->GetParts())
        {
            if (part.results.energy && part.results.energy->timePs > 0 &&
                part.results.energy->GetMeanW() < floorW * (1 - 1e-5))
            {
                m_reporter.Say('F',
                               "power is at least that of idling|" +
                                   std::to_string(part.results.energy->GetMeanW()) + " W below " +
                                   std::to_string(floorW));
            }
        }
    }

    /// @param scenario scenario @param outcomes what came of it by engine
    void CheckMore(const LinedScenario& scenario, const std::map<std::string, Outcome>& outcomes)
    {
        const Outcome& flow = outcomes.at("flow");
        const Outcome& packet = outcomes.at("packet");
        const bool hasPower = scenario.Get("power", "enabled") == "true" &&
                              scenario.Get("power", "module_policy").empty() &&
                              !flow.scenario.faults.isThere;
        if (hasPower && flow.report && flow.scenario.timeLimitPs == 0)
        {
            CheckIdle(scenario, m_index % 2 == 0 ? flow : packet);
        }
        const bool isQuiet = !flow.scenario.faults.isThere && flow.scenario.optics.empty() &&
                             flow.scenario.timeLimitPs == 0 && !scenario.Has("power");
        if (!isQuiet)
        {
            return;
        }
        if (m_index % 3 == 0)
        {
            CheckFaster(scenario, flow);
        }
        if (m_index % 3 == 1)
        {
            CheckDegraded(scenario, flow);
        }
        if (m_index % 4 >= 2)
        {
            CheckSymmetry(scenario, flow);
        }
        if (m_index % 3 == 2)
        {
            CheckLater(scenario);
        }
    }

    /// @param results a run @return whether executions were under way at once, or followed at once
    static bool OverlapsAny(const RunResults& results)
    {
        std::vector<std::pair<uint64_t, uint64_t>> executions;
        for (const CollectiveRecord& record : results.collectives)
        {
            for (const CollectiveIteration& one : record.iterations)
            {
                executions.emplace_back(one.startPs, one.endPs);
            }
        }
        std::sort(executions.begin(), executions.end());
        return std::adjacent_find(executions.begin(),
                                  executions.end(),
                                  [](const auto& one, const auto& next) {
                                      return next.first <= one.second;
                                  }) != executions.end();
    }

    /// Twice the rate of all links is never slower. @param scenario scenario @param flow its run
    void CheckFaster(const LinedScenario& scenario, const Outcome& flow)
    {
        // What is under way at once may take longer for whatever ends earlier (Graham, Bounds on
        // Multiprocessing Timing Anomalies, SIAM J. Appl. Math. 17, 1969).
        if (!flow.report || OverlapsAny(flow.report->Merge()))
        {
            return;
        }
        LinedScenario faster = scenario;
        std::vector<std::pair<std::string, std::string>> rates{{"link_rate", "400Gbps"},
                                                               {"uplink_rate", "400Gbps"}};
        if (flow.scenario.fabricKind == "cloud-matrix")
        {
            rates = {{"die_link_rate", "224Gbps"},
                     {"cpu_link_rate", "183Gbps"},
                     {"uplink_rate", "224Gbps"}};
            if (scenario.Get("fabric", "scale_out") != "false")
            {
                rates.push_back({"rdma_link_rate", "400Gbps"});
            }
        }
        else if (flow.scenario.fabricKind == "nvl72")
        {
            rates = {{"link_rate", "400Gbps"}};
        }
        for (const auto& [key, usual] : rates)
        {
            const std::string said = scenario.Get("fabric", key);
            const std::string& rate = said.empty() ? usual : said;
            const std::string unit = rate.substr(rate.size() - 4);
            std::ostringstream twice;
            twice << '"' << 2 * std::stod(rate) << unit << '"';
            faster.Set("fabric", key, twice.str());
        }
        const Outcome outcome = Run(faster, "flow", "flow at twice the rate", "");
        CompareTimes(flow, outcome, 0.01, 1000, "twice the rate is not slower");
    }

    /**
     * @param slow a run @param fast one that is not to be slower
     * @param share share of the time that it may be slower @param slackPs time likewise, ps
     * @param claim name of the claim
     */
    void CompareTimes(const Outcome& slow,
                      const Outcome& fast,
                      double share,
                      double slackPs,
                      const std::string& claim,
                      const std::string& what = "")
    {
        if (!slow.report || !fast.report)
        {
            return;
        }
        const RunResults a = slow.report->Merge();
        const RunResults b = fast.report->Merge();
        for (std::size_t i = 0; i < std::min(a.collectives.size(), b.collectives.size()); ++i)
        {
            const double slowS = a.collectives[i].GetMeanTimeS();
            const double fastS = b.collectives[i].GetMeanTimeS();
            if (fastS > slowS * (1 + share) + slackPs * 1e-12)
            {
                std::ostringstream os;
                os.precision(9);
                os << claim << '|' << what << a.collectives[i].name << ' ' << a.collectives[i].kind
                   << ' ' << slowS << " becomes " << fastS;
                m_reporter.Say('F', os.str());
            }
            if (slowS > 0)
            {
                m_reporter.Say('M', claim + "|" + std::to_string(fastS / slowS - 1));
            }
        }
    }

    /// @param link name of a link @return whether it ends at an endpoint
    static bool IsOfEndpoint(const std::string& link)
    {
        for (const std::string part : {"endpoint-", "/die", "/npu", "/cpu", "/gpu", "npu-"})
        {
            if (link.find(part) != std::string::npos)
            {
                return true;
            }
        }
        return false;
    }

    /// A link at a tenth of its rate is not slower than none. @param scenario scenario
    /// @param flow its run
    void CheckDegraded(const LinedScenario& scenario, const Outcome& flow)
    {
        // What is at once is far from packets already, and not compared with a fault on top.
        if (!flow.report || OverlapsAny(flow.report->Merge()))
        {
            return;
        }
        LinedScenario dead = scenario;
        dead.Set("network", "detection_delay", "\"0ns\"");
        dead.Set("network", "convergence_delay", "\"0ns\"");
        dead.AddText("faults", "schedule", "faults.csv");
        dead.Add("faults", "compare", "false");
        m_reporter.Say('P', "names of links");
        const auto places = ListPlaces(dead);
        if (!places)
        {
            return;
        }
        std::vector<std::string> links;
        for (const FaultPlace& place : *places)
        {
            // Short transfers put as much on a slow port as on any, by packets too: without it they
            // may take less.
            if (place.kind == "link" && !IsOfEndpoint(place.component))
            {
                links.push_back(place.component);
            }
        }
        if (links.empty())
        {
            return;
        }
        ScenarioDice dice(m_seed + 77, m_index);
        const std::string link = dice.Pick(links);
        LinedScenario slow = dead;
        dead.Add("schedule", "fault", "0ns,link," + link + ",link-down,repair,0,,");
        slow.Add("schedule", "fault", "0ns,link," + link + ",rate-reduced share=0.9,repair,0,,");
        const Outcome without = Run(dead, "flow", "flow with a dead link", "");
        const Outcome with = Run(slow, "flow", "flow with a slow link", "");
        const bool isWhole = without.report && without.report->GetUnfinished().empty() &&
                             without.report->Merge().transfers.failedBytes == 0;
        if (!isWhole || !with.report)
        {
            return;
        }
        // Routes that do not look at the load keep to the slow link, and leave the dead one.
        const RunResults none = without.report->Merge();
        const RunResults some = with.report->Merge();
        bool isSlower = false;
        for (std::size_t i = 0; i < none.collectives.size(); ++i)
        {
            isSlower = isSlower || some.collectives[i].GetMeanTimeS() >
                                       1.01 * none.collectives[i].GetMeanTimeS() + 1e-9;
        }
        if (isSlower)
        {
            const Outcome packets = Run(slow, "packet", "packets with a slow link", "");
            CompareTimes(packets,
                         with,
                         0.25,
                         40e12 * m_packetS, // a few packets on the slow link

                         "a slow link is no slower for flows than for packets",
                         link + ": ");
        }
    }

    /// Everything a microsecond later takes as long. @param scenario scenario
    void CheckLater(const LinedScenario& scenario)
    {
        LinedScenario early = scenario;
        LinedScenario late = scenario;
        for (const std::string& section : scenario.GetSections())
        {
            if (section.find("collective ") == 0 && section.find('.') == std::string::npos)
            {
                early.Set(section, "start", "\"5us\"");
                late.Set(section, "start", "\"7us\"");
            }
        }
        const std::string fidelity = m_index % 2 == 0 ? "packet" : "flow";
        const Outcome one = Run(early, fidelity, fidelity + " at 5 us", "");
        const Outcome two = Run(late, fidelity, fidelity + " at 7 us", "");
        if (one.report && two.report)
        {
            const RunResults a = one.report->Merge();
            const RunResults b = two.report->Merge();
            for (std::size_t i = 0; i < a.collectives.size(); ++i)
            {
                for (std::size_t k = 0; k < a.collectives[i].iterations.size(); ++k)
                {
                    const auto& x = a.collectives[i].iterations[k];
                    const auto& y = b.collectives[i].iterations[k];
                    if (x.endPs - x.startPs != y.endPs - y.startPs)
                    {
                        m_reporter.Say('F',
                                       "later takes as long|" + fidelity + " " +
                                           a.collectives[i].name + ": " +
                                           std::to_string(x.endPs - x.startPs) + " and " +
                                           std::to_string(y.endPs - y.startPs) + " ps");
                    }
                }
            }
        }
    }
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_RANDOM_SCENARIO_VARIANTS_H */
