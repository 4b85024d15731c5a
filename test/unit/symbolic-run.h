/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SYMBOLIC_RUN_H
#define OPTICAL_FABRIC_SYMBOLIC_RUN_H

#include "ns3/byte-range.h"
#include "ns3/collective-programs.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <tuple>
#include <vector>

namespace ns3
{
namespace opticalfabric
{
namespace workloadtest
{

/// A message under way, with what every byte of it is a sum of.
struct SymbolicMessage
{
    ByteRange range;                           ///< where it comes from in the sender's buffer
    std::vector<std::vector<uint8_t>> content; ///< by byte: how often each rank's data is in it
};

/// Executes the programs of all ranks without time, in a random order that dependencies allow.
class SymbolicRun
{
  public:
    /**
     * @param spec the collective
     * @param seed of the order
     */
    SymbolicRun(const CollectiveSpec& spec, uint32_t seed)
        : m_random(seed),
          m_spec(spec),
          m_ranks(spec.group.size()),
          m_size(std::max<uint64_t>(spec.bytes, 1)),
          m_programs(m_ranks),
          m_buffers(m_ranks,
                    std::vector<std::vector<uint8_t>>(m_size, std::vector<uint8_t>(m_ranks))),
          m_bytesSent(m_ranks),
          m_sends(m_ranks),
          m_received(m_ranks)
    {
    }

    /// Read all programs and execute them.
    void Execute()
    {
        for (uint32_t rank = 0; rank < m_ranks; ++rank)
        {
            auto program = MakeCollectiveProgram(m_spec, rank);
            m_expectedSends.push_back(program->GetTransferCount());
            RankOp op;
            while (program->Next(op))
            {
                for (uint32_t i = 0; i < op.nDependencies; ++i)
                {
                    ASSERT_LT(op.dependencies[i], m_programs[rank].ops.size());
                }
                ASSERT_LE(op.afterAll, m_programs[rank].ops.size());
                m_programs[rank].ops.push_back(op);
                op = RankOp();
            }
            m_programs[rank].ended.resize(m_programs[rank].ops.size());
        }
        uint32_t idle = 0;
        uint32_t rank = 0;
        while (idle < m_ranks)
        {
            rank = idle == 0 ? m_random() % m_ranks : (rank + 1) % m_ranks;
            idle = ExecuteOne(rank) ? 0 : idle + 1;
        }
        for (rank = 0; rank < m_ranks; ++rank)
        {
            ASSERT_EQ(m_programs[rank].oldest, m_programs[rank].ops.size()) << "rank " << rank;
            ASSERT_EQ(m_sends[rank], m_expectedSends[rank]) << "rank " << rank;
        }
        ASSERT_TRUE(m_messages.empty());
    }

    /// Operations of a rank.
    struct Program
    {
        std::vector<RankOp> ops; ///< all
        std::vector<bool> ended; ///< done
        size_t oldest{0};        ///< first not done
    };

    std::mt19937 m_random;                                    ///< picks what is next
    const CollectiveSpec m_spec;                              ///< the collective
    const uint32_t m_ranks;                                   ///< number of ranks
    const uint64_t m_size;                                    ///< bytes of a buffer
    std::vector<Program> m_programs;                          ///< by rank
    std::vector<std::vector<std::vector<uint8_t>>> m_buffers; ///< by rank, byte, rank
    std::map<std::tuple<uint32_t, uint32_t, uint32_t>, SymbolicMessage> m_messages; ///< under way
    std::vector<uint64_t> m_bytesSent;                                              ///< by rank
    std::vector<uint64_t> m_sends;                                                  ///< by rank
    std::vector<uint64_t> m_expectedSends;                                          ///< by rank
    std::vector<std::map<uint32_t, ByteRange>> m_received; ///< by rank and sender: sender's range

  private:
    /**
     * @param rank rank to execute an operation of
     * @return false if it has none that can be executed
     */
    bool ExecuteOne(uint32_t rank)
    {
        Program& program = m_programs[rank];
        std::vector<size_t> can;
        for (size_t i = program.oldest; i < program.ops.size() && can.size() < 8; ++i)
        {
            if (!program.ended[i] && IsReady(rank, program.ops[i]))
            {
                can.push_back(i);
            }
        }
        if (can.empty())
        {
            return false;
        }
        const size_t index = can[m_random() % can.size()];
        Do(rank, program.ops[index]);
        program.ended[index] = true;
        while (program.oldest < program.ops.size() && program.ended[program.oldest])
        {
            ++program.oldest;
        }
        return true;
    }

    /**
     * @param rank rank
     * @param op operation of it
     * @return whether it can be executed
     */
    bool IsReady(uint32_t rank, const RankOp& op) const
    {
        const Program& program = m_programs[rank];
        for (uint32_t i = 0; i < op.nDependencies; ++i)
        {
            if (!program.ended[op.dependencies[i]])
            {
                return false;
            }
        }
        return program.oldest >= op.afterAll &&
               (op.kind != RankOpKind::RECV || m_messages.count({op.peer, rank, op.tag}) > 0);
    }

    /**
     * @param rank rank
     * @param op operation of it, to be executed
     */
    void Do(uint32_t rank, const RankOp& op)
    {
        const bool isBarrier = m_spec.kind == CollectiveKind::BARRIER;
        const uint64_t bytes = isBarrier ? 1 : op.bytes;
        if (op.kind == RankOpKind::SEND)
        {
            ASSERT_NE(op.peer, rank);
            SymbolicMessage message{{op.offset, op.bytes}, {}};
            for (uint64_t i = 0; i < bytes; ++i)
            {
                message.content.push_back(m_buffers[rank][(op.offset + i) % m_size]);
            }
            ASSERT_TRUE(m_messages.emplace(std::make_tuple(rank, op.peer, op.tag), message).second)
                << "two messages under way that cannot be told apart";
            m_bytesSent[rank] += op.bytes;
            ++m_sends[rank];
        }
        else if (op.kind == RankOpKind::RECV)
        {
            const auto it = m_messages.find({op.peer, rank, op.tag});
            ASSERT_EQ(it->second.range.bytes, op.bytes);
            m_received[rank][op.peer] = it->second.range;
            if (m_spec.kind != CollectiveKind::ALL_TO_ALL)
            {
                ASSERT_EQ(it->second.range.offset, op.offset);
            }
            for (uint64_t i = 0; i < bytes; ++i)
            {
                auto& target = m_buffers[rank][(op.offset + i) % m_size];
                for (uint32_t r = 0; r < m_ranks; ++r)
                {
                    const uint8_t come = it->second.content[i][r];
                    target[r] = isBarrier
                                    ? std::max(target[r], come)
                                    : static_cast<uint8_t>(come + (op.reduce ? target[r] : 0));
                }
            }
            m_messages.erase(it);
        }
    }
};

} // namespace workloadtest
} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_SYMBOLIC_RUN_H */
