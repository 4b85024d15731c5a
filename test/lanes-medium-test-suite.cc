/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "media-test-case.h"

#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr uint32_t FRAME_BYTES = 4096; ///< of OpticalMedium's FrameBytes

/**
 * @ingroup optical-fabric-tests
 * @brief Lanes of a link that differ, looked at without a network.
 */
class LanesMediumTestCase : public MediaTestCase
{
  public:
    using MediaTestCase::MediaTestCase;

  protected:
    /**
     * @param rule LaneRule
     * @param lossDb further loss of lane 0, both directions, dB
     * @param everyDb further loss of all lanes, dB
     * @return a link of four lanes
     */
    static Ptr<OpticalMedium> MakeUneven(const std::string& rule, double lossDb, double everyDb)
    {
        const Ptr<OpticalMedium> medium =
            MakeMedium({MakeModule(LANES), 0}, {MakeModule(LANES), 0}, LANES);
        medium->SetAttribute("LaneRule", StringValue(rule));
        const auto coupling = std::make_shared<CouplingSpec>();
        coupling->name = "uneven";
        PathPart part;
        part.kind = PathElement::SPLICE;
        part.coupling = coupling;
        part.extraLossDb = everyDb;
        part.deviationDb.assign(2 * LANES, 0);
        part.deviationDb[0] = static_cast<float>(lossDb);
        part.deviationDb[LANES] = static_cast<float>(lossDb);
        medium->AddPart(part);
        return medium;
    }

    /**
     * @param medium a link
     * @return bit error ratios of its lanes from end 0 to end 1, the best first
     */
    static std::vector<double> GetBers(const Ptr<OpticalMedium>& medium)
    {
        std::vector<double> bers;
        for (uint32_t lane = 0; lane < LANES; ++lane)
        {
            bers.push_back(medium->GetBudget(0, lane).ber);
        }
        std::sort(bers.begin(), bers.end());
        return bers;
    }

    /**
     * @param bers bit error ratios of lanes, the best first
     * @param used how many are in use
     * @return share of damaged frames
     */
    static double GetRatio(std::vector<double> bers, uint32_t used)
    {
        bers.resize(used);
        return FecCode::Kp4().GetLanesFrameLossRatio(BitErrors(), bers, FRAME_BYTES);
    }

