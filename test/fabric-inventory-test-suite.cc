/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/bill-failures.h"
#include "ns3/catalog-power.h"
#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/fabric-inventory.h"
#include "ns3/nvl72-helper.h"
#include "ns3/optics-helper.h"
#include "ns3/scenario-toml.h"

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

/// A bill that was written down by hand, without racks.
using HandBill = std::vector<BillLine>;

/**
 * @param lines lines
 * @return the bill
 */
BillOfMaterials
MakeBill(const HandBill& lines)
{
    BillOfMaterials bill;
    for (const BillLine& line : lines)
    {
        bill.Add(line);
    }
    return bill;
}

/// @return what CloudMatrix384 consists of, as the literature has it
BillOfMaterials
MakeCloudMatrixBill()
{
    return MakeBill({{PartClass::ACCELERATOR, "Ascend-910C", "", "", 384},
                     {PartClass::PROCESSOR, "Kunpeng-920-6426", "", "", 192},
                     {PartClass::ENCLOSURE, "CloudMatrix-node", "", "", 48},
                     {PartClass::SWITCH, "SN5600", "rdma", "", 9},
                     {PartClass::SWITCH, "UB-L1", "ub", "", 336},
                     {PartClass::SWITCH, "UB-L2", "ub", "", 112},
                     {PartClass::MODULE, "400G-SR8-LPO", "ub", "", 5376},
                     {PartClass::MODULE, "400G-SR8-LPO", "rdma", "", 1536},
                     {PartClass::CABLE, "MPO-16-trunk", "ub", "", 2688},
                     {PartClass::CABLE, "MPO-16-trunk", "rdma", "", 768}});
}

/**
 * @ingroup optical-fabric-tests
 * @brief Bills are counted from the graph.
 */
class InventoryCountTestCase : public FabricTestCase
{
  public:
    InventoryCountTestCase()
        : FabricTestCase("Bills of CloudMatrix384, NVL72 and Clos are those counted by hand")
    {
    }

  private:
    void DoRun() override
    {
        CheckBill(CreateObject<CloudMatrixHelper>(), MakeCloudMatrixBill(), "CloudMatrix384");
        CheckBill(MakeHelper<CloudMatrixHelper>({{"EndpointKind", "Npu"}}),
                  MakeCloudMatrixBill(),
                  "the same with NPUs as endpoints");
        CheckBill(CreateObject<Nvl72Helper>(),
                  MakeBill({{PartClass::ACCELERATOR, "GB200-B200", "", "", 72},
                            {PartClass::PROCESSOR, "Grace", "", "", 36},
                            {PartClass::ENCLOSURE, "GB200-compute-tray", "", "", 18},
                            {PartClass::SWITCH, "NVLink5-switch", "nvlink", "", 18},
                            {PartClass::CABLE, "NVLink-copper-pair", "nvlink", "", 5184}}),
                  "NVL72");
        // A third of the nodes, other parts: 16 x 7 x 16 uplinks, two to a module.
        CheckBill(MakeHelper<CloudMatrixHelper>({{"Nodes", "16"},
                                                 {"ScaleOut", "false"},
                                                 {"Accelerator", "H20"},
                                                 {"Enclosure", ""},
                                                 {"Module", "400G-SR8"}}),
                  MakeBill({{PartClass::ACCELERATOR, "H20", "", "", 128},
                            {PartClass::PROCESSOR, "Kunpeng-920-6426", "", "", 64},
                            {PartClass::SWITCH, "UB-L1", "ub", "", 112},
                            {PartClass::SWITCH, "UB-L2", "ub", "", 112},
                            {PartClass::MODULE, "400G-SR8", "ub", "", 1792},
                            {PartClass::CABLE, "MPO-16-trunk", "ub", "", 896}}),
                  "16 nodes");
        // Copper has no modules; a cable carries as many links as a module did.
        CheckBill(MakeHelper<CloudMatrixHelper>({{"Nodes", "2"},
                                                 {"ScaleOut", "false"},
                                                 {"Enclosure", ""},
                                                 {"CpusPerNode", "0"},
                                                 {"UplinkMedium", "Copper"}}),
                  MakeBill({{PartClass::ACCELERATOR, "Ascend-910C", "", "", 16},
                            {PartClass::SWITCH, "UB-L1", "ub", "", 14},
                            {PartClass::SWITCH, "UB-L2", "ub", "", 112},
                            {PartClass::CABLE, "400G-copper-cable", "ub", "", 112}}),
                  "copper");
        CheckBill(
            MakeHelper<ClosHelper>(
                {{"Endpoints", "32"}, {"Leaves", "4"}, {"Spines", "2"}, {"Spine", "Tomahawk-5"}}),
            MakeBill({{PartClass::ACCELERATOR, "H100-SXM", "", "", 32},
                      {PartClass::NIC, "ConnectX-7", "clos", "", 32},
                      {PartClass::SWITCH, "SN5600", "clos", "", 4},
                      {PartClass::SWITCH, "Tomahawk-5", "clos", "", 2},
                      {PartClass::MODULE, "400G-DR4", "clos", "", 64},
                      {PartClass::CABLE, "MPO-16-trunk", "clos", "", 32},
                      {PartClass::CABLE, "400G-copper-cable", "clos", "", 32}}),
            "Clos");
    }

