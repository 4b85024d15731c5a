/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "energy-test-case.h"
#include "fabric-test-case.h"

#include "ns3/random-variable-stream.h"

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;
using namespace opticalfabrictest;

namespace
{

constexpr double SOCKET = 1.1 / 0.9;  ///< power at the socket over that of parts
constexpr int64_t US = 1000000;       ///< a microsecond, ps
constexpr uint64_t PACKETS = 200;     ///< packets of a transfer
constexpr uint64_t PAYLOAD = 4096;    ///< of each, bytes
constexpr uint64_t WIRE = 4192;       ///< of each, with its header, bytes
constexpr uint64_t GBPS = 1000000000; ///< 1 Gb/s, bit/s

/// @return a quarter, half and all of the rate; epochs of 10 us, 1 us to become faster
PowerPolicySpec
MakePolicy()
{
    PowerPolicySpec policy;
    policy.kind = PowerPolicy::RATE_ADAPTIVE;
    policy.rateSteps = {0.25, 0.5, 1};
    policy.rateEpochPs = 10 * US;
    policy.rateChangePs = 1 * US;
    policy.fixedShare = 0.5;
    policy.rateTarget = 0.5;
    return policy;
}

/**
 * @ingroup optical-fabric-tests
 * @brief A star whose rates follow its loads.
 */
class RatesTestCase : public EnergyTestCase
{
  public:
    using EnergyTestCase::EnergyTestCase;

  protected:
    /// @param link number of a link @param atPs when, ps @param gbps its rate then, Gb/s
    void ExpectRateAt(uint32_t link, int64_t atPs, uint64_t gbps)
    {
        At(atPs, [this, link, atPs, gbps]() {
            for (uint32_t direction = 0; direction < 2; ++direction)
            {
                NS_TEST_EXPECT_MSG_EQ(
                    m_network->GetLink(link)->GetState(direction).rate.GetBitRate(),
                    gbps * GBPS,
                    m_how << ": rate of link " << link << " at " << atPs << " ps");
            }
        });
    }

    /// @param module number of a module @param atPs when, ps @param step number of its rate then
    void ExpectStepAt(uint32_t module, int64_t atPs, std::size_t step)
    {
        At(atPs, [this, module, atPs, step]() {
            NS_TEST_EXPECT_MSG_EQ(m_rates->GetStep(module),
                                  step,
                                  m_how << ": rate of module " << module << " at " << atPs
                                        << " ps");
        });
    }

    std::string m_how; ///< what is going on
};

/**
 * @ingroup optical-fabric-tests
 * @brief A transfer over modules at their lowest rate, reckoned by hand.
 *
 * Endpoint 0, the switch and endpoint 1 are joined by two links, each with a module at each end.
 * Rates fall at 10 us, the first end of an epoch. The transfer begins an epoch at 100 us. It uses
 * up a quarter of the rate until 111 us, half of it until 121 us, then all. In the epoch in which
 * it ends, and the next one, little or nothing is carried.
 */
class RatesTimelineTestCase : public RatesTestCase
{
  public:
    RatesTimelineTestCase()
        : RatesTestCase("A transfer arrives, and draws, as reckoned by hand")
    {
    }

  private:
    static constexpr int64_t POSTED_PS = 100 * US; ///< when the transfer is posted

    void DoRun() override
    {
        for (const bool usesFlows : {false, true})
        {
            for (const int64_t stepPs : {0, 777777, 10000000})
            {
                m_how = usesFlows ? "flows" : "packets";
                MakeStar(2, usesFlows);
                LetAdapt(MakePolicy());
                uint64_t looks = 0;
                for (const uint32_t link : {0, 1})
                {
                    ExpectRates(link);
                }
                PostAt(POSTED_PS, 0, 1, PACKETS * PAYLOAD);
                At(END_PS, [&]() { looks = m_rates->GetEvents(); });
                const Recording got = Record(stepPs);
                // At 10 us, at the ends of five epochs, and as rates rise at 111 and 121 us.
                NS_TEST_EXPECT_MSG_EQ(looks, 8, m_how << ": looks");
                const int64_t leftPs = POSTED_PS + (usesFlows ? GetFlowPs() : GetPacketsPs());
                ExpectArrival(0, leftPs, m_how + ": arrival");
                CheckEnergy(got, stepPs);
            }
        }
    }

    /// @param link a link
    void ExpectRates(uint32_t link)
    {
        ExpectRateAt(link, 5 * US, 400);
        ExpectRateAt(link, 10 * US - 1, 400);
        ExpectRateAt(link, 10 * US + 1, 100);
        ExpectRateAt(link, 111 * US - 1, 100);
        ExpectRateAt(link, 111 * US + 1, 200);
        ExpectRateAt(link, 121 * US - 1, 200);
        ExpectRateAt(link, 121 * US + 1, 400);
        ExpectRateAt(link, 140 * US - 1, 400);
        ExpectRateAt(link, 140 * US + 1, 100);
        ExpectRateAt(link, 900 * US, 100);
    }

