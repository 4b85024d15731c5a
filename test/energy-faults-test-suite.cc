/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "energy-faults-test-case.h"

#include "ns3/boolean.h"
#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/collective-helper.h"
#include "ns3/flow-engine.h"
#include "ns3/nvl72-helper.h"
#include "ns3/optics-helper.h"
#include "ns3/scenario-toml.h"

#include <set>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief A CloudMatrix without traffic.
 */
class EnergyDownTestCase : public EnergyFaultsTestCase
{
  public:
    EnergyDownTestCase()
        : EnergyFaultsTestCase("What a fault takes down draws nothing until it is repaired")
    {
    }

  private:
    /// @param nodes nodes @param more attributes besides; builds
    void Build(const std::string& nodes, const Attributes& more = {})
    {
        Attributes all{{"Nodes", nodes}, {"ScaleOut", "false"}};
        all.insert(all.end(), more.begin(), more.end());
        m_fabric = MakeHelper<CloudMatrixHelper>(all)->Build();
        m_fabric.AssignStreams(0);
    }

    /**
     * @param lines a schedule
     * @param part class of what it takes down
     * @param expectedJ energy that is not drawn, J
     * @param what what it is
     */
    void Expect(const std::string& lines,
                PartClass::Kind part,
                double expectedJ,
                const std::string& what)
    {
        Build("4");
        const Recording got = Record(lines);
        ExpectLess(m_none.record.socketJ, got.record.socketJ, expectedJ, what);
        ExpectLess(m_none.classJ[part], got.classJ[part], expectedJ, what + ", class");
    }

    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        Build("4");
        m_none = Record("");
        const double npuW = GetActiveW(PartClass::ACCELERATOR, "Ascend-910C");
        const double cpuW = GetActiveW(PartClass::PROCESSOR, "Kunpeng-920-6426");
        const double l1W = GetIdleW(PartClass::SWITCH, "UB-L1");
        const double l2W = GetIdleW(PartClass::SWITCH, "UB-L2");
        const double moduleW = GetIdleW(PartClass::MODULE, "400G-SR8-LPO");
        const double us = 1e-6;
        NS_TEST_EXPECT_MSG_GT(l1W * l2W * moduleW * npuW * cpuW, 0, "all draw something");
        Expect("20us,switch_chip,node0/l1-0,down,10us\n", PartClass::SWITCH, l1W * 10 * us, "L1");
        Expect("20us,npu,node1/die0,down,10us\n"
               "25us,npu,node1/die1,down,10us\n",
               PartClass::ACCELERATOR,
               npuW * 10 * us,
               "two dies are an NPU");
        Expect("20us,cpu,node0/cpu0,down,10us\n", PartClass::PROCESSOR, cpuW * 10 * us, "CPU");
        Expect("20us,module,module-5,down,10us\n", PartClass::MODULE, moduleW * 10 * us, "module");
        Expect("90us,module,module-5,down,repair\n",
               PartClass::MODULE,
               moduleW * 10 * us,
               "for good");
        Expect("0s,module,module-5,down,1us\n", PartClass::MODULE, moduleW * us, "at once");
        Expect("20us,switch_chip,node0/l1-0,link-down,10us\n"
               "30us,switch_chip,node0/l1-1,frame-loss share=0.5,10us\n"
               "30us,module,module-5,lanes-lost lanes=2,10us\n"
               "30us,link,node0/die0--node0/l1-0,down,10us\n"
               "50us,switch_chip,node1/l1-2,flap-burst cycles=3 down=1us up=1us,burst\n",
               PartClass::SWITCH,
               0,
               "effects other than down");
        CheckOverlap(l1W, npuW, moduleW);
        CheckBox(l2W, moduleW);
        CheckRack();
        CheckLight(moduleW);
        CheckCircuits();
    }

    /// @param l1W a chip @param npuW an NPU @param moduleW a module, W at the socket
    void CheckOverlap(double l1W, double npuW, double moduleW)
    {
        // Each is down with the host from 30 to 50 us, and by itself before or after.
        const std::string lines = "30us,host,node0,down,20us\n"
                                  "20us,switch_chip,node0/l1-0,down,15us\n"
                                  "25us,switch_chip,node0/l1-0,down,2us\n"
                                  "45us,npu,node0/die0,down,15us\n"
                                  "40us,power_feed,rack-0,down,5us\n"
                                  "50us,module,module-0,down,10us\n";
        const std::string parts = "20us,switch_chip,node0/l1-0,down,10us\n"
                                  "30us,host,node0,down,20us\n"
                                  "40us,host,node1,down,5us\n"
                                  "40us,host,node2,down,5us\n"
                                  "40us,host,node3,down,5us\n";
        Build("4");
        const Recording with = Record(lines);
        Build("4");
        const Recording host = Record(parts);
        ExpectLess(host.record.socketJ,
                   with.record.socketJ,
                   (npuW / 2 + moduleW) * 10e-6,
                   "overlapping faults count once");
        Build("4");
        const Recording one = Record("30us,host,node0,down,20us\n");
        // A node is a quarter of the rack; its modules are all at L1 chips.
        const double rackW = GetRackJ(m_none, "compute-0") / 100e-6;
        ExpectLess(m_none.record.socketJ, one.record.socketJ, rackW / 4 * 20e-6, "host");
        ExpectLess(m_none.classJ[PartClass::SWITCH],
                   one.classJ[PartClass::SWITCH],
                   7 * l1W * 20e-6,
                   "its seven chips");
        for (const int64_t stepPs : {7000000, 10000000})
        {
            Build("4");
            const Recording again = Record(lines, stepPs);
            NS_TEST_EXPECT_MSG_EQ_TOL(again.record.socketJ,
                                      with.record.socketJ,
                                      1e-12 * with.record.socketJ,
                                      "samples do not change the energy");
        }
    }

    /// @param l2W a chip @param moduleW a module, W at the socket
    void CheckBox(double l2W, double moduleW)
    {
        Build("4");
        const FabricFaultTargets targets(m_fabric, 0);
        const std::string box = targets.GetNames(ComponentKind::SWITCH_BOX).at(0);
        const auto& links = targets.GetLinksOf(ComponentKind::SWITCH_BOX,
                                               *targets.Find(ComponentKind::SWITCH_BOX, box));
        std::set<uint32_t> modules;
        for (const uint32_t i : links)
        {
            const Ptr<FabricLink> link = m_fabric.networks[0]->GetLink(i);
            const bool isFirst = link->GetPort(0)->GetOwner()->GetName() == box;
            modules.insert(link->GetModule(isFirst ? 0 : 1));
        }
        const Recording got = Record("20us,switch_box," + box + ",down,10us\n");
        const auto count = static_cast<double>(modules.size());
        NS_TEST_EXPECT_MSG_GT(count, 0, "it has modules");
        ExpectLess(m_none.classJ[PartClass::SWITCH],
                   got.classJ[PartClass::SWITCH],
                   l2W * 10e-6,
                   "chip of a box");
        ExpectLess(m_none.classJ[PartClass::MODULE],
                   got.classJ[PartClass::MODULE],
                   count * moduleW * 10e-6,
                   "modules at it");
    }

    /**
     * @param recording what was recorded
     * @param name a rack
     * @return its energy, J
     */
    static double GetRackJ(const Recording& recording, const std::string& name)
    {
        for (const EnergyRack& rack : recording.record.racks)
        {
            if (rack.name == name)
            {
                return rack.socketJ;
            }
        }
        return 0;
    }

    /// A power feed takes all of its rack along, and nothing of others.
    void CheckRack()
    {
        Build("8");
        const Recording none = Record("");
        Build("8");
        const Recording got = Record("20us,power_feed,rack-1,down,25us\n");
        for (const EnergyRack& rack : none.record.racks)
        {
            const double expected = rack.name == "compute-1" ? 0.25 * rack.socketJ : 0;
            ExpectLess(rack.socketJ, GetRackJ(got, rack.name), expected, rack.name);
        }
    }

    /// @param moduleW a module, W at the socket; one dies and is replaced while a fault has it
    void CheckLight(double moduleW)
    {
        Build("4");
        const auto optics = CreateObject<OpticsHelper>();
        optics->SetAttribute("Transceiver", StringValue("400G-SR8-LPO"));
        m_fabric.plants = {optics->Install(m_fabric.networks[0])};
        m_fabric.AssignStreams(0);
        const Ptr<OpticalModule> module = m_fabric.plants[0]->GetModule(5);
        const Recording got =
            Record("20us,module,module-5,down,10us\n45us,module,module-5,down,10us\n", 0, [&]() {
                Simulator::Schedule(MicroSeconds(25), &OpticalModule::Fail, module);
                Simulator::Schedule(MicroSeconds(50), &OpticalModule::Replace, module);
            });
        ExpectLess(m_none.record.socketJ, got.record.socketJ, moduleW * 35e-6, "dead and down");
    }

    /// A circuit switch is a part like others.
    void CheckCircuits()
    {
        const Attributes more{{"UplinkOcs", "Palomar"},
                              {"Module", "400G-LPO-DR4"},
                              {"UplinkOcsCount", "14"}};
        Build("2", more);
        const Recording none = Record("");
        Build("2", more);
        const Recording got = Record("20us,ocs,ocs-1,down,10us\n");
        const double expected = none.classJ[PartClass::CIRCUIT_SWITCH] / 14 / 10;
        NS_TEST_EXPECT_MSG_GT(expected, 0, "it draws something");
        ExpectLess(none.record.socketJ, got.record.socketJ, expected, "circuit switch");
    }

    Recording m_none; ///< four nodes without faults
};

