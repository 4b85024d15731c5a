/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "media-test-case.h"

#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Rate, latency and error ratio of a link are those of its parts.
 */
class MediumStateTestCase : public MediaTestCase
{
  public:
    MediumStateTestCase()
        : MediaTestCase("LinkState from the parts")
    {
    }

  private:
    void DoRun() override
    {
        Make();
        AddStar(2);
        Light();
        const LinkState& state = m_network->GetLink(0)->GetState(0);
        // 4 lanes of 50 Gb/s less FEC.
        NS_TEST_EXPECT_MSG_EQ(state.rate.GetBitRate(), 188970588235, "200 Gb/s x 514 / 544");
        // 10 m at 1.468, to the picosecond.
        NS_TEST_EXPECT_MSG_EQ(state.propagation.GetPicoSeconds(), 48967, "flight");
        // Two modules, a codeword at 200 Gb/s, and 37 ns.
        NS_TEST_EXPECT_MSG_EQ(state.phyLatency.GetPicoSeconds(), 10000 + 27200 + 37000, "PHY");
        NS_TEST_EXPECT_MSG_LT(state.frameErrorRatio, 1e-15, "errors");
        NS_TEST_EXPECT_MSG_EQ(m_media[0]->GetState().lanes, LANES, "lanes");
        // Laser noise and reflections take a little of 9 - 1 - 0.6 - 0.004 dB.
        NS_TEST_EXPECT_MSG_EQ_TOL(m_media[0]->GetState().marginDb[0], 7.1, 0.3, "margin, dB");
        Post(0, 1, 1000000);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].received, 1, "received");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief More and more loss: nothing, then errors, then fewer lanes, then darkness.
 */
class LossTestCase : public MediaTestCase
{
  public:
    LossTestCase()
        : MediaTestCase("Extra loss: flat, errors, lanes shed, down")
    {
    }

  private:
    void DoRun() override
    {
        Make();
        AddStar(2);
        Light();
        // One lane is worse than the others, so that not all are shed at once.
        const Ptr<OpticalMedium> medium = m_media[0];
        medium->GetEnd(0).module->FailLane(3);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(medium->GetState().lanes, 2, "a power of two of the three left");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(0)->GetState(0).rate.GetBitRate(),
                              94485294118,
                              "half the rate");
        medium->SetAttribute("LaneRule", StringValue("Any"));
        medium->Update();
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(medium->GetState().lanes, 3, "three lanes");
        medium->SetAttribute("LaneRule", StringValue("All"));
        medium->Update();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(0)->IsUp(), false, "all are needed");
        medium->GetEnd(0).module->RestoreLane(3);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(0)->IsUp(), true, "all are there");

        double lastRatio = 0;
        bool sawErrors = false;
        for (double lossDb = 0; lossDb < 12; lossDb += 0.1)
        {
            medium->SetExtraLoss(0, lossDb);
            Simulator::Run();
            const bool isUp = m_network->GetLink(0)->IsUp();
            const double ratio = m_network->GetLink(0)->GetState(0).frameErrorRatio;
            NS_TEST_ASSERT_MSG_GT_OR_EQ(ratio, lastRatio, "more loss, more errors");
            NS_TEST_ASSERT_MSG_EQ(isUp, (ratio <= 0.5), "down beyond DownFrameErrorRatio");
            sawErrors = sawErrors || (isUp && ratio > 1e-4);
            lastRatio = ratio;
        }
        NS_TEST_EXPECT_MSG_EQ(sawErrors, true, "a region with errors");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(0)->IsUp(), false, "down at last");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Dirt on a connector costs loss; cleaning brings all of it back.
 */
class ContaminationTestCase : public MediaTestCase
{
  public:
    ContaminationTestCase()
        : MediaTestCase("Contamination, and cleaning")
    {
    }

