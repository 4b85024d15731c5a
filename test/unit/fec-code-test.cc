/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/fec-code.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param ber share of bits in error
 * @return errors that come independently of each other
 */
BitErrors
Random(double ber)
{
    BitErrors errors;
    errors.ber = ber;
    return errors;
}

/**
 * @param f something to call
 * @return what the std::invalid_argument says that it throws; empty if it does not
 */
template <typename F>
std::string
RefusalOf(F f)
{
    try
    {
        f();
    }
    catch (const std::invalid_argument& error)
    {
        return error.what();
    }
    return "";
}

TEST(FecCode, StandardCodes)
{
    struct
    {
        const char* name;
        uint32_t n, k, t;
    } const codes[] = {{"KP4", 544, 514, 15}, {"KR4", 528, 514, 7}, {"LL", 272, 258, 7}};

    for (const auto& expected : codes)
    {
        const FecCode code = FecCode::FromName(expected.name);
        EXPECT_TRUE(code.IsCoded());
        EXPECT_EQ(code.GetName(), expected.name);
        EXPECT_EQ(code.GetSymbols(), expected.n);
        EXPECT_EQ(code.GetDataSymbols(), expected.k);
        EXPECT_EQ(code.GetSymbolBits(), 10u);
        EXPECT_EQ(code.GetCorrectable(), expected.t);
        EXPECT_DOUBLE_EQ(code.GetOverhead(), static_cast<double>(expected.n) / expected.k);
    }
    EXPECT_NEAR(FecCode::Kp4().GetOverhead(), 1.0584, 5e-5);
    EXPECT_EQ(FecCode::GetNames(), (std::vector<std::string>{"KP4", "KR4", "LL", "none"}));
}

TEST(FecCode, NoCodeLetsEveryBitErrorThrough)
{
    const FecCode none = FecCode::FromName("none");
    EXPECT_FALSE(none.IsCoded());
    EXPECT_EQ(none.GetName(), "none");
    EXPECT_EQ(none.GetCorrectable(), 0u);
    EXPECT_EQ(none.GetOverhead(), 1);
    EXPECT_EQ(none.GetCodewordErrorRatio(Random(0.1)), 0);
    EXPECT_EQ(none.GetAccumulationS(1e11), 0);
    EXPECT_DOUBLE_EQ(none.GetSymbolErrorRatio(Random(1e-3)), 1e-3);
    EXPECT_NEAR(none.GetFrameLossRatio(Random(1e-3), 64), 1 - std::pow(0.999, 512), 1e-14);
    EXPECT_NEAR(none.GetFrameLossRatio(Random(1e-300), 64) / 512e-300, 1, 1e-14);
}

TEST(FecCode, CodewordErrorRatiosOfTheStandardsOperatingPoints)
{
    // Two digits or as many as are printed.
    const FecCode kp4 = FecCode::Kp4();
    EXPECT_NEAR(kp4.GetCodewordErrorRatio(Random(4e-4)), 1.3e-9, 0.05e-9);
    EXPECT_NEAR(kp4.GetCodewordErrorRatio(Random(3e-4)), 2.1e-11, 0.05e-11);
    EXPECT_NEAR(kp4.GetCodewordErrorRatio(Random(2.4e-4)), 8.2e-13, 0.05e-13);
    EXPECT_NEAR(kp4.GetCodewordErrorRatio(Random(2e-4)), 5.4e-14, 0.05e-14);
    EXPECT_NEAR(kp4.GetCodewordErrorRatio(Random(1e-4)), 1.4e-18, 0.05e-18);
    EXPECT_NEAR(kp4.GetCodewordErrorRatio(Random(1e-5)), 2e-34, 0.5e-34);
    const FecCode kr4 = FecCode::Kr4();
    EXPECT_NEAR(kr4.GetCodewordErrorRatio(Random(1e-4)), 8.9e-8, 0.05e-8);
    EXPECT_NEAR(kr4.GetCodewordErrorRatio(Random(1e-5)), 1.4e-15, 0.05e-15);
}

