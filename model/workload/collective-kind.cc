/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-kind.h"

#include <array>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// A value and its name in files.
template <typename E>
struct Named
{
    E value;          ///< value
    const char* name; ///< its name
};

constexpr std::array<Named<CollectiveKind>, 10> KINDS{{
    {CollectiveKind::ALL_REDUCE, "all-reduce"},
    {CollectiveKind::REDUCE_SCATTER, "reduce-scatter"},
    {CollectiveKind::ALL_GATHER, "all-gather"},
    {CollectiveKind::ALL_TO_ALL, "all-to-all"},
    {CollectiveKind::BROADCAST, "broadcast"},
    {CollectiveKind::BARRIER, "barrier"},
    {CollectiveKind::MOE_DISPATCH, "moe-dispatch"},
    {CollectiveKind::MOE_COMBINE, "moe-combine"},
    {CollectiveKind::MOE_LAYER, "moe-layer"},
    {CollectiveKind::PROGRAMS, "programs"},
}};

constexpr std::array<Named<CollectiveAlgorithm>, 14> ALGORITHMS{{
    {CollectiveAlgorithm::AUTO, "auto"},
    {CollectiveAlgorithm::RING, "ring"},
    {CollectiveAlgorithm::HALVING_DOUBLING, "halving-doubling"},
    {CollectiveAlgorithm::DOUBLE_BINARY_TREE, "double-binary-tree"},
    {CollectiveAlgorithm::HIERARCHICAL, "hierarchical"},
    {CollectiveAlgorithm::RECURSIVE_HALVING, "recursive-halving"},
    {CollectiveAlgorithm::RECURSIVE_DOUBLING, "recursive-doubling"},
    {CollectiveAlgorithm::BRUCK, "bruck"},
    {CollectiveAlgorithm::PAIRWISE, "pairwise"},
    {CollectiveAlgorithm::ALL_AT_ONCE, "all-at-once"},
    {CollectiveAlgorithm::BINOMIAL, "binomial"},
    {CollectiveAlgorithm::SCATTER_ALL_GATHER, "scatter-all-gather"},
    {CollectiveAlgorithm::CHAIN, "chain"},
    {CollectiveAlgorithm::DISSEMINATION, "dissemination"},
}};

/**
 * @param table values and names
 * @param value one of them
 * @return its name
 */
template <typename Table, typename E>
std::string
NameOf(const Table& table, E value)
{
    for (const auto& entry : table)
    {
        if (entry.value == value)
        {
            return entry.name;
        }
    }
    return "unknown";
}

/**
 * @param table values and names
 * @param field what is named, for the message
 * @param name a name
 * @return its value
 * @throw std::invalid_argument if it is not in the table
 */
template <typename Table>
auto
ValueOf(const Table& table, const char* field, const std::string& name)
{
    std::string allowed;
    for (const auto& entry : table)
    {
        if (name == entry.name)
        {
            return entry.value;
        }
        allowed += allowed.empty() ? "" : ", ";
        allowed += entry.name;
    }
    throw std::invalid_argument(std::string(field) + " = \"" + name +
                                "\" is unknown; allowed are " + allowed);
}

} // namespace

std::string
ToString(CollectiveKind kind)
{
    return NameOf(KINDS, kind);
}

std::string
ToString(CollectiveAlgorithm algorithm)
{
    return NameOf(ALGORITHMS, algorithm);
}

CollectiveKind
ParseCollectiveKind(const std::string& name)
{
    return ValueOf(KINDS, "kind", name);
}

CollectiveAlgorithm
ParseCollectiveAlgorithm(const std::string& name)
{
    return ValueOf(ALGORITHMS, "algorithm", name);
}

std::vector<CollectiveAlgorithm>
GetAlgorithms(CollectiveKind kind)
{
    using A = CollectiveAlgorithm;
    switch (kind)
    {
    case CollectiveKind::ALL_REDUCE:
        return {A::RING, A::HALVING_DOUBLING, A::DOUBLE_BINARY_TREE, A::HIERARCHICAL};
    case CollectiveKind::REDUCE_SCATTER:
        return {A::RING, A::RECURSIVE_HALVING};
    case CollectiveKind::ALL_GATHER:
        return {A::RING, A::RECURSIVE_DOUBLING, A::BRUCK};
    case CollectiveKind::ALL_TO_ALL:
        return {A::PAIRWISE, A::ALL_AT_ONCE};
    case CollectiveKind::BROADCAST:
        return {A::SCATTER_ALL_GATHER, A::BINOMIAL, A::CHAIN};
    case CollectiveKind::BARRIER:
        return {A::DISSEMINATION};
    case CollectiveKind::MOE_DISPATCH:
    case CollectiveKind::MOE_COMBINE:
    case CollectiveKind::MOE_LAYER:
        return {A::ALL_AT_ONCE};
    case CollectiveKind::PROGRAMS:
        break;
    }
    return {};
}

CollectiveAlgorithm
ResolveAlgorithm(CollectiveKind kind, CollectiveAlgorithm algorithm)
{
    const auto algorithms = GetAlgorithms(kind);
    if (algorithm != CollectiveAlgorithm::AUTO || algorithms.empty())
    {
        return algorithm;
    }
    return algorithms.front();
}

bool
IsMoe(CollectiveKind kind)
{
    return kind == CollectiveKind::MOE_DISPATCH || kind == CollectiveKind::MOE_COMBINE ||
           kind == CollectiveKind::MOE_LAYER;
}

} // namespace opticalfabric
} // namespace ns3