  private:
    void DoRun() override
    {
        Make();
        AddStar(2);
        Light();
        const double cleanDb = m_media[0]->GetState().marginDb[0];
        m_media[0]->SetContaminated(2, true);
        const double dirtyDb = m_media[0]->GetState().marginDb[0];
        // At least the 3 dB, and what the reflection does.
        NS_TEST_EXPECT_MSG_LT(dirtyDb, cleanDb - 3, "dirty");
        NS_TEST_EXPECT_MSG_GT(dirtyDb, cleanDb - 4.5, "dirty");
        m_media[0]->SetContaminated(2, false);
        NS_TEST_EXPECT_MSG_EQ(m_media[0]->GetState().marginDb[0], cleanDb, "clean");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A module that dies takes all its links down, and no other; its replacement trains.
 */
class SharedFateTestCase : public MediaTestCase
{
  public:
    SharedFateTestCase()
        : MediaTestCase("A module's links share its fate")
    {
    }

  private:
    void DoRun() override
    {
        Make();
        AddStar(4);
        m_network->Build();
        // Links 1 and 2 share a module of 8 lanes at the hub.
        const Ptr<OpticalModule> shared = MakeModule(2 * LANES);
        for (uint32_t i = 0; i < 4; ++i)
        {
            OpticalMedium::End hub{MakeModule(LANES), 0};
            if (i == 1 || i == 2)
            {
                hub = {shared, i == 1 ? 0 : LANES};
            }
            m_media.push_back(MakeMedium({MakeModule(LANES), 0}, hub, LANES));
            m_media.back()->Carry(m_network->GetLink(i));
        }
        shared->Fail();
        for (uint32_t i = 0; i < 4; ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(i)->IsUp(), (i == 0 || i == 3), "link " << i);
        }
        NS_TEST_EXPECT_MSG_EQ(shared->GetPowerW(ModuleState::ACTIVE, 1), 0, "power of a dead one");
        shared->Replace();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(1)->IsUp(), false, "trains");
        At(TRAINING_US * 1000000 - 1, [this]() {
            NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(1)->IsUp(), false, "trains still");
        });
        At(TRAINING_US * 1000000 + 1,
           [this]() { NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(1)->IsUp(), true, "trained"); });
        Simulator::Run();
        for (uint32_t i = 0; i < 4; ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(i)->IsUp(), true, "link " << i);
        }
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Overlapping flaps: down from the first to the end of the last, and training.
 */
class MediumFlapTestCase : public MediaTestCase
{
  public:
    MediumFlapTestCase()
        : MediaTestCase("Flaps, and training after them")
    {
    }

  private:
    /// @param direction direction that changed @param state its new state
    void Note(uint32_t direction, const LinkState& state)
    {
        if (direction == 1 && (m_changes.empty() || m_changes.back().second != state.up))
        {
            m_changes.emplace_back(Simulator::Now().GetMicroSeconds(), state.up);
        }
    }

    void DoRun() override
    {
        Make();
        AddStar(2);
        Light();
        m_network->GetLink(0)->TraceConnectWithoutContext(
            "State",
            MakeCallback(&MediumFlapTestCase::Note, this));
        const auto flap = [this](int64_t atUs, int64_t forUs) {
            Simulator::Schedule(MicroSeconds(atUs),
                                &LinkMedium::Flap,
                                m_media[0],
                                MicroSeconds(forUs));
        };
        flap(100, 30);
        flap(110, 40);
        // Again while it trains.
        flap(180, 10);
        Post(0, 1, 10000000);
        Simulator::Run();
        const std::vector<std::pair<int64_t, bool>> expected{{100, false}, {240, true}};
        NS_TEST_EXPECT_MSG_EQ((m_changes == expected), true, "down and up");
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].received, 1, "received");
        NS_TEST_EXPECT_MSG_EQ(m_client.records[0].failedBytes, 0, "lost");
        Drop();
    }

    std::vector<std::pair<int64_t, bool>> m_changes; ///< when the link went up or down, us
};

/**
 * @ingroup optical-fabric-tests
 * @brief What a link trains for says how long: lanes that change, or light that was lost.
 */
class RelockTestCase : public MediaTestCase
{
  public:
    RelockTestCase()
        : MediaTestCase("Light that was lost takes the same time whatever took it, lanes another")
    {
    }

  private:
    /// @param duration how long the link trains @return nothing
    void Note(Time duration)
    {
        m_trainings.push_back(duration.GetMicroSeconds());
    }

    /**
     * @param what what happens to the medium
     * @param expectedUs how long the link trains then, us
     * @param title for messages
     */
    void Expect(const std::function<void()>& what, int64_t expectedUs, const std::string& title)
    {
        m_trainings.clear();
        what();
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(m_trainings.size(), 1, title);
        NS_TEST_EXPECT_MSG_EQ(m_trainings.front(), expectedUs, title);
        NS_TEST_EXPECT_MSG_EQ(m_network->GetLink(0)->IsUp(), true, title);
    }

