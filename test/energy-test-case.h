/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ENERGY_TEST_CASE_H
#define OPTICAL_FABRIC_ENERGY_TEST_CASE_H

#include "flow-test-case.h"

#include "ns3/double.h"
#include "ns3/energy-recorder.h"

#include <string>
#include <vector>

namespace opticalfabrictest
{

constexpr int64_t END_PS = 1000000000; ///< end of a recording, 1 ms
constexpr double END_S = 1e-3;         ///< the same, s

/**
 * @ingroup optical-fabric-tests
 * @brief A star made by hand, with powers that are easy to reckon with.
 *
 * Endpoint 0 and the switch stand in rack a, the other endpoints in rack b. Every link has a module
 * at each end.
 */
class EnergyTestCase : public FlowTestCase
{
  public:
    using FlowTestCase::FlowTestCase;

  protected:
    /// What a recording yields.
    struct Recording
    {
        EnergyRecord record;        ///< record
        uint64_t told{0};           ///< samples that were told
        double toldJ{0};            ///< energy of those samples, J
        uint64_t events{0};         ///< events of sampling
        std::vector<double> classJ; ///< energy by PartClass, J
        double rackAJ{0};           ///< energy of rack a, J
        double rackBJ{0};           ///< energy of rack b, J
    };

    /// @param endpoints endpoints of the star @param usesFlows whether flows move transfers
    void MakeStar(uint32_t endpoints, bool usesFlows)
    {
        Make();
        m_network->SetAttribute("HeaderBytes", UintegerValue(96));
        AddStar(endpoints);
        for (uint32_t i = 0; i < endpoints; ++i)
        {
            m_network->GetLink(i)->SetModule(0, 2 * i);
            m_network->GetLink(i)->SetModule(1, 2 * i + 1);
        }
        if (usesFlows)
        {
            BuildFlows();
        }
        else
        {
            Build();
            m_engine = nullptr;
        }
        m_fabric = BuiltFabric();
        m_fabric.networks = {m_network};
        m_fabric.names = {"net"};
        m_fabric.groups = {{"gpu", 0, 0, endpoints}};
        NetworkParts parts;
        parts.switches = {{"sw", 0}};
        parts.module = "mod";
        parts.fibreCable = "fibre";
        m_fabric.parts.networks = {parts};
        m_fabric.parts.groups = {{PartClass::ACCELERATOR, "gpu", 1}};
        for (uint32_t i = 0; i < endpoints; ++i)
        {
            m_fabric.parts.racks[m_network->GetNodeId(i)] = i == 0 ? "a" : "b";
        }
        m_fabric.parts.racks[m_network->GetSwitch(0)->GetNode()->GetId()] = "a";
        m_fabric.parts.besides.Add({PartClass::NIC, "nic", "net", "a", 1});
        m_fabric.parts.besides.Add({PartClass::NIC, "nic", "net", "b", endpoints - 1});
        m_fabric.parts.besides.Add({PartClass::ENCLOSURE, "box", "", "b", 1});
    }

    /// @return powers, a chain that takes 11/9 of them, a switch that can send 1 TB/s
    static EnergySetup MakeSetup()
    {
        EnergySetup setup;
        setup.book.Set(PartClass::ACCELERATOR, "gpu", {{0, 10, 100, 700}, false});
        setup.book.Set(PartClass::SWITCH, "sw", {{0, 1, 30, 50}, true});
        setup.book.Set(PartClass::MODULE, "mod", {{0, 1, 2, 5}, false});
        setup.book.Set(PartClass::NIC, "nic", {{0, 1, 20, 25}, false});
        setup.book.Set(PartClass::ENCLOSURE, "box", {{0, 0, 50, 250}, false});
        setup.book.Set(PartClass::CABLE, "fibre", {});
        setup.chain = {0.1, 0.9, 1.5};
        setup.switchBytesPerS["sw"] = 1e12;
        setup.marks[PartClass::MODULE] = "M";
        return setup;
    }

