/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "lane-input-maker.h"

#include "ns3/fec-code.h"
#include "ns3/link-budget.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <iomanip>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param input lane with reflections none of which is at the receiver
 * @param lossDb loss to add in front of the receiver, dB
 * @return its budget with that
 */
LaneBudget
GetBudgetWithLoss(LaneInput input, double lossDb)
{
    input.path.Add(MakeElement(lossDb));
    return GetLaneBudget(input, KP4_BER);
}

/**
 * @param input lane
 * @param targetBer target
 * @return what the refusal says; empty if there is none
 */
std::string
GetRefusal(const LaneInput& input, double targetBer)
{
    try
    {
        GetLaneBudget(input, targetBer);
    }
    catch (const std::invalid_argument& refusal)
    {
        return refusal.what();
    }
    return "";
}

} // namespace

TEST(LinkBudget, ThermalNoiseAloneIsProportional)
{
    // 1.2 dBm less 3.1 dB is -1.9 dBm, which is -5.3 dBm and 3.4 dB of eye closure.
    const double q = GetQ(Modulation::PAM4, KP4_BER);
    LaneBudget budget = GetLaneBudget(MakeThermal(3.1), KP4_BER);
    EXPECT_NEAR(budget.receivedOmaDbm, -1.9, 1e-12);
    EXPECT_NEAR(budget.requiredOmaDbm, -1.9, 1e-12);
    EXPECT_NEAR(budget.pathLossDb, 3.1, 1e-12);
    EXPECT_NEAR(budget.marginDb, 0, 1e-12);
    EXPECT_NEAR(budget.q, q, 1e-9);
    EXPECT_NEAR(budget.ber, KP4_BER, 1e-12);
    EXPECT_EQ(budget.tdecqPenaltyDb, 3.4);
    EXPECT_EQ(budget.dispersionPenaltyDb, 0);
    EXPECT_NEAR(budget.rinPenaltyDb, 0, 1e-12);
    EXPECT_NEAR(budget.mpiPenaltyDb, 0, 1e-12);
    EXPECT_EQ(budget.mpiUpperBoundDb, 0);

    // A decibel more: Q, in proportion to power, is 10^0.1 times as much.
    budget = GetLaneBudget(MakeThermal(2.1), KP4_BER);
    EXPECT_NEAR(budget.q, q * std::pow(10, 0.1), 1e-9);
    EXPECT_NEAR(budget.marginDb, 1, 1e-12);
    EXPECT_NEAR(budget.ber, 3.0 / 8 * std::erfc(q * std::pow(10, 0.1) / std::sqrt(2)), 1e-15);
}

TEST(LinkBudget, LossAddedIsMarginLost)
{
    const LaneInput thermal = MakeThermal(1);
    LaneInput noisy = MakeNoisy();
    noisy.receiverReflectanceDb = -100;
    for (const LaneInput& input : {thermal, noisy})
    {
        const double marginDb = GetLaneBudget(input, KP4_BER).marginDb;
        for (const double lossDb : {0.0, 0.1, 1.0, 5.0, 30.0})
        {
            EXPECT_NEAR(GetBudgetWithLoss(input, lossDb).marginDb, marginDb - lossDb, 1e-9);
        }
    }
}

TEST(LinkBudget, MarginEndsAtTheTarget)
{
    for (const double target : {1e-2, KP4_BER, 1e-6, 1e-12})
    {
        LaneInput input = MakeNoisy();
        input.omaDbm = 6;
        const LaneBudget budget = GetLaneBudget(input, target);
        ASSERT_TRUE(std::isfinite(budget.marginDb)) << target;
        input.omaDbm -= budget.marginDb;
        const LaneBudget atEnd = GetLaneBudget(input, target);
        EXPECT_NEAR(atEnd.ber / target, 1, 1e-9) << target;
        EXPECT_NEAR(atEnd.marginDb, 0, 1e-12) << target;
        // Less than that misses the target: the margin is negative, and as large.
        input.omaDbm -= 0.7;
        const LaneBudget below = GetLaneBudget(input, target);
        EXPECT_NEAR(below.marginDb, -0.7, 1e-9) << target;
        EXPECT_GT(below.ber, target);
    }
}