TEST(FecCode, CodewordErrorRatiosToTenDigits)
{
    // mpmath with 450 digits: 1 minus the sum of C(n,i) p^i (1-p)^(n-i) over i = 0 to t.
    struct
    {
        const char* code;
        double ber;
        double ratio;
    } const knownValues[] = {{"KP4", 5e-22, 3.433678077345344e-295},
                             {"KP4", 1e-20, 2.250295264769044e-274},
                             {"KP4", 1e-10, 2.250294130302829e-114},
                             {"KP4", 1e-5, 2.139669774307624e-34},
                             {"KP4", 1e-4, 1.359811064764431e-18},
                             {"KP4", 2.4e-4, 8.151573399330457e-13},
                             {"KP4", 1e-3, 0.0001530258592806046},
                             {"KP4", 2e-3, 0.07939087369612828},
                             {"KP4", 1e-2, 0.999999999617379},
                             {"KP4", 0.5, 1},
                             {"KR4", 1e-40, 1.420398693045258e-295},
                             {"KR4", 1e-10, 1.420398031392139e-55},
                             {"KR4", 1e-5, 1.355768928260428e-15},
                             {"KR4", 1e-4, 8.926910513935766e-8},
                             {"KR4", 2.4e-4, 5.153760102036426e-5},
                             {"KR4", 2e-3, 0.8215114809520929},
                             {"KR4", 0.5, 1},
                             {"LL", 1e-40, 6.6974160966327e-298},
                             {"LL", 1e-10, 6.697414500861884e-58},
                             {"LL", 1e-5, 6.53974762940467e-18},
                             {"LL", 2.4e-4, 4.170033814335322e-7},
                             {"LL", 1e-3, 0.006431015386737937},
                             {"LL", 1e-2, 0.9999947407324377},
                             {"LL", 0.5, 1}};

    for (const auto& known : knownValues)
    {
        const double ratio =
            FecCode::FromName(known.code).GetCodewordErrorRatio(Random(known.ber), 2);
        EXPECT_NEAR(ratio / known.ratio, 1, 1e-10) << known.code << " " << known.ber;
        EXPECT_LE(ratio, 1) << known.code << " " << known.ber;
    }
}

TEST(FecCode, LongCodesAndNearlyCertainFailureStayExact)
{
    // (1 - 0.5^16) of 65535 symbols are in error, where the least of the tail's terms is far below
    // the smallest number there is.
    EXPECT_NEAR(FecCode("long", 65535, 65000, 16).GetCodewordErrorRatio(Random(0.5)), 1, 1e-10);
    // Half of the codewords have more than the median, the symbol error ratio being 0.5.
    const double ber = -std::expm1(std::log(0.5) / 8);
    EXPECT_NEAR(FecCode("half", 255, 1, 8).GetCodewordErrorRatio(Random(ber)), 0.5, 1e-12);
}

TEST(FecCode, RoundingTakesNoRatioBeyondOne)
{
    for (const FecCode& code : {FecCode::Kp4(), FecCode("255", 255, 241, 8)})
    {
        for (const double continuation : {0.0, 0.1, 0.5, 0.9})
        {
            for (double ber = 0.02; ber <= 0.5; ber *= 1.1)
            {
                const BitErrors errors{ber, continuation, 2};
                EXPECT_LE(code.GetSymbolErrorRatio(errors), 1) << ber;
                EXPECT_LE(code.GetCodewordErrorRatio(errors), 1) << ber;
                EXPECT_LE(code.GetFrameLossRatio(errors, 64), 1) << ber;
            }
        }
    }
}

TEST(FecCode, RatiosRiseWithBitErrors)
{
    for (const std::string& name : FecCode::GetNames())
    {
        const FecCode code = FecCode::FromName(name);
        for (const double continuation : {0.0, 0.4, 0.9})
        {
            BitErrors errors;
            errors.burstContinuation = continuation;
            EXPECT_EQ(code.GetSymbolErrorRatio(errors), 0);
            EXPECT_EQ(code.GetCodewordErrorRatio(errors, 2), 0);
            EXPECT_EQ(code.GetFrameLossRatio(errors, 1500, 2), 0);
            double symbols = 0;
            double codewords = 0;
            double frames = 0;
            for (errors.ber = 1e-12; errors.ber < 0.003; errors.ber *= 2)
            {
                const double moreSymbols = code.GetSymbolErrorRatio(errors);
                const double moreCodewords = code.GetCodewordErrorRatio(errors, 2);
                const double moreFrames = code.GetFrameLossRatio(errors, 1500, 2);
                EXPECT_GT(moreSymbols, symbols) << name << " " << errors.ber;
                EXPECT_GT(moreFrames, frames) << name << " " << errors.ber;
                EXPECT_EQ(moreCodewords > codewords, code.IsCoded()) << name << " " << errors.ber;
                EXPECT_LE(moreFrames, 1);
                symbols = moreSymbols;
                codewords = moreCodewords;
                frames = moreFrames;
            }
        }
    }
}

