/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "random-scenario-examiner.h"

#include "random-scenario-claims.h"
#include "random-scenario-distance.h"
#include "random-scenario-variants.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

namespace opticalfabrictest
{

namespace
{

/// @return time of the processor that this process has had, s
double
GetCpuS()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

/// Runs one scenario in all ways and says what does not hold.
class Examiner : public ScenarioVariants
{
  public:
    using ScenarioVariants::ScenarioVariants;

    /**
     * @param scenario scenario
     * @param index its number
     * @param isNew whether its faults are still to be drawn
     */
    void Examine(LinedScenario scenario, uint64_t index, bool isNew)
    {
        m_index = index;
        if (isNew && WantsSchedule(scenario) && !DrawFaults(scenario))
        {
            m_reporter.Say('X', "");
            return;
        }
        std::map<std::string, Outcome> outcomes;
        uint32_t refused = 0;
        for (const std::string fidelity : {"packet", "flow", "hybrid"})
        {
            const double begin = GetCpuS();
            Outcome outcome = Run(scenario, fidelity, fidelity, "");
            m_reporter.Say('T', fidelity + " " + std::to_string(GetCpuS() - begin));
            if (!outcome.refusal.empty())
            {
                ++refused;
                CheckRefusal(outcome.refusal);
            }
            else
            {
                Tell(fidelity, CheckRun(outcome.scenario, *outcome.report));
                for (const RunPart& part : outcome.report->GetParts())
                {
                    if (!part.unfinished.empty())
                    {
                        m_reporter.Say('U', fidelity + ": " + part.unfinished);
                    }
                }
            }
            outcomes[fidelity] = std::move(outcome);
        }
        if (refused == 3)
        {
            m_reporter.Say('X', "");
        }
        if (refused > 0)
        {
            const bool isHybridOnly =
                refused == 1 && !outcomes.at("hybrid").refusal.empty() && scenario.Has("power");
            if (refused < 3 && !isHybridOnly)
            {
                m_reporter.Say('F', "refused by all engines or none|" + std::to_string(refused));
            }
            if (!isHybridOnly)
            {
                return;
            }
        }
        if (refused == 0)
        {
            FindPacketTime(outcomes.at("packet").scenario);
            Compare(scenario, outcomes);
            CheckRepeats(scenario, outcomes);
            CheckAllByPackets(scenario, outcomes.at("packet"));
        }
        CheckMore(scenario, outcomes);
    }

  private:
    /// @param scenario wants a schedule; gets one @return whether it can be built
    bool DrawFaults(LinedScenario& scenario)
    {
        m_reporter.Say('P', "names of components");
        const auto places = ListPlaces(scenario);
        if (!places)
        {
            return false;
        }
        AddSchedule(scenario, *places, m_seed, m_index);
        for (const ScenarioLine& line : scenario.GetLines())
        {
            if (line.section == "schedule")
            {
                m_reporter.Say('L', line.value);
            }
        }
        return true;
    }

    /// @param scenario scenario @param outcomes what came of it by engine
    void Compare(const LinedScenario& scenario, const std::map<std::string, Outcome>& outcomes)
    {
        const Outcome& packet = outcomes.at("packet");
        const bool isTrouble = packet.scenario.faults.isThere || !packet.scenario.optics.empty() ||
                               packet.scenario.timeLimitPs > 0;
        for (const std::string fidelity : {"flow", "hybrid"})
        {
            const Outcome& other = outcomes.at(fidelity);
            if (!isTrouble)
            {
                Tell("packet and " + fidelity,
                     CheckAlike(*packet.report, *other.report, "packet " + fidelity));
            }
            const RunResults a = packet.report->Merge();
            const RunResults b = other.report->Merge();
            for (std::size_t i = 0; i < std::min(a.collectives.size(), b.collectives.size()); ++i)
            {
                TellDistance(scenario,
                             packet,
                             fidelity,
                             FindReasons(b, b.collectives[i].name),
                             a.collectives[i],
                             b.collectives[i]);
            }
        }
    }

