/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_TEST_CASE_H
#define OPTICAL_FABRIC_SCENARIO_TEST_CASE_H

#include "ns3/scenario-reader.h"
#include "ns3/scenario-run.h"
#include "ns3/summary-writer.h"
#include "ns3/test.h"

#include <sstream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// A node with two collectives after one another, and one beside the second.
inline const char* const SMALL_SCENARIO = R"(name = "small"
[fabric]
nodes = 2
scale_out = false
[network]
virtual_lanes = 2
[[collective]]
name = "dispatch"
kind = "moe-dispatch"
[collective.moe]
tokens = 4
traffic = "layer"
[[collective]]
name = "combine"
kind = "moe-combine"
[collective.moe]
tokens = 4
traffic = "layer"
[[collective]]
name = "beside"
kind = "all-reduce"
ranks = "0-7"
bytes = "64KiB"
concurrent = true
iterations = 2
)";

/**
 * @ingroup optical-fabric-tests
 * @brief A test case that reads scenarios.
 */
class ScenarioTestCase : public TestCase
{
  public:
    /**
     * @param name name of the case
     */
    explicit ScenarioTestCase(const std::string& name)
        : TestCase(name)
    {
    }

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
     * @return the scenario
     */
    static Scenario Read(const std::vector<std::string>& overrides = {})
    {
        ScenarioReader reader;
        for (const std::string& assignment : overrides)
        {
            reader.AddOverride(assignment);
        }
        return reader.ReadText(SMALL_SCENARIO, "small.toml", "small");
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
     * @param results results
     * @return all of them that is not volatile, as text
     */
    static std::string ToText(RunResults results)
    {
        results.facts = VolatileFacts();
        std::ostringstream os;
        WriteSummary(results, os);
        return os.str();
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_TEST_CASE_H */
