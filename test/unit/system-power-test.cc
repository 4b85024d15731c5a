/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/catalog-power.h"
#include "ns3/power-budget.h"
#include "ns3/scenario-toml.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

/*
 * Power of CloudMatrix384 and GB200 NVL72 from the catalog alone, beside what is published. What is
 * expected here is what doc/economics.rst says; the deviations are explained there.
 */

namespace
{

constexpr double CM384_W = 559378;       ///< CloudMatrix384 (SemiAnalysis, table)
constexpr double CM384_LATER_W = 600000; ///< the same, "close to 600 kW" (its later text)
constexpr double NVL72_W = 145000;       ///< GB200 NVL72 (SemiAnalysis on CloudMatrix384)
constexpr double NVL72_RACK_W = 123600;  ///< GB200 NVL72 (SemiAnalysis on GB200)
constexpr double CM384_SCALE_UP_W = 159; ///< scale-up network per accelerator (transcript)
constexpr double NVL72_SCALE_UP_W = 75;  ///< scale-up network per accelerator (transcript)
constexpr double NPUS = 384;             ///< accelerators of CloudMatrix384
constexpr double GPUS = 72;              ///< accelerators of GB200 NVL72

/// The tests need toml++.
class SystemPower : public testing::Test
{
  protected:
    void SetUp() override
    {
        if (!HasToml())
        {
            GTEST_SKIP() << "built without TOML";
        }
    }

    /// @return what CloudMatrix384 has in either picture of its scale-up network
    static BillOfMaterials GetCloudMatrixNodes()
    {
        BillOfMaterials bill;
        bill.Add({PartClass::ACCELERATOR, "Ascend-910C", "", "compute", 384});
        bill.Add({PartClass::PROCESSOR, "Kunpeng-920-6426", "", "compute", 192});
        bill.Add({PartClass::ENCLOSURE, "CloudMatrix-node", "", "compute", 48});
        // One leaf and half a spine of 768 ports at 400 Gb/s are nine boxes of 51.2 Tb/s.
        bill.Add({PartClass::SWITCH, "SN5600", "rdma", "rdma", 9});
        return bill;
    }

    /// @return CloudMatrix384 as Huawei's paper describes it: L1 and L2 chips, linear modules
    static BillOfMaterials GetCloudMatrix()
    {
        BillOfMaterials bill = GetCloudMatrixNodes();
        bill.Add({PartClass::SWITCH, "UB-L1", "ub", "compute", 48 * 7});
        bill.Add({PartClass::SWITCH, "UB-L2", "ub", "communication", 7 * 16});
        bill.Add({PartClass::MODULE, "400G-SR8-LPO", "ub", "compute", 2688});
        bill.Add({PartClass::MODULE, "400G-SR8-LPO", "ub", "communication", 2688});
        bill.Add({PartClass::MODULE, "400G-SR8-LPO", "rdma", "rdma", 1536});
        return bill;
    }

    /// @return CloudMatrix384 as SemiAnalysis pictures it: one tier of four chassis, SR8 modules
    static BillOfMaterials GetCloudMatrixPictured()
    {
        BillOfMaterials bill = GetCloudMatrixNodes();
        bill.Add({PartClass::SWITCH, "CloudEngine-768x400G", "ub", "communication", 4});
        bill.Add({PartClass::MODULE, "400G-SR8", "ub", "compute", 2688});
        bill.Add({PartClass::MODULE, "400G-SR8", "ub", "communication", 2688});
        bill.Add({PartClass::MODULE, "400G-SR8", "rdma", "rdma", 1536});
        return bill;
    }

    /// @return a rack of GB200 NVL72; NICs are in the trays
    static BillOfMaterials GetNvl72()
    {
        BillOfMaterials bill;
        bill.Add({PartClass::ACCELERATOR, "GB200-B200", "", "rack", 72});
        bill.Add({PartClass::PROCESSOR, "Grace", "", "rack", 36});
        bill.Add({PartClass::ENCLOSURE, "GB200-compute-tray", "", "rack", 18});
        bill.Add({PartClass::SWITCH, "NVLink5-switch", "nvlink", "rack", 18});
        return bill;
    }

    /**
     * @param bill a system
     * @return its power at full load
     */
    PowerBudget GetBudget(const BillOfMaterials& bill) const
    {
        const PowerBook book = MakePowerBook(m_catalog, bill);
        return GetPowerBudget(bill, book, {}, m_catalog.GetSupply("80PLUS-Titanium")->GetChain(1));
    }

    /**
     * @param budget power of a system
     * @return the part of it at the socket that rests on guesses, W
     */
    double GetGuessedW(const PowerBudget& budget) const
    {
        double guessedW = 0;
        for (const PowerLine& line : budget.lines)
        {
            const bool isGuess = GetPowerValue(m_catalog, line.line).evidence == Evidence::GUESSED;
            guessedW += isGuess ? line.inputW : 0;
        }
        return guessedW;
    }

    /**
     * Expect a deviation from a published number as the documentation states it.
     * @param what what it is of
     * @param ours ours
     * @param published the published one
     * @param percent stated deviation, %, to a tenth
     */
    static void ExpectDeviation(const std::string& what,
                                double ours,
                                double published,
                                double percent)
    {
        EXPECT_NEAR(100 * (ours / published - 1), percent, 0.05) << what << ": " << ours;
    }