TEST(LinkBudget, PenaltiesAddUpToWhatIsRequired)
{
    for (const bool included : {false, true})
    {
        for (const double target : {1e-2, KP4_BER, 1e-9})
        {
            LaneInput input = MakeNoisy();
            input.tdecqIncludesRin = included;
            const LaneBudget budget = GetLaneBudget(input, target);
            const double shiftDb =
                10 * std::log10(GetQ(Modulation::PAM4, target) / GetQ(Modulation::PAM4, KP4_BER));
            EXPECT_NEAR(budget.requiredOmaDbm,
                        input.sensitivityOmaDbm + shiftDb + budget.tdecqPenaltyDb +
                            budget.dispersionPenaltyDb + budget.rinPenaltyDb + budget.mpiPenaltyDb,
                        1e-9);
            EXPECT_NEAR(budget.marginDb, budget.receivedOmaDbm - budget.requiredOmaDbm, 1e-12);
            EXPECT_GT(budget.dispersionPenaltyDb, 0);
            EXPECT_GT(budget.mpiPenaltyDb, 0);
        }
    }
}

TEST(LinkBudget, WithoutHopeHasNoMargin)
{
    // Dispersion beyond the null.
    LaneInput input = MakeThermal(0);
    PathElement fibre = MakeElement(0);
    fibre.dispersionPsPerNm = 1000;
    input.path.Add(fibre);
    LaneBudget budget = GetLaneBudget(input, KP4_BER);
    EXPECT_EQ(budget.dispersionPenaltyDb, INFINITE);
    EXPECT_EQ(budget.marginDb, -INFINITE);
    EXPECT_EQ(budget.q, 0);
    EXPECT_EQ(budget.ber, 3.0 / 8);
    // That of a TDECQ without hope as well: no difference.
    input.tdecqDispersionPsPerNm = 2000;
    EXPECT_EQ(GetLaneBudget(input, KP4_BER).dispersionPenaltyDb, 0);

    // Laser noise that no power overcomes.
    input = MakeThermal(0);
    input.tdecqDb = 0;
    input.rinDbPerHz = -124;
    input.tdecqIncludesRin = false;
    budget = GetLaneBudget(input, KP4_BER);
    EXPECT_EQ(budget.rinPenaltyDb, INFINITE);
    EXPECT_EQ(budget.mpiPenaltyDb, 0);
    EXPECT_EQ(budget.marginDb, -INFINITE);
    EXPECT_GT(budget.ber, KP4_BER);
    EXPECT_LT(budget.ber, 3.0 / 8);
    // A target that it allows has a margin.
    EXPECT_GT(GetLaneBudget(input, 0.1).marginDb, 0);

    // Interference that no power overcomes.
    input = MakeThermal(0);
    input.transmitterReflectanceDb = -8;
    input.receiverReflectanceDb = -8;
    budget = GetLaneBudget(input, KP4_BER);
    EXPECT_NEAR(budget.rinPenaltyDb, 0, 1e-12);
    EXPECT_EQ(budget.mpiPenaltyDb, INFINITE);
    EXPECT_EQ(budget.mpiUpperBoundDb, INFINITE);
    EXPECT_EQ(budget.marginDb, -INFINITE);
    EXPECT_GT(budget.ber, KP4_BER);

    // No light to speak of.
    input = MakeThermal(1000);
    budget = GetLaneBudget(input, KP4_BER);
    EXPECT_LT(budget.marginDb, -900);
    EXPECT_NEAR(budget.ber, 3.0 / 8, 1e-12);
}

TEST(LinkBudget, GetsWorseWithWhateverIsBad)
{
    const LaneInput base = MakeNoisy();
    const LaneBudget before = GetLaneBudget(base, KP4_BER);
    const std::pair<const char*, std::function<void(LaneInput&)>> changes[] = {
        {"less light", [](LaneInput& input) { input.omaDbm -= 0.1; }},
        {"loss", [](LaneInput& input) { input.path.Add(MakeElement(0.1)); }},
        {"closure", [](LaneInput& input) { input.tdecqDb += 0.1; }},
        {"laser noise", [](LaneInput& input) { input.rinDbPerHz += 0.1; }},
        {"baud", [](LaneInput& input) { input.baudGBd += 0.1; }},
        {"sensitivity", [](LaneInput& input) { input.sensitivityOmaDbm += 0.1; }},
        {"transmitter", [](LaneInput& input) { input.transmitterReflectanceDb += 0.1; }},
        {"receiver", [](LaneInput& input) { input.receiverReflectanceDb += 0.1; }},
        {"reflection", [](LaneInput& input) { input.path.Add(MakeElement(0, -60)); }},
        {"dispersion",
         [](LaneInput& input) {
             PathElement fibre = MakeElement(0);
             fibre.dispersionPsPerNm = -1;
             input.path.Add(fibre);
         }},
    };
    for (const auto& [name, change] : changes)
    {
        LaneInput input = base;
        change(input);
        const LaneBudget after = GetLaneBudget(input, KP4_BER);
        EXPECT_LT(after.marginDb, before.marginDb) << name;
        EXPECT_LT(after.q, before.q) << name;
        EXPECT_GT(after.ber, before.ber) << name;
    }
    EXPECT_LT(GetLaneBudget(base, KP4_BER / 2).marginDb, before.marginDb);
    EXPECT_EQ(GetLaneBudget(base, KP4_BER / 2).ber, before.ber);

    // Less extinction means more light for the same OMA, and more interference. (Of laser noise,
    // which is stated relative to OMA, it means nothing of the kind.)
    LaneInput input = base;
    input.rinDbPerHz = -INFINITE;
    const double marginDb = GetLaneBudget(input, KP4_BER).marginDb;
    input.extinctionRatioDb -= 0.1;
    EXPECT_LT(GetLaneBudget(input, KP4_BER).marginDb, marginDb);
}

