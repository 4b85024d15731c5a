/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/cloud-matrix-helper.h"
#include "ns3/fabric-campaign.h"
#include "ns3/nvl72-helper.h"
#include "ns3/scenario-error.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

/// @return a CloudMatrix of four nodes, 32 accelerators and 16 processors
BuiltFabric
BuildSmall()
{
    const auto helper = CreateObject<CloudMatrixHelper>();
    helper->SetAttribute("Nodes", UintegerValue(4));
    helper->SetAttribute("EndpointKind", StringValue("Npu"));
    helper->SetRouteTables(false);
    return helper->Build();
}

/**
 * @ingroup optical-fabric-tests
 * @brief Years of a job on a built fabric, against rates of the catalog.
 */
class FabricCampaignTestCase : public FabricTestCase
{
  public:
    FabricCampaignTestCase()
        : FabricTestCase("A job is interrupted as often as its accelerators and processors fail")
    {
    }

  private:
    void DoRun() override
    {
        BuiltFabric fabric = BuildSmall();
        FabricCampaignSpec spec;
        spec.replications = 200;
        spec.spareShare = 0.1;
        const Catalog catalog;
        const FabricCampaign campaign = RunFabricCampaign(catalog, fabric, spec);
        NS_TEST_EXPECT_MSG_EQ(campaign.accelerators, 32, "accelerators");
        NS_TEST_EXPECT_MSG_EQ(campaign.spares, 4, "a tenth, rounded up");
        std::set<std::string> modes;
        for (const CauseReport& cause : campaign.report.causes)
        {
            modes.insert(cause.mode);
            const double perYear =
                HOURS_PER_YEAR / catalog.GetFailureMode(cause.mode)->law.GetMeanH();
            const EventInterval& seen = cause.interruptions;
            const double half = seen.GetHalfWidth();
            if (cause.mode == "npu")
            {
                // Those of the job; a spare that takes a place is in it from then on.
                NS_TEST_EXPECT_MSG_EQ_TOL(seen.mean, 28 * perYear, 2 * half, "npu");
            }
            else if (cause.mode == "cpu")
            {
                // A processor takes two accelerators along; those of 14 to 16 are in the job.
                NS_TEST_EXPECT_MSG_GT(seen.mean + 2 * half, 14 * perYear, "cpu");
                NS_TEST_EXPECT_MSG_LT(seen.mean - 2 * half, 16 * perYear, "cpu");
            }
            else if (cause.mode == "module")
            {
                NS_TEST_EXPECT_MSG_EQ(seen.mean, 0, "there is another way");
            }
        }
        const std::set<std::string> expected{"npu", "cpu", "switch-chip", "module"};
        for (const std::string& mode : expected)
        {
            NS_TEST_EXPECT_MSG_EQ(modes.count(mode), 1, mode << " is missing");
        }
        // Modules and chips that fail beside a running job stop it until traffic has found its way.
        NS_TEST_EXPECT_MSG_GT(campaign.report.npuHPerYear[JobUse::REROUTE].mean, 0, "rerouting");
        CheckFigures(campaign);
        CheckPlan(catalog, campaign);
        Simulator::Destroy();
        fabric.Dispose();
    }

    /// @param campaign what came of a campaign
    void CheckFigures(const FabricCampaign& campaign)
    {
        const std::vector<Figure> figures = GetCampaignFigures(campaign);
        std::vector<double> values;
        std::set<std::string> keys;
        for (const Figure& figure : figures)
        {
            values.push_back(figure.value);
            keys.insert(figure.key);
        }
        NS_TEST_ASSERT_MSG_EQ(values.size(), 7U, "figures");
        NS_TEST_EXPECT_MSG_EQ(keys.size(), 7U, "keys are unique");
        NS_TEST_EXPECT_MSG_EQ(values[0], 4, "spares");
        NS_TEST_EXPECT_MSG_EQ_TOL(values[1], 12.5, 1e-9, "their share");
        NS_TEST_EXPECT_MSG_EQ(values[2], campaign.checkpoint.intervalH, "between checkpoints");
        NS_TEST_EXPECT_MSG_GT(100, values[4], "the job runs most of the time");
        NS_TEST_EXPECT_MSG_GT(values[4], values[5], "and most of that counts");
        // Of all accelerators: those of the job, and nothing from the spares.
        NS_TEST_EXPECT_MSG_EQ_TOL(values[6], values[5] * 28 / 32, 1e-9, "all accelerators");
    }