    Catalog m_catalog; ///< the catalog that is compiled in
};

TEST_F(SystemPower, CountsAreThePublishedOnes)
{
    const BillOfMaterials bill = GetCloudMatrix();
    EXPECT_EQ(bill.GetCount(PartClass::MODULE), 6912u);
    EXPECT_EQ(bill.GetCount(PartClass::MODULE, "ub"), 5376u);
    EXPECT_EQ(bill.GetCountOfType(PartClass::SWITCH, "UB-L1"), 336u);
    EXPECT_EQ(bill.GetCountOfType(PartClass::SWITCH, "UB-L2"), 112u);
    EXPECT_EQ(GetCloudMatrixPictured().GetCount(PartClass::MODULE), 6912u);
    EXPECT_EQ(GetNvl72().GetCount(PartClass::SWITCH), 18u);
}

// The sum by hand, without the code that makes it.
TEST_F(SystemPower, IsTheSumOfItsLines)
{
    const double partsW =
        384 * 620 + 192 * 195 + 48 * 3012.0 + 336 * 140.3 + 112 * 190.9 + 6912 * 4.3;
    EXPECT_NEAR(GetBudget(GetCloudMatrix()).inputW, partsW / 0.96 + 9 * 940, 1e-6);
    const double rackW = 72 * 1200 + 36 * 300 + 18 * 900 + 18 * 253.1;
    EXPECT_NEAR(GetBudget(GetNvl72()).inputW, rackW / 0.96, 1e-6);
}

TEST_F(SystemPower, CloudMatrix384)
{
    const PowerBudget budget = GetBudget(GetCloudMatrix());
    ExpectDeviation("CloudMatrix384", budget.inputW, CM384_W, -2.0);
    // A node's rest is a guess, so the total is no confirmation: this much is founded.
    const double guessedW = GetGuessedW(budget);
    EXPECT_NEAR(guessedW / budget.inputW, 0.275, 0.0005);
    ExpectDeviation("CloudMatrix384 without guesses", budget.inputW - guessedW, CM384_W, -28.9);
    const PowerBudget pictured = GetBudget(GetCloudMatrixPictured());
    ExpectDeviation("CloudMatrix384 as pictured", pictured.inputW, CM384_W, -5.9);
}

TEST_F(SystemPower, Nvl72)
{
    const PowerBudget budget = GetBudget(GetNvl72());
    EXPECT_EQ(GetGuessedW(budget), 0);
    ExpectDeviation("NVL72", budget.inputW, NVL72_W, -15.3);
    ExpectDeviation("NVL72, a rack", budget.inputW, NVL72_RACK_W, -0.6);
    EXPECT_DOUBLE_EQ(budget.GetRackInputW("rack"), budget.inputW);
}

TEST_F(SystemPower, Ratio)
{
    const double ratio = GetBudget(GetCloudMatrix()).inputW / GetBudget(GetNvl72()).inputW;
    ExpectDeviation("ratio", ratio, CM384_W / NVL72_W, 15.7);
}

TEST_F(SystemPower, ScaleUpNetworkPerAccelerator)
{
    // As published, without supplies: whether they are in is not said.
    const PowerBudget cm384 = GetBudget(GetCloudMatrix());
    const PowerBudget pictured = GetBudget(GetCloudMatrixPictured());
    const PowerBudget nvl72 = GetBudget(GetNvl72());
    ExpectDeviation("UB", cm384.GetNetworkPartsW("ub") / NPUS, CM384_SCALE_UP_W, 50.1);
    ExpectDeviation("UB, pictured", pictured.GetNetworkPartsW("ub") / NPUS, CM384_SCALE_UP_W, 7.4);
    ExpectDeviation("NVLink", nvl72.GetNetworkPartsW("nvlink") / GPUS, NVL72_SCALE_UP_W, -15.6);
    // None of it rests on a guess of the power at full load, but for the linear UB module's source.
    for (const char* name : {"UB-L1", "UB-L2", "NVLink5-switch", "CloudEngine-768x400G"})
    {
        EXPECT_NO_THROW(
            m_catalog.Require(CatalogKind::SWITCH, name, "power.active", Evidence::DERIVED));
    }
    EXPECT_NO_THROW(
        m_catalog.Require(CatalogKind::TRANSCEIVER, "400G-SR8", "power.active", Evidence::DERIVED));
}

TEST_F(SystemPower, PerComputeAndPerBandwidth)
{
    const auto npu = m_catalog.GetAccelerator("Ascend-910C");
    const auto gpu = m_catalog.GetAccelerator("GB200-B200");
    const double cm384W = GetBudget(GetCloudMatrix()).inputW;
    const double nvl72W = GetBudget(GetNvl72()).inputW;
    const double perTflops =
        (cm384W / (NPUS * npu->denseTflops)) / (nvl72W / (GPUS * gpu->denseTflops));
    const double perTBps =
        (cm384W / (NPUS * npu->memoryGBps)) / (nvl72W / (GPUS * gpu->memoryGBps));
    EXPECT_NEAR(perTflops, 2.78, 0.005);
    EXPECT_NEAR(perTBps, 2.09, 0.005);
    // What is published belongs together in two editions: 559,378 W with 2.3 and 1.8, and close to
    // 600 kW with 2.5 and 1.9; both with 780 TFLOPS an NPU.
    const double computeRatio = NPUS * 780 / (GPUS * gpu->denseTflops);
    const double memoryRatio = NPUS * npu->memoryGBps / (GPUS * gpu->memoryGBps);
    EXPECT_NEAR(CM384_W / NVL72_W / computeRatio, 2.3, 0.05);
    EXPECT_NEAR(CM384_W / NVL72_W / memoryRatio, 1.8, 0.05);
    EXPECT_NEAR(CM384_LATER_W / NVL72_W / computeRatio, 2.5, 0.05);
    EXPECT_NEAR(CM384_LATER_W / NVL72_W / memoryRatio, 1.9, 0.05);
}

} // namespace