    void DoRun() override
    {
        // As measured, of every link, whatever it runs over; a change of lanes takes less.
        TimeValue usual;
        CreateObject<OpticalMedium>()->GetAttribute("RelockTime", usual);
        NS_TEST_EXPECT_MSG_EQ(usual.Get(), MilliSeconds(5670), "MixNet, appendix C");
        Make();
        AddStar(2);
        Light();
        const Ptr<OpticalMedium> medium = m_media[0];
        medium->SetAttribute("RelockTime", TimeValue(MicroSeconds(700)));
        medium->SetAttribute("RetrainTime", TimeValue(MicroSeconds(TRAINING_US)));
        medium->TraceConnectWithoutContext("Training", MakeCallback(&RelockTestCase::Note, this));
        const Ptr<OpticalModule> module = medium->GetEnd(0).module;
        Expect([&] { module->FailLane(0); }, TRAINING_US, "a lane is lost");
        Expect([&] { module->Replace(); }, TRAINING_US, "and is back");
        Expect([&] { medium->Flap(MicroSeconds(10)); }, 700, "a flap");
        for (const auto reason : {LinkMedium::SWITCHED, LinkMedium::SWITCH_PORT, LinkMedium::FAULT})
        {
            medium->Darken(reason);
            Expect([&] { medium->Lighten(reason); }, 700, std::to_string(reason));
        }
        module->Fail();
        Expect([&] { module->Replace(); }, 700, "a module is replaced");
        medium->SetExtraLoss(0, 40);
        Expect([&] { medium->SetExtraLoss(0, 0); }, 700, "too little light is none");
        Drop();
    }

    std::vector<int64_t> m_trainings; ///< how long the link trained each time, us
};

/**
 * @ingroup optical-fabric-tests
 * @brief Lasers age at the temperature where they are.
 */
class LaserPlaceTestCase : public MediaTestCase
{
  public:
    LaserPlaceTestCase()
        : MediaTestCase("A laser outside the package ages by the catalog at the usual temperature")
    {
    }

  private:
    void DoRun() override
    {
        TransceiverSpec spec = *MakeSpec(1);
        spec.ageing.referenceCaseC = 45;
        spec.ageing.activationEv = 0.7;
        spec.power.referenceCaseC = 55;
        const auto module = CreateObject<OpticalModule>();
        module->SetSpec(std::make_shared<const TransceiverSpec>(spec));
        const double youngDbm = module->GetLane(0).omaDbm;
        module->SetAttribute("AgeH", DoubleValue(100000));
        const auto getLossDb = [&] { return youngDbm - module->GetLane(0).omaDbm; };
        // The module is at 55 degC, its laser at 45: as fast as the catalog says. At 55 it would
        // age exp(0.7 eV / k (1 / 318.15 K - 1 / 328.15 K)) = 2.18 times as fast.
        NS_TEST_EXPECT_MSG_EQ_TOL(getLossDb(),
                                  GetAgeingLossDb(spec.ageing, 100000, 45),
                                  1e-12,
                                  "usual");
        NS_TEST_EXPECT_MSG_EQ_TOL(GetAgeingLossDb(spec.ageing, 218000, 45),
                                  GetAgeingLossDb(spec.ageing, 100000, 55),
                                  0.01,
                                  "as fast");
        module->SetAttribute("CaseTemperatureC", DoubleValue(65));
        NS_TEST_EXPECT_MSG_EQ_TOL(getLossDb(),
                                  GetAgeingLossDb(spec.ageing, 100000, 55),
                                  1e-12,
                                  "as much hotter as the module");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Age: the power holds until the driver is at its limit.
 */
class AgeTestCase : public MediaTestCase
{
  public:
    AgeTestCase()
        : MediaTestCase("Modules age, the faster the hotter")
    {
    }

  private:
    void DoRun() override
    {
        Make();
        AddStar(2);
        Light();
        const double youngDb = m_media[0]->GetState().marginDb[0];
        const Ptr<OpticalModule> module = m_media[0]->GetEnd(0).module;
        // 50 mA to 65 mA takes 30 kh at the reference temperature.
        module->SetAttribute("AgeH", DoubleValue(29000));
        NS_TEST_EXPECT_MSG_EQ(m_media[0]->GetState().marginDb[0], youngDb, "holds");
        module->SetAttribute("CaseTemperatureC", DoubleValue(75));
        NS_TEST_EXPECT_MSG_LT(m_media[0]->GetState().marginDb[0], youngDb - 0.5, "hotter");
        NS_TEST_EXPECT_MSG_EQ(m_media[0]->GetState().marginDb[1], youngDb, "the other direction");
        module->Replace();
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_media[0]->GetState().marginDb[0], youngDb, "a new one");
        Drop();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Optical media.
 */
class MediaTestSuite : public TestSuite
{
  public:
    MediaTestSuite()
        : TestSuite("optical-fabric-media", Type::UNIT)
    {
        AddTestCase(new MediumStateTestCase);
        AddTestCase(new LossTestCase);
        AddTestCase(new ContaminationTestCase);
        AddTestCase(new SharedFateTestCase);
        AddTestCase(new MediumFlapTestCase);
        AddTestCase(new RelockTestCase);
        AddTestCase(new LaserPlaceTestCase);
        AddTestCase(new AgeTestCase);
    }
};

MediaTestSuite g_mediaTestSuite; ///< registers the suite

} // namespace
