/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_WINDOWED_TRAFFIC_H
#define OPTICAL_FABRIC_BENCH_WINDOWED_TRAFFIC_H

#include "ns3/transfer-engine.h"

#include <cstdint>
#include <string>
#include <vector>

namespace opticalfabricbench
{

using namespace ns3;
using namespace ns3::opticalfabric;

/**
 * @ingroup optical-fabric-bench
 * @brief Every rank sends to all others in an order of its own, a few transfers at a time.
 *
 * A rank posts the next transfer when the last byte of an earlier one has left, or has arrived.
 * Transfers beyond the others' number begin the order again. Where the engine knows of a symmetry,
 * a few ranks stand for all.
 */
class WindowedTraffic : public TransferClient
{
  public:
    /// What the ranks do.
    struct Spec
    {
        uint32_t ranks{0};        ///< endpoints 0 .. ranks - 1
        uint32_t transfers{0};    ///< transfers of each
        uint32_t peers{0};        ///< destinations of each, evenly spaced in its order; 0: all
        uint64_t bytes{0};        ///< of each transfer
        uint32_t window{8};       ///< transfers of each under way
        std::string order;        ///< see SetDestinationOrder
        bool untilArrival{false}; ///< a transfer is under way until it has arrived
    };

    /// @param spec what to do; throws std::invalid_argument if order is neither, or if there are
    /// not as many peers
    explicit WindowedTraffic(const Spec& spec);

    /// @param engine moves the transfers; post the first of each rank
    void Start(TransferEngine* engine);

    /// @return true if every byte of every transfer has arrived
    bool IsComplete() const;

    /// @return when the last one arrived, s
    double GetEndS() const;

    void OnSent(const Transfer& transfer) override;
    void OnReceived(const Transfer& transfer, uint64_t failedBytes) override;

  private:
    /// @return what the engine makes of the symmetry that the traffic has
    TransferSymmetry FindSymmetry();

    /// @param rank a rank that acts @return its place among these
    uint32_t GetPlace(uint32_t rank) const
    {
        return m_symmetry.kind == TransferSymmetry::NONE ? rank : m_symmetry.GetPlace(rank);
    }

    /// @param rank rank that posts its next transfer, if it has one left
    void PostNext(uint32_t rank);

    Spec m_spec;                       ///< what to do
    uint32_t m_turns;                  ///< turns of each rank's order that are used
    TransferSymmetry m_symmetry;       ///< which ranks act
    std::vector<uint32_t> m_offsets;   ///< by place of a rank, and its turn; destination - rank
    std::vector<uint32_t> m_posted;    ///< by place of a rank
    TransferEngine* m_engine{nullptr}; ///< moves the transfers
    uint64_t m_received{0};            ///< transfers complete
    uint64_t m_failedBytes{0};         ///< bytes lost for good
    int64_t m_endPs{0};                ///< when the last one arrived, ps
};

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_WINDOWED_TRAFFIC_H */