    /**
     * Record from now to END_PS, and drop the network.
     * @param stepPs time between samples, ps; 0: none
     * @return what was recorded
     */
    Recording Record(int64_t stepPs)
    {
        Recording recording;
        const auto recorder = CreateObject<EnergyRecorder>();
        recorder->SetAttribute("SampleStep", TimeValue(PicoSeconds(stepPs)));
        recorder->SetAttribute("AcceleratorDuty", DoubleValue(0.5));
        recorder->SetAttribute("EnclosureDuty", DoubleValue(0.25));
        m_recording = &recording;
        recorder->TraceConnectWithoutContext("Power", MakeCallback(&EnergyTestCase::OnPower, this));
        recorder->Install(m_fabric, MakeSetup());
        if (m_sleep)
        {
            recorder->WatchSleep(m_sleep);
        }
        if (m_rates)
        {
            recorder->WatchRates(m_rates);
        }
        if (m_engine)
        {
            recorder->WatchEngine(m_engine);
        }
        recorder->Start();
        At(END_PS, [&]() { recorder->Finish(); });
        Simulator::Run();
        CheckDone();
        recording.record = recorder->Collect("run");
        recording.events = recorder->GetEvents();
        for (uint8_t i = 0; i < PartClass::COUNT; ++i)
        {
            recording.classJ.push_back(recorder->GetEnergyJ(static_cast<PartClass::Kind>(i)));
        }
        recording.rackAJ = recorder->GetEnergyJ("a");
        recording.rackBJ = recorder->GetEnergyJ("b");
        m_fabric = BuiltFabric();
        DropFlows();
        m_engine = nullptr;
        if (m_sleep)
        {
            m_sleep->Dispose();
            m_sleep = nullptr;
        }
        if (m_rates)
        {
            m_rates->Dispose();
            m_rates = nullptr;
        }
        return recording;
    }

    /// @param sample a sample that was taken
    void OnPower(const PowerSample& sample)
    {
        constexpr uint64_t TOO_MANY = 100000; // of no recording here
        if (++m_recording->told > TOO_MANY)
        {
            Simulator::Stop();
        }
        m_recording->toldJ +=
            sample.meanW * static_cast<double>(sample.toPs - sample.fromPs) / 1e12;
    }

    /**
     * @param got an energy, J
     * @param expected what it should be, J
     * @param what what it is
     */
    void ExpectEnergy(double got, double expected, const std::string& what)
    {
        NS_TEST_EXPECT_MSG_EQ_TOL(got, expected, 1e-9 * expected, what);
    }

    /// Classes, racks and samples add up. @param got what was recorded @param hasSamples with
    /// samples
    void ExpectSums(const Recording& got, bool hasSamples)
    {
        double sumJ = 0;
        for (const double energyJ : got.classJ)
        {
            sumJ += energyJ;
        }
        ExpectEnergy(sumJ, got.record.socketJ, "classes add up");
        ExpectEnergy(got.rackAJ + got.rackBJ, got.record.socketJ, "racks add up");
        if (hasSamples)
        {
            ExpectEnergy(got.toldJ, got.record.socketJ, "samples add up");
        }
    }

    /**
     * Let the modules of the network sleep, from now on.
     * @param policy as they do
     */
    void LetSleep(const PowerPolicySpec& policy)
    {
        m_sleep = CreateObject<ModuleSleep>();
        m_sleep->Install(m_network, policy);
        if (m_flows)
        {
            m_flows->SetGate(PeekPointer(m_sleep));
        }
    }

    /**
     * Let the rates of the network's modules follow their load, from now on.
     * @param policy as they do
     */
    void LetAdapt(const PowerPolicySpec& policy)
    {
        m_rates = CreateObject<ModuleRates>();
        m_rates->Install(m_network, policy);
        if (m_flows)
        {
            m_rates->WatchEngine(m_flows);
        }
    }

    BuiltFabric m_fabric;            ///< fabric made by hand
    Ptr<ModuleSleep> m_sleep;        ///< lets modules sleep; null: none does
    Ptr<ModuleRates> m_rates;        ///< lets rates follow loads; null: all are full
    Recording* m_recording{nullptr}; ///< recording under way
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_ENERGY_TEST_CASE_H */