    /**
     * The job writes checkpoints as the catalog and Daly have it, and gets done what his closed
     * form says.
     * @param catalog the catalog
     * @param campaign what came of a campaign
     */
    void CheckPlan(const Catalog& catalog, const FabricCampaign& campaign)
    {
        const auto interruption = catalog.GetInterruption("training-job");
        const CheckpointPlan& plan = campaign.checkpoint;
        NS_TEST_EXPECT_MSG_EQ(plan.writeH, interruption->writeH.typical, "to write one");
        NS_TEST_EXPECT_MSG_EQ(plan.restartH, interruption->restartH.typical, "to restart");
        // 28 of 32 accelerators, and as much of 16 processors.
        const double perYear = 28 / 32.0 * (32 * 12621e-9 + 16 * 1507e-9) * 8760;
        NS_TEST_EXPECT_MSG_EQ_TOL(plan.intervalH,
                                  GetDalyIntervalH(plan.writeH, HOURS_PER_YEAR / perYear),
                                  1e-9,
                                  "Daly's interval");
        const MeanInterval& goodput = campaign.report.goodput;
        NS_TEST_EXPECT_MSG_EQ_TOL(goodput.mean,
                                  GetDalyEfficiency(plan, HOURS_PER_YEAR / perYear),
                                  3 * goodput.halfWidth +
                                      1e-3, // detection, and paths that are slow or gone
                                  "work that counts");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A fabric without optics, and refusals.
 */
class FabricCampaignInputTestCase : public FabricTestCase
{
  public:
    FabricCampaignInputTestCase()
        : FabricTestCase("What fails is what there is; what cannot be is refused")
    {
    }

  private:
    void DoRun() override
    {
        const Catalog catalog;
        const auto helper = CreateObject<Nvl72Helper>();
        helper->SetRouteTables(false);
        BuiltFabric fabric = helper->Build();
        FabricCampaignSpec spec;
        spec.replications = 2;
        spec.years = 0.1;
        const FabricCampaign campaign = RunFabricCampaign(catalog, fabric, spec);
        NS_TEST_EXPECT_MSG_EQ(campaign.accelerators, 72, "GPUs");
        // The same share as 16 of 384.
        NS_TEST_EXPECT_MSG_EQ(campaign.spares, 3, "a twenty-fourth");
        NS_TEST_EXPECT_MSG_EQ(campaign.goodput.has_value(), false, "inputs were not varied");
        std::set<std::string> modes;
        for (const CauseReport& cause : campaign.report.causes)
        {
            modes.insert(cause.mode);
        }
        NS_TEST_EXPECT_MSG_EQ(modes.count("passive-copper"), 1, "copper fails, too");
        spec.inputReplications = spec.replications;
        const FabricCampaign varied = RunFabricCampaign(catalog, fabric, spec);
        NS_TEST_ASSERT_MSG_EQ(varied.goodput.has_value(), true, "inputs were varied");
        NS_TEST_EXPECT_MSG_EQ(varied.goodput->typical, varied.report.goodput.mean, "typical");
        NS_TEST_EXPECT_MSG_EQ(varied.report.goodput.mean,
                              campaign.report.goodput.mean,
                              "and as without");
        NS_TEST_EXPECT_MSG_LT(varied.goodput->low, varied.goodput->typical, "checkpoints of 0.1 h");
        NS_TEST_EXPECT_MSG_GT(varied.goodput->high, varied.goodput->typical, "and of 4 s");
        spec.inputReplications = 0;
        for (const CauseReport& cause : campaign.report.causes)
        {
            NS_TEST_EXPECT_MSG_EQ((cause.mode == "module" && cause.failures.mean > 0),
                                  false,
                                  "there are no modules");
        }
        ExpectRefusal(fabric, "spareShare", [](FabricCampaignSpec& s) { s.spareShare = -0.1; });
        ExpectRefusal(fabric, "spareShare", [](FabricCampaignSpec& s) { s.spareShare = 1.5; });
        ExpectRefusal(fabric, "accelerators", [](FabricCampaignSpec& s) { s.spareShare = 1; });
        ExpectRefusal(fabric, "replications", [](FabricCampaignSpec& s) { s.replications = 1; });
        ExpectRefusal(fabric, "threads", [](FabricCampaignSpec& s) { s.threads = 0; });
        ExpectRefusal(fabric, "horizonH", [](FabricCampaignSpec& s) { s.years = 0; });
        ExpectRefusal(fabric, "communicationShare", [](FabricCampaignSpec& s) {
            s.communicationShare = 2;
        });
        ExpectRefusal(fabric, "nothing", [](FabricCampaignSpec& s) { s.interruption = "nothing"; });
        Simulator::Destroy();
        fabric.Dispose();
    }

    /**
     * @param fabric a fabric
     * @param word word that the refusal has to say
     * @param spoil makes a specification that cannot be
     */
    void ExpectRefusal(const BuiltFabric& fabric,
                       const std::string& word,
                       const std::function<void(FabricCampaignSpec&)>& spoil)
    {
        FabricCampaignSpec spec;
        spec.replications = 2;
        spoil(spec);
        std::string refusal;
        try
        {
            RunFabricCampaign(Catalog(), fabric, spec);
        }
        catch (const std::invalid_argument& error)
        {
            refusal = error.what();
        }
        catch (const ScenarioError& error)
        {
            refusal = error.what();
        }
        NS_TEST_EXPECT_MSG_NE(refusal.find(word), std::string::npos, word << ": " << refusal);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Campaigns that fabrics are compared by.
 */
class FabricCampaignTestSuite : public PicosecondTestSuite
{
  public:
    FabricCampaignTestSuite()
        : PicosecondTestSuite("optical-fabric-campaign", Type::UNIT)
    {
        AddTestCase(new FabricCampaignTestCase);
        AddTestCase(new FabricCampaignInputTestCase);
    }
};

FabricCampaignTestSuite g_fabricCampaignTestSuite; ///< registers the suite

} // namespace
