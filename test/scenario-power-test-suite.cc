/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "clos-latency-keys.h"
#include "scenario-test-case.h"

#include "ns3/scenario-toml.h"

#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief What the section [power] may not say.
 */
class ScenarioPowerRefusalTestCase : public ScenarioTestCase
{
  public:
    ScenarioPowerRefusalTestCase()
        : ScenarioTestCase("Powers and policies that cannot be are refused, with place and reason")
    {
    }

  private:
    /**
     * @param overrides what makes the scenario bad; the last one is to be named
     * @param part part of the message
     */
    void ExpectRefusal(const std::vector<std::string>& overrides, const std::string& part)
    {
        std::string message = "nothing";
        try
        {
            ScenarioRun run(Read(overrides));
            run.Prepare();
        }
        catch (const ScenarioError& refusal)
        {
            message = refusal.what();
        }
        const std::string place = "--set " + overrides.back();
        const bool isNamed =
            message.find(place + ": ") == 0 || message.find(place + " is not allowed") == 0;
        NS_TEST_EXPECT_MSG_EQ(isNamed, true, message << " names " << overrides.back());
        const bool isAllowed = message.find("allowed") != std::string::npos;
        NS_TEST_EXPECT_MSG_EQ(isAllowed, true, message << " says what is allowed");
        const bool isSaid = message.find(part) != std::string::npos;
        NS_TEST_EXPECT_MSG_EQ(isSaid, true, message << " says " << part);
    }

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        ExpectRefusal({"power.supply=mains"}, "80PLUS-Titanium");
        ExpectRefusal({"power.region=Atlantis"}, "China");
        ExpectRefusal({"power.pue=0.9"}, "1 to 10");
        ExpectRefusal({"power.region=US", "power.pue=1.2"}, "without region");
        ExpectRefusal({"power.accelerator_duty=1.5"}, "1");
        ExpectRefusal({"power.sample_step=10"}, "unit");
        ExpectRefusal({"power.sampel_step=10us"}, "sample_step");
        ExpectRefusal({"power.enabled=5"}, "true");
        ExpectRefusal({"power.sleep_after=1us"}, "module_policy");
        ExpectRefusal({"power.wake_energy=1"}, "module_policy");
        ExpectRefusal({"power.compare=true"}, "module_policy");
        ExpectRefusal({"power.wake=1us", "power.module_policy=sleep"}, "power.sleep_after");
        ExpectRefusal({"power.sleep_after=1us", "power.module_policy=sleep"}, "power.wake");
        ExpectRefusal({"power.module_policy=slumber"}, "always-on, sleep, rate-adaptive");
        const std::vector<std::string> sleep{"power.sleep_after=1us",
                                             "power.wake=1us",
                                             "power.module_policy=sleep"};
        const auto change = [&](const std::string& assignment) {
            std::vector<std::string> changed{sleep.back()};
            changed.insert(changed.end(), sleep.begin(), sleep.end() - 1);
            changed.push_back(assignment);
            return changed;
        };
        ExpectRefusal(change("power.sleep_after=1"), "unit");
        ExpectRefusal(change("power.wake=2000000s"), "; from 0s to 1000000s");
        ExpectRefusal(change("power.wake_energy=2e6"), "in J");
        ExpectRefusal(change("power.wake_energy=-1"), "0");
        std::vector<std::string> hybrid{"engine.fidelity=hybrid"};
        hybrid.insert(hybrid.end(), sleep.begin(), sleep.end());
        ExpectRefusal(hybrid, "packet");
        ExpectRefusal({"fabric.nodes=1",
                       "power.sleep_after=1us",
                       "power.wake=1us",
                       "power.module_policy=sleep"},
                      "optical modules");
        RefuseRates();
    }

    /// Of rates that follow the load.
    void RefuseRates()
    {
        const std::vector<std::string> rates{"power.rate_steps=[0.5,1]",
                                             "power.rate_epoch=10us",
                                             "power.rate_change=1us",
                                             "power.fixed_share=0.5",
                                             "power.module_policy=rate-adaptive"};
        // Each of the keys is needed, and means nothing to other policies.
        for (std::size_t i = 0; i + 1 < rates.size(); ++i)
        {
            std::vector<std::string> some = rates;
            some.erase(some.begin() + static_cast<std::ptrdiff_t>(i));
            ExpectRefusal(some, rates[i].substr(0, rates[i].find('=')));
            ExpectRefusal({rates[i]}, "\"rate-adaptive\"");
            ExpectRefusal(
                {"power.sleep_after=1us", "power.wake=1us", "power.module_policy=sleep", rates[i]},
                "\"rate-adaptive\"");
        }
        const auto change = [&](const std::string& assignment) {
            std::vector<std::string> changed = rates;
            changed.push_back(assignment);
            return changed;
        };
        ExpectRefusal(change("power.rate_steps=0.5"), "a list of numbers");
        ExpectRefusal(change("power.rate_steps=[half,1]"), "a list of numbers");
        ExpectRefusal(change("power.rate_steps=[]"), "ascending");
        ExpectRefusal(change("power.rate_steps=[0,1]"), "above 0");
        ExpectRefusal(change("power.rate_steps=[0.5,0.5,1]"), "ascending");
        ExpectRefusal(change("power.rate_steps=[0.5,0.9]"), "the last being 1");
        ExpectRefusal(change("power.rate_epoch=0"), "above 0s, at most 1000000s");
        ExpectRefusal(change("power.rate_epoch=2000000s"), "; from 0s to 1000000s");
        ExpectRefusal(change("power.rate_change=1"), "unit");
        ExpectRefusal(change("power.slow_after=2000000s"), "; from 0s to 1000000s");
        ExpectRefusal(change("power.fixed_share=1.5"), "0 to 1");
        ExpectRefusal(change("power.rate_target=0"), "above 0 and below 1");
        ExpectRefusal(change("power.rate_target=1"), "above 0 and below 1");
        ExpectRefusal(change("power.wake=1us"), "\"sleep\"");
        std::vector<std::string> hybrid{"engine.fidelity=hybrid"};
        hybrid.insert(hybrid.end(), rates.begin(), rates.end());
        ExpectRefusal(hybrid, "packet");
        std::vector<std::string> copper{"fabric.nodes=1"};
        copper.insert(copper.end(), rates.begin(), rates.end());
        ExpectRefusal(copper, "optical modules");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Energy, if a scenario asks for it.
 */
class ScenarioPowerTestCase : public ScenarioTestCase
{
  public:
    ScenarioPowerTestCase()
        : ScenarioTestCase("Energy is recorded if asked for, and changes nothing else")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        RunResults off = Run(Read()).Merge();
        NS_TEST_EXPECT_MSG_EQ(off.energy.has_value(), false, "off by default");
        NS_TEST_EXPECT_MSG_EQ(Run(Read({"power.enabled=false"})).Merge().energy.has_value(),
                              false,
                              "off");
        const std::vector<std::string> settings{"power.enabled=true",
                                                "power.sample_step=500ns",
                                                "power.processor_duty=0.5",
                                                "power.region=US"};
        const RunReport report = Run(Read(settings));
        RunResults on = report.Merge();
        NS_TEST_ASSERT_MSG_EQ(on.energy.has_value(), true, "on");
        const EnergyRecord energy = *on.energy;
        NS_TEST_EXPECT_MSG_EQ(energy.pue, 1.56, "of the region");
        NS_TEST_EXPECT_MSG_EQ(energy.movedBytes, on.transfers.receivedBytes, "payload");
        NS_TEST_EXPECT_MSG_EQ(energy.collectives.size(), 4, "executions of all parts");
        NS_TEST_ASSERT_MSG_EQ(energy.series.size(), 2, "parts");
        NS_TEST_EXPECT_MSG_EQ(energy.series[1].part, "combine", "name of a part");
        double sumJ = 0;
        for (const RunPart& part : report.GetParts())
        {
            sumJ += part.results.energy->socketJ;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(energy.socketJ, sumJ, 1e-9 * sumJ, "sum of parts");
        double rackJ = 0;
        for (const EnergyRack& rack : energy.racks)
        {
            rackJ += rack.socketJ;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(rackJ, sumJ, 1e-9 * sumJ, "sum of racks");
        const std::string text = ToText(on);
        NS_TEST_EXPECT_MSG_NE(text.find("\"energy\""), std::string::npos, "in summary.json");
        std::ostringstream shown;
        report.Print(shown);
        std::istringstream lines(shown.str());
        bool isShown = false;
        for (std::string line; std::getline(lines, line);)
        {
            isShown = isShown || line.find("Power and energy") == 0;
            NS_TEST_EXPECT_MSG_LT(line.size(), (isShown ? 121 : 1000), "columns of: " << line);
        }
        NS_TEST_EXPECT_MSG_EQ(isShown, true, "in the report");

        // Nothing else has changed, neither events nor times.
        on.energy.reset();
        on.provenance = Provenance();
        off.provenance = Provenance();
        NS_TEST_EXPECT_MSG_EQ(ToText(on), ToText(off), "all else");

        // Written and read again, it is the same.
        const std::string written = WriteScenario(Read(settings));
        const Scenario again = ScenarioReader().ReadText(written, "again.toml", "small");
        NS_TEST_EXPECT_MSG_EQ(WriteScenario(again), written, "written twice");
        NS_TEST_EXPECT_MSG_EQ(Run(again).Merge().energy->socketJ,
                              energy.socketJ,
                              "the same energy");

        // Sampling does not matter, and flows are told apart by their times alone.
        const RunResults rare =
            Run(Read({"power.sample_step=0", "power.processor_duty=0.5"})).Merge();
        NS_TEST_EXPECT_MSG_EQ_TOL(rare.energy->socketJ, sumJ, 1e-9 * sumJ, "without samples");
        const std::vector<std::string> flow{"engine.fidelity=flow", "power.sample_step=500ns"};
        const RunResults flows = Run(Read(flow)).Merge();
        NS_TEST_EXPECT_MSG_EQ(flows.energy->movedBytes, energy.movedBytes, "payload of flows");
        const RunResults rareFlows =
            Run(Read({"engine.fidelity=flow", "power.sample_step=0"})).Merge();
        NS_TEST_EXPECT_MSG_EQ_TOL(flows.energy->socketJ,
                                  rareFlows.energy->socketJ,
                                  1e-9 * rareFlows.energy->socketJ,
                                  "flows without samples");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Modules that sleep.
 */
class ScenarioSleepTestCase : public ScenarioTestCase
{
  public:
    ScenarioSleepTestCase()
        : ScenarioTestCase("Modules sleep if asked to, which is compared with modules always on")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        for (const std::string fidelity : {"packet", "flow"})
        {
            Check(fidelity);
        }
        CheckNoTime();
    }

    /// A run that takes no time at all has no shares of it.
    void CheckNoTime()
    {
        std::string text = "[fabric]\nkind = \"clos\"\nendpoints = 4\n";
        for (const std::string& key : GetClosLatencyKeys())
        {
            text += key + " = \"0ns\"\n";
        }
        text += "[[collective]]\nkind = \"barrier\"\n[power]\nmodule_policy = \"sleep\"\n"
                "sleep_after = \"2us\"\nwake = \"5us\"\n";
        const RunReport report = Run(ScenarioReader().ReadText(text, "none.toml", "none"));
        NS_TEST_EXPECT_MSG_EQ(report.Merge().energy->timePs, 0, "no time");
        std::ostringstream shown;
        report.Print(shown);
        NS_TEST_EXPECT_MSG_EQ(shown.str().find("nan"), std::string::npos, shown.str());
    }

    /// @param fidelity an engine
    void Check(const std::string& fidelity)
    {
        const std::vector<std::string> settings{"engine.fidelity=" + fidelity,
                                                "power.enabled=true",
                                                "power.module_policy=sleep",
                                                "power.sleep_after=200ns",
                                                "power.wake=500ns",
                                                "power.wake_energy=1e-6"};
        const RunReport report = Run(Read(settings));
        const RunResults slept = report.Merge();
        const RunResults awake =
            Run(Read({"engine.fidelity=" + fidelity, "power.enabled=true"})).Merge();
        const EnergyRecord& energy = *slept.energy;
        NS_TEST_EXPECT_MSG_EQ(energy.Check(), "", "fit to be written");
        NS_TEST_EXPECT_MSG_EQ(awake.energy->sleeps.size(), 0, "nobody sleeps");
        NS_TEST_EXPECT_MSG_EQ(awake.energy->alwaysOnPs, 0, "nothing to compare");
        NS_TEST_EXPECT_MSG_EQ(energy.alwaysOnPs, awake.energy->timePs, "time always on");
        NS_TEST_EXPECT_MSG_EQ_TOL(energy.alwaysOnJ,
                                  awake.energy->socketJ,
                                  1e-9 * awake.energy->socketJ,
                                  "energy always on");
        NS_TEST_EXPECT_MSG_GT(energy.timePs, awake.energy->timePs, "waking takes time");
        uint64_t modules = 0;
        uint64_t wakeUps = 0;
        for (const ModuleSleepRecord& one : energy.sleeps)
        {
            modules += one.modules;
            wakeUps += one.wakeUps;
            NS_TEST_EXPECT_MSG_GT(one.asleepS, 0, one.rack << ": asleep");
            NS_TEST_EXPECT_MSG_LT(one.GetAsleepShare(energy.timePs), 1, one.rack << ": awake");
        }
        // 2 nodes of 7 L1 chips with 16 uplinks, two to a module, with one at each end.
        NS_TEST_EXPECT_MSG_EQ(modules, 2 * 7 * 16, "modules");
        NS_TEST_EXPECT_MSG_GT(wakeUps, 0, "some woke");
        std::ostringstream shown;
        report.Print(shown);
        const bool isShown = shown.str().find("wake-ups") != std::string::npos &&
                             shown.str().find("times the time") != std::string::npos;
        NS_TEST_EXPECT_MSG_EQ(isShown, true, "in the report");
        NS_TEST_EXPECT_MSG_NE(ToText(slept).find("\"always_on\""), std::string::npos, "written");

        // Written and read again, it is the same, and so it is without the comparison.
        const std::string written = WriteScenario(Read(settings));
        Scenario again = ScenarioReader().ReadText(written, "again.toml", "small");
        NS_TEST_EXPECT_MSG_EQ(WriteScenario(again), written, "written twice");
        again.power.compare = false;
        const RunResults once = Run(again).Merge();
        NS_TEST_EXPECT_MSG_EQ(once.energy->socketJ, energy.socketJ, "the same energy");
        NS_TEST_EXPECT_MSG_EQ(once.energy->alwaysOnPs, 0, "not compared");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Modules whose rate follows their load.
 */
class ScenarioRatesTestCase : public ScenarioTestCase
{
  public:
    ScenarioRatesTestCase()
        : ScenarioTestCase("Rates follow the load if asked to, which is compared with always on")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        for (const std::string fidelity : {"packet", "flow"})
        {
            Check(fidelity);
        }
    }

    /// @param fidelity an engine
    void Check(const std::string& fidelity)
    {
        // So much that links between nodes are what it waits for.
        const std::string larger = "collective.dispatch.moe.tokens=32";
        const std::string as = "collective.combine.moe.tokens=32";
        const std::vector<std::string> settings{larger,
                                                as,
                                                "engine.fidelity=" + fidelity,
                                                "power.enabled=true",
                                                "power.module_policy=rate-adaptive",
                                                "power.rate_steps=[0.25,0.5,1]",
                                                "power.rate_epoch=1us",
                                                "power.rate_change=100ns",
                                                "power.fixed_share=0.5"};
        const RunReport report = Run(Read(settings));
        const RunResults adapted = report.Merge();
        const RunResults full =
            Run(Read({larger, as, "engine.fidelity=" + fidelity, "power.enabled=true"})).Merge();
        const EnergyRecord& energy = *adapted.energy;
        NS_TEST_EXPECT_MSG_EQ(energy.Check(), "", "fit to be written");
        NS_TEST_EXPECT_MSG_EQ(full.energy->rates.size(), 0, "always the full rate");
        NS_TEST_EXPECT_MSG_EQ(energy.alwaysOnPs, full.energy->timePs, "time always on");
        NS_TEST_EXPECT_MSG_EQ_TOL(energy.alwaysOnJ,
                                  full.energy->socketJ,
                                  1e-9 * full.energy->socketJ,
                                  "energy always on");
        NS_TEST_EXPECT_MSG_GT(energy.timePs, full.energy->timePs, "lower rates take time");
        uint64_t modules = 0;
        uint64_t changes = 0;
        double seconds = 0;
        double savedJ = 0;
        for (const ModuleRateRecord& one : energy.rates)
        {
            modules += one.rateShare == 1 ? one.modules : 0;
            changes += one.changes;
            seconds += one.atRateS;
            savedJ += one.savedJ;
        }
        // 2 nodes of 7 L1 chips with 16 uplinks, two to a module, with one at each end.
        NS_TEST_EXPECT_MSG_EQ(modules, 2 * 7 * 16, "modules");
        NS_TEST_EXPECT_MSG_GT(changes, 0, "rates changed");
        const double allS = static_cast<double>(modules * energy.timePs) / 1e12;
        NS_TEST_EXPECT_MSG_EQ_TOL(seconds, allS, 1e-9 * allS, "all of the time");
        // Modules draw that much less than at the full rate for the same time and bytes.
        const auto getModulesJ = [](const EnergyRecord& record) {
            double energyJ = 0;
            for (const EnergyClass& one : record.classes)
            {
                energyJ += one.name == "module" ? one.socketJ : 0;
            }
            return energyJ;
        };
        const EnergyRecord unsaved = RunAtFullPower(settings);
        NS_TEST_EXPECT_MSG_EQ(unsaved.timePs, energy.timePs, "the same run");
        NS_TEST_EXPECT_MSG_EQ_TOL(getModulesJ(energy) + savedJ,
                                  getModulesJ(unsaved),
                                  1e-9 * getModulesJ(unsaved),
                                  "saved");
        std::ostringstream shown;
        report.Print(shown);
        const bool isShown = shown.str().find("changes to it") != std::string::npos &&
                             shown.str().find("rate-adaptive: ") != std::string::npos;
        NS_TEST_EXPECT_MSG_EQ(isShown, true, "in the report");
        NS_TEST_EXPECT_MSG_NE(ToText(adapted).find("\"rate_share\""), std::string::npos, "written");

        // Written and read again, it is the same.
        const std::string written = WriteScenario(Read(settings));
        Scenario again = ScenarioReader().ReadText(written, "again.toml", "small");
        NS_TEST_EXPECT_MSG_EQ(WriteScenario(again), written, "written twice");
        again.power.compare = false;
        NS_TEST_EXPECT_MSG_EQ(Run(again).Merge().energy->socketJ, energy.socketJ, "the same again");
    }

    /// @param settings a scenario @return the same, where lower rates save nothing
    EnergyRecord RunAtFullPower(std::vector<std::string> settings)
    {
        settings.back() = "power.fixed_share=1";
        settings.emplace_back("power.compare=false");
        return *Run(Read(settings)).Merge().energy;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Energy of scenarios.
 */
class ScenarioPowerTestSuite : public TestSuite
{
  public:
    ScenarioPowerTestSuite()
        : TestSuite("optical-fabric-scenario-power", Type::SYSTEM)
    {
        AddTestCase(new ScenarioPowerRefusalTestCase);
        AddTestCase(new ScenarioPowerTestCase);
        AddTestCase(new ScenarioSleepTestCase);
        AddTestCase(new ScenarioRatesTestCase);
    }
};

ScenarioPowerTestSuite g_scenarioPowerTestSuite; ///< registers the suite

} // namespace
