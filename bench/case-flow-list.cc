/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "flow-run.h"
#include "seeded-transfers.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <stdexcept>

namespace opticalfabricbench
{

namespace
{

/**
 * @ingroup optical-fabric-bench
 * @brief Posts the transfers of a list when it says, and remembers how long they take.
 */
class ListTraffic : public TransferClient
{
  public:
    /// @param list the list @param engine moves the transfers
    ListTraffic(std::vector<SeededTransfer> list, TransferEngine* engine)
        : m_list(std::move(list)),
          m_engine(engine),
          m_tookS(m_list.size(), -1)
    {
        for (uint32_t i = 0; i < m_list.size(); ++i)
        {
            Simulator::ScheduleWithContext(engine->GetNodeId(m_list[i].source),
                                           NanoSeconds(m_list[i].startNs),
                                           &ListTraffic::Post,
                                           this,
                                           i);
        }
    }

    /// @return how long each took, s; -1 if it did not arrive
    const std::vector<double>& GetTookS() const
    {
        return m_tookS;
    }

    void OnSent(const Transfer&) override
    {
    }

    void OnReceived(const Transfer& transfer, uint64_t failedBytes) override
    {
        if (failedBytes == 0)
        {
            const Time took = Simulator::Now() - NanoSeconds(m_list[transfer.tag].startNs);
            m_tookS[transfer.tag] = static_cast<double>(took.GetPicoSeconds()) * 1e-12;
        }
    }

  private:
    /// @param number transfer of the list that begins
    void Post(uint32_t number)
    {
        const SeededTransfer& one = m_list[number];
        m_engine->Post({one.source, one.destination, one.bytes, number, 0}, this);
    }

    std::vector<SeededTransfer> m_list; ///< the list
    TransferEngine* m_engine;           ///< moves the transfers
    std::vector<double> m_tookS;        ///< how long each took, s; -1: it has not arrived
};

} // namespace

Figures
RunFlowList(CaseArguments& arguments)
{
    FlowRun run;
    run.Read(arguments, "Deterministic");
    const uint32_t count = arguments.GetCount("transfers", 1000);
    arguments.RefuseOthers();

    run.Build();
    ListTraffic traffic(MakeSeededTransfers(run.GetClos().endpoints, count),
                        PeekPointer(run.GetEngine()));
    Figures figures = run.Measure();
    for (size_t i = 0; i < traffic.GetTookS().size(); ++i)
    {
        if (traffic.GetTookS()[i] < 0)
        {
            throw std::runtime_error("not every transfer arrived whole");
        }
        figures.Set("took_s_" + std::to_string(i), traffic.GetTookS()[i]);
    }
    Simulator::Destroy();
    return figures;
}

} // namespace opticalfabricbench