    /**
     * @param helper helper
     * @param expected bill of what it builds
     * @param name for messages
     */
    void CheckBill(const Ptr<FabricHelper>& helper,
                   const BillOfMaterials& expected,
                   const std::string& name)
    {
        BuiltFabric fabric = helper->Build();
        const auto rows = CountBill(fabric).WithoutRacks().GetRows();
        const auto expectedRows = expected.GetRows();
        NS_TEST_ASSERT_MSG_EQ(rows.size(), expectedRows.size(), name + ": lines");
        for (std::size_t i = 0; i < rows.size(); ++i)
        {
            for (std::size_t k = 0; k < rows[i].size(); ++k)
            {
                NS_TEST_EXPECT_MSG_EQ(rows[i][k], expectedRows[i][k], name + ": a field of a line");
            }
        }
        Simulator::Destroy();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Racks are those of the literature, and sum up to the system.
 */
class InventoryRackTestCase : public FabricTestCase
{
  public:
    InventoryRackTestCase()
        : FabricTestCase("Racks of CloudMatrix384 sum up to it")
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
        BuiltFabric fabric = CreateObject<CloudMatrixHelper>()->Build();
        const BillOfMaterials bill = CountBill(fabric);
        const auto supply = catalog.GetSupply("80PLUS-Titanium");
        const PowerBudget budget =
            GetPowerBudget(bill, MakePowerBook(catalog, bill), {}, supply->GetChain(1));
        const std::vector<std::string> racks = GetRacks(bill);
        NS_TEST_EXPECT_MSG_EQ(racks.size(), 12 + 4 + 1, "compute, communication, scale-out");
        double sumW = 0;
        for (const std::string& rack : racks)
        {
            sumW += budget.GetRackInputW(rack);
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(sumW, budget.inputW, 1e-6, "racks sum up to the system");
        NS_TEST_EXPECT_MSG_EQ_TOL(
            budget.GetRackInputW("compute-0"),
            (32 * 620 + 16 * 195 + 4 * 3012 + 28 * 140.3 + (28 * 8 + 32) * 4.3) / 0.96,
            1e-6,
            "four nodes with their modules");
        NS_TEST_EXPECT_MSG_EQ_TOL(budget.GetRackInputW("communication-3"),
                                  (28 * 190.9 + 28 * 24 * 4.3) / 0.96,
                                  1e-6,
                                  "28 L2 chips with their modules");
        // The hand-counted bill of system-power-test draws the same.
        const BillOfMaterials hand = MakeCloudMatrixBill();
        NS_TEST_EXPECT_MSG_EQ_TOL(
            budget.inputW,
            GetPowerBudget(hand, MakePowerBook(catalog, hand), {}, supply->GetChain(1)).inputW,
            1e-6,
            "as counted by hand");
        NS_TEST_EXPECT_MSG_EQ_TOL(budget.inputW, 548397, 0.5, "the documented sum");
        NS_TEST_EXPECT_MSG_EQ(CountFibreEnds(bill, catalog), 6912 * 16, "fibre ends");
        NS_TEST_EXPECT_MSG_EQ_TOL(GetScaleUpBytesPerS(fabric), 392e9, 1, "14 links of 28 GB/s");
        Simulator::Destroy();
        fabric.Dispose();
        fabric = CreateObject<Nvl72Helper>()->Build();
        NS_TEST_EXPECT_MSG_EQ_TOL(GetScaleUpBytesPerS(fabric), 900e9, 1, "18 NVLinks");
        NS_TEST_EXPECT_MSG_EQ(GetRacks(CountBill(fabric)).size(), 1, "one rack");
        Simulator::Destroy();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Modules on light are of the type they are made of, and a fabric of which nothing is said
 * has no bill.
 */
class InventoryTypeTestCase : public FabricTestCase
{
  public:
    InventoryTypeTestCase()
        : FabricTestCase("Optics decide the type of modules; what nobody says is refused")
    {
    }

  private:
    void DoRun() override
    {
        BuiltFabric fabric = MakeHelper<ClosHelper>({{"Endpoints", "8"}})->Build();
        fabric.parts.networks[0].module.clear();
        std::string refusal;
        try
        {
            CountBill(fabric);
        }
        catch (const std::invalid_argument& thrown)
        {
            refusal = thrown.what();
        }
        NS_TEST_EXPECT_MSG_EQ(refusal,
                              "CountBill: nothing says what optical modules of network \"clos\" "
                              "are",
                              "modules without a type");
        fabric.parts = FabricParts();
        refusal.clear();
        try
        {
            CountBill(fabric);
        }
        catch (const std::invalid_argument& thrown)
        {
            refusal = thrown.what();
        }
        NS_TEST_EXPECT_MSG_EQ(refusal,
                              "CountBill: nothing says what switches in tier 1 of network "
                              "\"clos\" are",
                              "a fabric of which nothing is said");
        NS_TEST_EXPECT_MSG_EQ(GetRefusal(MakeHelper<ClosHelper>({{"Leaf", ""}})),
                              "Leaf \"\", allowed the name of an entry of the catalog",
                              "an empty name");
        Simulator::Destroy();
        fabric.Dispose();
        if (!HasToml())
        {
            return;
        }
        fabric = MakeHelper<CloudMatrixHelper>(
                     {{"Nodes", "2"}, {"Module", "400G-DR4"}, {"RdmaModule", "400G-SR8"}})
                     ->Build();
        const auto optics = CreateObject<OpticsHelper>();
        optics->SetAttribute("Transceiver", StringValue("400G-SR8-LPO"));
        fabric.plants[0] = optics->Install(fabric.networks[0]);
        const BillOfMaterials bill = CountBill(fabric);
        NS_TEST_EXPECT_MSG_EQ(bill.GetCountOfType(PartClass::MODULE, "400G-SR8-LPO"),
                              2 * 7 * 8 + 7 * 16,
                              "modules on light");
        NS_TEST_EXPECT_MSG_EQ(bill.GetCountOfType(PartClass::MODULE, "400G-DR4"), 0, "no others");
        NS_TEST_EXPECT_MSG_EQ(bill.GetCountOfType(PartClass::MODULE, "400G-SR8"),
                              16 * 4,
                              "those of the other network, as it says");
        Simulator::Destroy();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Failures and availability are the closed forms, summed by hand.
 */
class InventoryFailureTestCase : public FabricTestCase
{
  public:
    InventoryFailureTestCase()
        : FabricTestCase("Failures are counts times rates, availability the product of all")
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
        BillOfMaterials bill;
        bill.Add({PartClass::MODULE, "400G-DR4", "net", "a", 1000});
        bill.Add({PartClass::SWITCH, "SN5600", "net", "b", 10});
        bill.Add({PartClass::SWITCH, "Tomahawk-5", "net", "b", 20});
        bill.Add({PartClass::CABLE, "MPO-16-trunk", "net", "a", 500});
        const FailureEstimate estimate = EstimateFailures(catalog, bill);
        // Module 0.63 %, box 0.051 % a month, chip 0.3 %, each of two feeds 1 % a year.
        const double perYear = 1000 * 0.0063 + 10 * 12 * 0.00051 + 20 * 0.003 + 2 * 0.01;
        NS_TEST_EXPECT_MSG_EQ(estimate.lines.size(), 4, "modes; cables have none");
        NS_TEST_EXPECT_MSG_EQ_TOL(estimate.failuresPerYear, perYear, 1e-3 * perYear, "failures");
        NS_TEST_EXPECT_MSG_EQ_TOL(estimate.mtbfH, 8760 / perYear, 10, "time between them");
        // 30 s until known and 2.25 h of a swap; feeds: 1 s, median 2 h with sigma 0.8.
        const double swapH = 30 / 3600.0 + 2.25;
        const double feedH = 1 / 3600.0 + 2 * std::exp(0.32);
        const double down = ((perYear - 0.02) * swapH + 0.02 * feedH) / 8760;
        NS_TEST_EXPECT_MSG_EQ_TOL(1 - estimate.availability, down, 1e-2 * down, "time down");
        NS_TEST_EXPECT_MSG_EQ(+estimate.rateGrade, +Evidence::GUESSED, "a chip's rate is a guess");
        NS_TEST_EXPECT_MSG_EQ(EstimateFailures(catalog, BillOfMaterials()).availability,
                              1,
                              "nothing never fails");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Bills counted from fabrics, and what follows from them.
 */
class FabricInventoryTestSuite : public PicosecondTestSuite
{
  public:
    FabricInventoryTestSuite()
        : PicosecondTestSuite("optical-fabric-inventory", Type::UNIT)
    {
        AddTestCase(new InventoryCountTestCase);
        AddTestCase(new InventoryRackTestCase);
        AddTestCase(new InventoryTypeTestCase);
        AddTestCase(new InventoryFailureTestCase);
    }
};

FabricInventoryTestSuite g_fabricInventoryTestSuite; ///< registers the suite

} // namespace
