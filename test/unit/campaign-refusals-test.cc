/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-test.h"
#include "reliability-test.h"

#include "ns3/two-tier-degradation.h"
#include "ns3/verdict-memo.h"

#include <gtest/gtest.h>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param change what is wrong
 * @param parts what the refusal must say
 */
void
Refuse(const std::function<void(CampaignSpec&)>& change, const std::vector<std::string>& parts)
{
    CampaignSpec spec = MakeNpuCampaign(4, 4, 100, 1);
    spec.horizonH = 10;
    spec.replications = 1;
    change(spec);
    ExpectRefused([&] { RunCampaign(spec, IdealFabric(), MakeReplicationStreams(1)); }, parts);
}

TEST(CampaignRefusals, Spec)
{
    Refuse([](auto& spec) { spec.horizonH = 0; }, {"campaign: horizonH = 0"});
    Refuse([](auto& spec) { spec.horizonH = NAN; }, {"horizonH = nan"});
    Refuse([](auto& spec) { spec.horizonH = 2e8; }, {"horizonH = 2e+08"});
    Refuse([](auto& spec) { spec.replications = 0; }, {"replications = 0"});
    Refuse([](auto& spec) { spec.replications = 10001; }, {"replications = 10001"});
    Refuse([](auto& spec) { spec.threads = 0; }, {"threads = 0"});
    Refuse([](auto& spec) { spec.threads = 1025; }, {"threads = 1025"});
    Refuse([](auto& spec) { spec.confidence = 0; }, {"confidence = 0"});
    Refuse([](auto& spec) { spec.confidence = 1; }, {"confidence = 1"});
    Refuse([](auto& spec) { spec.crews = 0; }, {"crews = 0"});
    Refuse([](auto& spec) { spec.job.accelerators = 0; }, {"job.accelerators = 0", "1 to 4"});
    Refuse([](auto& spec) { spec.job.accelerators = 5; }, {"job.accelerators = 5", "npu"});
    Refuse([](auto& spec) { spec.job.accelerator = ComponentKind::HOST; },
           {"job.accelerators = 4", "host"});
    Refuse([](auto& spec) { spec.job.rerouteH = -1; }, {"job.rerouteH = -1"});
    Refuse([](auto& spec) { spec.job.checkpoint.intervalH = 0; }, {"intervalH = 0"});
    Refuse([](auto& spec) { spec.spares = {{"", 1, 1}}; }, {"pool"});
    Refuse([](auto& spec) { spec.spares = {{"npu", 1, 1}, {"npu", 1, 1}}; }, {"pool"});
    Refuse([](auto& spec) { spec.spares = {{"npu", 1, -1}}; }, {"leadTimeH = -1"});
}

TEST(CampaignRefusals, Dependents)
{
    const auto carry = [](CampaignSpec& spec, const FaultDependent& dependent) {
        FailureMode host =
            MakeDownMode("host", ComponentKind::HOST, LifetimeLaw(), DurationLaw::Constant(1));
        spec.inventory.AddMode(host);
        spec.inventory.AddComponent(ComponentKind::HOST, {"host-0", 0, 55, {dependent}});
    };
    // With the nearest name there is.
    Refuse(
        [&](auto& spec) {
            carry(spec, {ComponentKind::NPU, "npu-9"});
        },
        {"host \"host-0\", which takes along npu \"npu-9\"", "npu-0"});
    Refuse(
        [&](auto& spec) {
            carry(spec, {ComponentKind::HOST, "host-0"});
        },
        {"host \"host-0\"", "circle"});
    Refuse(
        [](auto& spec) {
            FailureMode dirt = MakeDownMode("dirt",
                                            ComponentKind::MODULE,
                                            LifetimeLaw(),
                                            DurationLaw::Constant(1));
            dirt.effect.kind = FailureEffect::EXTRA_LOSS;
            dirt.effect.lossDb = 1;
            spec.inventory.AddMode(dirt);
            spec.inventory.AddComponent(ComponentKind::MODULE,
                                        {"m", 0, 55, {{ComponentKind::NPU, "npu-0"}}});
        },
        {"module \"m\", which takes along npu \"npu-0\"", "extra-loss"});
    Refuse(
        [](auto& spec) {
            spec.inventory.AddComponent(ComponentKind::HOST,
                                        {"a", 0, 55, {{ComponentKind::HOST, "b"}}});
            spec.inventory.AddComponent(ComponentKind::HOST,
                                        {"b", 0, 55, {{ComponentKind::HOST, "a"}}});
        },
        {"circle"});
}

