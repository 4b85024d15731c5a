/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_DOUBLE_BINARY_TREE_PROGRAM_H
#define OPTICAL_FABRIC_DOUBLE_BINARY_TREE_PROGRAM_H

#include "ns3/step-program.h"

#include <array>
#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A rank's place in a binary tree.
 */
struct BinaryTreePlace
{
    static constexpr uint32_t NOBODY = UINT32_MAX; ///< no such neighbor

    uint32_t parent{NOBODY};                          ///< NOBODY at the root
    std::array<uint32_t, 2> children{NOBODY, NOBODY}; ///< NOBODY where there is none
};

/**
 * A rank's place in one of two trees that together use every rank's bandwidth: a rank that has
 * children in one has none in the other (one rank excepted where the number of ranks is odd).
 *
 * The first tree orders the ranks as an in-order binary tree with rank 0 on top; the second is its
 * mirror image, or for an odd number of ranks the first moved by one.
 *
 * Source: Sanders, Speck and Traeff, "Two-tree algorithms for full bandwidth broadcast, reduction
 * and scan", Parallel Computing 35 (2009), in the form that NCCL 2.4 introduced.
 *
 * @param rank 0 .. ranks - 1
 * @param ranks number of ranks, at least 1
 * @param tree 0 or 1
 * @return its neighbors
 */
BinaryTreePlace GetDoubleBinaryTreePlace(uint32_t rank, uint32_t ranks, uint32_t tree);

/**
 * @ingroup optical-fabric
 * @brief All-reduce over two binary trees, half of the buffer each, pipelined in chunks.
 *
 * Every chunk is summed on its way up and copied on its way down. On each edge one chunk is on its
 * way at a time; the next follows when the sender's port has let it go. All ranks together send
 * 2 (p - 1) times the buffer.
 */
class DoubleBinaryTreeProgram : public StepProgram
{
  public:
    /**
     * @param shape whose program of what
     * @param chunkBytes largest chunk, at least 1
     */
    DoubleBinaryTreeProgram(const ProgramShape& shape, uint64_t chunkBytes);

    uint64_t GetTransferCount() const override;
    uint32_t GetUsefulWindow() const override;

  private:
    bool Step() override;

    /// One of the two trees, as this rank sees it.
    struct Tree
    {
        BinaryTreePlace place;                        ///< neighbors
        ByteRange half;                               ///< the stretch this tree works on
        uint32_t lastUp{NONE};                        ///< last send to the parent
        std::array<uint32_t, 2> lastDown{NONE, NONE}; ///< last send to each child
    };

    std::array<Tree, 2> m_trees; ///< both trees
    uint32_t m_chunks;           ///< chunks per tree
    uint32_t m_step{0};          ///< chunk * 2 + tree, the next to emit
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_DOUBLE_BINARY_TREE_PROGRAM_H */
