/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COLLECTIVE_HELPER_H
#define OPTICAL_FABRIC_COLLECTIVE_HELPER_H

#include "ns3/attribute.h"
#include "ns3/collective-spec.h"
#include "ns3/transfer-engine.h"
#include "ns3/workload-runner.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Puts collectives onto a network and runs them.
 *
 * @code
 *   CollectiveHelper collectives(fabric.networks[0]);
 *   collectives.Install("all-reduce", 64 << 20, CollectiveHelper::GetRange(0, 16));
 *   collectives.AssignStreams(1000000);
 *   if (collectives.Run())
 *   {
 *       const Time time = collectives.GetTime(0);
 *   }
 * @endcode
 *
 * The helper must outlive the simulation.
 */
class CollectiveHelper
{
  public:
    /**
     * @param engine moves the messages, for example a FabricNetwork
     */
    explicit CollectiveHelper(Ptr<TransferEngine> engine);

    /**
     * @param name attribute of WorkloadRunner
     * @param value its value, for collectives installed afterwards
     */
    void SetRunnerAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @param spec the collective
     * @return its index
     * @throw std::invalid_argument if it cannot be, saying why
     */
    uint32_t Install(const CollectiveSpec& spec);

    /**
     * @param kind kind by name, for example "all-reduce"
     * @param bytes size, see CollectiveSpec::bytes
     * @param group endpoint of each rank
     * @param algorithm algorithm by name, for example "ring"
     * @return its index
     * @throw std::invalid_argument if it cannot be, saying why
     */
    uint32_t Install(const std::string& kind,
                     uint64_t bytes,
                     const std::vector<uint32_t>& group,
                     const std::string& algorithm = "auto");

    /**
     * @param stream first random stream to use
     * @return streams used
     */
    int64_t AssignStreams(int64_t stream);

    /**
     * Run the simulation until all collectives have ended.
     * @return whether they have; false if nothing was left to happen, or something stopped it
     */
    bool Run();

    /**
     * Run the simulation until the collectives of several helpers have ended.
     * @param helpers the helpers; what is started already goes on
     * @return whether all have ended
     */
    static bool RunAll(const std::vector<CollectiveHelper*>& helpers);

    /**
     * @param collective index of a collective
     * @return mean time of its iterations that have ended, 0 if none has
     */
    Time GetTime(uint32_t collective) const;

    /// @return what runs the collectives; has all results
    Ptr<WorkloadRunner> GetRunner() const;

    /**
     * @param first an endpoint
     * @param count how many
     * @param stride from one to the next
     * @return endpoints, for a group
     */
    static std::vector<uint32_t> GetRange(uint32_t first, uint32_t count, uint32_t stride = 1);

  private:
    Ptr<WorkloadRunner> m_runner; ///< runs them
    bool m_isStarted{false};      ///< it has been started
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COLLECTIVE_HELPER_H */
