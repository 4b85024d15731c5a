/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "expect-refusal.h"

#include "ns3/bill-of-materials.h"
#include "ns3/power-budget.h"

#include <gtest/gtest.h>
#include <sstream>

using namespace ns3::opticalfabric;

namespace
{

/// @return two racks with switches, modules and a box
BillOfMaterials
GetBill()
{
    BillOfMaterials bill;
    bill.Add({PartClass::MODULE, "SR8", "ub", "r2", 8});
    bill.Add({PartClass::SWITCH, "chip", "ub", "r1", 2});
    bill.Add({PartClass::MODULE, "SR8", "ub", "r1", 4});
    bill.Add({PartClass::MODULE, "SR8", "rdma", "r1", 3});
    bill.Add({PartClass::SWITCH, "box", "rdma", "r2", 1});
    bill.Add({PartClass::MODULE, "SR8", "ub", "r1", 1});
    return bill;
}

TEST(BillOfMaterials, MergesAndCounts)
{
    const BillOfMaterials bill = GetBill();
    ASSERT_EQ(bill.GetLines().size(), 5u);
    EXPECT_EQ(bill.GetLines()[0].type, "box");
    EXPECT_EQ(bill.GetLines()[1].type, "chip");
    EXPECT_EQ(bill.GetLines()[2].network, "rdma");
    EXPECT_EQ(bill.GetLines()[3].count, 5u);
    EXPECT_EQ(bill.GetCount(PartClass::MODULE), 16u);
    EXPECT_EQ(bill.GetCount(PartClass::MODULE, "ub"), 13u);
    EXPECT_EQ(bill.GetCount(PartClass::NIC), 0u);
    EXPECT_EQ(bill.GetCountOfType(PartClass::SWITCH, "chip"), 2u);
    BillOfMaterials twice = bill;
    twice.Add(twice);
    EXPECT_EQ(twice.GetLines().size(), 5u);
    EXPECT_EQ(twice.GetCount(PartClass::MODULE), 32u);
    const BillOfMaterials merged = bill.WithoutRacks();
    EXPECT_EQ(merged.GetLines().size(), 4u);
    EXPECT_EQ(merged.GetCount(PartClass::MODULE, "ub"), 13u);
    std::ostringstream text;
    PrintRows(text, {{"a", "b"}, {"400G-SR8", "1"}, {"-2.5", "10"}});
    EXPECT_EQ(text.str(), "a         b\n400G-SR8   1\n    -2.5  10\n");
    text.str("");
    merged.Print(text);
    EXPECT_EQ(text.str(),
              "class   type  network  rack  count\n"
              "switch  box   rdma               1\n"
              "switch  chip  ub                 2\n"
              "module  SR8   rdma               3\n"
              "module  SR8   ub                13\n");
}

TEST(BillOfMaterials, Refusals)
{
    BillOfMaterials bill;
    ExpectInvalid([&] { bill.Add({PartClass::NIC, "", "", "", 1}); }, {"type = \"\""});
    ExpectInvalid([&] { bill.Add({PartClass::NIC, "n", "", "", 0}); }, {"count = 0"});
    ExpectInvalid(
        [&] {
            bill.Add({static_cast<PartClass::Kind>(8), "n", "", "", 1});
        },
        {"part = 8"});
    bill.Add({PartClass::NIC, "n", "", "", UINT64_MAX});
    ExpectInvalid([&] { bill.Add({PartClass::NIC, "n", "", "", 1}); }, {"count = 1", "at most 0"});
    EXPECT_EQ(bill.GetLines().size(), 1u);
}

TEST(PowerBudget, AddsUpByHand)
{
    PowerBook book;
    SwitchSpec chip;
    chip.name = "chip";
    chip.capacityTbps = 10;
    chip.power = {0, 10, 60, 100};
    SwitchSpec box = chip;
    box.name = "box";
    box.scope = SwitchScope::BOX;
    box.power = {0, 0, 500, 900};
    TransceiverSpec module;
    module.name = "SR8";
    module.power.idleW = 7;
    module.power.activeW = 8;
    book.Set(chip);
    book.Set(box);
    book.Set(module);
    EXPECT_DOUBLE_EQ(chip.GetJoulesPerBit(), 10e-12);
    Duties duties;
    duties[PartClass::MODULE] = {PowerState::ACTIVE, 0.5};
    const PowerChain chain{0.1, 0.8, 1.5};
    const PowerBudget budget = GetPowerBudget(GetBill(), book, duties, chain);
    // 16 modules of 7.5 W, 2 chips of 100 W, a box of 900 W.
    EXPECT_DOUBLE_EQ(budget.partsW, 120 + 200 + 900);
    EXPECT_DOUBLE_EQ(budget.inputW, 320 * 1.1 / 0.8 + 900);
    EXPECT_DOUBLE_EQ(budget.facilityW, 1.5 * 1340);
    EXPECT_DOUBLE_EQ(budget.GetInputW(PartClass::MODULE), 165);
    EXPECT_DOUBLE_EQ(budget.GetInputW(PartClass::SWITCH), 275 + 900);
    EXPECT_DOUBLE_EQ(budget.GetNetworkPartsW("ub"), 13 * 7.5 + 200);
    EXPECT_DOUBLE_EQ(budget.GetNetworkInputW("rdma"), 3 * 7.5 * 1.375 + 900);
    EXPECT_DOUBLE_EQ(budget.GetRackInputW("r1"), (8 * 7.5 + 200) * 1.375);
    EXPECT_DOUBLE_EQ(budget.GetRackInputW("r1") + budget.GetRackInputW("r2"), budget.inputW);
    EXPECT_DOUBLE_EQ(budget.GetRackInputW("r9"), 0);
    EXPECT_EQ(budget.GetRows().size(), 1 + 5 + 2u);
    EXPECT_EQ(budget.GetRows()[1][7], "900.0");
    EXPECT_EQ(budget.GetRows().back()[7], "2010.0");

    duties.fill({PowerState::IDLE, 1});
    EXPECT_DOUBLE_EQ(GetPowerBudget(GetBill(), book, duties, {}).inputW, 16 * 7 + 2 * 60 + 500);
    duties.fill({PowerState::SLEEP, 1});
    EXPECT_DOUBLE_EQ(GetPowerBudget(GetBill(), book, duties, {}).inputW, 2 * 10);
}

TEST(PowerBudget, Refusals)
{
    PowerBook book;
    ExpectInvalid([&] { GetPowerBudget(GetBill(), book, {}, {}); },
                  {"type = switch \"box\"", "whose power was set"});
    ExpectInvalid([&] { book.Set(PartClass::NIC, "", {}); }, {"type = \"\""});
    ExpectInvalid(
        [&] {
            book.Set(PartClass::NIC, "n", {{1, 0, 0, 0}, false});
        },
        {"power book: nic n: sleepW = 0"});
    ExpectInvalid([&] { book.Set(static_cast<PartClass::Kind>(8), "n", {}); }, {"part = 8"});
    book.Set(PartClass::NIC, {"n", {0, 0, 1, 2}});
    BillOfMaterials bill;
    bill.Add({PartClass::NIC, "n", "", "", 1});
    ExpectInvalid([&] { GetPowerBudget(bill, book, {}, {0, 2, 1}); }, {"supplyEfficiency = 2"});
    Duties duties;
    duties[PartClass::NIC].load = 2;
    ExpectInvalid([&] { GetPowerBudget(bill, book, duties, {}); }, {"load = 2"});
}

TEST(ComponentSpec, Refusals)
{
    const auto refuse = [](auto good, auto change, const std::vector<std::string>& parts) {
        EXPECT_NO_THROW(good.Validate());
        change(good);
        ExpectInvalid([&] { good.Validate(); }, parts);
    };
    AcceleratorSpec npu{"npu", 1, 1, 1, 1, {0, 0, 1, 2}};
    refuse(npu, [](auto& s) { s.name = ""; }, {"accelerator : name = \"\""});
    refuse(npu, [](auto& s) { s.denseTflops = 0; }, {"accelerator npu: denseTflops = 0"});
    refuse(npu, [](auto& s) { s.memoryGB = 1e6; }, {"memoryGB = 1e+06"});
    refuse(npu, [](auto& s) { s.memoryGBps = -1; }, {"memoryGBps = -1"});
    refuse(npu, [](auto& s) { s.scaleUpGBps = 0; }, {"scaleUpGBps = 0"});
    refuse(npu, [](auto& s) { s.power.activeW = 0; }, {"activeW = 0"});
    SwitchSpec chip{"c", SwitchScope::CHIP, 1, {0, 0, 1, 2}};
    refuse(chip, [](auto& s) { s.name = ""; }, {"name"});
    refuse(chip, [](auto& s) { s.scope = static_cast<SwitchScope::Kind>(2); }, {"scope = 2"});
    refuse(chip, [](auto& s) { s.capacityTbps = 0; }, {"switch c: capacityTbps = 0"});
    refuse(chip, [](auto& s) { s.power.idleW = 3; }, {"activeW = 2"});
    PoweredPartSpec part{"p", {0, 0, 1, 2}};
    refuse(part, [](auto& s) { s.name = ""; }, {"name"});
    refuse(part, [](auto& s) { s.power.offW = -1; }, {"part p: offW = -1"});
    SupplySpec supply{"s", 0.96, 0.1};
    EXPECT_EQ(supply.GetChain(1.5).pue, 1.5);
    EXPECT_EQ(supply.GetChain(1.5).supplyEfficiency, 0.96);
    EXPECT_EQ(supply.GetChain(1.5).fanShare, 0.1);
    ExpectInvalid([&] { supply.GetChain(0); }, {"pue = 0"});
    refuse(supply, [](auto& s) { s.name = ""; }, {"name"});
    refuse(supply, [](auto& s) { s.efficiency = 1.01; }, {"supply s: efficiency = 1.01"});
    refuse(supply, [](auto& s) { s.fanShare = -1; }, {"fanShare = -1"});
}

} // namespace