/**
 * @ingroup optical-fabric-tests
 * @brief Parts that are several nodes, or that are not in the graph.
 */
class EnergySharesTestCase : public EnergyFaultsTestCase
{
  public:
    EnergySharesTestCase()
        : EnergyFaultsTestCase("Nodes that share a part are shares of it when they are down")
    {
    }

  private:
    void DoRun() override
    {
        if (!HasToml())
        {
            return;
        }
        // A tray of an NVL72: 4 GPUs, 2 CPUs that are not in the graph, an enclosure.
        m_fabric = MakeHelper<Nvl72Helper>({})->Build();
        const uint64_t trays = CountBill(m_fabric).GetCount(PartClass::ENCLOSURE);
        const Recording none = Record("");
        m_fabric = MakeHelper<Nvl72Helper>({})->Build();
        const Recording tray = Record("20us,host,tray3,down,10us\n");
        for (const auto part : {PartClass::ACCELERATOR, PartClass::PROCESSOR, PartClass::ENCLOSURE})
        {
            NS_TEST_EXPECT_MSG_GT(none.classJ[part], 0, "there are some");
            ExpectLess(none.classJ[part],
                       tray.classJ[part],
                       none.classJ[part] / 10 / static_cast<double>(trays),
                       "a tray");
        }
        ExpectLess(none.classJ[PartClass::SWITCH], tray.classJ[PartClass::SWITCH], 0, "chips");

        // A network interface of its own; the accelerator stays on, and the other way round.
        const auto buildClos = [this]() {
            m_fabric =
                MakeHelper<ClosHelper>({{"Endpoints", "8"}, {"Leaves", "2"}, {"Spines", "1"}})
                    ->Build();
        };
        buildClos();
        const FabricFaultTargets targets(m_fabric, 0);
        const std::string nic = targets.GetNames(ComponentKind::NIC).at(3);
        const std::string npu = targets.GetNames(ComponentKind::NPU).at(3);
        const Recording clos = Record("");
        for (const bool isNic : {true, false})
        {
            buildClos();
            const Recording got =
                Record("20us," + (isNic ? "nic," + nic : "npu," + npu) + ",down,10us\n");
            const auto part = isNic ? PartClass::NIC : PartClass::ACCELERATOR;
            NS_TEST_EXPECT_MSG_GT(clos.classJ[part], 0, "there are some");
            ExpectLess(clos.record.socketJ,
                       got.record.socketJ,
                       clos.classJ[part] / 8 / 10,
                       isNic ? "NIC" : "NPU");
        }

        // Leaves and spines of the RDMA network share boxes: with all of them down, all boxes are.
        const auto buildMatrix = [this]() {
            m_fabric = MakeHelper<CloudMatrixHelper>({{"Nodes", "4"}})->Build();
        };
        buildMatrix();
        const Recording matrix = Record("");
        buildMatrix();
        std::string lines;
        const FabricFaultTargets all(m_fabric, 0);
        for (const std::string& name : all.GetNames(ComponentKind::SWITCH_CHIP))
        {
            const bool isRdma = name.compare(0, 5, "rdma/") == 0;
            lines += isRdma ? "20us,switch_chip," + name + ",down,10us\n" : "";
        }
        const Recording dark = Record(lines);
        for (const EnergyRack& rack : matrix.record.racks)
        {
            const bool isThere = rack.name == "scale-out";
            for (const EnergyRack& now : dark.record.racks)
            {
                if (now.name == rack.name && !isThere)
                {
                    ExpectLess(rack.socketJ, now.socketJ, 0, rack.name);
                }
            }
        }
        const double boxW = GetIdleW(PartClass::SWITCH, "SN5600");
        m_fabric = MakeHelper<CloudMatrixHelper>({{"Nodes", "4"}})->Build();
        const uint64_t boxes = CountBill(m_fabric).GetCountOfType(PartClass::SWITCH, "SN5600");
        m_fabric.Dispose();
        m_fabric = BuiltFabric();
        NS_TEST_EXPECT_MSG_GT(boxes, 0, "boxes");
        ExpectLess(matrix.record.socketJ,
                   dark.record.socketJ,
                   static_cast<double>(boxes) * boxW * 10e-6,
                   "boxes");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Parts go down under a collective.
 */
class EnergyDownCollectiveTestCase : public EnergyFaultsTestCase
{
  public:
    EnergyDownCollectiveTestCase()
        : EnergyFaultsTestCase("Energies of collectives add up while parts are down")
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
            const double without = Check(usesFlows, "switch_chip,node0/l1-0,link-down");
            const double with = Check(usesFlows, "switch_chip,node0/l1-0,down");
            ExpectLess(without, with, GetIdleW(PartClass::SWITCH, "UB-L1") * 10e-6, "a chip");
        }
    }

