/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/availability.h"
#include "ns3/fault-sampler.h"
#include "ns3/poisson-interval.h"
#include "ns3/transceiver-spec.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param seed seed of all
 * @return a stream of random numbers for each number, whatever the others do
 */
UniformStreams
MakeStreams(uint64_t seed)
{
    auto streams = std::make_shared<std::map<uint32_t, UniformSource>>();
    return [streams, seed](uint32_t stream) {
        auto found = streams->find(stream);
        if (found == streams->end())
        {
            found = streams->emplace(stream, MakeUniform(seed * 100000 + stream)).first;
        }
        return found->second();
    };
}

/**
 * @param name name
 * @param kind kind of component
 * @param law how long it lives
 * @return a mode that takes it down, half an hour to detect, an hour to repair
 */
FailureMode
MakeMode(const std::string& name, ComponentKind::Kind kind, const LifetimeLaw& law)
{
    FailureMode mode;
    mode.name = name;
    mode.component = kind;
    mode.law = law;
    mode.detection = DurationLaw::Constant(0.5);
    mode.repair.kind = RepairAction::SWAP;
    mode.repair.duration = DurationLaw::Constant(1);
    return mode;
}

/// @return an inventory with several modes of several kinds
FaultInventory
MakeInventory(const LifetimeLaw& firstModuleLaw)
{
    FaultInventory inventory;
    inventory.AddMode(MakeMode("first", ComponentKind::MODULE, firstModuleLaw));
    inventory.AddMode(MakeMode("second", ComponentKind::MODULE, LifetimeLaw::Weibull(2, 2000)));
    FailureMode flaps = MakeMode("flaps", ComponentKind::LINK, LifetimeLaw::ExponentialMtbf(500));
    flaps.effect.kind = FailureEffect::FLAP_BURST;
    flaps.flaps = {3, 10, DurationLaw::Uniform(1e-4, 1e-3), DurationLaw::Uniform(1e-3, 1e-2)};
    inventory.AddMode(flaps);
    inventory.AddMode(MakeMode("chip", ComponentKind::SWITCH_CHIP, LifetimeLaw::Lognormal(900, 1)));
    for (int i = 0; i < 50; ++i)
    {
        const std::string number = std::to_string(i);
        inventory.AddComponent(ComponentKind::MODULE, {"module-" + number, 0, 55, {}});
        inventory.AddComponent(ComponentKind::LINK, {"link-" + number, 0, 55, {}});
        inventory.AddComponent(ComponentKind::SWITCH_CHIP, {"chip-" + number, 100, 80, {}});
    }
    return inventory;
}

/**
 * @param schedule a schedule
 * @return its faults in words, by mode
 */
std::map<std::string, std::string>
SplitByMode(const FaultSchedule& schedule)
{
    std::map<std::string, std::vector<Fault>> faults;
    for (const Fault& fault : schedule.GetFaults())
    {
        faults[fault.mode].push_back(fault);
    }
    std::map<std::string, std::string> texts;
    for (const auto& [mode, list] : faults)
    {
        texts[mode] = WriteFaultSchedule(FaultSchedule(list));
    }
    return texts;
}

constexpr double HORIZON_H = 1000; ///< what most of these tests look at

/// @return sampling to the horizon
FaultSampling
MakeSampling()
{
    FaultSampling sampling;
    sampling.horizon = FaultTime::FromH(HORIZON_H);
    return sampling;
}

TEST(FaultStream, EveryModeHasItsOwn)
{
    std::set<uint32_t> streams;
    for (uint8_t kind = 0; kind < ComponentKind::COUNT; ++kind)
    {
        for (uint32_t mode = 0; mode < FaultInventory::MAX_MODES; ++mode)
        {
            for (uint8_t purpose = 0; purpose < FaultStream::COUNT; ++purpose)
            {
                streams.insert(FaultStream::Get(static_cast<ComponentKind::Kind>(kind),
                                                mode,
                                                static_cast<FaultStream::Purpose>(purpose)));
            }
        }
    }
    EXPECT_EQ(streams.size(), FaultStream::STREAMS);
    EXPECT_EQ(*streams.rbegin(), FaultStream::STREAMS - 1);
}

