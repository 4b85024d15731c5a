/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/bill-cost.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/fabric-cost.h"
#include "ns3/fabric-inventory.h"
#include "ns3/library-collective.h"
#include "ns3/nvl72-helper.h"
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

        CheckCoPackaged(Get("repair_kusd_china").value);

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
        CheckTimeRanges(records);
        // At a dollar a second; 8 GPUs move 2 * 7/8 GiB each.
        Cost cost;
        cost.energyUsdPerYear = 8766 * 3600;
        const double seconds = Get("all-reduce_1073741824_us").value * 1e-6;
        const ValueRange tco{1, 2, 5}; // half to two and a half times
        m_figures = GetCollectiveCostFigures(cost, "Here", Evidence::GUESSED, records, tco);
        NS_TEST_EXPECT_MSG_EQ(m_figures.size(), 4, "the largest of either kind");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("all-reduce_usd_per_1000_here").value,
                                  seconds * 1000,
                                  1e-9,
                                  "a thousand");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("all-reduce_usd_per_1000_here").inputs->high,
                                  2500 * seconds,
                                  1e-9,
                                  "at most");
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("all-reduce_usd_per_pb_here").value,
                                  seconds / (14 * 1073741824.0 * 1e-15),
                                  1e-6,
                                  "per petabyte");
    }

    /**
     * Half and twice the latencies are half and twice the time of what is all latency.
     * @param records collectives among 8 GPUs, the smallest first
     */
    void CheckTimeRanges(const std::vector<CollectiveRecord>& records)
    {
        const auto helper = MakeHelper<Nvl72Helper>({{"ComputeTrays", "2"}});
        TimeValue before;
        helper->GetAttribute("SwitchLatency", before);
        const ValueRange range = GetLibraryTimeRange(helper, records.front(), {0.5, 1, 2});
        NS_TEST_EXPECT_MSG_EQ(range.typical, records.front().GetMeanTimeS(), "as it was");
        NS_TEST_EXPECT_MSG_EQ_TOL(range.low, range.typical / 2, 0.05 * range.typical, "half");
        NS_TEST_EXPECT_MSG_EQ_TOL(range.high, range.typical * 2, 0.05 * range.typical, "twice");
        TimeValue after;
        helper->GetAttribute("SwitchLatency", after);
        NS_TEST_EXPECT_MSG_EQ(after.Get(), before.Get(), "latencies are as before");
        NS_TEST_EXPECT_MSG_EQ_TOL(GetTimeFigures({records.front()}, {range}).front().inputs->high,
                                  range.high * 1e6,
                                  1e-9,
                                  "in microseconds");
        CollectiveRecord other = records.front();
        other.algorithm = "pairwise";
        bool isRefused = false;
        try
        {
            GetLibraryTimeRange(helper, other, {0.5, 1, 2});
        }
        catch (const std::invalid_argument& refusal)
        {
            isRefused = std::string(refusal.what()).find("pairwise") != std::string::npos;
        }
        NS_TEST_EXPECT_MSG_EQ(isRefused, true, "none of the library's");
    }

    /**
     * An engine beside a switch chip fails once in 2.6 Mh, and on average 9.1 of them are thrown
     * away with it.
     * @param pluggableKusd repairs a year with pluggable modules, 719 FIT each
     */
    void CheckCoPackaged(double pluggableKusd)
    {
        constexpr double PLUGGABLE_FIT = 0.63e-2 / 8760 * 1e9;
        constexpr double REPAIR_H = 2.25;
        Use(MakeHelper<CloudMatrixHelper>(
            {{"Module", "400G-SR8-CPO"}, {"RdmaModule", "400G-SR8-CPO"}}));
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("module_failures_per_year").value,
                                  5376 * 385e-9 * 8760,
                                  1e-9,
                                  "a rate of its own");
        const double wageUsd = Catalog().GetRegion("China")->labourUsdPerH.typical;
        const double before = PLUGGABLE_FIT * (100 + REPAIR_H * wageUsd);
        const double after = 385 * (9.1 * 100 + REPAIR_H * wageUsd);
        NS_TEST_EXPECT_MSG_EQ_TOL(Get("repair_kusd_china").value - pluggableKusd,
                                  5376 * 8760e-9 * (after - before) / 1000,
                                  1e-6,
                                  "boards are swapped");
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
 * @brief What fabrics are compared by.
 */
class FabricComparisonTestSuite : public PicosecondTestSuite
{
  public:
    FabricComparisonTestSuite()
        : PicosecondTestSuite("optical-fabric-comparison", Type::UNIT)
    {
        AddTestCase(new ComparisonTestCase);
    }
};

FabricComparisonTestSuite g_fabricComparisonTestSuite; ///< registers the suite

} // namespace
