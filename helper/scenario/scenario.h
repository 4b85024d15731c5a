/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SCENARIO_H
#define OPTICAL_FABRIC_SCENARIO_H

#include "ns3/catalog-reader.h"
#include "ns3/collective-spec.h"
#include "ns3/power-policy.h"
#include "ns3/provenance.h"
#include "ns3/run-report.h"
#include "ns3/scenario-attributes.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Name of the part of a run that is its link survey.
constexpr const char* SURVEY_PART = "survey";

/**
 * @ingroup optical-fabric
 * @brief A collective of a scenario.
 */
struct ScenarioCollective
{
    CollectiveSpec spec;       ///< all of it but the group
    std::string ranks{"npus"}; ///< who takes part, see SelectRanks()
    uint32_t stride{1};        ///< every how many-th of them
    std::string network;       ///< network it runs on; empty: the scale-up network
    bool concurrent{false};    ///< runs together with the one before, not after it
    PublishedFigure published; ///< what others measured

    ScenarioMark mark;                         ///< where it was said
    std::map<std::string, ScenarioMark> marks; ///< where its keys were said
};

/**
 * @ingroup optical-fabric
 * @brief Optics of a network of a scenario.
 */
struct ScenarioOptics
{
    ScenarioMark mark;                   ///< where they were said
    std::vector<ScenarioSetting> helper; ///< attributes of OpticsHelper
    std::vector<ScenarioSetting> medium; ///< attributes of OpticalMedium
    std::vector<ScenarioSetting> plant;  ///< attributes of OpticalPlant
    std::vector<CatalogText> catalog;    ///< files to load over the built-in catalog, as read
};

/**
 * @ingroup optical-fabric
 * @brief Faults of a scenario: a schedule from a file, or how to draw one.
 */
struct ScenarioFaults
{
    bool isThere{false};    ///< whether there is a section of faults
    ScenarioMark mark;      ///< where it was said
    ScenarioMark modesMark; ///< where the modes were said
    std::string schedule;   ///< path of the file, as said; empty: faults are drawn
    std::string path;       ///< the same, from the directory that it begins at
    std::string text;       ///< what the file says, as read
    std::string modes{"module, flap-burst, switch-chip"}; ///< failure modes to draw from
    int64_t horizonPs{0};    ///< faults are drawn that begin before this, ps
    double acceleration{1};  ///< how many times as often components fail, above 0
    double durationScale{1}; ///< what detection, repair and flaps are multiplied with, to 1
    double ageH{0};          ///< of all components, h
    /// Of all components, degrees Celsius; without one, each mode's reference temperature.
    std::optional<double> temperatureC;
    std::map<std::string, double> temperaturesC; ///< the same by kind of component
    uint32_t hostsPerRack{0};                    ///< hosts that a power feed feeds; 0: nobody knows
    bool compare{true}; ///< whether to run each part without faults as well
};

/**
 * @ingroup optical-fabric
 * @brief How a scenario has its energy recorded.
 */
struct ScenarioPower
{
    bool isEnabled{false};                     ///< whether it has
    std::vector<ScenarioSetting> recorder;     ///< attributes of EnergyRecorder
    std::string supply{"80PLUS-Titanium"};     ///< power supplies, a name in the catalog
    std::string region;                        ///< region whose typical PUE counts; empty: none
    double pue{1};                             ///< power usage effectiveness, without a region
    PowerPolicySpec policy;                    ///< what optical modules do to save power
    bool compare{true};                        ///< with a policy, run without it as well
    ScenarioMark mark;                         ///< where the section was said
    std::map<std::string, ScenarioMark> marks; ///< where its keys were said
};

/**
 * @ingroup optical-fabric
 * @brief A simulation to be run, as plain data.
 *
 * Collectives run one after another, each on a fabric that is empty and at time zero, so that none
 * changes another's numbers. Those marked concurrent join the one before them: together they are a
 * part of the scenario.
 */
struct Scenario
{
    std::string name;        ///< for reports and the output directory
    std::string description; ///< for readers

    std::string fabricKind{"cloud-matrix"}; ///< kind of fabric, see GetFabricKinds()
    ScenarioMark fabricMark;                ///< where the fabric was said
    std::vector<ScenarioSetting> fabric;    ///< attributes of its helper
    /// Attributes of FabricNetwork, by name of the network; of all networks under an empty name.
    std::map<std::string, std::vector<ScenarioSetting>> networks;
    std::map<std::string, ScenarioOptics> optics; ///< by name of the network; not there: none

    ScenarioFaults faults; ///< what goes wrong while it runs
    ScenarioPower power;   ///< whether and how energy is recorded

    uint32_t surveyDraws{0}; ///< draws of the link survey; 0: there is none
    ScenarioMark surveyMark; ///< where it was said

    std::vector<ScenarioCollective> collectives; ///< what runs on it; may be none beside a survey

    std::string fidelity{"packet"};      ///< engine: "packet", "flow" or "hybrid"
    std::vector<ScenarioSetting> hybrid; ///< attributes of HybridEngine, for that engine
    std::string scheduler{"ns3::opticalfabric::WheelScheduler"}; ///< event scheduler, a TypeId name
    int64_t timeLimitPs{0}; ///< simulated time after which a part is cut off, ps; 0: none
    uint32_t seed{1};       ///< RngSeedManager's seed
    uint64_t run{1};        ///< RngSeedManager's run

    std::string directory;     ///< where results go; empty: results/<name>
    bool writesHdf5{true};     ///< whether to write results.h5
    bool writesPorts{false};   ///< whether results.h5 has a row for each port
    double tailQuantile{0.99}; ///< where the tail of the breakdown begins
    double confidence{0.95};   ///< level of the quantiles' intervals
    bool showsProgress{true};  ///< whether to tell how far the run is

    std::vector<InputFile> inputFiles; ///< files it was read from
};

/**
 * @ingroup optical-fabric
 * @brief Write a scenario as TOML, every default said, so that reading it gives the same run.
 * @param scenario a scenario that ScenarioBuilder accepts
 * @return the text
 */
std::string WriteScenario(const Scenario& scenario);

/**
 * @ingroup optical-fabric
 * @brief The study that runs when nobody names one; examples/scenarios/cloudmatrix384.toml.
 * @return the text, TOML
 */
const char* GetDefaultScenarioText();

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SCENARIO_H */
