/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/double-binary-tree-program.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * Place in the in-order tree: a rank with k trailing zero bits stands k levels above the leaves
 * (which are the odd ranks), and rank 0 above all.
 *
 * @param rank 0 .. ranks - 1
 * @param ranks number of ranks
 * @return its neighbors
 */
BinaryTreePlace
GetInOrderPlace(uint32_t rank, uint32_t ranks)
{
    BinaryTreePlace place;
    uint32_t bit = 1;
    while (bit < ranks && (rank & bit) == 0)
    {
        bit <<= 1;
    }
    if (rank == 0)
    {
        // bit is now the first power of two that is no rank.
        place.children[1] = ranks > 1 ? bit >> 1 : BinaryTreePlace::NOBODY;
        return place;
    }
    const uint32_t above = (rank ^ bit) | (bit << 1);
    place.parent = above < ranks ? above : rank ^ bit;
    uint32_t step = bit >> 1;
    if (step == 0)
    {
        return place;
    }
    place.children[0] = rank - step;
    // The right-hand subtree may be cut off: its topmost rank that exists takes the place.
    while (step > 0 && rank + step >= ranks)
    {
        step >>= 1;
    }
    place.children[1] = step > 0 ? rank + step : BinaryTreePlace::NOBODY;
    return place;
}

} // namespace

BinaryTreePlace
GetDoubleBinaryTreePlace(uint32_t rank, uint32_t ranks, uint32_t tree)
{
    if (tree == 0)
    {
        return GetInOrderPlace(rank, ranks);
    }
    const bool isOdd = ranks % 2 == 1;
    BinaryTreePlace place =
        GetInOrderPlace(isOdd ? (rank + ranks - 1) % ranks : ranks - 1 - rank, ranks);
    for (uint32_t* neighbor : {&place.parent, &place.children[0], &place.children[1]})
    {
        if (*neighbor != BinaryTreePlace::NOBODY)
        {
            *neighbor = isOdd ? (*neighbor + 1) % ranks : ranks - 1 - *neighbor;
        }
    }
    return place;
}

DoubleBinaryTreeProgram::DoubleBinaryTreeProgram(const ProgramShape& shape, uint64_t chunkBytes)
    : StepProgram(shape)
{
    for (uint32_t t = 0; t < 2; ++t)
    {
        m_trees[t].place = GetDoubleBinaryTreePlace(shape.rank, shape.ranks, t);
        m_trees[t].half = PartOf(shape.bytes, t, 2);
    }
    // The second half is the larger one where they differ.
    const uint64_t chunks = (m_trees[1].half.bytes + chunkBytes - 1) / chunkBytes;
    m_chunks = static_cast<uint32_t>(std::max<uint64_t>(chunks, 1));
}

bool
DoubleBinaryTreeProgram::Step()
{
    if (m_step == 2 * m_chunks)
    {
        return false;
    }
    Tree& tree = m_trees[m_step % 2];
    ByteRange range = PartOf(tree.half.bytes, m_step / 2, m_chunks);
    range.offset += tree.half.offset;
    const uint32_t upTag = 2 * m_step;
    const uint32_t downTag = upTag + 1;
    ++m_step;

    std::array<uint32_t, 2> sums{NONE, NONE};
    for (uint32_t i = 0; i < 2; ++i)
    {
        if (tree.place.children[i] != BinaryTreePlace::NOBODY)
        {
            sums[i] = EmitReduce(tree.place.children[i], upTag, range);
        }
    }
    if (tree.place.parent != BinaryTreePlace::NOBODY)
    {
        tree.lastUp = EmitSend(tree.place.parent, upTag, range, sums[0], sums[1], tree.lastUp);
        sums = {EmitReceive(tree.place.parent, downTag, range), NONE};
    }
    for (uint32_t i = 0; i < 2; ++i)
    {
        if (tree.place.children[i] != BinaryTreePlace::NOBODY)
        {
            tree.lastDown[i] = EmitSend(tree.place.children[i],
                                        downTag,
                                        range,
                                        sums[0],
                                        sums[1],
                                        tree.lastDown[i]);
        }
    }
    return true;
}

uint64_t
DoubleBinaryTreeProgram::GetTransferCount() const
{
    uint64_t edges = 0;
    for (const auto& tree : m_trees)
    {
        for (uint32_t neighbor :
             {tree.place.parent, tree.place.children[0], tree.place.children[1]})
        {
            edges += neighbor == BinaryTreePlace::NOBODY ? 0 : 1;
        }
    }
    return edges * m_chunks;
}

uint32_t
DoubleBinaryTreeProgram::GetUsefulWindow() const
{
    // A chunk comes back down after as many chunk times as the tree is deep, up and down; until
    // then its last receive holds the window.
    uint32_t depth = 1;
    while ((1U << depth) < m_shape.ranks)
    {
        ++depth;
    }
    const uint32_t chunksInFlight = 2 * depth + 4;
    const uint32_t opsPerEdge = m_shape.reduceRateBps > 0 ? 3 : 2;
    const auto edges = static_cast<uint32_t>(GetTransferCount() / m_chunks);
    return chunksInFlight * edges * opsPerEdge;
}

} // namespace opticalfabric
} // namespace ns3