TEST(FecCode, MoreRedundancyCorrectsMore)
{
    for (double ber = 1e-8; ber < 1e-3; ber *= 10)
    {
        double less = 1;
        for (uint32_t k = 540; k >= 500; k -= 2)
        {
            const double ratio = FecCode("", 544, k, 10).GetCodewordErrorRatio(Random(ber));
            EXPECT_LT(ratio, less) << ber << " " << k;
            less = ratio;
        }
    }
}

TEST(FecCode, FramesAreLostWithAnyCodewordTheyTouch)
{
    // Every start of the frame, every bit of it, and the codeword that holds the bit.
    const FecCode code("small", 15, 11, 4);
    const BitErrors errors = Random(0.01);
    for (const uint32_t interleaving : {1, 2, 3})
    {
        const double intact = 1 - code.GetCodewordErrorRatio(errors, interleaving);
        const uint64_t round = 11 * 4 * interleaving;
        for (const uint32_t frameBytes : {1, 2, 5, 6, 11, 12, 64})
        {
            double loss = 0;
            for (uint64_t start = 0; start < round; ++start)
            {
                std::set<uint64_t> codewords;
                for (uint64_t bit = start; bit < start + 8 * frameBytes; ++bit)
                {
                    codewords.insert(bit / round * interleaving + bit / 4 % interleaving);
                }
                loss += 1 - std::pow(intact, codewords.size());
            }
            EXPECT_NEAR(code.GetFrameLossRatio(errors, frameBytes, interleaving) / (loss / round),
                        1,
                        1e-11)
                << interleaving << " " << frameBytes;
        }
    }
}

TEST(FecCode, FrameLossOfTwoInterleavedCodewords)
{
    // A 64-byte frame has a symbol of both codewords, and reaches into the next two from 511 of
    // 10280 starts.
    const FecCode kp4 = FecCode::Kp4();
    const BitErrors errors = Random(2.4e-4);
    EXPECT_NEAR(2 * kp4.GetCodewordErrorRatio(errors, 2), 1.63e-12, 0.005e-12);
    EXPECT_NEAR(kp4.GetFrameLossRatio(errors, 64, 2), 1.63e-12 * (1 + 511 / 10280.0), 0.01e-12);
    // Tiny ratios keep their digits.
    const BitErrors rare = Random(1e-20);
    EXPECT_NEAR(kp4.GetFrameLossRatio(rare, 64) / kp4.GetCodewordErrorRatio(rare),
                1 + 511 / 5140.0,
                1e-12);
    // With bursts as well, of codewords that are interleaved.
    const BitErrors bursts{1e-5, 0.5, 2};
    EXPECT_NEAR(kp4.GetFrameLossRatio(bursts, 64, 2) / kp4.GetCodewordErrorRatio(bursts, 2),
                2 * (1 + 511 / 10280.0),
                0.005);
    // Nothing arrives once every codeword fails.
    EXPECT_DOUBLE_EQ(kp4.GetFrameLossRatio(Random(0.5), 64, 2), 1);
}

TEST(FecCode, AccumulationIsTheTimeOfTheCodewords)
{
    EXPECT_NEAR(FecCode::Kp4().GetAccumulationS(106.25e9), 51.2e-9, 1e-18);
    EXPECT_NEAR(FecCode::Kp4().GetAccumulationS(425e9, 2), 25.6e-9, 1e-18);
    EXPECT_NEAR(FecCode::Kp4().GetAccumulationS(850e9, 4), 25.6e-9, 1e-18);
    EXPECT_NEAR(FecCode::LowLatency().GetAccumulationS(106.25e9), 25.6e-9, 1e-18);
}