TEST(LinkBudget, NrzTakesItsOwnQ)
{
    LaneInput input = MakeThermal(3.1);
    input.modulation = Modulation::NRZ;
    input.sensitivityBer = 5e-5;
    const LaneBudget budget = GetLaneBudget(input, 1e-12);
    EXPECT_NEAR(budget.ber, 5e-5, 1e-12);
    // Q of 7.034 instead of 3.891.
    EXPECT_NEAR(budget.marginDb, -10 * std::log10(7.0345 / 3.8906), 1e-4);
}

TEST(LinkBudget, RefusesWhatIsOutOfRange)
{
    const LaneInput good = MakeNoisy();
    EXPECT_EQ(GetRefusal(good, KP4_BER), "");
    EXPECT_EQ(GetRefusal(good, 0.2),
              "link budget: targetBer = 0.2 is not allowed; allowed: above 0, at most 0.1");
    for (const double bad : {0.0, -1e-4, NOT_A_NUMBER})
    {
        EXPECT_NE(GetRefusal(good, bad), "");
    }
    const auto refuses = [&](double LaneInput::*field, const std::vector<double>& values) {
        for (const double value : values)
        {
            LaneInput input = good;
            input.*field = value;
            EXPECT_NE(GetRefusal(input, KP4_BER).find(" is not allowed; allowed: "),
                      std::string::npos)
                << value;
        }
    };
    refuses(&LaneInput::baudGBd, {0, -1, 1001, NOT_A_NUMBER});
    refuses(&LaneInput::omaDbm, {-1001, 41, NOT_A_NUMBER});
    refuses(&LaneInput::tdecqDb, {-10.1, 20.1, NOT_A_NUMBER});
    refuses(&LaneInput::extinctionRatioDb, {0, -3, 40.1, NOT_A_NUMBER});
    refuses(&LaneInput::rinDbPerHz, {0, 10, NOT_A_NUMBER});
    refuses(&LaneInput::spectralWidthNm, {-1, 11, NOT_A_NUMBER});
    refuses(&LaneInput::tdecqDispersionPsPerNm, {-1, 1.1e5, NOT_A_NUMBER});
    refuses(&LaneInput::transmitterReflectanceDb, {0, 3, NOT_A_NUMBER});
    refuses(&LaneInput::receiverReflectanceDb, {0, 3, NOT_A_NUMBER});
    refuses(&LaneInput::sensitivityOmaDbm, {-1001, 41, NOT_A_NUMBER});
    refuses(&LaneInput::sensitivityBer, {0, 0.11, NOT_A_NUMBER});
    LaneInput input = good;
    input.modulation = static_cast<Modulation::Kind>(2);
    EXPECT_NE(GetRefusal(input, KP4_BER).find("modulation = 2"), std::string::npos);
    EXPECT_THROW(GetMpiUpperBoundDb(Modulation::PAM4, 0, 0.1), std::invalid_argument);
    EXPECT_THROW(GetMpiUpperBoundDb(Modulation::PAM4, 6, -0.1), std::invalid_argument);
}

