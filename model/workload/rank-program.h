/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANK_PROGRAM_H
#define OPTICAL_FABRIC_RANK_PROGRAM_H

#include <array>
#include <cstddef>
#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What an operation of a rank program does.
 */
enum class RankOpKind : uint8_t
{
    SEND,    ///< post a message; ends when its last byte has left
    RECV,    ///< wait for a message; ends when its last byte is here, or was given up
    COMPUTE, ///< keep the rank's processor busy; one at a time, in the order they become ready
};

/**
 * @ingroup optical-fabric
 * @brief One operation of a rank program, with the semantics of GOAL (Hoefler et al., "Group
 * Operation Assembly Language", ICPP 2009): it may start once all it depends on has ended.
 *
 * A receive matches the oldest message of the same peer and tag. Offset and reduce say where the
 * payload belongs in the collective's buffer and what becomes of it; they cost nothing at run time
 * and let a test check a program's meaning without a network. A range that passes the end of the
 * buffer goes on at its beginning.
 */
struct RankOp
{
    static constexpr uint32_t MAX_DEPENDENCIES = 4; ///< operations one can name

    uint64_t bytes{0};     ///< payload of a send or receive
    uint64_t offset{0};    ///< its place in the buffer, in bytes
    int64_t durationPs{0}; ///< of a compute, in picoseconds, >= 0
    uint32_t peer{0};      ///< rank at the other side
    uint32_t tag{0};       ///< below 2^28 (MessageTag::OP_BITS)
    uint32_t afterAll{0};  ///< waits for every operation below this index
    std::array<uint32_t, MAX_DEPENDENCIES> dependencies{}; ///< indices of earlier operations
    RankOpKind kind{RankOpKind::SEND};                     ///< what it does
    uint8_t nDependencies{0};                              ///< entries of dependencies in use
    bool reduce{false}; ///< a receive adds to what is in the buffer instead of replacing it

    /**
     * Name one more operation to wait for. The caller keeps to MAX_DEPENDENCIES.
     *
     * @param index operation, below this operation's own index
     */
    void WaitFor(uint32_t index)
    {
        dependencies[nDependencies++] = index;
    }
};

static_assert(sizeof(RankOp) <= 64, "an operation is to fit in a cache line");

/**
 * @ingroup optical-fabric
 * @brief What one rank does, told operation by operation.
 *
 * A program expands itself as it is read and is read once: its memory does not grow with its
 * length. Operations are numbered from 0 in the order they are told; a program has fewer than
 * 2^32 of them. Peers are ranks of the program's group, 0 .. ranks - 1.
 *
 * Whoever executes a program holds a limited number of operations at a time and asks for more as
 * the oldest ends. A program must be able to finish with 16 of them: what a message needs on
 * either side may not stand far behind something that waits for that message's consequences.
 */
class RankProgram
{
  public:
    static constexpr uint64_t UNKNOWN = UINT64_MAX; ///< a number the program cannot tell cheaply

    virtual ~RankProgram() = default;

    /**
     * Tell the next operation.
     *
     * @param op overwritten with the operation; left unspecified at the end
     * @return false when there are no more
     */
    virtual bool Next(RankOp& op) = 0;

    /**
     * @return messages this rank sends to others over the whole program, or UNKNOWN; does not
     * depend on how far the program has been read
     */
    virtual uint64_t GetTransferCount() const
    {
        return UNKNOWN;
    }

    /**
     * @return operations worth holding at once: more of them would not let any start sooner.
     * UINT32_MAX (the default) says "as many as allowed"
     */
    virtual uint32_t GetUsefulWindow() const
    {
        return UINT32_MAX;
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RANK_PROGRAM_H */