    /**
     * @param ratio share of damaged frames
     * @param used lanes in use
     * @return what gets through, going back to the damaged frame: of 188.97 Gb/s on four lanes,
     * over 48.967 ns of fibre, two modules of 5 ns, 37 ns of decoding and a codeword
     */
    static double GetGoodputBps(double ratio, uint32_t used)
    {
        const double lineBps = 50e9 * used;
        const double roundTripS = 2 * (48.967e-9 + 10e-9 + 37e-9 + 5440 / lineBps);
        const double rateBps = lineBps * 514 / 544;
        return rateBps * (1 - ratio) / (1 + ratio * roundTripS * rateBps / (8.0 * FRAME_BYTES));
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief All lanes in use decide about errors, and one is shed only if more gets through without
 * it.
 */
class ShedTestCase : public LanesMediumTestCase
{
  public:
    ShedTestCase()
        : LanesMediumTestCase("A lane that is worse than others is shed if that helps")
    {
    }

  private:
    /**
     * @param rule LaneRule
     * @param widths widths that it allows, the widest first
     */
    void Scan(const std::string& rule, const std::vector<uint32_t>& widths)
    {
        uint32_t kept = 0;
        uint32_t endured = 0;
        uint32_t shed = 0;
        for (int step = 0; step < 200; ++step)
        {
            const Ptr<OpticalMedium> medium = MakeUneven(rule, 4 + step * 0.04, 0);
            const std::vector<double> bers = GetBers(medium);
            const double all = GetRatio(bers, LANES);
            uint32_t best = LANES;
            for (const uint32_t width : widths)
            {
                const bool isMore = GetGoodputBps(GetRatio(bers, width), width) >
                                    GetGoodputBps(GetRatio(bers, best), best);
                best = all > 0.01 && isMore ? width : best;
            }
            const MediumState state = medium->Evaluate();
            NS_TEST_ASSERT_MSG_EQ(state.lanes, best, rule << ", step " << step);
            NS_TEST_ASSERT_MSG_EQ_TOL(state.link[0].frameErrorRatio,
                                      GetRatio(bers, best),
                                      1e-12,
                                      "errors of all lanes in use");
            NS_TEST_ASSERT_MSG_EQ(state.ber[0], bers[best - 1], "BER of the worst of them");
            // What the worst lane for all would have made of it.
            const double worst = GetRatio(std::vector<double>(LANES, bers.back()), LANES);
            kept += best == LANES && worst > 0.01 && all <= 0.01 ? 1 : 0;
            endured += best == LANES && all > 0.01 ? 1 : 0;
            shed += best < LANES ? 1 : 0;
        }
        NS_TEST_EXPECT_MSG_GT(kept, 0, "the others make up for it");
        NS_TEST_EXPECT_MSG_GT(endured, 0, "errors that cost less than the lane");
        NS_TEST_EXPECT_MSG_GT(shed, 0, "errors that cost more than the lane");
    }

    void DoRun() override
    {
        Scan("Any", {4, 3, 2, 1});
        Scan("PowerOfTwo", {4, 2, 1});
        // Lanes that are all as bad are all kept.
        bool sawErrors = false;
        for (double everyDb = 6; everyDb < 10; everyDb += 0.05)
        {
            const MediumState state = MakeUneven("Any", 0, everyDb)->Evaluate();
            const double ratio = state.link[0].frameErrorRatio;
            NS_TEST_ASSERT_MSG_EQ(state.lanes, (ratio <= 0.5 ? LANES : 0), "at " << everyDb);
            sawErrors = sawErrors || (ratio > 0.01 && ratio < 0.5);
        }
        NS_TEST_EXPECT_MSG_EQ(sawErrors, true, "a region with errors");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Links at the rates of Ethernet have its line code and its interleaved codewords.
 */
class EthernetRateTestCase : public LanesMediumTestCase
{
  public:
    EthernetRateTestCase()
        : LanesMediumTestCase("Rates and codewords of Ethernet")
    {
    }

  private:
    /**
     * @param lanes lanes of 53.125 Gb/s on the line
     * @return a link of all of them
     */
    static Ptr<OpticalMedium> MakeEthernet(uint32_t lanes)
    {
        OpticalMedium::End ends[2];
        for (OpticalMedium::End& end : ends)
        {
            TransceiverSpec spec = *MakeSpec(lanes);
            spec.baudGBd = 26.5625;
            spec.lineCodeOverhead = 257.0 / 256;
            end.module = CreateObject<OpticalModule>();
            end.module->SetSpec(std::make_shared<const TransceiverSpec>(spec));
        }
        return MakeMedium(ends[0], ends[1], lanes);
    }

    void DoRun() override
    {
        // 53.125 Gb/s x 514/544 x 256/257 is 50 Gb/s a lane.
        struct
        {
            uint32_t lanes;
            uint32_t codewords;
        } const rates[] = {{1, 1}, {2, 1}, {4, 2}, {8, 2}, {16, 4}};

        for (const auto& [lanes, codewords] : rates)
        {
            const Ptr<OpticalMedium> medium = MakeEthernet(lanes);
            medium->AddPart(MakeLoss());
            const MediumState state = medium->Evaluate();
            NS_TEST_EXPECT_MSG_EQ(state.link[0].rate.GetBitRate(),
                                  uint64_t{lanes} * 50000000000,
                                  "rate");
            const double fecNs = codewords * 5440 / (lanes * 53.125) + 37 + 10;
            NS_TEST_EXPECT_MSG_EQ_TOL(state.link[0].phyLatency.GetPicoSeconds(),
                                      fecNs * 1000,
                                      1,
                                      "codewords of " << lanes << " lanes");
            medium->SetAttribute("FecInterleaving", UintegerValue(1));
            medium->SetAttribute("FrameBytes", UintegerValue(64));
            const double one = medium->Evaluate().link[0].frameErrorRatio;
            medium->SetAttribute("FecInterleaving", UintegerValue(0));
            const double dealt = medium->Evaluate().link[0].frameErrorRatio;
            NS_TEST_EXPECT_MSG_GT(one, 1e-20, "errors to speak of");
            // 52 or 53 symbols of 514 reach over the end of a codeword, or of a round of them, at
            // times.
            NS_TEST_EXPECT_MSG_EQ_TOL(dealt / one / codewords,
                                      (1 + 51.1 / (514 * codewords)) / (1 + 51.1 / 514),
                                      0.003,
                                      "lost frames of " << lanes << " lanes");
        }
        // A rate that is none of Ethernet's has one codeword: 4 lanes of 50 Gb/s less FEC.
        const Ptr<OpticalMedium> other =
            MakeMedium({MakeModule(LANES), 0}, {MakeModule(LANES), 0}, LANES);
        NS_TEST_EXPECT_MSG_EQ(other->Evaluate().link[0].phyLatency.GetPicoSeconds(),
                              10000 + 27200 + 37000,
                              "one codeword");
    }

    /// @return loss that leaves errors
    static PathPart MakeLoss()
    {
        PathPart part;
        part.kind = PathElement::SPLICE;
        part.element.kind = PathElement::SPLICE;
        part.element.lossDb = 8;
        return part;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Margins are to what the code stands, unless a target is set.
 */
class TargetTestCase : public LanesMediumTestCase
{
  public:
    TargetTestCase()
        : LanesMediumTestCase("Margins to the target of the code")
    {
    }

  private:
    void DoRun() override
    {
        const Ptr<OpticalMedium> medium =
            MakeMedium({MakeModule(LANES), 0}, {MakeModule(LANES), 0}, LANES);
        double lastDb = 100;
        for (const char* name : {"KP4", "LL", "KR4", "none"})
        {
            const FecCode code = FecCode::FromName(name);
            medium->SetFec(code);
            medium->SetAttribute("TargetBer", DoubleValue(0));
            const double marginDb = medium->GetBudget(0, 0).marginDb;
            NS_TEST_EXPECT_MSG_LT(marginDb, lastDb, name << " corrects less");
            lastDb = marginDb;
            medium->SetAttribute("TargetBer", DoubleValue(code.GetTargetBer()));
            NS_TEST_EXPECT_MSG_EQ(medium->GetBudget(0, 0).marginDb, marginDb, name << ", set");
        }
        medium->SetAttribute("TargetBer", DoubleValue(1e-3));
        NS_TEST_EXPECT_MSG_GT(medium->GetBudget(0, 0).marginDb, lastDb, "less is asked for");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The suite.
 */
class LanesMediumTestSuite : public TestSuite
{
  public:
    LanesMediumTestSuite()
        : TestSuite("optical-fabric-lanes-medium", Type::UNIT)
    {
        AddTestCase(new ShedTestCase);
        AddTestCase(new EthernetRateTestCase);
        AddTestCase(new TargetTestCase);
    }
};

LanesMediumTestSuite g_lanesMediumTestSuite; ///< registers the suite

} // namespace
