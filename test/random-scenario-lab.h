/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANDOM_SCENARIO_LAB_H
#define OPTICAL_FABRIC_RANDOM_SCENARIO_LAB_H

#include "random-scenario-claims.h"
#include "random-scenario-examiner.h"
#include "random-scenario.h"

#include "ns3/fabric-fault-targets.h"
#include "ns3/run-report.h"
#include "ns3/scenario-builder.h"
#include "ns3/scenario-output.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-run.h"
#include "ns3/simulator.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace opticalfabrictest
{

using namespace ns3;
using namespace ns3::opticalfabric;

/// What came of a run.
struct Outcome
{
    std::string refusal;             ///< why it was refused; empty: it was not
    Scenario scenario;               ///< what was run
    std::optional<RunReport> report; ///< what came of it
    std::string shown;               ///< what a person is shown
};

/**
 * @ingroup optical-fabric-tests
 * @brief Runs scenarios in lines.
 */
class ScenarioLab
{
  public:
    /// @param seed of the test @param folder scratch folder of its own @param reporter told
    ScenarioLab(uint64_t seed, const std::string& folder, const Reporter& reporter)
        : m_seed(seed),
          m_folder(folder),
          m_reporter(reporter)
    {
    }

  protected:
    /// @param scenario a scenario @return components of its fabric; none if it is refused
    std::optional<std::vector<FaultPlace>> ListPlaces(const LinedScenario& scenario)
    {
        WriteFile(m_folder + "/scenario.toml", scenario.Write("packet"));
        WriteFile(m_folder + "/faults.csv", "time,kind,component,effect,lasts\n");
        std::vector<FaultPlace> places;
        try
        {
            const Scenario read = ScenarioReader().ReadFile(m_folder + "/scenario.toml");
            BuiltFabric fabric = ScenarioBuilder(read).BuildFabric();
            {
                const FabricFaultTargets targets(fabric, read.faults.hostsPerRack);
                for (const auto kind : {ComponentKind::LINK,
                                        ComponentKind::LINK,
                                        ComponentKind::LINK,
                                        ComponentKind::MODULE,
                                        ComponentKind::LANE,
                                        ComponentKind::FIBRE,
                                        ComponentKind::SWITCH_CHIP,
                                        ComponentKind::SWITCH_BOX,
                                        ComponentKind::NPU,
                                        ComponentKind::HOST})
                {
                    for (const std::string& name : targets.GetNames(kind))
                    {
                        places.push_back({GetName(kind), name});
                    }
                }
            }
            Simulator::Destroy();
            fabric.Dispose();
        }
        catch (const ScenarioError& refusal)
        {
            Simulator::Destroy();
            m_reporter.Say('R', refusal.what());
            CheckRefusal(refusal.what());
            return std::nullopt;
        }
        return places;
    }

    /**
     * @param scenario scenario
     * @param fidelity engine
     * @param phase what it is for
     * @param output folder for the results; empty: none are written
     * @return what came of it
     */
    Outcome Run(const LinedScenario& scenario,
                const std::string& fidelity,
                const std::string& phase,
                const std::string& output)
    {
        m_reporter.Say('P', phase);
        WriteFile(m_folder + "/scenario.toml", scenario.Write(fidelity));
        WriteFile(m_folder + "/faults.csv", scenario.WriteSchedule());
        Outcome outcome;
        try
        {
            outcome.scenario = ScenarioReader().ReadFile(m_folder + "/scenario.toml");
            ScenarioRun run(outcome.scenario);
            run.Prepare();
            outcome.report = run.Run();
            if (!output.empty())
            {
                std::filesystem::create_directories(output);
                ScenarioOutput files(output);
                files.Make();
                const std::string failure = files.Write(*outcome.report, true);
                if (!failure.empty())
                {
                    m_reporter.Say('F', "results can be written|" + failure);
                }
            }
            std::ostringstream shown;
            outcome.report->Print(shown);
            outcome.shown = shown.str();
            const bool hasNothing = outcome.shown.find(" nan") != std::string::npos ||
                                    outcome.shown.find(" -nan") != std::string::npos;
            if (hasNothing)
            {
                m_reporter.Say('F', "report shows figures|nan");
            }
        }
        catch (const ScenarioError& refusal)
        {
            outcome.refusal = refusal.what();
            m_reporter.Say('R', refusal.what());
        }
        Simulator::Destroy();
        return outcome;
    }

    /// @param refusal a message; says where and what is allowed
    void CheckRefusal(const std::string& refusal)
    {
        const bool names = refusal.find("allowed") != std::string::npos;
        if (!names)
        {
            m_reporter.Say('F', "refusal says what is allowed|" + refusal);
        }
    }

    /// @param phase what was run @param broken what does not hold
    void Tell(const std::string& phase, const std::vector<BrokenClaim>& broken)
    {
        for (const BrokenClaim& claim : broken)
        {
            m_reporter.Say('F', claim.claim + "|" + phase + ": " + claim.message);
        }
    }

    uint64_t m_seed;            ///< seed of the whole test
    std::string m_folder;       ///< scratch
    const Reporter& m_reporter; ///< told
    uint64_t m_index{0};        ///< number of the scenario
    double m_packetS{0};        ///< longest time of a full packet on a link, s
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_RANDOM_SCENARIO_LAB_H */
