/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MOE_PROGRAM_H
#define OPTICAL_FABRIC_MOE_PROGRAM_H

#include "ns3/moe-traffic.h"
#include "ns3/step-program.h"

#include <cstdint>
#include <memory>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The dispatch or the combine of a mixture-of-experts layer.
 *
 * Dispatch brings every token copy to its expert's rank, combine brings the results back along the
 * transposed matrix. All copies between two ranks are one message; ranks that have nothing for each
 * other send nothing (everybody knows the matrix). Nothing waits; the order starts at the
 * right-hand neighbor, so that no rank is everybody's first.
 *
 * The offset of an operation is 0: a message is a buffer of its own.
 */
class MoeProgram : public StepProgram
{
  public:
    /// Which way the copies go.
    enum class Direction : uint8_t
    {
        DISPATCH, ///< to the experts
        COMBINE,  ///< back from them
    };

    /**
     * @param shape whose program; the bytes are not used
     * @param traffic the matrix, of as many ranks
     * @param direction which way
     * @param bytesPerCopy payload of a token copy
     */
    MoeProgram(const ProgramShape& shape,
               std::shared_ptr<const MoeTraffic> traffic,
               Direction direction,
               uint64_t bytesPerCopy);

    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    bool Step() override;

    /**
     * @param from rank that sends
     * @param to rank that receives
     * @return payload of the message between them
     */
    uint64_t GetBytes(uint32_t from, uint32_t to) const;

    const std::shared_ptr<const MoeTraffic> m_traffic; ///< the matrix
    const Direction m_direction;                       ///< which way
    const uint64_t m_bytesPerCopy;                     ///< payload of a token copy
    uint32_t m_step{1};                                ///< distance to the next ranks
};

/**
 * A whole layer: dispatch, the experts' computation, combine. A rank computes when all its copies
 * have arrived and its own are sent, and combines when it has computed.
 *
 * @param shape whose program; the bytes are not used
 * @param traffic the matrix, of as many ranks
 * @param dispatchBytes payload of a token copy on its way to the expert
 * @param combineBytes payload of a token copy on its way back
 * @param expertTimePs time a rank computes, in picoseconds; 0 for none
 * @return the program
 */
std::unique_ptr<RankProgram> MakeMoeLayer(const ProgramShape& shape,
                                          const std::shared_ptr<const MoeTraffic>& traffic,
                                          uint64_t dispatchBytes,
                                          uint64_t combineBytes,
                                          int64_t expertTimePs);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_MOE_PROGRAM_H */