TEST(FaultSampler, SameStreamsGiveTheSameSchedule)
{
    const FaultInventory inventory = MakeInventory(LifetimeLaw::ExponentialMtbf(700));
    const FaultSchedule schedule = SampleFaults(inventory, MakeSampling(), MakeStreams(1));
    EXPECT_GT(schedule.GetFaults().size(), 100u);
    EXPECT_EQ(SampleFaults(inventory, MakeSampling(), MakeStreams(1)), schedule);
    EXPECT_FALSE(SampleFaults(inventory, MakeSampling(), MakeStreams(2)) == schedule);
    // And to a file and back.
    EXPECT_EQ(ReadFaultSchedule(WriteFaultSchedule(schedule), "x"), schedule);
}

TEST(FaultSampler, ChangingOneLawLeavesTheOthersFaultsUntouched)
{
    const FaultSampling sampling = MakeSampling();
    const auto before = SplitByMode(
        SampleFaults(MakeInventory(LifetimeLaw::ExponentialMtbf(700)), sampling, MakeStreams(1)));
    ASSERT_EQ(before.size(), 4u);
    for (const LifetimeLaw& law :
         {LifetimeLaw::Weibull(0.5, 90), LifetimeLaw::ExponentialMtbf(50), LifetimeLaw::Never()})
    {
        const auto after = SplitByMode(SampleFaults(MakeInventory(law), sampling, MakeStreams(1)));
        for (const char* mode : {"second", "flaps", "chip"})
        {
            EXPECT_EQ(after.at(mode), before.at(mode)) << law.Describe();
        }
        EXPECT_EQ(after.count("first"), law == LifetimeLaw::Never() ? 0u : 1u);
        if (after.count("first") > 0)
        {
            EXPECT_NE(after.at("first"), before.at("first"));
        }
    }
}

TEST(FaultSampler, ChangingOneKindLeavesTheOthersFaultsUntouched)
{
    FaultInventory inventory = MakeInventory(LifetimeLaw::ExponentialMtbf(700));
    const auto before = SplitByMode(SampleFaults(inventory, MakeSampling(), MakeStreams(1)));
    inventory.AddComponent(ComponentKind::MODULE, {"one more", 0, 55, {}});
    inventory.AddMode(MakeMode("third", ComponentKind::MODULE, LifetimeLaw::ExponentialMtbf(10)));
    const auto after = SplitByMode(SampleFaults(inventory, MakeSampling(), MakeStreams(1)));
    EXPECT_EQ(after.at("flaps"), before.at("flaps"));
    EXPECT_EQ(after.at("chip"), before.at("chip"));
    EXPECT_EQ(after.count("third"), 1u);
}

TEST(FaultSampler, RepairsFollowDetection)
{
    FaultInventory inventory;
    inventory.AddMode(MakeMode("m", ComponentKind::MODULE, LifetimeLaw::ExponentialMtbf(10)));
    inventory.AddComponent(ComponentKind::MODULE, {"a", 0, 55, {}});
    const FaultSchedule schedule = SampleFaults(inventory, MakeSampling(), MakeStreams(1));
    FaultTime over;
    for (const Fault& fault : schedule.GetFaults())
    {
        EXPECT_EQ(fault.end, Fault::LASTS);
        EXPECT_EQ(fault.lasts.Write(), "90min");
        EXPECT_EQ(fault.detection.Write(), "30min");
        EXPECT_EQ(fault.mode, "m");
        EXPECT_EQ(fault.cause, "");
        // Down, it does not fail again.
        EXPECT_FALSE(fault.time < over);
        over = fault.GetEndTime();
    }
    FaultSampling sampling = MakeSampling();
    sampling.drawRepairs = false;
    const FaultSchedule once = SampleFaults(inventory, sampling, MakeStreams(1));
    ASSERT_EQ(once.GetFaults().size(), 1u);
    EXPECT_EQ(once.GetFaults()[0].end, Fault::UNTIL_REPAIRED);
    EXPECT_EQ(once.GetFaults()[0].time, schedule.GetFaults()[0].time);
}

/**
 * @param mode mode of modules
 * @param component what all of them are like
 * @return faults of each of 20,000 in the horizon, on average
 */
