/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/catalog.h"
#include "ns3/link-budget.h"
#include "ns3/link-survey.h"
#include "ns3/optical-plant.h"
#include "ns3/scenario-builder.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-toml.h"
#include "ns3/simulator.h"
#include "ns3/summary-writer.h"
#include "ns3/test.h"

#include <cmath>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/// Two nodes, whose 224 links of light are surveyed.
const char* const TEXT = R"(name = "lit"
[fabric]
nodes = 2
scale_out = false
[optics]
transceiver = "400G-SR8-LPO"
[survey]
draws = 3
)";

/// What to add for a run with packets.
const char* const WORK = R"([[collective]]
name = "reduce"
kind = "all-reduce"
bytes = "256KiB"
)";

constexpr uint32_t LINKS = 2 * 7 * 16; ///< links of light

/**
 * @ingroup optical-fabric-tests
 * @brief A test case with fabrics on light.
 */
class OpticsTestCase : public TestCase
{
  public:
    /**
     * @param name name of the case
     */
    explicit OpticsTestCase(const std::string& name)
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
     * @param work collectives to add
     * @return the scenario
     */
    static Scenario Read(const std::vector<std::string>& overrides = {},
                         const std::string& work = "")
    {
        ScenarioReader reader;
        for (const std::string& assignment : overrides)
        {
            reader.AddOverride(assignment);
        }
        return reader.ReadText(TEXT + work, "lit.toml", "lit");
    }

    /**
     * @param scenario what to run
     * @return what came of it
     */
    static RunResults Run(const Scenario& scenario)
    {
        ScenarioRun run(scenario);
        run.Prepare();
        RunResults results = run.Run().Merge();
        results.facts = VolatileFacts();
        return results;
    }

    /**
     * @param results results
     * @return them as text
     */
    static std::string ToText(const RunResults& results)
    {
        std::ostringstream os;
        WriteSummary(results, os);
        return os.str();
    }

    /// @param fabric fabric to be taken down
    static void TakeDown(BuiltFabric& fabric)
    {
        Simulator::Destroy();
        fabric.Dispose();
    }

    /// The test itself.
    virtual void DoTest() = 0;