TEST(PrintBudget, IsATableThatAddsUp)
{
    LaneInput input = MakeNoisy();
    FibreSpec fibre;
    fibre.name = "OS2";
    fibre.wavelengthNm = 1310;
    fibre.attenuationDbPerKm = 0.4;
    fibre.groupIndex = 1.468;
    input.path.AddFibre(fibre, 250);
    std::ostringstream os;
    os << std::hex << std::setprecision(3);
    PrintBudget(GetLaneBudget(input, KP4_BER), "link 7, lane 2", os);
    EXPECT_EQ(os.str(),
              "link 7, lane 2\n"
              "--------------\n"
              "Launched OMA                                   1.20 dBm\n"
              "  - connector                                  1.00 dB\n"
              "  - connector                                  0.50 dB\n"
              "  - connector                                  0.20 dB\n"
              "  - OS2, 250 m                                 0.10 dB\n"
              "Path loss                                      1.80 dB\n"
              "Received OMA                                  -0.60 dBm\n"
              "Sensitivity of the receiver at BER 2.4e-04    -5.30 dBm\n"
              "  + TDECQ                                      1.50 dB\n"
              "  + chromatic dispersion beyond TDECQ          0.32 dB\n"
              "  + laser noise                                0.22 dB\n"
              "  + multipath interference                     0.03 dB\n"
              "    (upper bound, not counted)                 0.25 dB\n"
              "Required OMA                                  -3.23 dBm\n"
              "Margin                                         2.63 dB\n"
              "Q                                             5.576\n"
              "BER before FEC                              9.2e-09\n");
    // The caller's format is as it was.
    os.str("");
    os << 255 << " " << 1.23456;
    EXPECT_EQ(os.str(), "ff 1.23");
}

TEST(PrintBudget, RoundsToAtMostZero)
{
    LaneBudget budget;
    budget.lines = {{"a little less", -0.001, "dB"}, {"few", 0.00512, ""}, {"none", 0, ""}};
    std::ostringstream os;
    PrintBudget(budget, "t", os);
    EXPECT_EQ(os.str(),
              "t\n-\n"
              "a little less     0.00 dB\n"
              "few            5.1e-03\n"
              "none                 0\n");
}

TEST(PrintBudget, ShowsWhatHasNoEnd)
{
    LaneInput input = MakeThermal(0);
    input.transmitterReflectanceDb = -8;
    input.receiverReflectanceDb = -8;
    std::ostringstream os;
    PrintBudget(GetLaneBudget(input, KP4_BER), "no hope", os);
    EXPECT_NE(os.str().find("\nMargin                                      out of reach\n"),
              std::string::npos)
        << os.str();
    EXPECT_NE(os.str().find("\nRequired OMA                                   unlimited\n"),
              std::string::npos)
        << os.str();
}

TEST(PrintBudget, ShowsErrorRatiosWithTwoDigitsAndAsABoundAtLast)
{
    EXPECT_EQ(FormatErrorRatio(0), "0");
    EXPECT_EQ(FormatErrorRatio(0.375), "0.38");
    EXPECT_EQ(FormatErrorRatio(0.00512), "5.1e-03");
    EXPECT_EQ(FormatErrorRatio(2.4412e-9), "2.4e-09");
    EXPECT_EQ(FormatErrorRatio(1e-20), "1.0e-20");
    EXPECT_EQ(FormatErrorRatio(9.9e-21), "below 1e-20");
    EXPECT_EQ(FormatErrorRatio(1e-300), "below 1e-20");
}

TEST(LinkBudget, MarginIsToTheTargetOfTheCode)
{
    // The lane of a 400G-SR8-LPO over 30 m of OM4 with two connectors, at the most laser noise that
    // is allowed, reckoned apart from this program: 5.16 dB with KP4, -0.03 dB with KR4, 2.51 dB
    // with the low-latency code, and no power that is enough for 1e-12.
    LaneInput input;
    input.baudGBd = 28 * 544.0 / 514;
    input.omaDbm = 0;
    input.tdecqDb = 3.4;
    input.extinctionRatioDb = 3;
    input.rinDbPerHz = -128;
    input.spectralWidthNm = 0.5;
    input.transmitterReflectanceDb = -22;
    input.receiverReflectanceDb = -22;
    input.sensitivityOmaDbm = -9.1;
    input.path = LightPath(850);
    input.path.Add(MakeElement(0.2, -30));
    input.path.Add(MakeElement(0.075));
    input.path.Add(MakeElement(0.2, -30));
    const auto getMarginDb = [&](const char* code) {
        return GetLaneBudget(input, FecCode::FromName(code).GetTargetBer()).marginDb;
    };
    EXPECT_NEAR(getMarginDb("KP4"), 5.16, 0.005);
    EXPECT_NEAR(getMarginDb("LL"), 2.51, 0.005);
    EXPECT_NEAR(getMarginDb("KR4"), -0.03, 0.005);
    EXPECT_EQ(getMarginDb("none"), -INFINITE);
    // The laser noise hardly changes the margin to KP4's target, and the ratio by eight orders.
    const std::pair<double, double> ratios[] = {{-128, 2.25e-5},
                                                {-132, 1.01e-6},
                                                {-136, 2.44e-9},
                                                {-140, 2.6e-13}};
    for (const auto& [rinDbPerHz, ber] : ratios)
    {
        input.rinDbPerHz = rinDbPerHz;
        EXPECT_NEAR(getMarginDb("KP4"), 5.16, 0.005) << rinDbPerHz;
        EXPECT_NEAR(GetLaneBudget(input, KP4_BER).ber / ber, 1, 0.01) << rinDbPerHz;
    }
}