SampleMean
CountFaults(const FailureMode& mode, const InventoryComponent& component)
{
    SampleMean mean;
    const UniformStreams streams = MakeStreams(9);
    FaultInventory inventory;
    inventory.AddMode(mode);
    inventory.AddComponent(ComponentKind::MODULE, component);
    for (int i = 0; i < 20000; ++i)
    {
        const FaultSchedule schedule = SampleFaults(inventory, MakeSampling(), streams);
        mean.Add(static_cast<double>(schedule.GetFaults().size()));
    }
    return mean;
}

TEST(FaultSampler, CountsAgreeWithTheLaws)
{
    // Exponential, up 400 h and down 1.5 h: a renewal each 401.5 h, from the begin up.
    FailureMode mode = MakeMode("m", ComponentKind::MODULE, LifetimeLaw::ExponentialMtbf(400));
    mode.detection = DurationLaw();
    mode.repair.duration = DurationLaw();
    EXPECT_TRUE(CountFaults(mode, {"a", 0, 55, {}}).Covers(HORIZON_H / 400));
    // Age makes no difference to that law, temperature does.
    EXPECT_TRUE(CountFaults(mode, {"a", 5000, 55, {}}).Covers(HORIZON_H / 400));
    mode.activationEv = 0.7;
    mode.referenceC = 55;
    const double factor = GetArrheniusFactor(0.7, 55, 70);
    EXPECT_TRUE(CountFaults(mode, {"a", 0, 70, {}}).Covers(HORIZON_H / 400 * factor));
    // A component without a temperature has that of the law, whatever that is.
    mode.referenceC = 85;
    EXPECT_TRUE(CountFaults(mode, {"a", 0, std::nullopt, {}}).Covers(HORIZON_H / 400));
    mode.referenceC = 55;
    // Repaired as bad as old, faults come at the hazard rate of the age: its sum over the window.
    mode.law = LifetimeLaw::Weibull(2, 1000);
    mode.repair.restoresAge = false;
    const auto expected = [&](double fromH, double acceleration) {
        return mode.law.GetCumulativeHazard((fromH + HORIZON_H) * acceleration) -
               mode.law.GetCumulativeHazard(fromH * acceleration);
    };
    const SampleMean cold = CountFaults(mode, {"a", 500, 55, {}});
    EXPECT_TRUE(cold.Covers(expected(500, 1))) << cold.GetMean();
    const SampleMean hot = CountFaults(mode, {"a", 500, 70, {}});
    EXPECT_TRUE(hot.Covers(expected(500, factor))) << hot.GetMean();
}

TEST(FaultSampler, ShareOfTimeDownIsTheUnavailability)
{
    FaultInventory inventory;
    FailureMode mode = MakeMode("m", ComponentKind::MODULE, LifetimeLaw::Weibull(2, 20));
    mode.repair.duration = DurationLaw::Lognormal(1, 0.8);
    inventory.AddMode(mode);
    for (int i = 0; i < 300; ++i)
    {
        inventory.AddComponent(ComponentKind::MODULE, {"m" + std::to_string(i), 0, 55, {}});
    }
    // The first half is left out: by then it does not matter that all began up and new.
    std::map<std::string, double> downH;
    const FaultSchedule schedule = SampleFaults(inventory, MakeSampling(), MakeStreams(4));
    for (const Fault& fault : schedule.GetFaults())
    {
        const double fromH = std::max(fault.time.GetH(), HORIZON_H / 2);
        downH[fault.component] +=
            std::max(std::min(fault.GetEndTime().GetH(), HORIZON_H) - fromH, 0.0);
    }
    SampleMean shares;
    for (const InventoryComponent& component : inventory.GetComponents(ComponentKind::MODULE))
    {
        shares.Add(downH[component.name] / (HORIZON_H / 2));
    }
    const double mttrH = 0.5 + mode.repair.duration.GetMeanH();
    EXPECT_TRUE(shares.Covers(1 - GetAvailability(mode.law.GetMeanH(), mttrH))) << shares.GetMean();
    EXPECT_LT(shares.GetHalfWidth99(), 0.05 * shares.GetMean());
}