TEST(CampaignRefusals, Carriers)
{
    const auto add = [](CampaignSpec& spec, const std::string& name, const std::string& carrier) {
        InventoryComponent host;
        host.name = name;
        host.carrier = {ComponentKind::HOST, carrier};
        spec.inventory.AddComponent(ComponentKind::HOST, host);
    };
    Refuse([&](auto& spec) { add(spec, "a", "b"); },
           {"host \"a\", which is a part of host \"b\"", "a component of the inventory"});
    Refuse(
        [&](auto& spec) {
            add(spec, "a", "b");
            add(spec, "b", "a");
        },
        {"host \"a\", which is a part of host \"b\"", "a part itself"});
}

/// A fabric that says what cannot be.
class WrongFabric : public IdealFabric
{
  public:
    StateSignature Describe(const std::vector<DegradedComponent>& degraded) const override
    {
        return StateSignature(degraded.size(), 1);
    }

    FabricVerdict Assess(const std::vector<DegradedComponent>&,
                         const StateSignature&) const override
    {
        return {2, 0};
    }
};

TEST(CampaignRefusals, Fabric)
{
    CampaignSpec spec = MakeNpuCampaign(4, 4, 100, 1);
    const TwoTierDegradation cloudMatrix({}, {}, {});
    ExpectRefused([&] { RunCampaign(spec, cloudMatrix, MakeReplicationStreams(1)); },
                  {"components npu = 4", "0 or 384"});
    // What goes wrong in a thread comes out of the call.
    spec.threads = 3;
    spec.replications = 8;
    ExpectRefused<std::logic_error>(
        [&] { RunCampaign(spec, WrongFabric(), MakeReplicationStreams(1)); },
        {"speed = 2"});
}

/// A fabric that counts how often it is asked.
class CountingFabric : public IdealFabric
{
  public:
    FabricVerdict Assess(const std::vector<DegradedComponent>&,
                         const StateSignature& signature) const override
    {
        ++m_asked;
        return {1.0 / (1.0 + signature.front()), 0};
    }

    mutable int m_asked{0}; ///< how often
};

/// A fabric that is worth half its speed while something is wrong with it, and counts likewise.
class WholeOrNot : public CountingFabric
{
  public:
    StateSignature Describe(const std::vector<DegradedComponent>& degraded) const override
    {
        return degraded.empty() ? StateSignature() : StateSignature{1};
    }
};

TEST(CampaignRefusals, TheMemoAsksOnce)
{
    const CountingFabric fabric;
    VerdictMemo memo(fabric);
    for (int round = 0; round < 3; ++round)
    {
        EXPECT_EQ(memo.Get({}, {1}).speed, 0.5);
        EXPECT_EQ(memo.Get({}, {3}).speed, 0.25);
    }
    EXPECT_EQ(fabric.m_asked, 2);
    EXPECT_EQ(memo.GetSize(), 2u);
}

TEST(CampaignRefusals, TheMemoKnowsWhatAnotherCampaignSaw)
{
    const WholeOrNot fabric;
    const CampaignSpec spec = MakeNpuCampaign(4, 4, 100, 1);
    VerdictMemo memo(fabric);
    const CampaignReport first = RunCampaign(spec, memo, MakeReplicationStreams(1));
    const int asked = fabric.m_asked;
    EXPECT_GT(asked, 0);
    const CampaignReport second = RunCampaign(spec, memo, MakeReplicationStreams(1));
    EXPECT_EQ(fabric.m_asked, asked);
    EXPECT_EQ(second.goodput.mean, first.goodput.mean);
    EXPECT_EQ(RunCampaign(spec, fabric, MakeReplicationStreams(1)).goodput.mean,
              first.goodput.mean);
    // Both say how often the job is interrupted.
    EXPECT_NEAR(EstimateInterruptionsPerYear(spec, memo, MakeReplicationStreams(1)),
                HOURS_PER_YEAR / first.jobMtbfH.mean,
                0.3 * HOURS_PER_YEAR / first.jobMtbfH.mean);
}

} // namespace
