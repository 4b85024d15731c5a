/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "collective-helper.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Stops the simulation when the last of some runners has finished.
class FinishLine
{
  public:
    /// A runner has to cross it.
    void Expect()
    {
        ++m_expected;
    }

    /// A runner crosses it.
    void Cross()
    {
        if (--m_expected == 0)
        {
            Simulator::Stop();
        }
    }

  private:
    uint32_t m_expected{0}; ///< runners to come
};

} // namespace

CollectiveHelper::CollectiveHelper(Ptr<TransferEngine> engine)
    : m_runner(CreateObject<WorkloadRunner>())
{
    m_runner->SetEngine(engine);
}

void
CollectiveHelper::SetRunnerAttribute(const std::string& name, const AttributeValue& value)
{
    m_runner->SetAttribute(name, value);
}

uint32_t
CollectiveHelper::Install(const CollectiveSpec& spec)
{
    return m_runner->AddCollective(spec);
}

uint32_t
CollectiveHelper::Install(const std::string& kind,
                          uint64_t bytes,
                          const std::vector<uint32_t>& group,
                          const std::string& algorithm)
{
    CollectiveSpec spec;
    spec.name = kind;
    spec.kind = ParseCollectiveKind(kind);
    spec.algorithm = ParseCollectiveAlgorithm(algorithm);
    spec.bytes = bytes;
    spec.group = group;
    return Install(spec);
}

int64_t
CollectiveHelper::AssignStreams(int64_t stream)
{
    return m_runner->AssignStreams(stream);
}

bool
CollectiveHelper::Run()
{
    return RunAll({this});
}

bool
CollectiveHelper::RunAll(const std::vector<CollectiveHelper*>& helpers)
{
    FinishLine line;
    for (CollectiveHelper* helper : helpers)
    {
        if (!helper->m_runner->IsFinished() && helper->m_runner->GetNCollectives() > 0)
        {
            line.Expect();
            helper->m_runner->SetFinishedCallback(MakeCallback(&FinishLine::Cross, &line));
        }
    }
    for (CollectiveHelper* helper : helpers)
    {
        if (!helper->m_isStarted)
        {
            helper->m_isStarted = true;
            helper->m_runner->Start();
        }
    }
    Simulator::Run();
    for (CollectiveHelper* helper : helpers)
    {
        helper->m_runner->SetFinishedCallback(MakeNullCallback<void>());
    }
    return std::all_of(helpers.begin(), helpers.end(), [](const CollectiveHelper* helper) {
        return helper->m_runner->IsFinished();
    });
}

Time
CollectiveHelper::GetTime(uint32_t collective) const
{
    Time sum;
    int64_t count = 0;
    for (const CollectiveResult& result : m_runner->GetResults(collective))
    {
        if (result.isComplete)
        {
            sum += result.end - result.start;
            ++count;
        }
    }
    return count > 0 ? Time(sum.GetTimeStep() / count) : Time(0);
}

Ptr<WorkloadRunner>
CollectiveHelper::GetRunner() const
{
    return m_runner;
}

std::vector<uint32_t>
CollectiveHelper::GetRange(uint32_t first, uint32_t count, uint32_t stride)
{
    std::vector<uint32_t> group(count);
    for (uint32_t i = 0; i < count; ++i)
    {
        group[i] = first + i * stride;
    }
    return group;
}

} // namespace opticalfabric
} // namespace ns3
