/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/fault-schedule.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/scenario-faults.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-toml.h"
#include "ns3/simulator.h"
#include "ns3/summary-writer.h"
#include "ns3/test.h"

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/// Two nodes; routing reacts within the run.
const char* const TEXT = R"(
name = "small"
[fabric]
nodes = 2
scale_out = false
[network]
detection_delay = "1us"
convergence_delay = "1us"
resend_timeout = "20us"
[[collective]]
name = "exchange"
kind = "all-to-all"
bytes = "1MiB"
iterations = 4
[[collective]]
name = "sum"
kind = "all-reduce"
bytes = "64KiB"
algorithm = "halving-doubling"
iterations = 2
)";

/// Faults that are drawn.
const char* const DRAWN = R"(
[faults]
horizon = "150us"
acceleration = 4e11
duration_scale = 1e-9
)";

/// Heading of schedules.
const char* const HEADING = "time,kind,component,effect,lasts\n";

/**
 * @ingroup optical-fabric-tests
 * @brief A test case that runs scenarios with faults.
 */
class ScenarioFaultsTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

  protected:
    void DoSetup() override
    {
        // Once a simulation has run, ns-3 does not take another resolution.
        if (Time::GetResolution() != Time::PS)
        {
            Time::SetResolution(Time::PS);
        }
    }

    /**
     * @param overrides changes
     * @param faults section of the faults
     * @return the scenario
     */
    static Scenario Read(const std::vector<std::string>& overrides = {},
                         const std::string& faults = DRAWN)
    {
        ScenarioReader reader;
        for (const std::string& assignment : overrides)
        {
            reader.AddOverride(assignment);
        }
        return reader.ReadText(TEXT + faults, "small.toml", "small");
    }

    /**
     * @param scenario a scenario
     * @param schedule what its file says from now on
     * @return the scenario with faults from that
     */
    static Scenario WithSchedule(Scenario scenario, const std::string& schedule)
    {
        scenario.faults.schedule = "f.csv";
        scenario.faults.path = "f.csv";
        scenario.faults.text = schedule;
        return scenario;
    }

    /**
     * @param scenario what to run
     * @return what came of it
     */
    static RunReport Run(const Scenario& scenario)
    {
        ScenarioRun run(scenario);
        run.Prepare();
        return run.Run();
    }

    /**
     * @param report a report
     * @return all that is the simulation's, as text
     */
    static std::string ToText(const RunReport& report)
    {
        RunResults results = report.Merge();
        results.facts = VolatileFacts();
        // Where the faults came from is another matter.
        results.provenance = Provenance();
        std::ostringstream os;
        WriteSummary(results, os);
        return os.str();
    }

    /**
     * @param scenario a scenario
     * @return the faults it has
     */
    static FaultSchedule GetSchedule(const Scenario& scenario)
    {
        const ScenarioBuilder builder(scenario);
        RngSeedManager::SetSeed(scenario.seed);
        RngSeedManager::SetRun(scenario.run);
        BuiltFabric fabric = builder.BuildFabric();
        const FaultSchedule schedule = MakeFaultSchedule(scenario, fabric);
        Simulator::Destroy();
        fabric.Dispose();
        return schedule;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A schedule that was drawn, written and read back gives the identical run.
 */
class RoundTripTestCase : public ScenarioFaultsTestCase
{
  public:
    RoundTripTestCase()
        : ScenarioFaultsTestCase("A schedule written and read back gives the identical run")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        for (const char* engine :
             {"engine.fidelity=packet", "engine.fidelity=flow", "engine.fidelity=hybrid"})
        {
            const Scenario drawn = Read({engine});
            const FaultSchedule schedule = GetSchedule(drawn);
            NS_TEST_ASSERT_MSG_GT(schedule.GetFaults().size(), 5, "faults were drawn");
            const RunReport first = Run(drawn);
            NS_TEST_EXPECT_MSG_EQ(first.GetUnfinished(), "", "all finished");
            const RunResults results = first.Merge();
            NS_TEST_EXPECT_MSG_GT(results.links.linkDowns, 5, "they hit");
            NS_TEST_EXPECT_MSG_EQ(ToText(Run(drawn)), ToText(first), "twice the same");

            const Scenario given = WithSchedule(Read({engine}), WriteFaultSchedule(schedule));
            NS_TEST_EXPECT_MSG_EQ(ToText(Run(given)), ToText(first), "from the file");

            // Through the files that a run writes and reads.
            const std::string prefix = CreateTempDirFilename("round-trip-");
            NS_TEST_EXPECT_MSG_EQ(first.Write(prefix, false), "", "written");
            const RunReport again =
                Run(Read({engine}, "[faults]\nschedule = \"" + prefix + "faults.csv\"\n"));
            NS_TEST_EXPECT_MSG_EQ(ToText(again), ToText(first), "from the run's file");
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What was drawn.
 */
class DrawnTestCase : public ScenarioFaultsTestCase
{
  public:
    DrawnTestCase()
        : ScenarioFaultsTestCase("Faults are drawn as often as the rates say, others untouched")
    {
    }

  private:
    /// @param schedule a schedule @param mode name of a mode @return its faults of that mode, as
    /// text
    static std::string Filter(const FaultSchedule& schedule, const std::string& mode)
    {
        std::vector<Fault> faults;
        for (const Fault& fault : schedule.GetFaults())
        {
            if (fault.mode == mode)
            {
                faults.push_back(fault);
            }
        }
        return WriteFaultSchedule(FaultSchedule(faults));
    }

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        // 224 modules at 719 FIT, exponential; 150 us times the acceleration are 1e7 h.
        const double hours = 2.4e14 * 150e-6 / 3600;
        const Scenario modules =
            Read({"faults.modes=module", "faults.acceleration=2.4e14", "faults.duration_scale=1"});
        const FaultSchedule many = GetSchedule(modules);
        const double mean = 224 * 719e-9 * hours;
        NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(many.GetFaults().size()),
                                  mean,
                                  5 * std::sqrt(mean),
                                  "so many");
        for (const Fault& fault : many.GetFaults())
        {
            const bool isInside = fault.time < FaultTime::FromPs(150000000);
            NS_TEST_EXPECT_MSG_EQ(isInside, true, "within the horizon");
        }

        // 14 + 112 chips at 0.3 % a year, a rate that holds at 85 degC; at 55 degC 0.3546 of them:
        // exp(0.35 eV / k (1 / 358.15 K - 1 / 328.15 K)).
        const double chips = 126 * 0.003 / 8760 * hours;
        const auto countChips = [](const std::vector<std::string>& more) {
            std::vector<std::string> overrides{"faults.modes=switch-chip",
                                               "faults.acceleration=2.4e14",
                                               "faults.duration_scale=1e-15"};
            overrides.insert(overrides.end(), more.begin(), more.end());
            return static_cast<double>(GetSchedule(Read(overrides)).GetFaults().size());
        };
        NS_TEST_EXPECT_MSG_EQ_TOL(countChips({}), chips, 5 * std::sqrt(chips), "at its reference");
        const double cooler = 0.3546 * chips;
        for (const char* temperature :
             {"faults.temperatures_c.switch_chip=55", "faults.temperature_c=55"})
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(countChips({temperature}),
                                      cooler,
                                      5 * std::sqrt(cooler),
                                      temperature);
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(
            countChips({"faults.temperature_c=55", "faults.temperatures_c.switch_chip=85"}),
            chips,
            5 * std::sqrt(chips),
            "a kind's own goes first");

        // Other modes beside it leave its faults alone.
        const FaultSchedule alone = GetSchedule(Read({"faults.modes=module"}));
        const FaultSchedule beside = GetSchedule(Read({"faults.modes=switch-chip,module"}));
        NS_TEST_EXPECT_MSG_EQ(Filter(beside, "module"), Filter(alone, "module"), "alone or not");
        NS_TEST_EXPECT_MSG_GT(alone.GetFaults().size(), 0, "there are some");
        const FaultSchedule other = GetSchedule(Read({"faults.modes=module", "random.run=2"}));
        NS_TEST_EXPECT_MSG_EQ((other == alone), false, "another run");

        // Nothing else draws other numbers for it: without a fault, all is as without the section.
        Scenario none = Read();
        none.faults = ScenarioFaults();
        const RunResults plain = Run(none).Merge();
        const RunResults empty = Run(WithSchedule(Read(), HEADING)).Merge();
        NS_TEST_EXPECT_MSG_EQ(empty.engine.events, plain.engine.events, "events");
        NS_TEST_EXPECT_MSG_EQ((empty.packetLatency == plain.packetLatency), true, "latencies");
        const RunResults hit = Run(Read()).Merge();
        std::size_t i = 0;
        for (const CollectiveRecord& collective : plain.collectives)
        {
            for (const CollectiveIteration& iteration : collective.iterations)
            {
                const FaultEffectRecord& effect = hit.faultEffects.at(i++);
                NS_TEST_ASSERT_MSG_EQ(effect.timeWithoutPs.has_value(), true, "compared");
                NS_TEST_EXPECT_MSG_EQ(*effect.timeWithoutPs,
                                      iteration.endPs - iteration.startPs,
                                      "compared with the run without the section");
            }
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What a fault did to whom.
 */
class AttributionTestCase : public ScenarioFaultsTestCase
{
  public:
    AttributionTestCase()
        : ScenarioFaultsTestCase("Differences are attributed to the faults of the time")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        for (const char* engine : {"engine.fidelity=packet", "engine.fidelity=flow"})
        {
            // A board link of one die at a tenth of its rate for most of the first execution: what
            // 2 us of it cost is less than what packets that spread otherwise gain or lose.
            const Scenario scenario = WithSchedule(
                Read({engine}),
                std::string(HEADING) + "0,link,node0/die0--node0/l1-3,rate-reduced share=0.9,12us\n"
                                       "1d,module,module-3,down,2us\n");
            const RunResults results = Run(scenario).Merge();
            NS_TEST_ASSERT_MSG_EQ(results.faults.size(), 2, "faults");
            NS_TEST_EXPECT_MSG_EQ(results.faults[0].begun, 2, "in both parts");
            NS_TEST_EXPECT_MSG_EQ(results.faults[1].begun, 0, "never");
            NS_TEST_ASSERT_MSG_EQ(results.faults[0].links.size(), 1, "links");
            NS_TEST_EXPECT_MSG_EQ(results.faults[0].links[0], "node0/die0--node0/l1-3", "link");
            NS_TEST_ASSERT_MSG_EQ(results.faultEffects.size(), 6, "executions");
            for (const FaultEffectRecord& effect : results.faultEffects)
            {
                const bool isFirst = effect.iteration == 0;
                NS_TEST_EXPECT_MSG_EQ(effect.faults.size(), (isFirst ? 1 : 0), effect.iteration);
                NS_TEST_ASSERT_MSG_EQ(effect.timeWithoutPs.has_value(), true, "compared");
                if (isFirst)
                {
                    NS_TEST_EXPECT_MSG_GT(effect.timePs, *effect.timeWithoutPs, "it costs");
                }
            }
        }
        const RunResults alone = Run(WithSchedule(Read({"faults.compare=false"}), HEADING)).Merge();
        NS_TEST_EXPECT_MSG_EQ(alone.hasFaults, true, "a schedule without faults");
        NS_TEST_EXPECT_MSG_EQ(alone.faultEffects[0].timeWithoutPs.has_value(), false, "not run");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What is wrong with a section or a schedule is said, and where.
 */
class RefusalTestCase : public ScenarioFaultsTestCase
{
  public:
    RefusalTestCase()
        : ScenarioFaultsTestCase("Wrong faults are refused with file, line and reason")
    {
    }

  private:
    /**
     * @param overrides changes
     * @param faults section of the faults
     * @param schedule what the file says; empty: none
     * @param parts what the refusal says
     */
    void Expect(const std::vector<std::string>& overrides,
                const std::string& faults,
                const std::string& schedule,
                const std::vector<std::string>& parts)
    {
        std::string message = "nothing";
        try
        {
            const Scenario scenario = Read(overrides, faults);
            ScenarioRun run(schedule.empty() ? scenario : WithSchedule(scenario, schedule));
            run.Prepare();
        }
        catch (const ScenarioError& refusal)
        {
            message = refusal.what();
        }
        for (const std::string& part : parts)
        {
            NS_TEST_EXPECT_MSG_NE(message.find(part), std::string::npos, message << ": " << part);
        }
    }

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        const std::string heading = HEADING;
        Expect({},
               DRAWN,
               heading + "\n1us,module,module-224,down,repair\n",
               {"f.csv:3: ", "there is no module \"module-224\"", "one of 224"});
        Expect({},
               DRAWN,
               heading + "1us,link,node0/die0--node0/l1-3,lanes-lost lanes=5,repair\n",
               {"f.csv:2: ", "allowed: 1 to 4"});
        const auto set = [this](const std::string& assignment,
                                const std::vector<std::string>& parts) {
            Expect({assignment}, std::string(DRAWN) + "modes = \"module\"\n", "", parts);
        };
        set("faults.modes=moduel", {"--set faults.modes", "moduel", "did you mean", "module"});
        set("faults.modes=ocs", {"--set faults.modes", "no ocs in this fabric", "allowed"});
        set("faults.modes=contamination", {"no connector in this fabric", "allowed"});
        set("faults.acceleration=1e30",
            {"faults.acceleration", "allowed: a number, above 0 and at most 2.4e+15"});
        set("faults.duration_scale=2", {"faults.duration_scale", "at most 1"});
        set("faults.temperature_c=151", {"faults.temperature_c", "0 to 150 degrees Celsius"});
        set("faults.temperatures_c.module=151", {"temperatures_c.module", "0 to 150 degrees"});
        set("faults.temperatures_c.chip=50", {"temperatures_c.chip", "switch_chip"});
        set("faults.temperatures_c.lane=50", {"temperature of lane", "allowed: temperatures of"});
        set("faults.horizon=0", {"faults.horizon", "above 0s, at most 9200000s"});
        set("faults.schedule=f.csv", {"faults.", "nothing beside schedule"});
        set("faults.sceduel=3", {"sceduel", "schedule"});
        Expect({}, "[faults]\n", "", {"small.toml:", "faults.horizon is missing", "schedule"});
        Expect({},
               "[faults]\nschedule = \"nowhere.csv\"\n",
               "",
               {"small.toml:", "nowhere.csv", "No such file"});

        const std::string path = CreateTempDirFilename("broken.csv");
        std::ofstream(path) << heading << "1us,module,module-0,explode,repair\n";
        Expect({}, "[faults]\nschedule = \"" + path + "\"\n", "", {path + ":2: ", "explode"});
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Faults in scenarios.
 */
class ScenarioFaultsTestSuite : public TestSuite
{
  public:
    ScenarioFaultsTestSuite()
        : TestSuite("optical-fabric-scenario-faults", Type::UNIT)
    {
        AddTestCase(new RoundTripTestCase);
        AddTestCase(new DrawnTestCase);
        AddTestCase(new AttributionTestCase);
        AddTestCase(new RefusalTestCase);
    }
};

ScenarioFaultsTestSuite g_scenarioFaultsTestSuite; ///< registers the suite

} // namespace