    /**
     * @param scenario scenario @param packet its run by packets @param fidelity another engine
     * @param reasons why that says that its times are approximate
     * @param a a collective by packets @param b the same by the other engine
     */
    void TellDistance(const LinedScenario& scenario,
                      const Outcome& packet,
                      const std::string& fidelity,
                      const std::vector<std::string>& reasons,
                      const CollectiveRecord& a,
                      const CollectiveRecord& b)
    {
        if (a.iterations.empty() || b.iterations.empty() || a.GetMeanTimeS() <= 0)
        {
            return;
        }
        const Scenario& read = packet.scenario;
        const DistanceCase what{read, !reasons.empty(), a.HasFailed() || b.HasFailed()};
        const std::string reason = FindNotAsked(what);
        const double distance = b.GetMeanTimeS() / a.GetMeanTimeS() - 1;
        std::ostringstream os;
        os << fidelity << '|' << (reason.empty() ? "near packets" : "not asked, " + reason) << '|'
           << distance << '|';
        for (const std::string& why : reasons)
        {
            os << (&why == &reasons.front() ? "" : "; ") << why;
        }
        os << '|' << read.fabricKind << '|' << scenario.Get("network", "routing") << '|' << a.kind
           << '|' << a.algorithm << '|' << a.ranks << '|' << a.bytes << '|' << a.GetMeanTimeS()
           << '|' << packet.report->Merge().engine.packets << '|';
        for (const ScenarioLine& line : scenario.GetLines())
        {
            os << line.section << ':' << line.key << '=' << line.value << ';';
        }
        m_reporter.Say('D', os.str());
        // A packet is not divisible, and so not where it is the last or one of few.
        const bool isPackets =
            std::abs(b.GetMeanTimeS() - a.GetMeanTimeS()) <= FREE_PACKETS * m_packetS;
        const bool isOutside = distance < LEAST_DISTANCE || distance > MOST_DISTANCE;
        if (reason.empty() && isOutside && !isPackets)
        {
            std::ostringstream broken;
            broken << fidelity << " near packets|" << a.name << ' ' << a.kind << ' ' << a.algorithm
                   << ": " << a.GetMeanTimeS() << " by packets, " << b.GetMeanTimeS() << ", "
                   << 100 * distance << " %";
            m_reporter.Say('F', broken.str());
        }
    }

    /// @param scenario scenario @param outcomes what came of it by engine
    void CheckRepeats(const LinedScenario& scenario, const std::map<std::string, Outcome>& outcomes)
    {
        const std::string engines[] = {"packet", "flow", "hybrid"};
        const std::string& fidelity = engines[m_index / 4 % 3];
        if (m_index % 4 == 0)
        {
            for (const std::string name : {"/first", "/second"})
            {
                Run(scenario, fidelity, "again " + fidelity, m_folder + name);
            }
            const std::string file = "/results.h5";
            if (ReadFile(m_folder + "/first" + file) != ReadFile(m_folder + "/second" + file))
            {
                m_reporter.Say('F', "same bytes again|" + fidelity);
            }
        }
        if (m_index % 4 <= 1)
        {
            LinedScenario other = scenario;
            const bool isMap = scenario.Get("engine", "scheduler") == "ns3::MapScheduler";
            other.Set("engine",
                      "scheduler",
                      isMap ? "\"ns3::PriorityQueueScheduler\"" : "\"ns3::MapScheduler\"");
            const Outcome outcome = Run(other, fidelity, "another scheduler " + fidelity, "");
            if (outcome.report &&
                Describe(*outcome.report) != Describe(*outcomes.at(fidelity).report))
            {
                m_reporter.Say('F', "same with another scheduler|" + fidelity);
            }
        }
    }
};

} // namespace

void
Reporter::Say(char mark, std::string text) const
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    const std::string line = std::string(1, mark) + text + "\n";
    if (write(m_fd, line.data(), line.size()) < 0)
    {
        _exit(3);
    }
}

/// @param path a file @param text what it is to say
void
WriteFile(const std::string& path, const std::string& text)
{
    std::ofstream(path, std::ios::binary) << text;
}

/// @param path a file @return what it says
std::string
ReadFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void
ExamineScenario(const LinedScenario& scenario,
                uint64_t seed,
                uint64_t index,
                bool isNew,
                const std::string& folder,
                const Reporter& reporter)
{
    Examiner(seed, folder, reporter).Examine(scenario, index, isNew);
    reporter.Say('E', "");
}

} // namespace opticalfabrictest
