/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/double.h"
#include "ns3/energy-recorder.h"
#include "ns3/fabric-inventory.h"
#include "ns3/optics-helper.h"
#include "ns3/scenario-toml.h"

#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief A fabric without traffic draws what the power budget says.
 */
class EnergyIdleTestCase : public FabricTestCase
{
  public:
    EnergyIdleTestCase()
        : FabricTestCase("An idle fabric draws its power budget times the time")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        const Catalog catalog;
        BuiltFabric fabric = MakeHelper<CloudMatrixHelper>({{"Nodes", "8"}})->Build();
        const BillOfMaterials bill = CountBill(fabric);
        const EnergySetup setup = MakeEnergySetup(catalog, bill, "80PLUS-Titanium", 1.4);
        const auto recorder = CreateObject<EnergyRecorder>();
        recorder->SetAttribute("ProcessorDuty", DoubleValue(0.5));
        recorder->Install(fabric, setup);
        bool isOver = false;
        Simulator::Schedule(MilliSeconds(1), &EnergyRecorder::Finish, recorder);
        recorder->SetAloneTest([&isOver]() { return isOver; });
        recorder->Start();
        Simulator::Run();
        Duties duties;
        duties[PartClass::SWITCH].load = 0;
        duties[PartClass::MODULE].load = 0;
        duties[PartClass::PROCESSOR].load = 0.5;
        const PowerBudget budget = GetPowerBudget(bill, setup.book, duties, setup.chain);
        const EnergyRecord record = recorder->Collect("idle");
        const auto expect = [this](double got, double expectedW, const std::string& what) {
            NS_TEST_EXPECT_MSG_EQ_TOL(got, expectedW * 1e-3, 1e-12 * expectedW, what);
        };
        expect(record.socketJ, budget.inputW, "all");
        expect(record.facilityJ, budget.facilityW, "facility");
        double sumJ = 0;
        for (const EnergyRack& rack : record.racks)
        {
            expect(rack.socketJ, budget.GetRackInputW(rack.name), rack.name);
            sumJ += rack.socketJ;
        }
        expect(sumJ, budget.inputW, "racks sum up");
        for (uint8_t i = 0; i < PartClass::COUNT; ++i)
        {
            const auto part = static_cast<PartClass::Kind>(i);
            expect(recorder->GetEnergyJ(part),
                   budget.GetInputW(part),
                   ns3::opticalfabric::GetName(part));
        }
        NS_TEST_EXPECT_MSG_EQ(recorder->GetEvents(), 99, "samples before the end");
        NS_TEST_EXPECT_MSG_EQ(record.series.at(0).steps.size(), 100, "samples of 10 us");
        expect(record.GetPeakW() * 1e-3, budget.inputW, "no sample is any different");
        NS_TEST_EXPECT_MSG_EQ((setup.marks.at(PartClass::ENCLOSURE)), "M", "a guess");
        Simulator::Destroy();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Full load is full power.
 */
class EnergyLoadTestCase : public FabricTestCase
{
  public:
    EnergyLoadTestCase()
        : FabricTestCase("Full load of a line is what its parts, or their links, can carry")
    {
    }

  private:
    void DoRun() override
    {
        // 4 leaves with 8 endpoints and 2 uplinks of 400 Gb/s each, 2 spines.
        BuiltFabric fabric = MakeHelper<ClosHelper>({{"Endpoints", "32"},
                                                     {"Leaves", "4"},
                                                     {"Spines", "2"},
                                                     {"UplinksPerSpine", "1"},
                                                     {"Spine", "Tomahawk-5"}})
                                 ->Build();
        const BillOfMaterials bill = CountBill(fabric);
        const double rate = 50e9;
        const std::vector<double> found =
            FabricLoads(fabric, bill, {{"SN5600", 6.4e12}, {"Tomahawk-5", 1e9}})
                .GetCapacitiesBytesPerS();
        for (std::size_t i = 0; i < found.size(); ++i)
        {
            const BillLine& line = bill.GetLines()[i];
            double expected = 0;
            expected = line.type == "SN5600" ? 4 * 6.4e12 : expected;       // what they can send
            expected = line.type == "Tomahawk-5" ? 2 * 4 * rate : expected; // what their links do
            expected = line.part == PartClass::MODULE ? 16 * 2 * rate : expected;
            expected = line.part == PartClass::NIC ? 32 * 2 * rate : expected;
            NS_TEST_EXPECT_MSG_EQ(found[i], expected, line.type);
        }
        Simulator::Destroy();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Modules that are dead draw nothing.
 */
class EnergyModuleTestCase : public FabricTestCase
{
  public:
    EnergyModuleTestCase()
        : FabricTestCase("A dead module draws nothing until it is replaced")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        const Catalog catalog;
        BuiltFabric fabric =
            MakeHelper<ClosHelper>({{"Endpoints", "4"}, {"Leaves", "2"}, {"Spines", "1"}})->Build();
        const auto optics = CreateObject<OpticsHelper>();
        optics->SetAttribute("Transceiver", StringValue("400G-SR8"));
        fabric.plants = {optics->Install(fabric.networks[0])};
        fabric.AssignStreams(0);
        const BillOfMaterials bill = CountBill(fabric);
        const EnergySetup setup = MakeEnergySetup(catalog, bill, "80PLUS-Titanium", 1);
        const Ptr<OpticalModule> first = fabric.plants[0]->GetModule(0);
        const Ptr<OpticalModule> second = fabric.plants[0]->GetModule(1);
        second->Fail();
        const auto recorder = CreateObject<EnergyRecorder>();
        recorder->Install(fabric, setup);
        recorder->Start();
        Simulator::Schedule(MicroSeconds(95), &OpticalModule::Fail, first);
        Simulator::Schedule(MicroSeconds(120), &OpticalModule::Fail, first);
        Simulator::Schedule(MicroSeconds(250), &OpticalModule::Replace, first);
        Simulator::Schedule(MicroSeconds(300), &OpticalModule::Replace, first);
        Simulator::Schedule(MicroSeconds(500), &EnergyRecorder::Finish, recorder);
        Simulator::Run();
        const double moduleW =
            setup.book.Get(PartClass::MODULE, first->GetSpec().name).power.idleW / 0.96;
        const auto modules = static_cast<double>(bill.GetCount(PartClass::MODULE));
        NS_TEST_EXPECT_MSG_GT(moduleW, 0, "modules draw something");
        NS_TEST_EXPECT_MSG_EQ_TOL(recorder->GetEnergyJ(PartClass::MODULE),
                                  moduleW * ((modules - 1) * 500e-6 - 155e-6),
                                  1e-12,
                                  "one dead all the time, one for 155 us");
        Simulator::Destroy();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Power of parts while nothing runs.
 */
class EnergyPartsTestSuite : public PicosecondTestSuite
{
  public:
    EnergyPartsTestSuite()
        : PicosecondTestSuite("optical-fabric-energy-parts", Type::UNIT)
    {
        AddTestCase(new EnergyIdleTestCase);
        AddTestCase(new EnergyLoadTestCase);
        AddTestCase(new EnergyModuleTestCase);
    }
};

EnergyPartsTestSuite g_energyPartsTestSuite; ///< registers the suite

} // namespace