  private:
    void DoRun() override
    {
        if (HasToml())
        {
            DoTest();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What can be refused only with the catalog and the fabric at hand.
 */
class OpticsRefusalTestCase : public OpticsTestCase
{
  public:
    OpticsRefusalTestCase()
        : OpticsTestCase(
              "Parts that are not there or do not fit are refused, with place and reason")
    {
    }

  private:
    /**
     * @param overrides what makes the scenario bad
     * @param place place to be named; empty: the last of them
     * @param part part of the message
     */
    void Expect(const std::vector<std::string>& overrides,
                const std::string& place,
                const std::string& part)
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
        const std::string begin = (place.empty() ? "--set " + overrides.back() : place) + ": ";
        NS_TEST_EXPECT_MSG_EQ(message.substr(0, begin.size()), begin, message);
        NS_TEST_EXPECT_MSG_NE(message.find(part), std::string::npos, message);
    }

    void DoTest() override
    {
        Expect({"optics.transceiver=400G-SR9"}, "", "optics.ub.transceiver: there is no");
        Expect({"optics.connector=nail"}, "", "optics.ub.connector: there is no");
        Expect({"optics.connector=fusion"}, "", "allowed: LC");
        Expect({"optics.fibre=rope"}, "", "there are: OM3");
        Expect({"optics.fibre=SMF"}, "", "wavelength");
        Expect({"optics.fec=XP4"}, "", "allowed are KP4");
        Expect({"fabric.links_per_module=3"}, "lit.toml:6", "share evenly");
        Expect({"optics.transceiver=800G-SR8"}, "", "gives 400 Gb/s to each of the 2 links");
        Expect({"optics.extra_loss_module=224"}, "", "allowed: 0 to 223, or -1");
        Expect({"survey.draws=10000", "fabric.nodes=8"},
               "lit.toml:7",
               "5580 for 896 optical links");
        // The network by its name; a default that does not fit has no place of its own.
        Expect({"optics.rdma.fibre=rope", "fabric.scale_out=true"},
               "--set optics.rdma.fibre=rope",
               "optics.rdma.fibre");
        Expect(
            {"optics.rdma.spread=false", "fabric.scale_out=true", "fabric.rdma_link_rate=100Gbps"},
            "--set optics.rdma.spread=false",
            "optics.rdma.transceiver");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A survey says what the budget of each lane says.
 */
class SurveyNumbersTestCase : public OpticsTestCase
{
  public:
    SurveyNumbersTestCase()
        : OpticsTestCase("A survey agrees with evaluation by hand")
    {
    }

  private:
    void DoTest() override
    {
        // Typical parts: every lane is the same, and can be reckoned from the catalog alone.
        BuiltFabric typical = ScenarioBuilder(Read({"optics.spread=false"})).BuildFabric();
        const SurveyRecord record = LinkSurvey(typical).Run(2).at(0);
        const Catalog catalog;
        const auto spec = catalog.GetTransceiver("400G-SR8-LPO");
        const auto link = DynamicCast<OpticalMedium>(typical.plants[0]->GetMedia()[0]);
        LaneInput input = MakeTypicalLane(*spec, *spec);
        input.path = LightPath(spec->GetWavelengthNm(0));
        const auto connector = catalog.GetCoupling("MPO-MM");
        input.path.AddCoupling(PathElement::CONNECTOR, *connector);
        input.path.AddFibre(*catalog.GetFibre("OM4"), link->GetPart(1).lengthM);
        input.path.AddCoupling(PathElement::CONNECTOR, *connector);
        const LaneBudget budget = GetLaneBudget(input, 2.4e-4);
        BitErrors errors;
        errors.ber = budget.ber;
        errors.bitsPerSymbol = 2;
        const uint32_t frame =
            typical.networks[0]->GetMtu() + typical.networks[0]->GetHeaderBytes();
        const double lost = FecCode::Kp4().GetFrameLossRatio(errors, frame, 1);
        NS_TEST_EXPECT_MSG_EQ(record.links, LINKS, "links");
        NS_TEST_EXPECT_MSG_EQ(record.draws, 2, "draws");
        NS_TEST_EXPECT_MSG_EQ(record.fullLinks, 2 * LINKS, "all draws together");
        NS_TEST_EXPECT_MSG_EQ(record.marginDb.count, 2 * 2 * LINKS, "both directions");
        NS_TEST_EXPECT_MSG_EQ_TOL(record.marginDb.min, budget.marginDb, 1e-9, "margin");
        NS_TEST_EXPECT_MSG_EQ_TOL(record.marginDb.max, budget.marginDb, 1e-9, "margin");
        NS_TEST_EXPECT_MSG_EQ_TOL(record.log10Ber.mean, std::log10(budget.ber), 1e-9, "BER");
        NS_TEST_EXPECT_MSG_EQ_TOL(record.log10Fer.mean, std::log10(lost), 1e-6, "frames");
        NS_TEST_EXPECT_MSG_EQ(record.bins.size(), 1, "one bin");
        NS_TEST_EXPECT_MSG_EQ(record.rows.size(), 2 * 2 * LINKS, "rows");
        TakeDown(typical);
        CheckWorstLane();
    }

    /// Parts that differ: each direction of each link has the figures of its worst lane.
    void CheckWorstLane()
    {
        BuiltFabric fabric = ScenarioBuilder(Read()).BuildFabric();
        LinkSurvey survey(fabric);
        const SurveyRecord record = survey.Run(2).at(0);
        NS_TEST_EXPECT_MSG_GT(record.marginDb.max, record.marginDb.min, "parts differ");
        // Draw 0 is what stays.
        for (uint32_t i = 0; i < 2 * LINKS; ++i)
        {
            const SurveyRow& row = record.rows[i];
            NS_TEST_ASSERT_MSG_EQ(row.draw, 0, "first draw first");
            NS_TEST_ASSERT_MSG_EQ(row.direction, i % 2, "directions");
            const Ptr<FabricLink> link = fabric.networks[0]->GetLink(row.link);
            const auto medium = DynamicCast<OpticalMedium>(fabric.plants[0]->GetMedium(link));
            NS_TEST_ASSERT_MSG_EQ(row.module, link->GetModule(row.direction), "module");
            double marginDb = 1e9;
            double ber = 0;
            for (uint32_t lane = 0; lane < medium->GetLanes(); ++lane)
            {
                const LaneBudget budget = medium->GetBudget(row.direction, lane);
                marginDb = std::min(marginDb, budget.marginDb);
                ber = std::max(ber, budget.ber);
            }
            NS_TEST_ASSERT_MSG_EQ(row.marginDb, marginDb, "margin of row " << i);
            NS_TEST_ASSERT_MSG_EQ(row.ber, ber, "BER of row " << i);
            NS_TEST_ASSERT_MSG_EQ(row.lanes, medium->GetLanes(), "lanes of row " << i);
        }
        // And is the fabric that AssignStreams gives.
        BuiltFabric other = ScenarioBuilder(Read()).BuildFabric();
        NS_TEST_EXPECT_MSG_EQ(other.AssignStreams(0), survey.GetStreams(), "streams");
        const double here = fabric.plants[0]->GetMedia()[5]->GetState().marginDb[0];
        const double there = other.plants[0]->GetMedia()[5]->GetState().marginDb[0];
        NS_TEST_EXPECT_MSG_EQ(here, there, "the same parts");
        std::ostringstream os;
        fabric.Describe(os);
        const std::string expected = "on light: 224 modules, 224 links\n    224 links: 4 lanes of "
                                     "400G-SR8-LPO, FEC KP4, 2 x MPO-MM, 1 x OM4\n";
        NS_TEST_EXPECT_MSG_NE(os.str().find(expected), std::string::npos, os.str());
        Simulator::Destroy();
        other.Dispose();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Seeds, draws and dirt.
 */
class SurveyDrawsTestCase : public OpticsTestCase
{
  public:
    SurveyDrawsTestCase()
        : OpticsTestCase("The same seed gives the same survey, and draws differ")
    {
    }

  private:
    void DoTest() override
    {
        const RunResults one = Run(Read());
        const std::string text = ToText(one);
        NS_TEST_EXPECT_MSG_EQ(ToText(Run(Read())), text, "twice the same");
        NS_TEST_EXPECT_MSG_NE(text.find("\"survey\""), std::string::npos, "is in the summary");
        NS_TEST_EXPECT_MSG_NE(text.find("[survey]\\ndraws = 3\\n"), std::string::npos, "scenario");
        const std::vector<SurveyRow>& rows = one.survey.at(0).rows;
        NS_TEST_ASSERT_MSG_EQ(rows.size(), 3 * 2 * LINKS, "rows");
        std::set<double> margins;
        for (const SurveyRow& row : rows)
        {
            margins.insert(row.marginDb);
        }
        NS_TEST_EXPECT_MSG_EQ(margins.size(), rows.size(), "no two alike");

        // More draws leave the first ones as they are; another run has others.
        const std::vector<SurveyRow> fewer = Run(Read({"survey.draws=2"})).survey.at(0).rows;
        NS_TEST_EXPECT_MSG_EQ(fewer.back().marginDb, rows[fewer.size() - 1].marginDb, "draw 1");
        const std::vector<SurveyRow> others = Run(Read({"random.run=2"})).survey.at(0).rows;
        NS_TEST_EXPECT_MSG_NE(others[0].marginDb, rows[0].marginDb, "another run");

        // Dirt on every connector costs twice its loss, and reflects.
        const SurveyRecord dirty = Run(Read({"optics.contaminated_fraction=1"})).survey.at(0);
        const SurveyRecord typicalDirt =
            Run(Read({"optics.contaminated_fraction=1", "optics.spread=false"})).survey.at(0);
        NS_TEST_EXPECT_MSG_EQ((typicalDirt.bins.size() <= 1), true, "all alike");
        for (uint32_t i = 0; i < rows.size(); ++i)
        {
            NS_TEST_ASSERT_MSG_LT(dirty.rows[i].marginDb, rows[i].marginDb - 2.0, "row " << i);
        }
        NS_TEST_EXPECT_MSG_GT(dirty.log10Ber.mean, one.survey.at(0).log10Ber.mean + 1, "BER");

        // Extra loss is on the two links of one module, and nowhere else.
        const SurveyRecord lossy =
            Run(Read({"optics.extra_loss_db=1", "optics.extra_loss_module=17"})).survey.at(0);
        std::set<uint32_t> changed;
        for (uint32_t i = 0; i < rows.size(); ++i)
        {
            if (lossy.rows[i].marginDb != rows[i].marginDb)
            {
                changed.insert(rows[i].link);
                NS_TEST_EXPECT_MSG_EQ_TOL(lossy.rows[i].marginDb, rows[i].marginDb - 1, 0.2, i);
            }
        }
        NS_TEST_EXPECT_MSG_EQ(changed.size(), 2, "links of the module");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Links of a module share its fate.
 */
class SharedFateTestCase : public OpticsTestCase
{
  public:
    SharedFateTestCase()
        : OpticsTestCase("A module that fails takes exactly its two links down")
    {
    }

  private:
    void DoTest() override
    {
        BuiltFabric fabric = ScenarioBuilder(Read()).BuildFabric();
        const Ptr<FabricNetwork>& network = fabric.networks[0];
        for (const uint32_t number : {0U, 17U, 150U, 223U})
        {
            const Ptr<OpticalModule> module = fabric.plants[0]->GetModule(number);
            module->Fail();
            uint32_t down = 0;
            for (uint32_t i = 0; i < network->GetNLinks(); ++i)
            {
                const Ptr<FabricLink> link = network->GetLink(i);
                const bool isHit = link->GetModule(0) == number || link->GetModule(1) == number;
                NS_TEST_EXPECT_MSG_EQ(link->IsUp(), !isHit, "link " << i << ", module " << number);
                down += link->IsUp() ? 0 : 1;
            }
            NS_TEST_EXPECT_MSG_EQ(down, 2, "links of module " << number);
            const OpticsRecord record = LinkSurvey::Observe(fabric).at(0);
            NS_TEST_EXPECT_MSG_EQ(record.modules, 224, "modules");
            NS_TEST_EXPECT_MSG_EQ(record.links, LINKS, "links");
            NS_TEST_EXPECT_MSG_EQ(record.downLinks, 2, "observed");
            module->Replace();
            Simulator::Run();
        }
        NS_TEST_EXPECT_MSG_EQ(LinkSurvey::Observe(fabric).at(0).downLinks, 0, "all replaced");

        // A survey keeps what is dead, and has no margin for it.
        fabric.plants[0]->GetModule(3)->Fail();
        fabric.plants[0]->GetModule(9)->FailLane(0);
        const SurveyRecord record = LinkSurvey(fabric).Run(2).at(0);
        NS_TEST_EXPECT_MSG_EQ(record.downLinks, 2 * 2, "two links in two draws");
        NS_TEST_EXPECT_MSG_EQ(record.reducedLinks, 2 * 1, "one link in two draws");
        NS_TEST_EXPECT_MSG_EQ(record.fullLinks, 2 * (LINKS - 3), "others");
        NS_TEST_EXPECT_MSG_EQ(record.marginDb.count, 2 * 2 * (LINKS - 2), "margins");
        NS_TEST_EXPECT_MSG_EQ(record.linksAbove[3], 4, "no frame arrives there");
        TakeDown(fabric);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Multimode links end where the bandwidth of their fibre does.
 */
class MultimodeReachTestCase : public OpticsTestCase
{
  public:
    MultimodeReachTestCase()
        : OpticsTestCase("Links over kilometres of multimode fibre are down")
    {
    }

  private:
    /**
     * @param fibre type of fibre
     * @param lengthM its length, m
     * @return links that are down
     */
    uint64_t CountDown(const std::string& fibre, const std::string& lengthM)
    {
        BuiltFabric fabric =
            ScenarioBuilder(Read({"optics.fibre=" + fibre, "optics.fibre_length_m=" + lengthM}))
                .BuildFabric();
        const uint64_t down = LinkSurvey::Observe(fabric).at(0).downLinks;
        TakeDown(fabric);
        return down;
    }

    void DoTest() override
    {
        NS_TEST_EXPECT_MSG_EQ(CountDown("OM4", "100"), 0, "the reach of the standard");
        NS_TEST_EXPECT_MSG_EQ(CountDown("OM3", "70"), 0, "the reach of the standard");
        NS_TEST_EXPECT_MSG_EQ(CountDown("OM4", "2000"), LINKS, "OM4, 2 km");
        NS_TEST_EXPECT_MSG_EQ(CountDown("OM3", "1000"), LINKS, "OM3, 1 km");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Packets over light.
 */
class OpticsRunTestCase : public OpticsTestCase
{
  public:
    OpticsRunTestCase()
        : OpticsTestCase("Collectives run on the fabric of draw 0, and leave other streams alone")
    {
    }

  private:
    void DoTest() override
    {
        ScenarioRun run(Read({"collective.reduce.iterations=2"}, WORK));
        run.Prepare();
        const RunReport report = run.Run();
        NS_TEST_EXPECT_MSG_EQ(report.GetUnfinished(), "", "finished");
        NS_TEST_ASSERT_MSG_EQ(report.GetParts().size(), 2, "survey and collective");
        NS_TEST_EXPECT_MSG_EQ(report.GetParts()[0].name, "survey", "the survey is the first");
        const RunResults& survey = report.GetParts()[0].results;
        const RunResults& work = report.GetParts()[1].results;
        NS_TEST_EXPECT_MSG_EQ(work.survey.size(), 0, "one survey");
        NS_TEST_EXPECT_MSG_EQ(work.optics.at(0).worstMarginDb,
                              survey.optics.at(0).worstMarginDb,
                              "the same fabric");
        const RunResults all = report.Merge();
        NS_TEST_EXPECT_MSG_EQ(all.survey.size(), 1, "merged");
        NS_TEST_EXPECT_MSG_EQ(all.collectives.size(), 1, "merged");
        NS_TEST_EXPECT_MSG_EQ(all.optics.at(0).links, LINKS, "merged");
        std::ostringstream os;
        report.Print(os);
        for (const char* part : {"Optics, links", "Link survey", "Collectives"})
        {
            NS_TEST_EXPECT_MSG_NE(os.str().find(part), std::string::npos, os.str());
        }

        // What has no optics has the streams it always had.
        Scenario dark = Read({}, WORK);
        dark.optics.clear();
        dark.surveyDraws = 0;
        const RunResults without = Run(dark);
        NS_TEST_EXPECT_MSG_EQ(without.optics.size(), 0, "no optics");
        NS_TEST_EXPECT_MSG_EQ(without.provenance.streams.at(0).owner, "reduce: networks", "owner");
        NS_TEST_EXPECT_MSG_EQ(work.provenance.streams.at(0).count,
                              without.provenance.streams.at(0).count + 3,
                              "three streams more");
        const std::string text = ToText(without);
        NS_TEST_EXPECT_MSG_EQ(text.find("\"optics\""), std::string::npos, "nothing of optics");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Optics in scenarios, and link surveys.
 */
class ScenarioOpticsTestSuite : public TestSuite
{
  public:
    ScenarioOpticsTestSuite()
        : TestSuite("optical-fabric-scenario-optics", Type::UNIT)
    {
        AddTestCase(new OpticsRefusalTestCase);
        AddTestCase(new SurveyNumbersTestCase);
        AddTestCase(new SurveyDrawsTestCase);
        AddTestCase(new SharedFateTestCase);
        AddTestCase(new MultimodeReachTestCase);
        AddTestCase(new OpticsRunTestCase);
    }
};

/// The suite registers itself.
ScenarioOpticsTestSuite g_scenarioOpticsTestSuite;

} // namespace