    /// @return from the posting until the last byte of a flow has left, ps
    static int64_t GetFlowPs()
    {
        constexpr int64_t BYTE_PS = 20; // at 400 Gb/s
        const int64_t before = 11 * US / (4 * BYTE_PS) + 10 * US / (2 * BYTE_PS);
        return 21 * US + (static_cast<int64_t>(PACKETS * WIRE) - before) * BYTE_PS;
    }

    /// @return the same of packets, each of which is sent at the rate that it began with, ps
    static int64_t GetPacketsPs()
    {
        constexpr int64_t PACKET_PS = WIRE * 20; // at 400 Gb/s
        int64_t atPs = 0;
        for (uint64_t i = 0; i < PACKETS; ++i)
        {
            atPs += PACKET_PS * (atPs < 11 * US ? 4 : atPs < 21 * US ? 2 : 1);
        }
        return atPs;
    }

    /// @param got what was recorded @param stepPs time between samples, ps
    void CheckEnergy(const Recording& got, int64_t stepPs)
    {
        // Each of four modules, s: full until 10 us, and from 121 to 140 us.
        constexpr double FULL_S = 29e-6;
        constexpr double HALF_S = 10e-6;
        constexpr double QUARTER_S = END_S - FULL_S - HALF_S;
        const double bytesJ = 4 * 3 * static_cast<double>(PACKETS * WIRE) / 100e9;
        const double idleJ = 4 * (2 * FULL_S + 1.5 * HALF_S + 1.25 * QUARTER_S);
        const double modulesJ = got.classJ[PartClass::MODULE];
        ExpectEnergy(modulesJ, SOCKET * (idleJ + bytesJ), m_how + ": modules");
        // The same as a part draws that is told of these loads.
        ManagedPart part({0, 1, 2, 2}, MakePolicy(), 1);
        part.SetLoad(10 * US, 0);
        part.SetLoad(110 * US, 0.5);
        part.SetLoad(120 * US, 1);
        part.SetLoad(140 * US, 0);
        part.AdvanceTo(END_PS);
        ExpectEnergy(modulesJ, SOCKET * (4 * part.GetEnergyJ() + bytesJ), m_how + ": ManagedPart");

        const EnergyRecord& record = got.record;
        NS_TEST_EXPECT_MSG_EQ(record.Check(), "", "fit to be written");
        NS_TEST_ASSERT_MSG_EQ(record.rates.size(), 6, "two lines of modules, by rack, three rates");
        const std::vector<double> eachS{QUARTER_S, HALF_S, FULL_S};
        const std::vector<double> savedW{0.75, 0.5, 0};
        const std::vector<uint64_t> changes{2, 1, 1};
        uint64_t modules = 0;
        for (std::size_t i = 0; i < record.rates.size(); ++i)
        {
            const ModuleRateRecord& one = record.rates[i];
            const std::size_t step = i % 3;
            const auto count = static_cast<double>(one.modules);
            modules += one.modules;
            NS_TEST_EXPECT_MSG_EQ(one.rateShare, MakePolicy().rateSteps[step], "rate");
            NS_TEST_EXPECT_MSG_EQ_TOL(one.atRateS, count * eachS[step], 1e-15, m_how << ": time");
            NS_TEST_EXPECT_MSG_EQ(one.changes, one.modules * changes[step], m_how << ": changes");
            ExpectEnergy(one.savedJ, SOCKET * count * savedW[step] * eachS[step], "saved");
        }
        NS_TEST_EXPECT_MSG_EQ(modules, 3 * 4, "modules");
        ExpectSums(got, stepPs > 0);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A module that carries two links.
 */
class RatesSharingTestCase : public RatesTestCase
{
  public:
    RatesSharingTestCase()
        : RatesTestCase("The busiest link of a module decides; a link has the lower rate of both")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool usesFlows : {false, true})
        {
            m_how = usesFlows ? "flows" : "packets";
            MakeStar(3, usesFlows);
            // One module at the switch for the links of endpoints 0 and 1.
            const uint32_t shared = m_network->GetLink(0)->GetModule(1);
            const uint32_t other = m_network->GetLink(0)->GetModule(0);
            m_network->GetLink(1)->SetModule(1, shared);
            LetAdapt(MakePolicy());
            PostAt(100 * US, 1, 2, PACKETS * PAYLOAD);
            ExpectStepAt(shared, 105 * US, 0);
            ExpectStepAt(shared, 115 * US, 1);
            ExpectStepAt(shared, 125 * US, 2);
            ExpectStepAt(shared, 145 * US, 0);
            for (const int64_t atPs : {105 * US, 115 * US, 125 * US, 145 * US})
            {
                ExpectStepAt(other, atPs, 0);
                ExpectRateAt(0, atPs, 100);
            }
            ExpectRateAt(1, 125 * US, 400);
            ExpectRateAt(2, 125 * US, 400);
            const Recording got = Record(0);
            double seconds = 0;
            for (const ModuleRateRecord& one : got.record.rates)
            {
                seconds += one.atRateS;
            }
            NS_TEST_EXPECT_MSG_EQ_TOL(seconds, 5 * END_S, 1e-12, "five modules");
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Rates together with what faults do to links.
 */
class RatesFaultTestCase : public RatesTestCase
{
  public:
    RatesFaultTestCase()
        : RatesTestCase("Faults and modules reduce a rate together, and neither undoes the other")
    {
    }

  private:
    void DoRun() override
    {
        CheckLink();
        for (const bool usesFlows : {false, true})
        {
            m_how = usesFlows ? "flows" : "packets";
            CheckRun(usesFlows);
        }
    }

    /// A link, told of both in any order.
    void CheckLink()
    {
        const auto link = CreateObject<FabricLink>(); // 400 Gb/s
        const auto expect = [&](uint64_t gbps, uint64_t fullGbps) {
            for (uint32_t direction = 0; direction < 2; ++direction)
            {
                NS_TEST_EXPECT_MSG_EQ(link->GetState(direction).rate.GetBitRate(),
                                      gbps * GBPS,
                                      "rate");
                NS_TEST_EXPECT_MSG_EQ(link->GetFullRate(direction).GetBitRate(),
                                      fullGbps * GBPS,
                                      "full rate");
            }
        };
        LinkImpairment half;
        half.rateShare = 0.5;
        link->SetRateShare(0.25);
        expect(100, 400);
        link->SetImpairment(half);
        expect(50, 200);
        link->SetRateShare(1);
        expect(200, 200);
        link->SetRateShare(0.5);
        link->SetAttribute("Rate", DataRateValue(DataRate("800Gbps")));
        expect(200, 400);
        link->SetImpairment({});
        expect(400, 800);
        NS_TEST_EXPECT_MSG_EQ(link->GetRateShare(), 0.5, "share");
        LinkState lanes = link->GetBaseState(0);
        lanes.rate = DataRate("200Gbps");
        link->SetState(0, lanes);
        link->SetState(1, lanes);
        expect(100, 200);
        link->SetRateShare(1);
        expect(200, 200);
    }

    /// @param usesFlows whether flows move transfers; link 0 loses half of its rate under way
    void CheckRun(bool usesFlows)
    {
        MakeStar(2, usesFlows);
        LetAdapt(MakePolicy());
        PostAt(100 * US, 0, 1, PACKETS * PAYLOAD);
        const auto setShare = [this](int64_t atPs, double share) {
            At(atPs, [this, share]() {
                LinkImpairment impairment;
                impairment.rateShare = share;
                m_network->GetLink(0)->SetImpairment(impairment);
            });
        };
        setShare(50 * US, 0.5);
        setShare(200 * US, 1);
        ExpectRateAt(0, 55 * US, 50);
        ExpectRateAt(0, 105 * US, 50);
        ExpectRateAt(0, 115 * US, 100);
        ExpectRateAt(0, 125 * US, 200);
        ExpectRateAt(0, 129 * US, 200);
        ExpectRateAt(0, 199 * US, 50);
        ExpectRateAt(0, 201 * US, 100);
        // Link 1 is never slower: flows have 50, 100 and 200 Gb/s.
        int64_t leftPs = 0;
        if (usesFlows)
        {
            const int64_t before = 11 * US / 160 + 10 * US / 80;
            leftPs = 121 * US + (static_cast<int64_t>(PACKETS * WIRE) - before) * 40;
            ExpectRateAt(0, leftPs - 1, 200);
        }
        Record(0);
        if (usesFlows)
        {
            ExpectArrival(0, leftPs, "at what the fault leaves");
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Random traffic, with links that flap: nothing is lost, and energies agree.
 */
class RatesPropertyTestCase : public RatesTestCase
{
  public:
    RatesPropertyTestCase()
        : RatesTestCase("Everything arrives whatever rates do, twice the same, and it ends")
    {
    }

  private:
    void DoRun() override
    {
        CheckIdle();
        for (const bool usesFlows : {false, true})
        {
            for (const int64_t epochPs : {70000, 1000000, 30000000})
            {
                for (const int64_t changePs : {0, 1, 900000, 45000000})
                {
                    for (const int64_t slowAfterPs : {0, 2500000})
                    {
                        PowerPolicySpec policy = MakePolicy();
                        policy.rateEpochPs = epochPs;
                        policy.rateChangePs = changePs;
                        policy.slowAfterPs = slowAfterPs;
                        Check(usesFlows, policy);
                    }
                }
            }
        }
    }

    /// Without traffic there is one look, and nothing is kept alive.
    void CheckIdle()
    {
        MakeStar(2, false);
        LetAdapt(MakePolicy());
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now().GetPicoSeconds(), 10 * US, "end of the first epoch");
        NS_TEST_EXPECT_MSG_EQ(m_rates->GetEvents(), 1, "one look");
        m_fabric = BuiltFabric();
        DropFlows();
        m_rates->Dispose();
        m_rates = nullptr;
    }

    /// @param usesFlows whether flows move transfers @param policy what modules do
    void Check(bool usesFlows, const PowerPolicySpec& policy)
    {
        std::vector<Recording> all;
        std::vector<std::vector<int64_t>> arrivals;
        for (const int64_t stepPs : {0, 333333, 0})
        {
            MakeStar(5, usesFlows);
            LetAdapt(policy);
            const auto random = CreateObject<UniformRandomVariable>();
            random->SetStream(79);
            constexpr uint32_t TRANSFERS = 60;
            for (uint32_t i = 0; i < TRANSFERS; ++i)
            {
                const uint32_t source = random->GetInteger(0, 4);
                const uint32_t destination = (source + random->GetInteger(1, 4)) % 5;
                PostAt(random->GetInteger(0, 400000000),
                       source,
                       destination,
                       random->GetInteger(0, 600000));
            }
            for (int64_t atPs = 50 * US; atPs < 400 * US; atPs += 70 * US)
            {
                SetUpAt(2, atPs, false);
                SetUpAt(2, atPs + 10 * US, true);
            }
            all.push_back(Record(stepPs));
            arrivals.emplace_back();
            for (uint32_t i = 0; i < TRANSFERS; ++i)
            {
                arrivals.back().push_back(m_client.records.at(i).receivedPs);
            }
            double seconds = 0;
            for (const ModuleRateRecord& one : all.back().record.rates)
            {
                seconds += one.atRateS;
            }
            NS_TEST_EXPECT_MSG_EQ_TOL(seconds, 10 * END_S, 1e-12, "ten modules all the time");
            NS_TEST_EXPECT_MSG_EQ(all.back().record.Check(), "", "fit to be written");
        }
        ExpectEnergy(all[1].toldJ, all[0].record.socketJ, "samples add up");
        ExpectEnergy(all[1].record.socketJ, all[0].record.socketJ, "the same with samples");
        NS_TEST_EXPECT_MSG_EQ(all[2].record.socketJ, all[0].record.socketJ, "the same again");
        NS_TEST_EXPECT_MSG_EQ((arrivals[2] == arrivals[0]), true, "the same times again");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What cannot be.
 */
class RatesRefusalTestCase : public RatesTestCase
{
  public:
    RatesRefusalTestCase()
        : RatesTestCase("Policies that cannot be are refused")
    {
    }

  private:
    void DoRun() override
    {
        MakeStar(2, false);
        using Policy = PowerPolicySpec;
        Refuse([](Policy& p) { p.kind = PowerPolicy::SLEEP; }, "RATE_ADAPTIVE");
        Refuse([](Policy& p) { p.rateEpochPs = 0; }, "rateEpochPs = 0");
        Refuse([](Policy& p) { p.rateEpochPs = MAX_POLICY_PS + 1; }, "rateEpochPs = 10000");
        Refuse([](Policy& p) { p.rateTarget = 0; }, "rateTarget = 0");
        Refuse([](Policy& p) { p.rateTarget = 1; }, "above 0, below 1");
        Refuse([](Policy& p) { p.rateSteps = {0.5}; }, "1 as the last");
        m_fabric = BuiltFabric();
        DropFlows();
    }

    /// @param change makes a policy bad @param part part of the message
    void Refuse(const std::function<void(PowerPolicySpec&)>& change, const std::string& part)
    {
        PowerPolicySpec policy = MakePolicy();
        change(policy);
        std::string message;
        try
        {
            CreateObject<ModuleRates>()->Install(m_network, policy);
        }
        catch (const std::invalid_argument& refusal)
        {
            message = refusal.what();
        }
        NS_TEST_EXPECT_MSG_NE(message.find(part), std::string::npos, message);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Rates that follow the load.
 */
class ModuleRatesTestSuite : public PicosecondTestSuite
{
  public:
    ModuleRatesTestSuite()
        : PicosecondTestSuite("optical-fabric-module-rates", Type::UNIT)
    {
        AddTestCase(new RatesTimelineTestCase);
        AddTestCase(new RatesSharingTestCase);
        AddTestCase(new RatesFaultTestCase);
        AddTestCase(new RatesPropertyTestCase);
        AddTestCase(new RatesRefusalTestCase);
    }
};

ModuleRatesTestSuite g_moduleRatesTestSuite; ///< registers the suite

} // namespace
