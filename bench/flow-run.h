/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_FLOW_RUN_H
#define OPTICAL_FABRIC_BENCH_FLOW_RUN_H

#include "clos-network.h"
#include "measured-run.h"
#include "probe-scheduler.h"

#include "ns3/flow-engine.h"

#include <string>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief A run over W1's network by flows, or by packets for comparison: what all cases with flows
 * have in common.
 */
class FlowRun
{
  public:
    /**
     * Read the parameters that all these cases have.
     * @param arguments parameters of the case
     * @param routing choice of path if not given
     */
    void Read(CaseArguments& arguments, const std::string& routing);

    /// @return the network's shape
    const ClosNetwork& GetClos() const
    {
        return m_clos;
    }

    /// Build network and engine; throws std::invalid_argument if they cannot be.
    void Build();

    /// @return what moves transfers
    Ptr<TransferEngine> GetEngine() const
    {
        return m_engine;
    }

    /**
     * Run the simulation. What the workload does at first is an event too, so that it counts.
     * @return figures, but for how long it took in the simulation
     */
    Figures Measure();

  private:
    /// Give one link half its rate, in both directions, if one is to be slow.
    void SlowDown();

    ClosNetwork m_clos;           ///< the network's shape
    std::string m_kind;           ///< flow or packet
    std::string m_scheduler;      ///< TypeId name
    bool m_probe{false};          ///< watch the scheduler
    bool m_useSymmetry{false};    ///< let ranks stand for others
    std::string m_straggler;      ///< none, access or uplink: which link is slow
    Ptr<ProbeRecord> m_record;    ///< what it did
    Ptr<FabricNetwork> m_network; ///< the network
    Ptr<FlowEngine> m_flows;      ///< moves transfers as flows; null if packets do
    Ptr<TransferEngine> m_engine; ///< moves transfers
    double m_heapBefore{0};       ///< heap in use before anything was built, bytes
    Figures m_figures;            ///< what was measured
};

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_FLOW_RUN_H */
