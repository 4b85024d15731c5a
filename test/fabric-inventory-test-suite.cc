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
#include "ns3/fabric-cost.h"
#include "ns3/fabric-inventory.h"
#include "ns3/library-collective.h"
#include "ns3/nvl72-helper.h"
#include "ns3/optics-helper.h"
#include "ns3/scenario-toml.h"
#include "ns3/tornado.h"

#include <cmath>
#include <set>
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
 * @brief Figures of a comparison are those of the bill.
 */
class ComparisonTestCase : public FabricTestCase
{
  public:
    ComparisonTestCase()
        : FabricTestCase("Figures to compare by, and what changes them")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        Use(CreateObject<CloudMatrixHelper>());
        NS_TEST_EXPECT_MSG_EQ(Get("modules").value, 6912, "modules");
        NS_TEST_EXPECT_MSG_EQ(Get("modules_scale_up").value, 5376, "of scale-up");
        NS_TEST_EXPECT_MSG_EQ(Get("modules_scale_out").value, 1536, "of scale-out");
        NS_TEST_EXPECT_MSG_EQ(Get("modules").grade.has_value(), false, "counted");
        NS_TEST_EXPECT_MSG_EQ(Get("fibre_cables").value, 3456, "fibre cables, counted once");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("power_kw").value, 548.397, 5e-4, "power");
        NS_TEST_EXPECT_MSG_EQ(+*Get("power_kw").grade,
                              +Evidence::GUESSED,
                              "enclosures are guessed");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("network_w").value, 238.6, 0.05, "scale-up network");
        NS_TEST_EXPECT_MSG_EQ(+*Get("network_w").grade, +Evidence::DERIVED, "of derived powers");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("network_usd").value,
                                  (336 * 600 + 112 * 800 + 5376 * 100 + 2688 * 100) / 384.0,
                                  1e-6,
                                  "price of the scale-up network");
        const double watts = Get("power_kw").value;
        const double failures = Get("failures_per_year").value;
        const double costChina = Get("cost_kusd_china").value;
        CheckJob();
        NS_TEST_EXPECT_MSG_EQ(+*Get("outage_kusd_china").grade, +Evidence::GUESSED, "hours");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("cost_usd_per_gbps_china").value,
                                  costChina * 1000 / (384 * 392),
                                  1e-9,
                                  "cost per GB/s");
        CheckCapital();
        // Only the modules differ: 6,912 of 8 instead of 4.3 W, and equally often dead. Cost is
        // that of the 5,376 of the scale-up network.
        Use(MakeHelper<CloudMatrixHelper>({{"Module", "400G-SR8"}, {"RdmaModule", "400G-SR8"}}));
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("power_kw").value - watts,
                                  6912 * 3.7 / 0.96 / 1000,
                                  1e-6,
                                  "retimed modules");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("failures_per_year").value, failures, 1e-9, "failures");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("cost_kusd_china").value - costChina,
                                  5376 * 3.7 / 0.96 / 1000 *
                                      (1.46 * 8766 * 0.088 + 6000 * ANNUITY_OF_20_YEARS) / 1000,
                                  1e-6,
                                  "cost: prices are the same, electricity and building are not");

        Use(CreateObject<Nvl72Helper>());
        NS_TEST_EXPECT_MSG_EQ(Get("copper_lanes").value, 5184, "lanes");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("copper_failures_per_year").value,
                                  1296 * 40e-9 * 8760,
                                  1e-9,
                                  "copper fails, too");
        NS_TEST_EXPECT_MSG_EQ(Get("modules").value, 0, "no light");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("power_kw").value, 122.871, 5e-4, "power");
        NS_TEST_EXPECT_MSG_EQ(+*Get("power_kw").grade, +Evidence::DERIVED, "nothing is guessed");
        NS_TEST_EXPECT_MSG_EQ(Get("power_guessed_percent").value, 0, "nothing is guessed");

        // Among 8 GPUs, 3 steps there and 3 back move 7/8 twice at 18 x 50 GB/s.
        const std::vector<CollectiveRecord> records =
            RunLibraryCollectives(MakeHelper<Nvl72Helper>({{"ComputeTrays", "2"}}));
        m_figures = GetTimeFigures(records);
        NS_TEST_EXPECT_MSG_EQ(m_figures.size(), 8, "two collectives of four sizes");
        const double wireUs = 2 * 7.0 / 8 * 1073741824 / 900e3;
        NS_TEST_EXPECT_MSG_EQ(Get("all-reduce_1073741824_us").note,
                              "halving-doubling",
                              "the fastest");
        NS_TEST_EXPECT_MSG_GT(Get("all-reduce_1073741824_us").value, wireUs, "not above the rate");
        NS_TEST_EXPECT_MSG_LT(Get("all-reduce_1073741824_us").value, wireUs + 6 * 2, "nor slow");
        // At a dollar a second; 8 GPUs move 2 * 7/8 GiB each.
        Cost cost;
        cost.energyUsdPerYear = 8766 * 3600;
        const double seconds = Get("all-reduce_1073741824_us").value * 1e-6;
        m_figures = GetCollectiveCostFigures(cost, "Here", Evidence::GUESSED, records);
        NS_TEST_EXPECT_MSG_EQ(m_figures.size(), 4, "the largest of either kind");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("all-reduce_usd_per_1000_here").value,
                                  seconds * 1000,
                                  1e-9,
                                  "a thousand");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("all-reduce_usd_per_pb_here").value,
                                  seconds / (14 * 1073741824.0 * 1e-15),
                                  1e-6,
                                  "per petabyte");
    }

    /// What a job on a CloudMatrix384 gets done, worked out by hand.
    void CheckJob()
    {
        // Accelerators and processors of 23 of 24, and 16 racks; modules interrupt nothing.
        const double interruptions =
            23 / 24.0 * (384 * 12621e-9 + 192 * 1507e-9) * 8760 + 16 * 0.01;
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("interruptions_per_year").value,
                                  interruptions,
                                  1e-6,
                                  "interruptions");
        const double mtbfH = 8760 / interruptions;
        const double ratio = 0.02 / (2 * mtbfH);
        const double intervalH =
            std::sqrt(2 * 0.02 * mtbfH) * (1 + std::sqrt(ratio) / 3 + ratio / 9) - 0.02;
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("checkpoint_interval_h").value,
                                  intervalH,
                                  1e-6,
                                  "Daly's interval");
        const double done =
            intervalH / mtbfH * std::exp(-0.17 / mtbfH) / std::expm1((intervalH + 0.02) / mtbfH);
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("job_efficiency_percent").value, 100 * done, 1e-6, "work");
        // The best that checkpoints of 0.02 h allow.
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("job_efficiency_percent").value, 98.5, 0.05, "best work");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("outage_kusd_china").value,
                                  (1 - done) * 8766 * 384 * 2.24 / 1000,
                                  1e-6,
                                  "work not done");
    }

    /// What interest on the price of a CloudMatrix384 and of its building comes to, and its NPUs.
    void CheckCapital()
    {
        const Catalog catalog;
        BuiltFabric fabric = CreateObject<CloudMatrixHelper>()->Build();
        CostInputs inputs = MakeCostInputs(catalog, CountBill(fabric), {});
        const Cost equal =
            GetCost(GetFabricCostInputs(catalog, fabric, {}, "China"), RangeCase::TYPICAL);
        const BillOfMaterials terms = CountScaleUpBill(fabric);
        Simulator::Destroy();
        fabric.Dispose();
        NS_TEST_EXPECT_MSG_EQ(terms.GetCount(PartClass::MODULE), 5376, "no scale-out modules");
        NS_TEST_EXPECT_MSG_EQ(terms.GetCountOfType(PartClass::SWITCH, "SN5600"), 0, "no boxes");
        const Cost cost = GetCost(inputs, RangeCase::TYPICAL);
        // Permanent failures are 2.5, 4 and 6 % of NPUs a year, not each interruption.
        for (const CostItem& item : inputs.items)
        {
            if (item.name == "Ascend-910C")
            {
                const double perYear = item.failuresPerYear.typical;
                NS_TEST_EXPECT_MSG_EQ_TOL(perYear, 0.1106, 1e-4, "interruptions of one");
                NS_TEST_EXPECT_MSG_EQ_TOL(perYear * item.spareShare.low, 0.025, 1e-4, "low");
                NS_TEST_EXPECT_MSG_EQ_TOL(perYear * item.spareShare.typical, 0.04, 1e-4, "typical");
                NS_TEST_EXPECT_MSG_EQ_TOL(perYear * item.spareShare.high, 0.06, 1e-4, "high");
            }
        }
        std::set<std::string> bars;
        for (const TornadoBar& bar : GetCostTornado(inputs))
        {
            bars.insert(bar.name);
        }
        for (const char* name : {"failures of npu",
                                 "failures of module",
                                 "share used up, npu",
                                 "power of Ascend-910C",
                                 "power of UB-L1",
                                 "building",
                                 "discount rate",
                                 "writing a checkpoint"})
        {
            NS_TEST_EXPECT_MSG_EQ(bars.count(name), 1, name << " has a bar");
        }
        inputs.amortisation = Amortisation::STRAIGHT_LINE;
        const Cost free = GetCost(inputs, RangeCase::TYPICAL);
        // 8 % a year over 5.5 years: 4,334 kUSD a year where it was 3,762 without interest.
        NS_TEST_EXPECT_MSG_EQ_TOL(cost.amortisationUsdPerYear - free.amortisationUsdPerYear,
                                  4334e3 - 3762e3,
                                  1e3,
                                  "interest on the parts");
        NS_TEST_EXPECT_MSG_EQ_TOL(cost.amortisationUsdPerYear / cost.capitalUsd,
                                  0.08 / (1 - std::pow(1.08, -5.5)),
                                  1e-9,
                                  "annuity of the parts");
        NS_TEST_EXPECT_MSG_EQ_TOL(cost.buildingUsdPerYear,
                                  548.397 * 6000 * ANNUITY_OF_20_YEARS,
                                  1,
                                  "building");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("building_kusd_china").value,
                                  equal.buildingUsdPerYear / 1000,
                                  1e-6,
                                  "figure of the building");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("parts_kusd_china").value,
                                  equal.amortisationUsdPerYear / 1000,
                                  1e-6,
                                  "figure of the parts");
        NS_TEST_EXPECT_MSG_EQ(+*Get("parts_kusd_china").grade,
                              +Evidence::GUESSED,
                              "cost of capital is a guess");
        // Every figure that the catalog has a part in says how far it is known.
        for (const Figure& figure : m_figures)
        {
            const bool isExact = figure.value == 0 || figure.key == "memory_tb" ||
                                 figure.key == "memory_tbps" ||
                                 figure.key == "power_guessed_percent";
            NS_TEST_EXPECT_MSG_EQ((figure.inputs || !figure.grade || isExact),
                                  true,
                                  figure.key << " has an interval over inputs");
            if (figure.inputs)
            {
                NS_TEST_EXPECT_MSG_EQ_TOL(figure.inputs->typical,
                                          figure.value,
                                          1e-9 * std::abs(figure.value),
                                          figure.key << " is in the interval");
                NS_TEST_EXPECT_MSG_LT(figure.inputs->low, figure.inputs->high, figure.key);
            }
        }
    }

    /// @param helper fabric to look at from now on
    void Use(const Ptr<FabricHelper>& helper)
    {
        BuiltFabric fabric = helper->Build();
        m_figures = GetFabricFigures(Catalog(), fabric, {});
        Simulator::Destroy();
        fabric.Dispose();
    }

    /**
     * @param key key of a figure
     * @return the figure; one without a name if there is none
     */
    Figure Get(const std::string& key)
    {
        for (const Figure& figure : m_figures)
        {
            if (figure.key == key)
            {
                return figure;
            }
        }
        NS_TEST_EXPECT_MSG_EQ(key, "", "there is such a figure");
        return {};
    }

    /// Share of a price paid each year, at 8 % over 20 years: 0.08 / (1 - 1.08^-20).
    static constexpr double ANNUITY_OF_20_YEARS = 0.10185220882315059;

    std::vector<Figure> m_figures; ///< figures of the present fabric
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
        AddTestCase(new ComparisonTestCase);
    }
};

FabricInventoryTestSuite g_fabricInventoryTestSuite; ///< registers the suite

} // namespace
