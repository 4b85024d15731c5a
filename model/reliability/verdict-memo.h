/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_VERDICT_MEMO_H
#define OPTICAL_FABRIC_VERDICT_MEMO_H

#include "ns3/degradation-model.h"

#include <cstddef>
#include <map>
#include <mutex>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Verdicts by signature, so that each state is assessed once; for several threads at a time.
 */
class VerdictMemo
{
  public:
    /// @param model who assesses; must outlive this
    explicit VerdictMemo(const DegradationModel& model);

    /**
     * @param degraded a state
     * @param signature its signature
     * @return the verdict. Two threads that ask for a new state at the same time may both have it
     *         assessed, with the same result.
     * @throw std::logic_error if the verdict's speed is not between 0 and 1
     */
    FabricVerdict Get(const std::vector<DegradedComponent>& degraded,
                      const StateSignature& signature);
    /// @return who assesses
    const DegradationModel& GetModel() const;
    /// @return how many states it knows
    std::size_t GetSize() const;

  private:
    const DegradationModel& m_model;                    ///< who assesses
    mutable std::mutex m_mutex;                         ///< held while m_verdicts is used
    std::map<StateSignature, FabricVerdict> m_verdicts; ///< what is known
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_VERDICT_MEMO_H */
