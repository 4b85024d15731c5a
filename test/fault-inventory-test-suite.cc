/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "degradation-test-case.h"

#include "ns3/campaign-report.h"
#include "ns3/campaign-streams.h"
#include "ns3/campaign.h"
#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/fabric-link-limits.h"
#include "ns3/fabric-two-tier.h"
#include "ns3/fault-helper.h"
#include "ns3/fault-inventory.h"
#include "ns3/ideal-fabric.h"
#include "ns3/optics-helper.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief What can fail is counted from the fabric.
 */
class InventoryCountTestCase : public FabricTestCase
{
  public:
    InventoryCountTestCase()
        : FabricTestCase("A CloudMatrix384 is counted, and names are the fabric's")
    {
    }

  private:
    /**
     * @param fallible a fabric
     * @param kind kind
     * @param name name of a component
     * @return names of what it takes along
     */
    static std::set<std::string> GetCarried(const FallibleFabric& fallible,
                                            ComponentKind::Kind kind,
                                            const std::string& name)
    {
        std::set<std::string> carried;
        const uint32_t index = fallible.Degrade(kind, name).index;
        for (const FaultDependent& one : fallible.inventory.GetComponents(kind)[index].dependents)
        {
            carried.insert(opticalfabric::GetName(one.kind) + " " + one.name);
        }
        return carried;
    }