TEST(LinkBudget, FewLinesOfTheSpectrumMeanMoreBeatNoise)
{
    // The same lane, reckoned apart: what the interference of clean connectors costs with a
    // continuous spectrum and with 10, 4 and 1 lines, and what 1 dB and -15 dB of dirt make of it.
    LaneInput input;
    input.baudGBd = 28 * 544.0 / 514;
    input.tdecqDb = 3.4;
    input.extinctionRatioDb = 3;
    input.rinDbPerHz = -136;
    input.spectralWidthNm = 0.5;
    input.transmitterReflectanceDb = -22;
    input.receiverReflectanceDb = -22;
    input.sensitivityOmaDbm = -9.1;

    struct
    {
        double modes;
        double cleanDb;
        double dirtyDb;
    } const expected[] = {{0, 0.06, 0.55},
                          {10, 0.15, 1.63},
                          {4, 0.41, INFINITE},
                          {1, 2.52, INFINITE}};

    for (const auto& lines : expected)
    {
        input.effectiveModes = lines.modes;
        for (const bool isDirty : {false, true})
        {
            input.path = LightPath(850);
            input.path.Add(isDirty ? MakeElement(1.2, -15) : MakeElement(0.2, -30));
            input.path.Add(MakeElement(0.075));
            input.path.Add(MakeElement(0.2, -30));
            const double penaltyDb = GetLaneBudget(input, KP4_BER).mpiPenaltyDb;
            const double wantedDb = isDirty ? lines.dirtyDb : lines.cleanDb;
            if (std::isinf(wantedDb))
            {
                EXPECT_EQ(penaltyDb, INFINITE) << lines.modes;
            }
            else
            {
                EXPECT_NEAR(penaltyDb, wantedDb, 0.01) << lines.modes;
            }
        }
    }
    // Of lines so many that they overlap it is that of the continuous spectrum; one narrow line
    // beats with all of itself.
    const double bandwidthHz = GetNoiseBandwidthHz(Modulation::PAM4, input.baudGBd);
    EXPECT_EQ(GetBeatNoiseShare(bandwidthHz, 850, 0.5, 4), 0.25);
    EXPECT_EQ(GetBeatNoiseShare(bandwidthHz, 850, 0.5, 1000),
              GetBeatNoiseShare(bandwidthHz, 850, 0.5));
    EXPECT_NEAR(GetBeatNoiseShare(bandwidthHz, 850, 0.5), 0.042, 0.0005);
    EXPECT_EQ(GetBeatNoiseShare(bandwidthHz, 850, 0, 4), 1);
    input.effectiveModes = 0.5;
    EXPECT_EQ(GetRefusal(input, KP4_BER),
              "beat noise: modes = 0.5 is not allowed; allowed: 1 and more, or 0 for no lines");
}

