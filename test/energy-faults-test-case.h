/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ENERGY_FAULTS_TEST_CASE_H
#define OPTICAL_FABRIC_ENERGY_FAULTS_TEST_CASE_H

#include "fabric-test-case.h"

#include "ns3/energy-recorder.h"
#include "ns3/fabric-inventory.h"
#include "ns3/fault-helper.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{
namespace fabrictest
{

/**
 * @ingroup optical-fabric-tests
 * @brief Energies of fabrics that faults happen to while nothing runs, for 100 us.
 */
class EnergyFaultsTestCase : public FabricTestCase
{
  public:
    using FabricTestCase::FabricTestCase;

  protected:
    /// What a recording yields.
    struct Recording
    {
        EnergyRecord record;        ///< record
        std::vector<double> classJ; ///< energy by PartClass, J
    };

    /**
     * Record.
     * @param lines of a schedule of faults; with "": none
     * @param stepPs time between samples, ps; 0: none
     * @param act called once all is ready
     * @return what was recorded
     */
    Recording Record(const std::string& lines,
                     int64_t stepPs = 0,
                     const std::function<void()>& act = {})
    {
        m_setup = MakeEnergySetup(m_catalog, CountBill(m_fabric), "80PLUS-Titanium", 1);
        const auto faults = CreateObject<FaultHelper>();
        faults->SetAttribute("HostsPerRack", UintegerValue(4));
        faults->Install(m_fabric, ReadFaultSchedule(HEADING + lines, "test.csv"));
        const auto recorder = CreateObject<EnergyRecorder>();
        recorder->SetAttribute("SampleStep", TimeValue(PicoSeconds(stepPs)));
        recorder->Install(m_fabric, m_setup);
        recorder->WatchFaults(faults);
        recorder->Start();
        if (act)
        {
            act();
        }
        Simulator::Schedule(MicroSeconds(100), &EnergyRecorder::Finish, recorder);
        Simulator::Stop(MicroSeconds(101));
        Simulator::Run();
        Recording recording;
        recording.record = recorder->Collect("run");
        for (uint8_t i = 0; i < PartClass::COUNT; ++i)
        {
            recording.classJ.push_back(recorder->GetEnergyJ(static_cast<PartClass::Kind>(i)));
        }
        faults->Dispose();
        Simulator::Destroy();
        m_fabric.Dispose();
        m_fabric = BuiltFabric();
        CheckSums(recording);
        return recording;
    }

    /// @param recording what was recorded: classes, racks and samples add up
    void CheckSums(const Recording& recording)
    {
        const EnergyRecord& record = recording.record;
        double classesJ = 0;
        double racksJ = 0;
        for (const double energyJ : recording.classJ)
        {
            classesJ += energyJ;
        }
        for (const EnergyRack& rack : record.racks)
        {
            racksJ += rack.socketJ;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(classesJ, record.socketJ, 1e-12 * record.socketJ, "classes");
        NS_TEST_EXPECT_MSG_EQ_TOL(racksJ, record.socketJ, 1e-12 * record.socketJ, "racks");
        for (const PowerSeries& series : record.series)
        {
            double samplesJ = 0;
            for (const PowerStep& step : series.steps)
            {
                samplesJ += step.socketW * static_cast<double>(step.toPs - step.fromPs) / 1e12;
            }
            NS_TEST_EXPECT_MSG_EQ_TOL(samplesJ, record.socketJ, 1e-12 * record.socketJ, "samples");
        }
    }

    /// @param part class @param type name in the catalog @return idle power, W at the socket
    double GetIdleW(PartClass::Kind part, const std::string& type) const
    {
        const BookedPower& booked = m_setup.book.Get(part, type);
        return booked.power.idleW * (booked.isAtSocket ? 1 : m_setup.chain.GetInputW(1));
    }

    /// @param part class @param type name in the catalog @return active power, W at the socket
    double GetActiveW(PartClass::Kind part, const std::string& type) const
    {
        const BookedPower& booked = m_setup.book.Get(part, type);
        return booked.power.activeW * (booked.isAtSocket ? 1 : m_setup.chain.GetInputW(1));
    }

    /**
     * @param before an energy without faults, J
     * @param after with them, J
     * @param expectedJ how much less it should be, J
     * @param what what it is
     */
    void ExpectLess(double before, double after, double expectedJ, const std::string& what)
    {
        NS_TEST_EXPECT_MSG_EQ_TOL(before - after, expectedJ, 1e-9 * expectedJ + 1e-14, what);
    }

    static constexpr const char* HEADING = "time,kind,component,effect,lasts\n"; ///< first line

    Catalog m_catalog;    ///< the catalog
    BuiltFabric m_fabric; ///< the fabric; gone after Record
    EnergySetup m_setup;  ///< what parts draw
};

} // namespace fabrictest
} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ENERGY_FAULTS_TEST_CASE_H */
