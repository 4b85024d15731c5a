/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_INJECTION_TEST_CASE_H
#define OPTICAL_FABRIC_FAULT_INJECTION_TEST_CASE_H

#include "network-fault-test-case.h"

#include "ns3/cloud-matrix-helper.h"
#include "ns3/fault-helper.h"
#include "ns3/optics-helper.h"

#include <set>
#include <string>

namespace opticalfabrictest
{

/**
 * @ingroup optical-fabric-tests
 * @brief Networks to which faults of a schedule happen.
 */
class InjectionTestCase : public FaultTestCase
{
  public:
    using FaultTestCase::FaultTestCase;

  protected:
    /// First line of schedules.
    static constexpr const char* HEADING = "time,kind,component,effect,lasts\n";

    /// @return the network as a fabric, its endpoints of one group
    BuiltFabric MakeFabric() const
    {
        BuiltFabric fabric;
        fabric.networks.push_back(m_network);
        fabric.names.emplace_back("net");
        fabric.groups.push_back({"endpoint", 0, 0, m_network->GetNEndpoints()});
        return fabric;
    }

    /**
     * Have faults happen.
     * @param fabric a fabric
     * @param lines lines of a schedule
     */
    void Inject(const BuiltFabric& fabric, const std::string& lines)
    {
        m_faults = CreateObject<FaultHelper>();
        m_faults->SetAttribute("HostsPerRack", UintegerValue(1));
        m_faults->Install(fabric, ReadFaultSchedule(HEADING + lines, "test.csv"));
    }

    /// Two endpoints with a link between them, "e0--e1".
    void MakePair()
    {
        MakeNetwork(US, US);
        const Ptr<FabricEndpoint> first = AddEndpoint();
        Connect(first, AddEndpoint());
        Build();
    }

    /// Forget all.
    void DropAll()
    {
        m_faults->Dispose();
        m_faults = nullptr;
        Drop();
    }

    Ptr<FaultHelper> m_faults; ///< what makes them happen
};

/**
 * @ingroup optical-fabric-tests
 * @brief A CloudMatrix of two nodes.
 */
class MatrixTestCase : public InjectionTestCase
{
  public:
    using InjectionTestCase::InjectionTestCase;

  protected:
    /// @param optics whether its links are on light @param rule what becomes of bad lanes
    void MakeMatrix(bool optics, const std::string& rule = "Any")
    {
        const auto helper = CreateObject<CloudMatrixHelper>();
        helper->SetAttribute("Nodes", UintegerValue(2));
        helper->SetAttribute("ScaleOut", BooleanValue(false));
        helper->SetNetworkAttribute("DetectionDelay", TimeValue(MicroSeconds(1)));
        helper->SetNetworkAttribute("ConvergenceDelay", TimeValue(MicroSeconds(1)));
        m_fabric = helper->Build();
        m_network = m_fabric.networks[0];
        m_client = RecordingClient();
        if (optics)
        {
            const auto light = CreateObject<OpticsHelper>();
            light->SetMediumAttribute("LaneRule", StringValue(rule));
            light->SetMediumAttribute("RetrainTime", TimeValue(MicroSeconds(TRAINING_US)));
            light->SetMediumAttribute("RelockTime", TimeValue(MicroSeconds(TRAINING_US)));
            m_fabric.plants[0] = light->Install(m_network);
        }
        m_fabric.AssignStreams(0);
    }

    /// @return numbers of links that are down
    std::set<uint32_t> GetDown() const
    {
        std::set<uint32_t> down;
        for (uint32_t i = 0; i < m_network->GetNLinks(); ++i)
        {
            if (!m_network->GetLink(i)->IsUp())
            {
                down.insert(i);
            }
        }
        return down;
    }

    /// @param module number of a module @return numbers of its links
    std::set<uint32_t> GetLinksOf(uint32_t module) const
    {
        std::set<uint32_t> links;
        for (uint32_t i = 0; i < m_network->GetNLinks(); ++i)
        {
            const Ptr<FabricLink> link = m_network->GetLink(i);
            if (link->GetModule(0) == module || link->GetModule(1) == module)
            {
                links.insert(i);
            }
        }
        return links;
    }

    /// Forget all.
    void DropMatrix()
    {
        m_faults->Dispose();
        m_faults = nullptr;
        Simulator::Destroy();
        m_network = nullptr;
        m_fabric.Dispose();
    }

    static constexpr int64_t TRAINING_US = 20; ///< training of links on light

    BuiltFabric m_fabric; ///< the fabric
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_FAULT_INJECTION_TEST_CASE_H */