namespace
{

/// A standard's budget: the worst transmitter, channel and receiver it allows.
struct Standard
{
    const char* name;         ///< which
    double baudGBd;           ///< symbol rate, GBd
    double wavelengthNm;      ///< wavelength of a lane, nm
    double omaMinusTdecqDbm;  ///< launched OMA less TDECQ, least allowed, dBm
    double tdecqDb;           ///< TDECQ, most allowed, dB
    double lossDb;            ///< insertion loss of the channel, most allowed, dB
    double sensitivityOmaDbm; ///< sensitivity at SECQ 0, worst allowed, dBm
    double reserveDb;         ///< what these leave for other penalties, dB
    const char* guessed;      ///< which of these figures could not be found in print
};

/// Sources and marks of these figures are in doc/validation-optics.rst.
const Standard STANDARDS[] = {
    {"400GBASE-DR4", 53.125, 1311, -2.2, 3.4, 3.0, -5.3, 0.1, "none"},
    {"400G-FR4", 53.125, 1271, -1.7, 3.4, 4.0, -6.0, 0.3, "none"},
    {"400G-LR4-10", 53.125, 1271, -1.1, 3.9, 6.3, -8.2, 0.8, "sensitivity"},
    {"400GBASE-SR4.2 on OM4", 26.5625, 850, -5.9, 4.5, 1.8, -8.0, 0.3, "all but the loss"},
    {"400GBASE-SR4.2 on OM5", 26.5625, 850, -5.9, 4.5, 2.0, -8.0, 0.1, "all but the loss"},
};

/**
 * @param standard a standard
 * @param tdecqDb TDECQ, dB
 * @param lossDb loss of the channel, dB
 * @return the worst lane it allows
 */
LaneInput
MakeWorst(const Standard& standard, double tdecqDb, double lossDb)
{
    LaneInput input;
    input.baudGBd = standard.baudGBd;
    input.omaDbm = standard.omaMinusTdecqDbm + tdecqDb;
    input.tdecqDb = tdecqDb;
    input.extinctionRatioDb = 5;
    input.rinDbPerHz = -136;
    input.sensitivityOmaDbm = standard.sensitivityOmaDbm;
    input.path = LightPath(standard.wavelengthNm);
    input.path.Add(MakeElement(lossDb));
    return input;
}

} // namespace

TEST(Standards, BudgetsCloseAtTheChannelLossAndFailBeyond)
{
    for (const Standard& standard : STANDARDS)
    {
        SCOPED_TRACE(std::string(standard.name) + ", guessed: " + standard.guessed);
        // The worst eye, and the best for which launched OMA may be as low as TDECQ lets it.
        for (const double tdecqDb : {standard.tdecqDb, 1.4})
        {
            const LaneBudget atLoss =
                GetLaneBudget(MakeWorst(standard, tdecqDb, standard.lossDb), KP4_BER);
            EXPECT_NEAR(atLoss.marginDb, standard.reserveDb, 1e-9) << standard.name;
            EXPECT_LT(atLoss.ber, KP4_BER) << standard.name;
            // With its reserve spent on loss, too, the budget still closes, and no further.
            const double endDb = standard.lossDb + standard.reserveDb;
            const LaneBudget atEnd = GetLaneBudget(MakeWorst(standard, tdecqDb, endDb), KP4_BER);
            EXPECT_NEAR(atEnd.ber / KP4_BER, 1, 1e-6) << standard.name;
            const LaneBudget beyond =
                GetLaneBudget(MakeWorst(standard, tdecqDb, endDb + 0.01), KP4_BER);
            EXPECT_NEAR(beyond.marginDb, -0.01, 1e-9) << standard.name;
            EXPECT_GT(beyond.ber, KP4_BER) << standard.name;
        }
    }
}

TEST(Standards, StressedSensitivityIsTheOmaRequired)
{
    // 400G-FR4: a receiver that takes -6.0 dBm at SECQ 0 takes -2.6 dBm of a signal with 3.4 dB.
    const LaneBudget budget = GetLaneBudget(MakeWorst(STANDARDS[1], 3.4, 0), KP4_BER);
    EXPECT_NEAR(budget.requiredOmaDbm, -2.6, 1e-9);
}

TEST(Standards, ReserveCoversTheReflectionsOfSingleModeChannels)
{
    // Two ends of -26 dB, as the standards allow, and four connectors; the loss of the channel
    // divides among them.
    const std::pair<const Standard*, double> channels[] = {{&STANDARDS[0], -45},
                                                           {&STANDARDS[1], -35}};
    for (const auto& [standard, reflectanceDb] : channels)
    {
        LaneInput input = MakeWorst(*standard, standard->tdecqDb, 0);
        input.transmitterReflectanceDb = -26;
        input.receiverReflectanceDb = -26;
        for (int i = 0; i < 4; ++i)
        {
            input.path.Add(MakeElement(standard->lossDb / 4, reflectanceDb));
        }
        const LaneBudget budget = GetLaneBudget(input, KP4_BER);
        EXPECT_GT(budget.mpiPenaltyDb, 0.01) << standard->name;
        EXPECT_GT(budget.marginDb, 0) << standard->name;
        EXPECT_LT(budget.ber, KP4_BER) << standard->name;
    }
}
