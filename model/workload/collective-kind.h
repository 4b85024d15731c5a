/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COLLECTIVE_KIND_H
#define OPTICAL_FABRIC_COLLECTIVE_KIND_H

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What a collective brings about. The comment gives the name in files.
 */
enum class CollectiveKind : uint8_t
{
    ALL_REDUCE,     ///< all-reduce
    REDUCE_SCATTER, ///< reduce-scatter
    ALL_GATHER,     ///< all-gather
    ALL_TO_ALL,     ///< all-to-all
    BROADCAST,      ///< broadcast
    BARRIER,        ///< barrier
    MOE_DISPATCH,   ///< moe-dispatch
    MOE_COMBINE,    ///< moe-combine
    MOE_LAYER,      ///< moe-layer: dispatch, experts' computation, combine
    PROGRAMS,       ///< programs: rank programs that a caller brings along
};

/**
 * @ingroup optical-fabric
 * @brief How a collective is made. The comment gives the name in files.
 */
enum class CollectiveAlgorithm : uint8_t
{
    AUTO,               ///< auto: see ResolveAlgorithm()
    RING,               ///< ring
    HALVING_DOUBLING,   ///< halving-doubling
    DOUBLE_BINARY_TREE, ///< double-binary-tree
    HIERARCHICAL,       ///< hierarchical
    RECURSIVE_HALVING,  ///< recursive-halving
    RECURSIVE_DOUBLING, ///< recursive-doubling
    BRUCK,              ///< bruck
    PAIRWISE,           ///< pairwise
    ALL_AT_ONCE,        ///< all-at-once
    BINOMIAL,           ///< binomial
    SCATTER_ALL_GATHER, ///< scatter-all-gather
    CHAIN,              ///< chain
    DISSEMINATION,      ///< dissemination
};

/**
 * @param kind kind
 * @return its name in files
 */
std::string ToString(CollectiveKind kind);

/**
 * @param algorithm algorithm
 * @return its name in files
 */
std::string ToString(CollectiveAlgorithm algorithm);

/**
 * @param name name in files
 * @return the kind
 * @throw std::invalid_argument if there is no such kind; says which there are
 */
CollectiveKind ParseCollectiveKind(const std::string& name);

/**
 * @param name name in files
 * @return the algorithm
 * @throw std::invalid_argument if there is no such algorithm; says which there are
 */
CollectiveAlgorithm ParseCollectiveAlgorithm(const std::string& name);

/**
 * @param kind kind
 * @return the algorithms it can be made with, the default first; AUTO goes with every kind and is
 * not listed. Empty for PROGRAMS
 */
std::vector<CollectiveAlgorithm> GetAlgorithms(CollectiveKind kind);

/**
 * The defaults are the algorithms that need the least bandwidth and any number of ranks: ring for
 * all-reduce, reduce-scatter and all-gather; pairwise for all-to-all; scatter-all-gather for
 * broadcast; dissemination for a barrier; all-at-once for MoE.
 *
 * @param kind kind
 * @param algorithm what was asked for
 * @return the algorithm, with AUTO replaced by the kind's default
 */
CollectiveAlgorithm ResolveAlgorithm(CollectiveKind kind, CollectiveAlgorithm algorithm);

/**
 * @param kind kind
 * @return whether it is one of the mixture-of-experts kinds
 */
bool IsMoe(CollectiveKind kind);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COLLECTIVE_KIND_H */