TEST(FecCode, RefusesWhatHasNoMeaning)
{
    EXPECT_EQ(RefusalOf([] { FecCode("x", 544, 514, 17); }),
              "FEC code \"x\": m = 17 is not allowed; allowed: 2 to 16");
    EXPECT_EQ(RefusalOf([] { FecCode("x", 256, 200, 8); }),
              "FEC code \"x\": n = 256 is not allowed; allowed: 3 to 255");
    EXPECT_EQ(RefusalOf([] { FecCode("x", 544, 543, 10); }),
              "FEC code \"x\": k = 543 is not allowed; allowed: 1 to 542");
    EXPECT_EQ(RefusalOf([] { FecCode("x", 3, 1, 1); }),
              "FEC code \"x\": m = 1 is not allowed; allowed: 2 to 16");
    EXPECT_EQ(RefusalOf([] { FecCode("x", 2, 1, 8); }),
              "FEC code \"x\": n = 2 is not allowed; allowed: 3 to 255");
    EXPECT_NE(RefusalOf([] { FecCode("x", 15, 0, 4); }), "");
    EXPECT_EQ(RefusalOf([] { FecCode("x", 65535, 65533, 16); }), "");
    EXPECT_EQ(RefusalOf([] { FecCode("x", 3, 1, 2); }), "");
    EXPECT_EQ(RefusalOf([] { FecCode::FromName("KP5"); }),
              "FEC code = \"KP5\" is unknown; allowed are KP4, KR4, LL, none");

    for (const char* name : {"KP4", "none"})
    {
        const FecCode code = FecCode::FromName(name);
        for (const BitErrors& errors : {BitErrors{-1e-9, 0, 2},
                                        BitErrors{0.51, 0, 2},
                                        BitErrors{std::nan(""), 0, 2},
                                        BitErrors{1e-4, -0.1, 2},
                                        BitErrors{1e-4, 0.96, 2},
                                        BitErrors{1e-4, std::nan(""), 2},
                                        BitErrors{1e-4, 0, 0},
                                        BitErrors{1e-4, 0, 3}})
        {
            EXPECT_NE(RefusalOf([&] { code.GetSymbolErrorRatio(errors); }), "") << name;
            EXPECT_NE(RefusalOf([&] { code.GetCodewordErrorRatio(errors); }), "") << name;
            EXPECT_NE(RefusalOf([&] { code.GetFrameLossRatio(errors, 64); }), "") << name;
        }
        for (const uint32_t interleaving : {0, 17})
        {
            EXPECT_NE(RefusalOf([&] { code.GetCodewordErrorRatio({}, interleaving); }), "");
            EXPECT_NE(RefusalOf([&] { code.GetFrameLossRatio({}, 64, interleaving); }), "");
            EXPECT_NE(RefusalOf([&] { code.GetAccumulationS(1e11, interleaving); }), "");
        }
        EXPECT_NE(RefusalOf([&] { code.GetFrameLossRatio({}, 0); }), "");
        EXPECT_NE(RefusalOf([&] { code.GetAccumulationS(0); }), "");
        EXPECT_NE(RefusalOf([&] { code.GetAccumulationS(std::nan("")); }), "");
        EXPECT_NE(RefusalOf([&] { code.GetAccumulationS(HUGE_VAL); }), "");
    }
    EXPECT_EQ(RefusalOf([] {
                  FecCode::Kp4().GetCodewordErrorRatio({0.1, 0.96, 2});
              }),
              "bit errors before FEC: burstContinuation = 0.96 is not allowed; allowed: 0 to 0.95");
}

} // namespace

TEST(FecCode, TargetIsWhatLosesAsManyCodewordsAsKp4)
{
    // Solved with 60 digits: the ratio at which the binomial tail is 8.151573399330457e-13.
    EXPECT_NEAR(FecCode::Kp4().GetTargetBer() / 2.4e-4, 1, 1e-12);
    EXPECT_NEAR(FecCode::Kr4().GetTargetBer() / 2.24139435155e-5, 1, 1e-9);
    EXPECT_NEAR(FecCode::LowLatency().GetTargetBer() / 4.37851314208e-5, 1, 1e-9);
    EXPECT_EQ(FecCode().GetTargetBer(), 1e-12);
    for (const FecCode& code : {FecCode::Kr4(), FecCode::LowLatency(), FecCode("short", 15, 11, 4)})
    {
        EXPECT_NEAR(code.GetCodewordErrorRatio(Random(code.GetTargetBer())) / 8.151573399330457e-13,
                    1,
                    1e-9)
            << code.GetName();
    }
}