    void DoRun() override
    {
        using Names = std::set<std::string>;
        const auto helper = MakeHelper<CloudMatrixHelper>({{"EndpointKind", "Npu"}});
        helper->SetRouteTables(false);
        FallibleFabric fallible(helper,
                                {"module",
                                 "lane-failure",
                                 "flap-burst",
                                 "switch-chip",
                                 "switch-box",
                                 "npu",
                                 "cpu",
                                 "nic"});
        const auto count = [&](ComponentKind::Kind kind) {
            return fallible.inventory.GetComponents(kind).size();
        };
        NS_TEST_EXPECT_MSG_EQ(count(ComponentKind::MODULE), 6912, "modules");
        NS_TEST_EXPECT_MSG_EQ(count(ComponentKind::LINK), 5376 + 768, "links with a cable");
        NS_TEST_EXPECT_MSG_EQ(count(ComponentKind::SWITCH_CHIP), 336 + 112 + 8 + 4, "switches");
        NS_TEST_EXPECT_MSG_EQ(count(ComponentKind::NPU), 384, "NPUs");
        NS_TEST_EXPECT_MSG_EQ(count(ComponentKind::CPU), 192, "CPUs");
        NS_TEST_EXPECT_MSG_EQ(count(ComponentKind::NIC), 384, "NICs");
        NS_TEST_EXPECT_MSG_EQ((GetCarried(fallible, ComponentKind::MODULE, "ub/module-0") ==
                               Names{"link ub/node0/l1-0--l2-0-0", "link ub/node0/l1-0--l2-0-1"}),
                              true,
                              "a module at an L1 chip");
        NS_TEST_EXPECT_MSG_EQ((GetCarried(fallible, ComponentKind::MODULE, "rdma/module-0") ==
                               Names{"link rdma/node0/npu0--leaf-0"}),
                              true,
                              "a module at a NIC");
        NS_TEST_EXPECT_MSG_EQ((GetCarried(fallible, ComponentKind::CPU, "ub/node1/cpu3") ==
                               Names{"npu ub/node1/npu6", "npu ub/node1/npu7"}),
                              true,
                              "a CPU");
        NS_TEST_EXPECT_MSG_EQ((GetCarried(fallible, ComponentKind::SWITCH_BOX, "ub/l2-3-4") ==
                               Names{"switch_chip ub/l2-3-4"}),
                              true,
                              "a box");
        const uint32_t lane = fallible.Degrade(ComponentKind::LANE, "ub/module-0/lane-4").index;
        const InventoryComponent& listed =
            fallible.inventory.GetComponents(ComponentKind::LANE)[lane];
        NS_TEST_EXPECT_MSG_EQ(listed.dependents.size(), 1, "a lane");
        NS_TEST_EXPECT_MSG_EQ(listed.carrier->name, "ub/module-0", "swapped with its module");
        Simulator::Destroy();
        fallible.fabric.Dispose();

        FallibleFabric racks(MakeHelper<CloudMatrixHelper>({{"Nodes", "4"},
                                                            {"NpusPerNode", "1"},
                                                            {"CpusPerNode", "1"},
                                                            {"SubPlanes", "2"},
                                                            {"ScaleOut", "false"},
                                                            {"EndpointKind", "Npu"}}),
                             {"host", "power-feed", "fibre-cut"},
                             2);
        NS_TEST_EXPECT_MSG_EQ(
            (GetCarried(racks, ComponentKind::HOST, "node2") == Names{"npu node2/npu0",
                                                                      "cpu node2/cpu0",
                                                                      "switch_chip node2/l1-0",
                                                                      "switch_chip node2/l1-1"}),
            true,
            "a host");
        NS_TEST_EXPECT_MSG_EQ((GetCarried(racks, ComponentKind::POWER_FEED, "rack-1") ==
                               Names{"host node2", "host node3"}),
                              true,
                              "a rack");
        NS_TEST_EXPECT_MSG_EQ(
            racks.inventory.GetComponents(ComponentKind::FIBRE).front().dependents.empty(),
            false,
            "a cable");
        // A rack is down: its accelerators are dead, and the others do not need its switches.
        CampaignSpec spec;
        spec.inventory = racks.inventory;
        spec.job.accelerators = 2;
        spec.horizonH = 1000 * HOURS_PER_YEAR;
        spec.replications = 1;
        const FlowDegradation model(racks.fabric, racks.targets, racks.inventory, {}, {});
        const CampaignReport report = RunCampaign(spec, model, MakeCampaignStreams(1, 1));
        NS_TEST_EXPECT_MSG_GT(report.states.size(), 3, "states, of hosts and racks that were down");
        Simulator::Destroy();
        racks.fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What links bear is what the fabric's light, catalog and rules say.
 */
class LinkLimitsTestCase : public FabricTestCase
{
  public:
    LinkLimitsTestCase()
        : FabricTestCase("Margins, dirt and repeats of a campaign are those of the fabric's links")
    {
    }

  private:
    void DoRun() override
    {
        BuiltFabric fabric = MakeHelper<CloudMatrixHelper>(
                                 {{"Nodes", "2"}, {"ScaleOut", "false"}, {"EndpointKind", "Npu"}})
                                 ->Build();
        const auto optics = CreateObject<OpticsHelper>();
        optics->SetAttribute("Transceiver", StringValue("400G-SR8-LPO"));
        fabric.plants[0] = optics->Install(fabric.networks[0]);
        const FabricFaultTargets targets(fabric, 0);
        const Catalog catalog;
        // The margin is that of the links' own budgets, for every model of a degraded fabric.
        const double marginDb = GetLeastMarginDb(targets);
        NS_TEST_EXPECT_MSG_GT(marginDb, 0, "they work");
        double leastDb = 100;
        for (const Ptr<LinkMedium>& medium : fabric.plants[0]->GetMedia())
        {
            leastDb =
                std::min({leastDb, medium->GetState().marginDb[0], medium->GetState().marginDb[1]});
        }
        NS_TEST_EXPECT_MSG_EQ(marginDb, leastDb, "the least");
        FaultInventorySpec links;
        links.modes = {"flap-burst"};
        links.takesAlong = true;
        const FaultInventory cabled = MakeFaultInventory(links, fabric, targets, catalog);
        const FlowDegradation flows(fabric, targets, cabled, {}, {});
        const FabricTwoTier closed(fabric, targets, cabled, {}, {});
        for (const double beyondDb : {-0.001, 0.001})
        {
            DegradedComponent dim;
            dim.lossDb = marginDb + beyondDb;
            for (const DegradationModel* model : {static_cast<const DegradationModel*>(&flows),
                                                  static_cast<const DegradationModel*>(&closed)})
            {
                NS_TEST_EXPECT_MSG_EQ(model->Describe({dim}).empty(), (beyondDb < 0), beyondDb);
            }
        }
        // Dirt: one value, that of the connectors.
        FaultInventorySpec failures;
        failures.modes = {"contamination"};
        const FaultInventory inventory = MakeFaultInventory(failures, fabric, targets, catalog);
        const double dirtDb = catalog.GetCoupling("MPO-MM")->contaminatedLossDb;
        for (const FailureMode& mode : inventory.GetModes(ComponentKind::CONNECTOR))
        {
            NS_TEST_EXPECT_MSG_EQ(mode.effect.lossDb, dirtDb, "dirt");
        }
        NS_TEST_EXPECT_MSG_EQ(dirtDb, 1, "as the catalog says");
        // Repeats: a link with damaged frames has what flows have on it.
        const Ptr<FabricLink> link = targets.GetLinks().front().link;
        const FabricNetwork& network = *fabric.networks[0];
        const uint32_t fullBytes = network.GetMtu() + network.GetHeaderBytes();
        constexpr double SHARE = 0.05;
        DegradedComponent noisy;
        noisy.lostFrames = SHARE;
        const double whole = FlowTopology::GetCapacity(*link, 0, fullBytes);
        LinkImpairment impairment;
        impairment.frameErrorRatio = SHARE;
        const double framesInFlight = GetFramesInFlight(network, *link);
        NS_TEST_EXPECT_MSG_GT(framesInFlight, 0, "go-back-N");
        link->SetImpairment(impairment);
        const double left = FlowTopology::GetCapacity(*link, 0, fullBytes) / whole;
        NS_TEST_EXPECT_MSG_LT(left, 1 - 1.01 * SHARE, "more than single frames");
        NS_TEST_EXPECT_MSG_EQ(GetLinkLoss(noisy, {4, 3, framesInFlight}, {}),
                              std::ceil((1 - left) * WHOLE_LINK - 1e-6),
                              "as flows have it");
        link->SetAttribute("RetryMode", StringValue("Selective"));
        NS_TEST_EXPECT_MSG_EQ(GetFramesInFlight(network, *link), 0, "single frames");
        NS_TEST_EXPECT_MSG_EQ(GetLinkLoss(noisy, {4, 3, 0}, {}), 52, "0.05 of 1024");
        // 10 us to detect, 100 us to converge, 1 ms until it is sent again.
        NS_TEST_EXPECT_MSG_EQ_TOL(GetRerouteH(network) * 3600, 1.11e-3, 1e-12, "s");
        Simulator::Destroy();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Parts fail at the temperature that their rates are stated for.
 */
class InventoryTemperatureTestCase : public FabricTestCase
{
  public:
    InventoryTemperatureTestCase()
        : FabricTestCase("Chips of a CloudMatrix384 fail 1.38 times a year, or as their heat says")
    {
    }

  private:
    /**
     * @param failures what can fail
     * @return failures of switch chips in 500 years
     */
    static double CountChipFailures(FaultInventorySpec failures)
    {
        const auto helper = MakeHelper<CloudMatrixHelper>({{"EndpointKind", "Npu"}});
        helper->SetRouteTables(false);
        BuiltFabric fabric = helper->Build();
        const FabricFaultTargets targets(fabric, 0);
        failures.modes = {"switch-chip", "module"};
        failures.takesAlong = true;
        CampaignSpec spec;
        spec.inventory = MakeFaultInventory(failures, fabric, targets, Catalog());
        const CampaignReport report = RunCampaign(spec, IdealFabric(), MakeCampaignStreams(1, 1));
        double failed = 0;
        for (const CampaignResult& result : report.results)
        {
            for (uint32_t i = 0; i < FaultCause::NONE; ++i)
            {
                const bool isChip = FaultCause::GetKind(i) == ComponentKind::SWITCH_CHIP;
                failed += isChip ? static_cast<double>(result.failures[i]) : 0;
            }
        }
        Simulator::Destroy();
        fabric.Dispose();
        return failed;
    }

    void DoRun() override
    {
        // 460 chips at 0.3 % a year, stated for 85 degC; 0.3546 of it at 55 degC (0.35 eV).
        const double expected = 500 * 460 * 0.003;
        FaultInventorySpec usual;
        NS_TEST_EXPECT_MSG_EQ_TOL(CountChipFailures(usual),
                                  expected,
                                  4 * std::sqrt(expected),
                                  "as the catalog says");
        FaultInventorySpec cool;
        cool.kindTemperatureC = {{ComponentKind::SWITCH_CHIP, 55}};
        NS_TEST_EXPECT_MSG_EQ_TOL(CountChipFailures(cool),
                                  0.3546 * expected,
                                  4 * std::sqrt(0.3546 * expected),
                                  "55 degC");
        FaultInventorySpec none;
        none.kindTemperatureC = {{ComponentKind::LANE, 55}};
        std::string message;
        try
        {
            CountChipFailures(none);
        }
        catch (const std::invalid_argument& refusal)
        {
            message = refusal.what();
        }
        NS_TEST_EXPECT_MSG_NE(message.find("temperature of lane, of which nothing can fail; "
                                           "allowed: temperatures of link, module"),
                              std::string::npos,
                              message);
        Simulator::Destroy();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The faults that a campaign kept can happen to its fabric.
 */
class InventoryLogTestCase : public FabricTestCase
{
  public:
    InventoryLogTestCase()
        : FabricTestCase("A campaign's faults are a schedule for its fabric")
    {
    }

  private:
    void DoRun() override
    {
        const auto helper =
            MakeHelper<CloudMatrixHelper>({{"Nodes", "4"}, {"EndpointKind", "Npu"}});
        FallibleFabric fallible(
            helper,
            {"module", "lane-failure", "flap-burst", "switch-chip", "npu", "cpu", "nic"});
        CampaignSpec spec;
        spec.inventory = fallible.inventory;
        spec.job.accelerators = 30;
        spec.horizonH = 40 * HOURS_PER_YEAR;
        spec.replications = 6;
        spec.logsFaults = true;
        const FlowDegradation model(fallible.fabric, fallible.targets, fallible.inventory, {}, {});
        const CampaignReport report = RunCampaign(spec, model, MakeCampaignStreams(1, 1));
        spec.threads = 3;
        NS_TEST_EXPECT_MSG_EQ(
            WriteCampaignReport(RunCampaign(spec, model, MakeCampaignStreams(1, 1))),
            WriteCampaignReport(report),
            "three threads");
        NS_TEST_EXPECT_MSG_GT(report.faults.GetFaults().size(), 1000, "faults of 40 years");
        const std::string text = WriteFaultSchedule(report.faults);
        const FaultSchedule read = ReadFaultSchedule(text, "faults.csv", &fallible.targets);
        NS_TEST_EXPECT_MSG_EQ((read == report.faults), true, "there and back");
        std::set<ComponentKind::Kind> kinds;
        const std::vector<uint32_t> numbers = read.Resolve(fallible.targets);
        for (std::size_t i = 0; i < numbers.size(); ++i)
        {
            kinds.insert(read.GetFaults()[i].kind);
            NS_TEST_EXPECT_MSG_EQ(
                fallible.targets.GetNames(read.GetFaults()[i].kind).at(numbers[i]),
                read.GetFaults()[i].component,
                "what is hit");
        }
        NS_TEST_EXPECT_MSG_EQ((kinds.count(ComponentKind::LINK) == 1 &&
                               kinds.count(ComponentKind::NPU) == 1 &&
                               kinds.count(ComponentKind::SWITCH_CHIP) == 1),
                              true,
                              "kinds that are hit");
        auto faults = CreateObject<FaultHelper>();
        faults->Install(fallible.fabric, read);
        Simulator::Stop(MilliSeconds(1));
        Simulator::Run();
        Simulator::Destroy();
        faults->Dispose();
        fallible.fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What there is not cannot fail.
 */
class InventoryRefusalTestCase : public FabricTestCase
{
  public:
    InventoryRefusalTestCase()
        : FabricTestCase("Modes without components are refused")
    {
    }

  private:
    /// @param mode a mode @return what is said to it
    static std::string GetWords(const std::string& mode)
    {
        std::string words;
        try
        {
            FallibleFabric fallible(MakeHelper<ClosHelper>({}), {mode});
        }
        catch (const std::invalid_argument& refusal)
        {
            words = refusal.what();
        }
        Simulator::Destroy();
        return words;
    }

    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(GetWords("cpu"),
                              "cpu: there is no cpu in this fabric; allowed: modes of components "
                              "that there are",
                              "no CPUs");
        NS_TEST_EXPECT_MSG_EQ(
            (GetWords("modul").find("there is no failure mode \"modul\"; allowed: ") == 0),
            true,
            "no such mode");
        NS_TEST_EXPECT_MSG_EQ(GetWords("npu"), "", "endpoints are there");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Inventories of built fabrics.
 */
class FaultInventoryTestSuite : public PicosecondTestSuite
{
  public:
    FaultInventoryTestSuite()
        : PicosecondTestSuite("optical-fabric-fault-inventory", Type::UNIT)
    {
        AddTestCase(new InventoryTemperatureTestCase);
        AddTestCase(new LinkLimitsTestCase);
        AddTestCase(new InventoryCountTestCase);
        AddTestCase(new InventoryLogTestCase);
        AddTestCase(new InventoryRefusalTestCase);
    }
};

FaultInventoryTestSuite g_faultInventoryTestSuite; ///< registers the suite

} // namespace
