/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/bill-cost.h"
#include "ns3/bill-failures.h"
#include "ns3/catalog-power.h"
#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/double.h"
#include "ns3/energy-recorder.h"
#include "ns3/fabric-comparison.h"
#include "ns3/fabric-inventory.h"
#include "ns3/optics-helper.h"
#include "ns3/scenario-toml.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

/// A CloudMatrix384 whose scale-up modules are single-mode, and whose light passes Palomars.
const Attributes SWITCHED{{"Module", "400G-DR4"}, {"UplinkOcs", "Palomar"}};

/**
 * @param attributes attributes
 * @param more further ones, which come after them
 * @return all of them
 */
Attributes
Join(Attributes attributes, const Attributes& more)
{
    attributes.insert(attributes.end(), more.begin(), more.end());
    return attributes;
}

/**
 * @ingroup optical-fabric-tests
 * @brief Every link between the tiers passes one circuit switch, evenly, and no other link does.
 */
class CircuitCountTestCase : public FabricTestCase
{
  public:
    CircuitCountTestCase()
        : FabricTestCase("Links between the tiers pass circuit switches, others do not")
    {
    }

  private:
    /**
     * @param counts how many of something there are, by name
     * @return most of them less fewest
     */
    static uint32_t GetSpread(const std::map<std::string, uint32_t>& counts)
    {
        uint32_t least = UINT32_MAX;
        uint32_t most = 0;
        for (const auto& [name, count] : counts)
        {
            least = std::min(least, count);
            most = std::max(most, count);
        }
        return most - least;
    }

    /**
     * Look at the links as the graph has them.
     * @param fabric a fabric
     * @param switches circuit switches it should have
     * @param portsPerLink ports that a link should take
     * @param upperName what the names of upper ends begin with
     * @param title what it is
     */
    void CheckGraph(const BuiltFabric& fabric,
                    uint32_t switches,
                    uint32_t portsPerLink,
                    const std::string& upperName,
                    const std::string& title)
    {
        const CircuitLayer layer = fabric.GetCircuits(0);
        NS_TEST_ASSERT_MSG_EQ(layer.GetNSwitches(), switches, title + ": switches");
        NS_TEST_ASSERT_MSG_EQ(layer.GetPortsPerLink(), portsPerLink, title + ": ports of a link");
        const FabricNetwork& network = *fabric.networks[0];
        // Links by switch and by what stands at their ends.
        std::vector<std::map<std::string, uint32_t>> lowers(switches);
        std::vector<std::map<std::string, uint32_t>> uppers(switches);
        std::map<std::string, uint32_t> loads;
        std::map<std::string, uint32_t> ends;
        std::set<std::pair<uint32_t, uint32_t>> ports;
        uint64_t uplinks = 0;
        for (uint32_t i = 0; i < network.GetNLinks(); ++i)
        {
            const Ptr<FabricLink> link = network.GetLink(i);
            const std::string lower = link->GetPort(0)->GetOwner()->GetName();
            const std::string upper = link->GetPort(1)->GetOwner()->GetName();
            const bool isUplink = upper.compare(0, upperName.size(), upperName) == 0;
            const auto place = layer.Find(i);
            NS_TEST_ASSERT_MSG_EQ(place.has_value(), isUplink, title + ": " + lower + upper);
            if (!place)
            {
                continue;
            }
            ++uplinks;
            ++loads[CircuitLayer::NameSwitch(place->circuitSwitch)];
            ++lowers[place->circuitSwitch][lower];
            ++uppers[place->circuitSwitch][upper];
            ++ends[lower];
            ++ends[upper];
            for (uint32_t k = 0; k < portsPerLink; ++k)
            {
                const uint32_t port = place->firstPort + k;
                NS_TEST_ASSERT_MSG_LT(port, layer.GetSpec().GetUsablePorts(), "spares stay free");
                const bool isFree = ports.emplace(place->circuitSwitch, port).second;
                NS_TEST_ASSERT_MSG_EQ(isFree, true, "a port has one fibre");
            }
        }
        NS_TEST_EXPECT_MSG_EQ(uplinks, fabric.counts[0].GetLinks(1, 2), title + ": all uplinks");
        NS_TEST_EXPECT_MSG_EQ(ports.size(), uplinks * portsPerLink, title + ": ports");
        NS_TEST_EXPECT_MSG_EQ(layer.GetUsedPorts(), ports.size(), title + ": ports in use");
        NS_TEST_EXPECT_MSG_EQ(CountCircuitPorts(fabric), ports.size(), title + ": counted");
        NS_TEST_EXPECT_MSG_LT(GetSpread(loads), 2, title + ": links of a switch");
        for (uint32_t s = 0; s < switches; ++s)
        {
            // Whoever has no link through this switch counts as 0.
            for (const auto& [name, all] : ends)
            {
                const bool isUpper = name.compare(0, upperName.size(), upperName) == 0;
                (isUpper ? uppers : lowers)[s].emplace(name, 0);
            }
            NS_TEST_EXPECT_MSG_LT(GetSpread(lowers[s]), 2, title + ": links of a lower end");
            NS_TEST_EXPECT_MSG_LT(GetSpread(uppers[s]), 3, title + ": links of an upper end");
        }
    }