    /**
     * @param usesFlows whether flows move transfers
     * @param fault what happens from 5 to 15 us
     * @return energy, J
     */
    double Check(bool usesFlows, const std::string& fault)
    {
        const auto matrix = MakeHelper<CloudMatrixHelper>({{"Nodes", "2"}, {"ScaleOut", "false"}});
        m_fabric = matrix->Build();
        m_setup = MakeEnergySetup(m_catalog, CountBill(m_fabric), "80PLUS-Titanium", 1);
        Ptr<TransferEngine> engine = m_fabric.networks[0];
        if (usesFlows)
        {
            const auto flows = CreateObject<FlowEngine>();
            flows->SetAttribute("Symmetry", BooleanValue(false));
            flows->SetNetwork(m_fabric.networks[0]);
            engine = flows;
        }
        m_fabric.AssignStreams(0);
        CollectiveHelper helper(engine);
        CollectiveSpec spec;
        spec.name = "first";
        spec.kind = CollectiveKind::ALL_REDUCE;
        spec.algorithm = CollectiveAlgorithm::RING;
        spec.bytes = 1 << 20;
        spec.iterations = 2;
        spec.start = MicroSeconds(2);
        spec.gap = MicroSeconds(5);
        spec.group = CollectiveHelper::GetRange(0, 32);
        helper.Install(spec);
        const auto faults = CreateObject<FaultHelper>();
        faults->Install(m_fabric, ReadFaultSchedule(HEADING + ("5us," + fault + ",10us\n"), "x"));
        const auto recorder = CreateObject<EnergyRecorder>();
        recorder->Install(m_fabric, m_setup);
        recorder->WatchFaults(faults);
        recorder->WatchRunner(helper.GetRunner());
        recorder->Start();
        NS_TEST_EXPECT_MSG_EQ(helper.Run(), true, "all collectives have ended");
        recorder->Finish();
        Recording recording;
        recording.record = recorder->Collect("run");
        for (uint8_t i = 0; i < PartClass::COUNT; ++i)
        {
            recording.classJ.push_back(recorder->GetEnergyJ(static_cast<PartClass::Kind>(i)));
        }
        CheckSums(recording);
        NS_TEST_EXPECT_MSG_EQ(recording.record.Check(), "", "fit to be written");
        NS_TEST_EXPECT_MSG_EQ(recording.record.collectives.size(), 2, "executions");
        NS_TEST_EXPECT_MSG_GT(recording.record.timePs, 15000000, "longer than the fault");
        double sumJ = recording.record.besidesJ;
        for (const CollectiveEnergy& one : recording.record.collectives)
        {
            sumJ += one.socketJ;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(sumJ, recording.record.socketJ, 1e-12 * sumJ, "collectives");
        faults->Dispose();
        Simulator::Destroy();
        m_fabric.Dispose();
        m_fabric = BuiltFabric();
        return recording.record.socketJ;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Energy while components are down.
 */
class EnergyFaultsTestSuite : public PicosecondTestSuite
{
  public:
    EnergyFaultsTestSuite()
        : PicosecondTestSuite("optical-fabric-energy-faults", Type::UNIT)
    {
        AddTestCase(new EnergyDownTestCase);
        AddTestCase(new EnergySharesTestCase);
        AddTestCase(new EnergyDownCollectiveTestCase);
    }
};

EnergyFaultsTestSuite g_energyFaultsTestSuite; ///< registers the suite

} // namespace
