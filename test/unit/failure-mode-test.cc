/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/exposure-clock.h"
#include "ns3/failure-mode.h"
#include "ns3/lifetime-law.h"
#include "ns3/transceiver-spec.h"

#include <array>
#include <gtest/gtest.h>
#include <limits>

using namespace ns3::opticalfabric;

namespace
{

TEST(Arrhenius, FactorsAgreeWithHandValues)
{
    // Worked with 20 decimals and k = 8.617333262e-5 eV/K (CODATA 2018).
    // 1 / 328.15 - 1 / 343.15 is 1.33209392e-4 per K, over k 1.545830808 per eV.
    EXPECT_NEAR(GetArrheniusFactor(0.35, 55, 70), 1.717793782, 1e-8);
    EXPECT_NEAR(GetArrheniusFactor(0.7, 55, 70), 2.950815478, 1e-8);
    // From a test at 85 degrees to use at 40: 1 / 358.15 - 1 / 313.15 is -4.01231612e-4, over k
    // -4.656099508.
    EXPECT_NEAR(GetArrheniusFactor(0.35, 85, 40), 0.196001135, 1e-8);
    EXPECT_NEAR(GetArrheniusFactor(0.7, 40, 85), 26.03051896, 1e-7);
    EXPECT_EQ(GetArrheniusFactor(0, 55, 90), 1);
    EXPECT_EQ(GetArrheniusFactor(0.7, 55, 55), 1);
}

TEST(ExposureClock, CountsHoursAtTheReferenceTemperature)
{
    ExposureClock clock(0.35, 55, 55, 1000);
    EXPECT_EQ(clock.GetAgeH(500), 1500);
    clock.SetTemperature(500, 70);
    const double factor = GetArrheniusFactor(0.35, 55, 70);
    EXPECT_EQ(clock.GetFactor(), factor);
    EXPECT_DOUBLE_EQ(clock.GetAgeH(600), 1500 + 100 * factor);
    clock.SetTemperature(600, 40);
    const double slow = GetArrheniusFactor(0.35, 55, 40);
    EXPECT_LT(slow, 1);
    EXPECT_DOUBLE_EQ(clock.GetAgeH(1600), 1500 + 100 * factor + 1000 * slow);
    const double ageH = clock.GetAgeH(700);
    EXPECT_DOUBLE_EQ(clock.GetTimeOfAgeH(ageH), 700);
    EXPECT_EQ(clock.GetTimeOfAgeH(3), 600);
    EXPECT_EQ(clock.GetTimeOfAgeH(std::numeric_limits<double>::infinity()),
              std::numeric_limits<double>::infinity());
    clock.SetAge(2000, 0);
    EXPECT_EQ(clock.GetAgeH(2000), 0);
    EXPECT_DOUBLE_EQ(clock.GetAgeH(2010), 10 * slow);
}

TEST(ExposureClock, ManySmallChangesAreTheIntegralOfTheFactor)
{
    // A day with 55 degrees at noon and 25 at midnight, in steps of a minute, for a year.
    ExposureClock clock(0.5, 40, 40);
    double integral = 0;
    const double step = 1.0 / 60;
    double nowH = 0;
    for (int i = 0; i < 365 * 24 * 60; ++i)
    {
        nowH = i * step;
        const double temperatureC = 40 - 15 * std::cos(nowH / 24 * 2 * std::acos(-1.0));
        clock.SetTemperature(nowH, temperatureC);
        integral += GetArrheniusFactor(0.5, 40, temperatureC) * step;
    }
    EXPECT_NEAR(clock.GetAgeH(nowH + step) / integral, 1, 1e-9);
    // Hot hours count for more than cold ones save.
    EXPECT_GT(integral, 8760 * 1.05);
}

TEST(ExposureClock, LawsThatAgeAtTwoTemperaturesFailAsTheSumOfBoth)
{
    // Drawn once at the begin, in hours at the reference temperature; a change in between moves the
    // end. Share that fails before the change and in all, against the law.
    const LifetimeLaw law = LifetimeLaw::Weibull(2, 1e4);
    const UniformSource uniform = MakeUniform(7);
    SampleMean early;
    SampleMean all;
    for (int i = 0; i < 20000; ++i)
    {
        ExposureClock clock(0.7, 55, 70);
        double failsH = clock.GetTimeOfAgeH(law.DrawRemainingH(0, uniform()));
        early.Add(failsH < 2000);
        if (failsH >= 2000)
        {
            const double leftH = law.DrawRemainingH(clock.GetAgeH(2000), uniform());
            clock.SetTemperature(2000, 45);
            failsH = clock.GetTimeOfAgeH(clock.GetAgeH(2000) + leftH);
        }
        all.Add(failsH < 10000);
    }
    const double hotH = 2000 * GetArrheniusFactor(0.7, 55, 70);
    EXPECT_TRUE(early.Covers(law.GetFailedShare(hotH))) << early.GetMean();
    const double bothH = hotH + 8000 * GetArrheniusFactor(0.7, 55, 45);
    EXPECT_TRUE(all.Covers(law.GetFailedShare(bothH))) << all.GetMean();
    EXPECT_LT(all.GetHalfWidth99(), 0.01);
}

TEST(ExposureClock, RefusesWhatCannotBe)
{
    ExpectRefused([] { ExposureClock(-0.1, 55, 55); }, {"activationEv = -0.1", "0 to 5"});
    ExpectRefused([] { ExposureClock(0.5, 155, 55); }, {"referenceC = 155", "-40 to 150"});
    ExpectRefused([] { ExposureClock(0.5, 55, -273); }, {"temperatureC = -273"});
    ExpectRefused([] { ExposureClock(0.5, 55, 55, -1); }, {"ageH = -1"});
    ExposureClock clock(0.5, 55, 55);
    clock.SetTemperature(10, 60);
    ExpectRefused([&] { clock.SetTemperature(9, 60); }, {"atH = 9", "10 to "});
    ExpectRefused([&] { clock.SetTemperature(11, 600); }, {"temperatureC = 600"});
    ExpectRefused([&] { clock.GetAgeH(9); }, {"atH = 9"});
    ExpectRefused([&] { clock.SetAge(11, -1); }, {"ageH = -1"});
    ExpectRefused([&] { clock.GetTimeOfAgeH(-1); }, {"ageH = -1"});
}

/// @return a mode nothing is wrong with
FailureMode
MakeMode()
{
    FailureMode mode;
    mode.name = "burst";
    mode.component = ComponentKind::LINK;
    mode.law = LifetimeLaw::ExponentialMtbf(1000);
    mode.activationEv = 0.35;
    mode.effect.kind = FailureEffect::FLAP_BURST;
    mode.flaps = {3, 10, DurationLaw::Uniform(0.5 / 3600, 3.0 / 3600), DurationLaw::Constant(0.01)};
    mode.repair.kind = RepairAction::SWAP;
    mode.repair.needsCrew = true;
    mode.repair.spare = "module";
    return mode;
}

TEST(FailureMode, DrawsBursts)
{
    const FailureMode mode = MakeMode();
    mode.Validate();
    EXPECT_DOUBLE_EQ(mode.GetAcceleration(70), GetArrheniusFactor(0.35, 55, 70));
    const UniformSource uniform = MakeUniform(3);
    std::array<int, 11> counts{};
    for (int i = 0; i < 8000; ++i)
    {
        const FailureEffect effect = mode.DrawEffect(uniform);
        effect.Validate(ComponentKind::LINK);
        ASSERT_GE(effect.cycles, 3u);
        ASSERT_LE(effect.cycles, 10u);
        ++counts[effect.cycles];
        EXPECT_GE(effect.down.GetH() * 3600, 0.5);
        EXPECT_LE(effect.down.GetH() * 3600, 3);
        EXPECT_EQ(effect.up.Write(), "36s");
    }
    for (int cycles = 3; cycles <= 10; ++cycles)
    {
        EXPECT_NEAR(counts[cycles], 1000, 4 * std::sqrt(1000)) << cycles;
    }
}

TEST(FailureMode, RefusesWhatCannotBe)
{
    using M = FailureMode;
    const auto expect = [](const std::function<void(M&)>& change, const std::string& part) {
        M mode = MakeMode();
        change(mode);
        ExpectRefused([&] { mode.Validate(); }, {part});
    };
    expect([](M& m) { m.name = ""; }, "name");
    expect([](M& m) { m.activationEv = 6; }, "failure mode burst: activationEv = 6");
    expect([](M& m) { m.referenceC = std::nan(""); }, "referenceC = nan");
    expect([](M& m) { m.component = ComponentKind::NPU; }, "component = npu");
    expect([](M& m) { m.flaps.leastCycles = 0; }, "flaps.leastCycles = 0");
    expect([](M& m) { m.flaps.mostCycles = 2; }, "flaps.mostCycles = 2");
    expect([](M& m) { m.flaps.down = DurationLaw(); }, "flaps.down in h = 0");
    expect([](M& m) { m.flaps.up = DurationLaw::Constant(25); }, "flaps.up in h = 25");
    expect([](M& m) { m.effect.kind = FailureEffect::EXTRA_LOSS; }, "lossDb = 0");
    expect([](M& m) { m.repair.kind = RepairAction::REMOTE_RESET; }, "needsCrew = 1");
    expect([](M& m) { m.repair.kind = RepairAction::CLEAN; }, "spare = module");
    expect([](M& m) { m.repair.priority = 1001; }, "priority = 1001");
    EXPECT_EQ(MakeMode().GetAcceleration(std::nullopt), 1);
    ExpectRefused([] { MakeMode().GetAcceleration(-100); }, {"temperatureC = -100"});
}

TEST(DurationLaw, DrawsHaveTheirMeansAndBounds)
{
    for (const DurationLaw& law : {DurationLaw(),
                                   DurationLaw::Constant(1.25),
                                   DurationLaw::Uniform(0.5, 4),
                                   DurationLaw::Exponential(2),
                                   DurationLaw::Lognormal(2, 0.8)})
    {
        const UniformSource uniform = MakeUniform(11);
        SampleMean mean;
        for (int i = 0; i < 50000; ++i)
        {
            const double drawnH = law.DrawH(uniform());
            EXPECT_GE(drawnH, 0);
            mean.Add(drawnH);
        }
        EXPECT_NEAR(mean.GetMean(), law.GetMeanH(), mean.GetHalfWidth99() + 1e-12)
            << law.Describe();
    }
    EXPECT_EQ(DurationLaw::Uniform(0.5, 4).DrawH(1), 0.5);
    EXPECT_NEAR(DurationLaw::Uniform(0.5, 4).DrawH(1e-9), 4, 1e-8);
    EXPECT_NEAR(DurationLaw::Lognormal(2, 0.8).DrawH(0.5), 2, 1e-12);
    EXPECT_EQ(DurationLaw::Lognormal(2, 0.8).DrawH(1), 0);
    EXPECT_NEAR(DurationLaw::Lognormal(2, 0.8).GetMeanH(), 2 * std::exp(0.32), 1e-12);
}

TEST(DurationLaw, RefusesWhatCannotBe)
{
    using D = DurationLaw;
    ExpectRefused([] { D::Constant(-1); }, {"durationH = -1", "0 to 1e+09"});
    ExpectRefused([] { D::Uniform(-1, 2); }, {"leastH = -1"});
    ExpectRefused([] { D::Uniform(3, 2); }, {"mostH = 2", "3 to"});
    ExpectRefused([] { D::Exponential(0); }, {"meanH = 0"});
    ExpectRefused([] { D::Lognormal(0, 1); }, {"medianH = 0"});
    ExpectRefused([] { D::Lognormal(1, 11); }, {"sigma = 11"});
    ExpectRefused([] { D().DrawH(0); }, {"uniform = 0"});
}

} // namespace