    void DoRun() override
    {
        const BuiltFabric plain = CreateObject<CloudMatrixHelper>()->Build();
        NS_TEST_EXPECT_MSG_EQ(plain.GetCircuits(0).GetNSwitches(), 0, "none unless asked for");
        NS_TEST_EXPECT_MSG_EQ(CountCircuitPorts(plain), 0, "nor ports");
        Simulator::Destroy();
        if (!HasToml())
        {
            return;
        }
        // 48 x 7 x 16 links of 4 fibres: 16 links to the 128 ports that are not spare.
        BuiltFabric fabric = MakeHelper<CloudMatrixHelper>(SWITCHED)->Build();
        CheckGraph(fabric, 336, 8, "l2-", "CloudMatrix384");
        NS_TEST_EXPECT_MSG_EQ(fabric.GetCircuits(1).GetNSwitches(), 0, "none in the RDMA network");
        std::ostringstream os;
        fabric.Describe(os);
        NS_TEST_EXPECT_MSG_NE(
            os.str().find("336 circuit switches Palomar, 43008 ports in use, 8 to a link"),
            std::string::npos,
            os.str());
        Simulator::Destroy();
        fabric.Dispose();
        const Attributes small{{"Nodes", "3"}, {"ScaleOut", "false"}, {"UplinkOcsCount", "25"}};
        fabric = MakeHelper<CloudMatrixHelper>(Join(SWITCHED, small))->Build();
        CheckGraph(fabric, 25, 8, "l2-", "more than it takes");
        Simulator::Destroy();
        fabric.Dispose();
        // 8 leaves with 4 links to each of 4 spines, one of 4 lanes to a module: 16 ports each.
        const Attributes clos{{"Endpoints", "128"},
                              {"Leaves", "8"},
                              {"Spines", "4"},
                              {"LinkMedium", "Optical"},
                              {"UplinkOcs", "Palomar"}};
        fabric = MakeHelper<ClosHelper>(clos)->Build();
        CheckGraph(fabric, 16, 16, "spine-", "Clos");
        Simulator::Destroy();
        fabric.Dispose();
        // The same with four wavelengths on a fibre: a quarter of the fibres.
        fabric = MakeHelper<ClosHelper>(Join(clos, {{"Module", "400G-FR4"}}))->Build();
        CheckGraph(fabric, 4, 4, "spine-", "Clos, WDM");
        Simulator::Destroy();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Attributes that do not go together are refused.
 */
class CircuitRefusalTestCase : public FabricTestCase
{
  public:
    CircuitRefusalTestCase()
        : FabricTestCase("Circuit switches that cannot be there are refused")
    {
    }

  private:
    /**
     * @param helper helper
     * @param parts what it says
     */
    void Expect(const Ptr<FabricHelper>& helper, const std::vector<std::string>& parts)
    {
        const std::string refusal = GetRefusal(helper);
        for (const std::string& part : parts)
        {
            NS_TEST_EXPECT_MSG_NE(refusal.find(part), std::string::npos, refusal << ": " << part);
        }
    }

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        Expect(MakeHelper<CloudMatrixHelper>({{"UplinkOcs", "Palomar"}}),
               {"Module 400G-SR8-LPO sends at 850 nm", "allowed: ", "400G-DR4"});
        Expect(MakeHelper<CloudMatrixHelper>(Join(SWITCHED, {{"UplinkMedium", "Copper"}})),
               {"UplinkOcs Palomar", "only with UplinkMedium Optical"});
        Expect(MakeHelper<CloudMatrixHelper>(Join(SWITCHED, {{"Nodes", "1"}})),
               {"UplinkOcs Palomar", "at least 2 Nodes"});
        Expect(MakeHelper<CloudMatrixHelper>(Join(SWITCHED, {{"UplinkOcsCount", "300"}})),
               {"UplinkOcsCount 300 of Palomar have ports for 4800 of 5376 links", "at least 336"});
        Expect(MakeHelper<CloudMatrixHelper>(Join(SWITCHED, {{"Module", "400G-FR4"}})),
               {"Module 400G-FR4", "2 links cannot share out"});
        Expect(MakeHelper<ClosHelper>({{"Leaves", "1"}, {"Spines", "0"}, {"UplinkOcs", "Palomar"}}),
               {"UplinkOcs Palomar", "at least 1 Spines"});
        Expect(MakeHelper<ClosHelper>({{"UplinkOcs", "Palomor"}}), {"did you mean Palomar?"});
        // A catalog of one's own.
        const auto helper = MakeHelper<ClosHelper>({{"UplinkOcs", "mine"}});
        Expect(helper, {"there is no circuit switch \"mine\""});
        auto catalog = std::make_shared<Catalog>();
        catalog->LoadText("[circuit_switch.mine]\nlike = \"Palomar\"\n"
                          "ports = { value = 24, unit = \"1\", source = \"s\", mark = \"M\" }\n",
                          "mine.toml");
        helper->SetCatalog(catalog);
        BuiltFabric fabric = helper->Build();
        // 4 leaves, 4 spines, 4 links each; 16 ports without spares are those of one link.
        NS_TEST_EXPECT_MSG_EQ(fabric.GetCircuits(0).GetNSwitches(), 64, "one to each link");
        Simulator::Destroy();
        fabric.Dispose();
        NS_TEST_EXPECT_MSG_EQ(fabric.circuits.size(), 0, "gone");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Bill, power, energy, price and failures are those counted by hand.
 */
class CircuitBillTestCase : public FabricTestCase
{
  public:
    CircuitBillTestCase()
        : FabricTestCase("Circuit switches and their cables are in bill, power, price and failures")
    {
    }

  private:
    static constexpr double SWITCH_W = 108;        ///< of a Palomar, by the catalog, W
    static constexpr double PRICE_USD = 136 * 520; ///< of a Palomar, by the catalog, USD

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        const Catalog catalog;
        BuiltFabric fabric = MakeHelper<CloudMatrixHelper>(SWITCHED)->Build();
        const BillOfMaterials bill = CountBill(fabric);
        const auto count = [&bill](PartClass::Kind part, const std::string& network) {
            return bill.GetCount(part, network);
        };
        NS_TEST_EXPECT_MSG_EQ(count(PartClass::CIRCUIT_SWITCH, "ub"), 336, "5376 links, 16 each");
        NS_TEST_EXPECT_MSG_EQ(count(PartClass::CIRCUIT_SWITCH, "rdma"), 0, "none");
        NS_TEST_EXPECT_MSG_EQ(bill.GetCountOfType(PartClass::CIRCUIT_SWITCH, "Palomar"),
                              336,
                              "of that type");
        NS_TEST_EXPECT_MSG_EQ(bill.GetCountOfType(PartClass::MODULE, "400G-DR4"), 5376, "modules");
        NS_TEST_EXPECT_MSG_EQ(count(PartClass::CABLE, "ub"), 5376, "a cable to each module");
        NS_TEST_EXPECT_MSG_EQ(count(PartClass::CABLE, "rdma"), 768, "one to two modules");
        // 8 fibres of a DR4, 16 of an SR8; and two ports for each of 4 x 5376 fibres.
        const uint64_t fibreEnds = 5376 * 8 + 1536 * 16;
        NS_TEST_EXPECT_MSG_EQ(CountFibreEnds(bill, catalog), fibreEnds, "fibre ends at modules");
        NS_TEST_EXPECT_MSG_EQ(CountCircuitPorts(fabric), 5376 * 4 * 2, "and at switches");
        for (const Figure& figure : GetFabricFigures(catalog, fabric, ComparisonSettings()))
        {
            const bool isFibres = figure.key == "fibres";
            NS_TEST_EXPECT_MSG_EQ((isFibres ? figure.value : 5376 * 8 + 768 * 16),
                                  5376 * 8 + 768 * 16,
                                  "fibres: each ends at a module and at a switch or a module");
        }
        const std::vector<std::string> racks = GetRacks(bill);
        NS_TEST_EXPECT_MSG_EQ(racks.size(), 12 + 4 + 1 + 42, "eight switches to a rack");
        NS_TEST_EXPECT_MSG_EQ(std::count(racks.begin(), racks.end(), "circuit-41"), 1, "the last");

        const PowerBook book = MakePowerBook(catalog, bill);
        const PowerBudget budget = GetPowerBudget(bill, book, {}, {});
        NS_TEST_EXPECT_MSG_EQ_TOL(budget.GetInputW(PartClass::CIRCUIT_SWITCH),
                                  336 * SWITCH_W,
                                  1e-6,
                                  "power");
        NS_TEST_EXPECT_MSG_EQ_TOL(budget.GetRackInputW("circuit-0"), 8 * SWITCH_W, 1e-9, "a rack");
        double priceUsd = 0;
        for (const CostItem& item : MakeCostInputs(catalog, bill, {}).items)
        {
            priceUsd += item.name == "Palomar" ? item.count * item.unitUsd.typical : 0;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(priceUsd, 336 * PRICE_USD, 1e-6, "price");
        // 0.04 % of them a day.
        for (const FailureLine& line : EstimateFailures(catalog, bill).lines)
        {
            const bool isOcs = line.mode == "ocs";
            NS_TEST_EXPECT_MSG_EQ((isOcs ? line.count : 336), 336, "that can fail");
            NS_TEST_EXPECT_MSG_EQ_TOL((isOcs ? line.failuresPerYear : 336 * 0.0004 * 365),
                                      336 * 0.0004 * 365,
                                      0.05,
                                      "failures a year");
        }

        const auto recorder = CreateObject<EnergyRecorder>();
        recorder->Install(fabric, MakeEnergySetup(catalog, bill, "80PLUS-Titanium", 1));
        recorder->Start();
        Simulator::Schedule(MicroSeconds(100), &EnergyRecorder::Finish, recorder);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ_TOL(recorder->GetEnergyJ(PartClass::CIRCUIT_SWITCH),
                                  336 * SWITCH_W * 100e-6,
                                  1e-9,
                                  "the same all the time");
        Simulator::Destroy();
        fabric.Dispose();

        // A cable to each module of an uplink, one to two modules of the other links.
        fabric = MakeHelper<ClosHelper>({{"Endpoints", "16"},
                                         {"Leaves", "4"},
                                         {"Spines", "2"},
                                         {"LinkMedium", "Optical"},
                                         {"UplinkOcs", "Polatis-576"}})
                     ->Build();
        const BillOfMaterials clos = CountBill(fabric);
        NS_TEST_EXPECT_MSG_EQ(clos.GetCountOfType(PartClass::CIRCUIT_SWITCH, "Polatis-576"),
                              1,
                              "36 links would fit, 16 there are");
        NS_TEST_EXPECT_MSG_EQ(clos.GetCount(PartClass::MODULE), 2 * 16 + 2 * 16, "modules");
        NS_TEST_EXPECT_MSG_EQ(clos.GetCount(PartClass::CABLE), 16 + 2 * 16, "cables");
        Simulator::Destroy();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Light loses in the switch, in its connectors and in the fibre what the parts lose.
 */
class CircuitLightTestCase : public FabricTestCase
{
  public:
    CircuitLightTestCase()
        : FabricTestCase("The budget of a link through a circuit switch is the sum by hand")
    {
    }

  private:
    /**
     * @param transceiver type of the modules
     * @param connectors connectors of a cable
     * @return optics over single-mode fibre
     */
    static Ptr<OpticsHelper> MakeOptics(const std::string& transceiver, uint32_t connectors = 2)
    {
        const auto optics = CreateObject<OpticsHelper>();
        optics->SetAttribute("Transceiver", StringValue(transceiver));
        optics->SetAttribute("Fibre", StringValue("SMF"));
        optics->SetAttribute("Connector", StringValue("MPO"));
        optics->SetAttribute("Connectors", UintegerValue(connectors));
        optics->SetAttribute("FibreLengthM", DoubleValue(100));
        return optics;
    }

    /**
     * @param optics optics
     * @param fabric a fabric
     * @return why they are refused
     */
    static std::string Refuse(const Ptr<OpticsHelper>& optics, const BuiltFabric& fabric)
    {
        try
        {
            optics->Validate(fabric.networks[0], fabric.GetCircuits(0));
        }
        catch (const std::exception& refusal)
        {
            return refusal.what();
        }
        return "nothing";
    }

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        const Catalog catalog;
        const auto connector = catalog.GetCoupling("MPO");
        const auto fibre = catalog.GetFibre("SMF");
        const auto ocs = catalog.GetCircuitSwitch("Palomar");
        const Attributes small{{"Nodes", "2"}, {"ScaleOut", "false"}, {"UplinkRate", "200Gbps"}};
        for (const uint32_t connectors : {2U, 3U})
        {
            BuiltFabric fabric = MakeHelper<CloudMatrixHelper>(Join(SWITCHED, small))->Build();
            const auto optics = MakeOptics("400G-DR4", connectors);
            fabric.plants[0] = optics->Install(fabric.networks[0], fabric.GetCircuits(0));
            const auto light = DynamicCast<OpticalMedium>(fabric.plants[0]->GetMedia().at(17));
            // Two cables of 50 m in as many pieces as connectors make.
            const double lossDb = 2 * connectors * connector->lossDb +
                                  100 * fibre->attenuationDbPerKm / 1000 + ocs->lossDb;
            for (uint32_t direction = 0; direction < 2; ++direction)
            {
                const LaneBudget budget = light->GetBudget(direction, 1);
                NS_TEST_EXPECT_MSG_EQ_TOL(budget.pathLossDb, lossDb, 1e-9, "loss");
            }
            NS_TEST_ASSERT_MSG_EQ(light->GetNParts(), 4 * connectors - 1, "parts of the way");
            for (uint32_t i = 0; i < light->GetNParts(); ++i)
            {
                const bool isMiddle = i == 2 * connectors - 1;
                NS_TEST_EXPECT_MSG_EQ((light->GetPart(i).kind == PathElement::SWITCH),
                                      isMiddle,
                                      "the switch is in the middle");
            }
            const PathPart& pass = light->GetPart(2 * connectors - 1);
            NS_TEST_EXPECT_MSG_EQ(pass.coupling->reflectanceDb, ocs->reflectanceDb, "reflectance");
            NS_TEST_EXPECT_MSG_EQ(light->GetState().up, true, "the budget closes");

            // Without the switch: its loss, and two connectors, less.
            BuiltFabric straight =
                MakeHelper<CloudMatrixHelper>(Join(small, {{"Module", "400G-DR4"}}))->Build();
            straight.plants[0] = optics->Install(straight.networks[0]);
            const auto other = DynamicCast<OpticalMedium>(straight.plants[0]->GetMedia().at(17));
            const LaneBudget with = light->GetBudget(0, 0);
            const LaneBudget without = other->GetBudget(0, 0);
            NS_TEST_EXPECT_MSG_EQ_TOL(with.pathLossDb - without.pathLossDb,
                                      ocs->lossDb + connectors * connector->lossDb,
                                      1e-9,
                                      "what the switch costs");
            NS_TEST_EXPECT_MSG_LT(with.marginDb, without.marginDb - ocs->lossDb, "of the margin");
            NS_TEST_EXPECT_MSG_EQ(light->GetLink()->GetState(0).propagation,
                                  other->GetLink()->GetState(0).propagation,
                                  "the same fibre, the same time");

            // Passes differ, each direction and lane by itself, as the type's spread has it.
            fabric.AssignStreams(0);
            double sumDb = 0;
            double squaresDb = 0;
            double passes = 0;
            for (const Ptr<LinkMedium>& medium : fabric.plants[0]->GetMedia())
            {
                const auto one = DynamicCast<OpticalMedium>(medium);
                for (const float deviationDb : one->GetPart(2 * connectors - 1).deviationDb)
                {
                    sumDb += deviationDb;
                    squaresDb += deviationDb * deviationDb;
                    ++passes;
                }
            }
            NS_TEST_EXPECT_MSG_EQ(passes, 224 * 2 * 2, "2 lanes each way of 224 links");
            NS_TEST_EXPECT_MSG_EQ_TOL(sumDb / passes,
                                      0,
                                      5 * ocs->lossSpreadDb / std::sqrt(passes),
                                      "about the typical one");
            NS_TEST_EXPECT_MSG_EQ_TOL(std::sqrt(squaresDb / passes),
                                      ocs->lossSpreadDb,
                                      0.15 * ocs->lossSpreadDb,
                                      "spread");
            Simulator::Destroy();
            fabric.Dispose();
            straight.Dispose();
        }

        // Modules that the fabric was not made for.
        BuiltFabric fabric = MakeHelper<CloudMatrixHelper>(Join(SWITCHED, small))->Build();
        const std::string multimode = Refuse(MakeOptics("400G-SR8-LPO"), fabric);
        NS_TEST_EXPECT_MSG_NE(multimode.find("Fibre SMF does not go with Transceiver 400G-SR8-LPO"),
                              std::string::npos,
                              multimode);
        const auto optics = MakeOptics("400G-SR8-LPO");
        optics->SetAttribute("Fibre", StringValue("OM4"));
        optics->SetAttribute("Connector", StringValue("MPO-MM"));
        const std::string light = Refuse(optics, fabric);
        NS_TEST_EXPECT_MSG_NE(light.find("Transceiver 400G-SR8-LPO sends at 850 nm"),
                              std::string::npos,
                              light);
        NS_TEST_EXPECT_MSG_NE(light.find("allowed: "), std::string::npos, light);
        const std::string ports = Refuse(MakeOptics("800G-DR8"), fabric);
        NS_TEST_EXPECT_MSG_NE(ports.find("800G-DR8 has 8 fibres for a link"),
                              std::string::npos,
                              ports);
        NS_TEST_EXPECT_MSG_NE(ports.find("have ports for 4"), std::string::npos, ports);
        Simulator::Destroy();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Fabrics with circuit switches between their tiers.
 */
class CircuitFabricTestSuite : public PicosecondTestSuite
{
  public:
    CircuitFabricTestSuite()
        : PicosecondTestSuite("optical-fabric-circuit-fabric", Type::UNIT)
    {
        AddTestCase(new CircuitCountTestCase);
        AddTestCase(new CircuitRefusalTestCase);
        AddTestCase(new CircuitBillTestCase);
        AddTestCase(new CircuitLightTestCase);
    }
};

CircuitFabricTestSuite g_circuitFabricTestSuite; ///< registers the suite

} // namespace