TEST(FecCode, SymbolsAreDealtOutOverLanes)
{
    // 136 symbols of each codeword on each of four lanes, the sum of four binomial distributions
    // with 60 digits: 1.79637696e-15. The worst lane for all would lose 3.135e-7.
    const FecCode kp4 = FecCode::Kp4();
    const std::vector<double> lanes{6e-4, 2e-5, 2e-5, 2e-5};
    const double lost = kp4.GetLanesCodewordErrorRatio(BitErrors(), lanes);
    EXPECT_NEAR(lost / 1.79637696377705e-15, 1, 1e-9);
    EXPECT_NEAR(kp4.GetCodewordErrorRatio(Random(6e-4)) / 3.13537124e-7, 1, 1e-6);
    // A line with the mean symbol error ratio loses some more: errors of one lane have less spread.
    const double mean = kp4.GetMeanLaneBer(BitErrors(), lanes);
    EXPECT_NEAR(mean / 1.64716335399748e-4, 1, 1e-9);
    EXPECT_NEAR(kp4.GetCodewordErrorRatio(Random(mean)) / 2.88332856744462e-15, 1, 1e-9);
    // The order of lanes makes no difference, and lanes that are alike are one line.
    EXPECT_NEAR(kp4.GetLanesCodewordErrorRatio(BitErrors(), {2e-5, 2e-5, 6e-4, 2e-5}) / lost,
                1,
                1e-9);
    const std::vector<double> alike(8, 1e-4);
    EXPECT_EQ(kp4.GetLanesCodewordErrorRatio(BitErrors(), alike),
              kp4.GetCodewordErrorRatio(Random(1e-4)));
    const std::vector<double> nearlyAlike{1e-4, 1e-4, 1e-4, 1.0000001e-4};
    EXPECT_NEAR(kp4.GetLanesCodewordErrorRatio(BitErrors(), nearlyAlike) /
                    kp4.GetCodewordErrorRatio(Random(1e-4)),
                1,
                1e-6);
    // Numbers of lanes that do not divide the codeword, and lanes without errors, without hope and
    // with fewer symbols than are corrected.
    EXPECT_NEAR(kp4.GetLanesCodewordErrorRatio(BitErrors(), {1e-4, 1e-4, 1.0000001e-4}) /
                    kp4.GetCodewordErrorRatio(Random(1e-4)),
                1,
                1e-6);
    EXPECT_EQ(kp4.GetLanesCodewordErrorRatio(BitErrors(), {0, 0}), 0);
    EXPECT_NEAR(kp4.GetLanesCodewordErrorRatio(BitErrors(), {0, 0.375}), 1, 1e-12);
    std::vector<double> many(64, 0);
    many[0] = 0.5; // all of its 8 or 9 symbols: fewer than 15
    EXPECT_EQ(kp4.GetLanesCodewordErrorRatio(BitErrors(), many), 0);
    many[1] = 0.5;
    EXPECT_GT(kp4.GetLanesCodewordErrorRatio(BitErrors(), many), 0.9);
}

TEST(FecCode, FramesOverLanes)
{
    const std::vector<double> lanes{6e-4, 2e-5, 2e-5, 2e-5};
    const FecCode kp4 = FecCode::Kp4();
    // A frame of 64 bytes is in one codeword, or in two of these that are interleaved.
    EXPECT_NEAR(kp4.GetLanesFrameLossRatio(BitErrors(), lanes, 64, 2) /
                    (2 * kp4.GetLanesCodewordErrorRatio(BitErrors(), lanes)),
                1,
                0.06);
    const std::vector<double> alike(4, 2.4e-4);
    EXPECT_EQ(kp4.GetLanesFrameLossRatio(BitErrors(), alike, 4096),
              kp4.GetFrameLossRatio(Random(2.4e-4), 4096));
    // Without a code bits are dealt out: the mean.
    EXPECT_NEAR(FecCode().GetLanesFrameLossRatio(BitErrors(), {1e-9, 3e-9}, 64) /
                    FecCode().GetFrameLossRatio(Random(2e-9), 64),
                1,
                1e-9);
    // With bursts the mean symbol error ratio decides.
    BitErrors bursts;
    bursts.burstContinuation = 0.5;
    const double mean = kp4.GetMeanLaneBer(bursts, {1e-4, 3e-4});
    EXPECT_NEAR(mean / 2e-4, 1, 1e-2);
    BitErrors one = bursts;
    one.ber = mean;
    EXPECT_EQ(kp4.GetLanesFrameLossRatio(bursts, {1e-4, 3e-4}, 4096),
              kp4.GetFrameLossRatio(one, 4096));
    EXPECT_THROW(kp4.GetLanesFrameLossRatio(bursts, {}, 64), std::invalid_argument);
    EXPECT_THROW(kp4.GetLanesFrameLossRatio(BitErrors(), {0.6}, 64), std::invalid_argument);
    EXPECT_THROW(kp4.GetLanesFrameLossRatio(BitErrors(), {0.1}, 0), std::invalid_argument);
    EXPECT_THROW(kp4.GetLanesFrameLossRatio(BitErrors(), {0.1, 0.2}, 64, 17),
                 std::invalid_argument);
}