TEST(FaultSampler, CommonCausesTakeAllDependentsAlong)
{
    FaultInventory inventory;
    inventory.AddMode(
        MakeMode("breaker", ComponentKind::POWER_FEED, LifetimeLaw::ExponentialMtbf(300)));
    inventory.AddComponent(ComponentKind::POWER_FEED,
                           {"rack-1",
                            0,
                            25,
                            {{ComponentKind::SWITCH_CHIP, "chip-1"},
                             {ComponentKind::SWITCH_CHIP, "chip-2"},
                             {ComponentKind::HOST, "node-7"}}});
    const FaultSchedule schedule = SampleFaults(inventory, MakeSampling(), MakeStreams(1));
    const std::vector<Fault>& faults = schedule.GetFaults();
    ASSERT_GT(faults.size(), 0u);
    ASSERT_EQ(faults.size() % 3, 0u);
    for (std::size_t i = 0; i < faults.size(); i += 3)
    {
        EXPECT_EQ(faults[i].component, "chip-1");
        EXPECT_EQ(faults[i + 1].component, "chip-2");
        EXPECT_EQ(faults[i + 2].component, "node-7");
        EXPECT_EQ(faults[i + 2].kind, ComponentKind::HOST);
        for (std::size_t j = 0; j < 3; ++j)
        {
            EXPECT_EQ(faults[i + j].time, faults[i].time);
            EXPECT_EQ(faults[i + j].lasts, faults[i].lasts);
            EXPECT_EQ(faults[i + j].cause, "power_feed rack-1");
        }
    }
}

TEST(FaultSampler, FlapsEndByThemselves)
{
    const FaultSchedule schedule =
        SampleFaults(MakeInventory(LifetimeLaw::Never()), MakeSampling(), MakeStreams(1));
    int bursts = 0;
    for (const Fault& fault : schedule.GetFaults())
    {
        if (fault.mode == "flaps")
        {
            ++bursts;
            EXPECT_EQ(fault.end, Fault::WITH_BURST);
            EXPECT_GE(fault.effect.cycles, 3u);
        }
    }
    // 50 links, one burst in 500 h and a little more each.
    const auto interval = PoissonInterval(static_cast<uint64_t>(bursts), 0.99);
    EXPECT_LT(interval.first, 100);
    EXPECT_GT(interval.second, 99.9);
}

TEST(FaultSampler, RefusesWhatCannotBe)
{
    FaultInventory inventory;
    FailureMode mode = MakeMode("m", ComponentKind::MODULE, LifetimeLaw::Never());
    EXPECT_EQ(inventory.AddMode(mode), 0u);
    ExpectRefused([&] { inventory.AddMode(mode); }, {"mode = \"m\"", "no other mode of module"});
    for (int i = 1; i < 16; ++i)
    {
        mode.name = "m" + std::to_string(i);
        EXPECT_EQ(inventory.AddMode(mode), static_cast<uint32_t>(i));
    }
    mode.name = "too many";
    ExpectRefused([&] { inventory.AddMode(mode); }, {"number of modes = 17"});
    mode.referenceC = 1000;
    ExpectRefused([&] { inventory.AddMode(mode); }, {"too many: referenceC = 1000"});
    const auto add = [&](const InventoryComponent& component) {
        return
            [&inventory, component] { inventory.AddComponent(ComponentKind::MODULE, component); };
    };
    ExpectRefused(add({"", 0, 55, {}}), {"name = \"\""});
    add({"b", 0, 55, {}})();
    ExpectRefused(add({"b", 0, 55, {}}), {"name = \"b\"", "no other module"});
    ExpectRefused(add({"a", -1, 55, {}}), {"component a: ageH = -1"});
    ExpectRefused(add({"a", 0, 551, {}}), {"temperatureC = 551"});
    ExpectRefused(add({"a", 0, 55, {{ComponentKind::LINK, ""}}}), {"name of a dependent"});
    FaultSampling sampling;
    sampling.horizon = FaultTime::FromH(1.5e8);
    ExpectRefused([&] { SampleFaults(inventory, sampling, MakeStreams(1)); }, {"horizon in h"});
    // Also if nothing happens to fail.
    FailureMode lanes = MakeMode("lanes", ComponentKind::FIBRE, LifetimeLaw::Never());
    lanes.effect.kind = FailureEffect::LANES_LOST;
    lanes.effect.lanes = 1;
    inventory.AddMode(lanes);
    inventory.AddComponent(ComponentKind::FIBRE, {"f", 0, 25, {{ComponentKind::NPU, "die-0"}}});
    ExpectRefused([&] { SampleFaults(inventory, MakeSampling(), MakeStreams(1)); },
                  {"failure mode lanes of fibre \"f\"", "npu \"die-0\"", "carry light"});
}

} // namespace
