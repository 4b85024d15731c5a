/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "energy-test-case.h"
#include "fabric-test-case.h"

#include "ns3/boolean.h"
#include "ns3/clos-helper.h"
#include "ns3/collective-helper.h"
#include "ns3/fabric-inventory.h"
#include "ns3/progress-meter.h"
#include "ns3/scenario-toml.h"

#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief One transfer, reckoned by hand.
 */
class EnergyClosedFormTestCase : public EnergyTestCase
{
  public:
    EnergyClosedFormTestCase()
        : EnergyTestCase("The energy of one transfer is that of the closed form")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool usesFlows : {false, true})
        {
            MakeStar(2, usesFlows);
            // Not now: a port decides on a packet at once, and that would be before the recording.
            PostAt(0, 0, 1, 1000000);
            Check(Record(0));
        }
    }

    /// @param got what was recorded
    void Check(const Recording& got)
    {
        constexpr double WIRE = 1000000 + 245 * 96.0; // packets of 4096 bytes
        constexpr double BOTH_WAYS = 2 * BYTES_PER_S;
        constexpr double SOCKET = 1.1 / 0.9;
        const double gpuJ = SOCKET * 2 * 400 * END_S;
        const double boxJ = SOCKET * 100 * END_S;
        const double switchJ = 30 * END_S + 20 * WIRE / 1e12;
        const double moduleJ = SOCKET * (2 * END_S + 3 * WIRE / BOTH_WAYS); // all four carry it
        const double nicJ = SOCKET * (20 * END_S + 5 * WIRE / BOTH_WAYS);   // so do both
        ExpectEnergy(got.classJ[PartClass::ACCELERATOR], gpuJ, "accelerators");
        ExpectEnergy(got.classJ[PartClass::ENCLOSURE], boxJ, "enclosure");
        ExpectEnergy(got.classJ[PartClass::SWITCH], switchJ, "switch");
        ExpectEnergy(got.classJ[PartClass::MODULE], 4 * moduleJ, "modules");
        ExpectEnergy(got.classJ[PartClass::NIC], 2 * nicJ, "network interfaces");
        NS_TEST_EXPECT_MSG_EQ(got.classJ[PartClass::CABLE], 0, "cables");
        ExpectEnergy(got.rackAJ, gpuJ / 2 + switchJ + 3 * moduleJ + nicJ, "rack a");
        ExpectEnergy(got.rackBJ, gpuJ / 2 + boxJ + moduleJ + nicJ, "rack b");

        const EnergyRecord& record = got.record;
        const double allJ = gpuJ + boxJ + switchJ + 4 * moduleJ + 2 * nicJ;
        ExpectEnergy(record.socketJ, allJ, "all");
        ExpectEnergy(record.facilityJ, 1.5 * allJ, "facility");
        const double partsJ = (allJ - switchJ) / SOCKET;
        ExpectEnergy(record.fansJ, 0.1 * partsJ, "fans");
        ExpectEnergy(record.suppliesJ, 1.1 * partsJ * (1 / 0.9 - 1), "supplies");
        ExpectEnergy(record.besidesJ, allJ, "no collective ran");
        ExpectEnergy(record.GetMeanW(), allJ / END_S, "mean power");
        ExpectEnergy(record.GetJoulesPerByte(), allJ / 1e6, "energy of a byte");
        NS_TEST_EXPECT_MSG_EQ(record.movedBytes, 1000000, "payload");
        NS_TEST_EXPECT_MSG_EQ(record.timePs, END_PS, "time");
        NS_TEST_EXPECT_MSG_EQ(record.series.size(), 0, "no samples");
        NS_TEST_EXPECT_MSG_EQ(got.events, 0, "no events");
        NS_TEST_EXPECT_MSG_EQ(record.Check(), "", "fit to be written");
        NS_TEST_ASSERT_MSG_EQ(record.classes.size(), 5, "cables draw nothing");
        NS_TEST_EXPECT_MSG_EQ(record.classes[3].name, "module", "in the order of classes");
        NS_TEST_EXPECT_MSG_EQ(record.classes[3].parts, 4, "modules");
        NS_TEST_EXPECT_MSG_EQ(record.classes[3].mark, "M", "guessed");
        ExpectEnergy(record.classes[3].partsJ, 4 * moduleJ / SOCKET, "without fans and supplies");
        NS_TEST_ASSERT_MSG_EQ(record.racks.size(), 2, "racks");
        ExpectEnergy(record.racks[0].socketJ + record.racks[1].socketJ, allJ, "racks sum up");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Bytes that links send again cost what others do.
 */
class EnergyRepeatsTestCase : public EnergyTestCase
{
  public:
    EnergyRepeatsTestCase()
        : EnergyTestCase("Links that repeat damaged frames carry their bytes again")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* mode : {"Selective", "GoBackN"})
        {
            MakeStar(2, false);
            m_network->AssignStreams(1);
            const Ptr<FabricLink> link = m_network->GetLink(0);
            link->SetAttribute("RetryMode", StringValue(mode));
            LinkState state = link->GetState(0);
            state.frameErrorRatio = 0.2;
            link->SetState(0, state);
            PostAt(0, 0, 1, 1000000);
            uint64_t again = 0;
            At(END_PS - 1, [&]() { again = link->GetPort(0)->GetCounters().repeatedBytes; });
            const Recording got = Record(0);
            constexpr double WIRE = 1000000 + 245 * 96.0; // packets of 4096 bytes
            constexpr double BOTH_WAYS = 2 * BYTES_PER_S;
            constexpr double SOCKET = 1.1 / 0.9;
            NS_TEST_EXPECT_MSG_GT(again, 20 * 4192, "repeats");
            const double carried = 4 * WIRE + 2 * static_cast<double>(again);
            ExpectEnergy(got.classJ[PartClass::MODULE],
                         SOCKET * (8 * END_S + 3 * carried / BOTH_WAYS),
                         "two of four modules carry them");
            ExpectEnergy(got.classJ[PartClass::NIC],
                         SOCKET *
                             (40 * END_S + 5 * (2 * WIRE + static_cast<double>(again)) / BOTH_WAYS),
                         "so does one network interface");
            ExpectEnergy(got.classJ[PartClass::SWITCH],
                         30 * END_S + 20 * WIRE / 1e12,
                         "the switch does not send them");
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief How often somebody looks, and how transfers move, makes no difference.
 */
class EnergySamplingTestCase : public EnergyTestCase
{
  public:
    EnergySamplingTestCase()
        : EnergyTestCase("The energy is the same whatever the sampling step, by packets or flows")
    {
    }

  private:
    void DoRun() override
    {
        const Recording reference = RecordTraffic(false, 0);
        for (const bool usesFlows : {false, true})
        {
            for (const int64_t stepPs : {0, 100000, 7777777, 10000000, 300000000})
            {
                const Recording got = RecordTraffic(usesFlows, stepPs);
                for (std::size_t i = 0; i < got.classJ.size(); ++i)
                {
                    ExpectEnergy(got.classJ[i], reference.classJ[i], "energy of a class");
                }
                if (stepPs == 0)
                {
                    continue;
                }
                NS_TEST_ASSERT_MSG_EQ(got.record.series.size(), 1, "samples");
                const auto& steps = got.record.series[0].steps;
                NS_TEST_EXPECT_MSG_EQ(static_cast<int64_t>(steps.size()),
                                      (END_PS + stepPs - 1) / stepPs,
                                      "samples");
                NS_TEST_EXPECT_MSG_EQ(got.told, steps.size(), "each was told");
                ExpectEnergy(got.toldJ, reference.record.socketJ, "the sum of samples");
                double classesJ = 0;
                for (const PowerStep& step : steps)
                {
                    for (const double powerW : step.classW)
                    {
                        classesJ += powerW * static_cast<double>(step.toPs - step.fromPs) / 1e12;
                    }
                }
                ExpectEnergy(classesJ, reference.record.socketJ, "and of their classes");
                NS_TEST_EXPECT_MSG_GT(got.record.GetPeakW(), got.record.GetMeanW(), "peak");
                NS_TEST_EXPECT_MSG_EQ(steps.front().fromPs, 0, "begin");
                NS_TEST_EXPECT_MSG_EQ(steps.back().toPs, END_PS, "end");
            }
        }
    }

    /**
     * @param usesFlows whether flows move transfers
     * @param stepPs time between samples, ps; 0: none
     * @return energy of some transfers that get in each other's way
     */
    Recording RecordTraffic(bool usesFlows, int64_t stepPs)
    {
        MakeStar(5, usesFlows);
        for (uint32_t i = 1; i < 5; ++i)
        {
            PostAt(i * 1000000, i, 0, 4096 * 100 * i);
            PostAt(200000000, 0, i, 4096 * 33);
        }
        return Record(stepPs);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Energies of collectives add up.
 */
class EnergyCollectiveTestCase : public FabricTestCase
{
  public:
    EnergyCollectiveTestCase()
        : FabricTestCase(
              "Energies of collectives, and of the time without any, are that of the run")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        for (const bool usesFlows : {false, true})
        {
            Check(usesFlows);
        }
    }

    /// @param usesFlows whether flows move transfers
    void Check(bool usesFlows)
    {
        const Catalog catalog;
        BuiltFabric fabric =
            MakeHelper<ClosHelper>({{"Endpoints", "16"}, {"Leaves", "4"}, {"Spines", "2"}})
                ->Build();
        Ptr<TransferEngine> engine = fabric.networks[0];
        if (usesFlows)
        {
            const auto flows = CreateObject<FlowEngine>();
            flows->SetNetwork(fabric.networks[0]);
            engine = flows;
        }
        fabric.AssignStreams(0);
        CollectiveHelper helper(engine);
        CollectiveSpec spec;
        spec.name = "first";
        spec.kind = CollectiveKind::ALL_REDUCE;
        spec.algorithm = CollectiveAlgorithm::RING;
        spec.bytes = 1 << 20;
        spec.iterations = 3;
        spec.start = MicroSeconds(2);
        spec.gap = MicroSeconds(5);
        spec.group = CollectiveHelper::GetRange(0, 8);
        helper.Install(spec);
        spec.name = "second";
        spec.start = MicroSeconds(10);
        spec.iterations = 2;
        spec.group = CollectiveHelper::GetRange(8, 8);
        helper.Install(spec);
        const auto recorder = CreateObject<EnergyRecorder>();
        recorder->Install(fabric,
                          MakeEnergySetup(catalog, CountBill(fabric), "80PLUS-Titanium", 1));
        recorder->WatchRunner(helper.GetRunner());
        // It takes samples, which are to see what links carry meanwhile.
        BooleanValue freeRings;
        helper.GetRunner()->GetAttribute("FreeRings", freeRings);
        NS_TEST_EXPECT_MSG_EQ(freeRings.Get(), false, "rings are not computed");
        recorder->Start();
        NS_TEST_EXPECT_MSG_EQ(helper.Run(), true, "all collectives have ended");
        recorder->Finish();
        const EnergyRecord record = recorder->Collect("run");
        NS_TEST_EXPECT_MSG_EQ(record.Check(), "", "fit to be written");
        NS_TEST_ASSERT_MSG_EQ(record.collectives.size(), 5, "executions");
        double sumJ = record.besidesJ;
        uint64_t bytes = 0;
        std::vector<double> classJ(record.classes.size(), 0);
        for (const CollectiveEnergy& one : record.collectives)
        {
            sumJ += one.socketJ;
            bytes += one.movedBytes;
            NS_TEST_EXPECT_MSG_EQ(one.isFinished, true, "finished");
            for (std::size_t i = 0; i < classJ.size(); ++i)
            {
                classJ[i] += one.classJ[i];
            }
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(sumJ, record.socketJ, 1e-12 * record.socketJ, "sum");
        NS_TEST_EXPECT_MSG_EQ(bytes, record.movedBytes, "payload of collectives is all there is");
        NS_TEST_EXPECT_MSG_EQ(bytes, 5 * 2 * 7 * (1 << 20), "2 (n-1) n-ths, n times");
        // At least the two microseconds before the first one.
        NS_TEST_EXPECT_MSG_GT(record.besidesJ, record.GetMeanW() * 1.5e-6, "nothing ran");
        for (std::size_t i = 0; i < classJ.size(); ++i)
        {
            NS_TEST_EXPECT_MSG_LT(classJ[i], record.classes[i].socketJ, record.classes[i].name);
        }
        // While it has no company, an execution has all of the energy.
        const CollectiveEnergy& last = record.collectives.back();
        NS_TEST_EXPECT_MSG_EQ(last.collective + std::to_string(last.iteration), "first2", "last");
        NS_TEST_EXPECT_MSG_EQ(last.endPs, record.timePs, "ends the run");
        Simulator::Destroy();
        fabric.Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Recorders end when there is nothing to record, and refuse what they do not know.
 */
class EnergyEndTestCase : public EnergyTestCase
{
  public:
    EnergyEndTestCase()
        : EnergyTestCase("Sampling does not keep a simulation alive; what is not known is refused")
    {
    }

  private:
    void DoRun() override
    {
        // Alone, and with another that looks at the simulation from time to time.
        for (const bool isWatched : {false, true})
        {
            MakeStar(2, false);
            PostAt(50000000, 0, 1, 100000);
            ProgressMeter meter([]() { return RunProgress(); });
            const auto recorder = CreateObject<EnergyRecorder>();
            recorder->Install(m_fabric, MakeSetup());
            if (isWatched)
            {
                meter.Start();
                recorder->SetAloneTest([&meter]() { return meter.IsAlone(); });
            }
            Recording told;
            m_recording = &told;
            recorder->TraceConnectWithoutContext("Power",
                                                 MakeCallback(&EnergyEndTestCase::OnPower, this));
            recorder->Start();
            Simulator::Run();
            // The network's watchdog looks once more after a millisecond.
            NS_TEST_EXPECT_MSG_LT(recorder->GetEvents(), 200, "samples until nothing was left");
            recorder->Finish();
            meter.Stop();
            // What nobody looked at since is in the samples.
            const EnergyRecord record = recorder->Collect("run");
            double sumJ = 0;
            for (const PowerStep& step : record.series.at(0).steps)
            {
                sumJ += step.socketW * static_cast<double>(step.toPs - step.fromPs) / 1e12;
            }
            ExpectEnergy(sumJ, record.socketJ, "sum of samples");
            m_fabric = BuiltFabric();
            DropFlows();
        }

        MakeStar(2, false);
        ExpectRefusal(MakeSetupWithout(), "mod");
        EnergySetup chain = MakeSetup();
        chain.chain.pue = 0.5;
        ExpectRefusal(chain, "pue");
        m_fabric.parts = FabricParts();
        ExpectRefusal(MakeSetup(), "CountBill");
        m_fabric = BuiltFabric();
        DropFlows();
    }

    /// @return a setup that does not know modules
    static EnergySetup MakeSetupWithout()
    {
        EnergySetup setup = MakeSetup();
        setup.book = PowerBook();
        setup.book.Set(PartClass::ACCELERATOR, "gpu", {{0, 10, 100, 700}, false});
        setup.book.Set(PartClass::SWITCH, "sw", {{0, 1, 30, 50}, true});
        setup.book.Set(PartClass::NIC, "nic", {{0, 1, 20, 25}, false});
        return setup;
    }

    /// @param setup a setup that does not do @param part part of the message
    void ExpectRefusal(const EnergySetup& setup, const std::string& part)
    {
        std::string message = "nothing";
        try
        {
            CreateObject<EnergyRecorder>()->Install(m_fabric, setup);
        }
        catch (const std::invalid_argument& refusal)
        {
            message = refusal.what();
        }
        NS_TEST_EXPECT_MSG_NE(message.find(part), std::string::npos, message << " says " << part);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Energy of runs.
 */
class EnergyRecorderTestSuite : public PicosecondTestSuite
{
  public:
    EnergyRecorderTestSuite()
        : PicosecondTestSuite("optical-fabric-energy-recorder", Type::UNIT)
    {
        AddTestCase(new EnergyClosedFormTestCase);
        AddTestCase(new EnergyRepeatsTestCase);
        AddTestCase(new EnergySamplingTestCase);
        AddTestCase(new EnergyCollectiveTestCase);
        AddTestCase(new EnergyEndTestCase);
    }
};

EnergyRecorderTestSuite g_energyRecorderTestSuite; ///< registers the suite

} // namespace
