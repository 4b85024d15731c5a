/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-spec.h"

#include "ns3/message-tag.h"
#include "ns3/message-text.h"
#include "ns3/time-end.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * Says what is wrong with a collective, the same way everywhere.
 */
class Refuser
{
  public:
    /**
     * @param name name of the collective
     */
    explicit Refuser(const std::string& name)
        : m_name(name)
    {
    }

    /**
     * @param isGood whether the field is as it should be
     * @param field its name
     * @param value its value
     * @param allowed what is allowed
     * @throw std::invalid_argument if not
     */
    template <typename V, typename A>
    void Require(bool isGood, const std::string& field, const V& value, const A& allowed) const
    {
        if (!isGood)
        {
            std::ostringstream message;
            message << "collective \"" << m_name << "\": " << field << " = " << value
                    << " is not allowed; allowed: " << allowed;
            throw std::invalid_argument(message.str());
        }
    }

    /**
     * @param value value of a field
     * @param low smallest allowed
     * @param high largest allowed
     * @param field name of the field
     * @throw std::invalid_argument if the value is outside
     */
    void RequireBetween(uint64_t value, uint64_t low, uint64_t high, const std::string& field) const
    {
        std::ostringstream allowed;
        allowed << low << " to " << high;
        Require(value >= low && value <= high, field, value, allowed.str());
    }

  private:
    const std::string& m_name; ///< name of the collective
};

/**
 * @param spec collective with a group
 * @param nEndpoints endpoints of the network
 * @param refuser says what is wrong
 */
void
ValidateGroup(const CollectiveSpec& spec, uint32_t nEndpoints, const Refuser& refuser)
{
    refuser.RequireBetween(spec.group.size(), 2, CollectiveSpec::MAX_RANKS, "group size");
    std::vector<uint32_t> sorted(spec.group);
    std::sort(sorted.begin(), sorted.end());
    std::ostringstream endpoints;
    endpoints << "endpoints 0 to " << static_cast<int64_t>(nEndpoints) - 1;
    refuser.Require(sorted.back() < nEndpoints, "group", sorted.back(), endpoints.str());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    refuser.Require(twice == sorted.end(),
                    "group",
                    twice == sorted.end() ? 0 : *twice,
                    "every endpoint at most once");
}

/**
 * @param spec collective with an algorithm
 * @param refuser says what is wrong
 */
void
ValidateAlgorithm(const CollectiveSpec& spec, const Refuser& refuser)
{
    std::string names = "auto";
    bool isKnown = spec.algorithm == CollectiveAlgorithm::AUTO;
    for (const auto algorithm : GetAlgorithms(spec.kind))
    {
        names += ", " + ToString(algorithm);
        isKnown = isKnown || algorithm == spec.algorithm;
    }
    refuser.Require(isKnown,
                    "algorithm",
                    ToString(spec.algorithm),
                    names + " (kind " + ToString(spec.kind) + ")");

    const auto algorithm = spec.GetAlgorithm();
    const auto ranks = static_cast<uint32_t>(spec.group.size());
    refuser.Require(algorithm != CollectiveAlgorithm::RECURSIVE_DOUBLING ||
                        (ranks & (ranks - 1)) == 0,
                    "group size",
                    ranks,
                    "a power of two for recursive-doubling (bruck takes any number)");
    if (algorithm == CollectiveAlgorithm::HIERARCHICAL)
    {
        std::ostringstream allowed;
        allowed << "2 to " << ranks / 2 << ", a divisor of the " << ranks << " ranks";
        refuser.Require(spec.groupSize >= 2 && spec.groupSize < ranks &&
                            ranks % spec.groupSize == 0,
                        "groupSize",
                        spec.groupSize,
                        allowed.str());
    }
    else
    {
        refuser.Require(spec.groupSize == 0, "groupSize", spec.groupSize, "0 unless hierarchical");
    }
    if (algorithm == CollectiveAlgorithm::DOUBLE_BINARY_TREE ||
        algorithm == CollectiveAlgorithm::CHAIN)
    {
        const uint64_t least =
            (spec.bytes + CollectiveSpec::MAX_CHUNKS - 1) / CollectiveSpec::MAX_CHUNKS;
        refuser.RequireBetween(spec.GetChunkBytes(),
                               std::max<uint64_t>(least, 1),
                               CollectiveSpec::MAX_BYTES,
                               "chunkBytes");
    }
    else
    {
        refuser.Require(spec.chunkBytes == 0,
                        "chunkBytes",
                        spec.chunkBytes,
                        "0 unless double-binary-tree or chain");
    }
}

/**
 * @param spec collective of an MoE kind
 * @param refuser says what is wrong
 */
void
ValidateMoe(const CollectiveSpec& spec, const Refuser& refuser)
{
    const MoeRouting& routing = spec.moe.routing;
    refuser.RequireBetween(spec.group.size(), 2, MoeTraffic::MAX_RANKS, "group size");
    refuser.RequireBetween(routing.experts, 1, 1U << 20, "moe.experts");
    refuser.RequireBetween(routing.topK, 1, routing.experts, "moe.topK");
    // A row of the matrix has to fit in 32 bits, copies of a token included.
    refuser.RequireBetween(routing.tokensPerRank,
                           1,
                           (1U << 31) / routing.topK,
                           "moe.tokensPerRank");
    refuser.Require(routing.zipfSkew >= 0 && routing.zipfSkew <= 10,
                    "moe.zipfSkew",
                    routing.zipfSkew,
                    "0 (uniform) to 10");
    const uint64_t most = CollectiveSpec::MAX_BYTES / routing.tokensPerRank / routing.topK;
    refuser.RequireBetween(spec.moe.dispatchBytes, 1, most, "moe.dispatchBytes");
    refuser.RequireBetween(spec.moe.combineBytes, 1, most, "moe.combineBytes");
    const Time end = TimeStep(TimeEnd::PS);
    refuser.Require(!spec.moe.expertTime.IsStrictlyNegative() && spec.moe.expertTime <= end,
                    "moe.expertTime",
                    ShowSeconds(spec.moe.expertTime),
                    "0s to " + ShowSeconds(end));
    refuser.Require(spec.kind == CollectiveKind::MOE_LAYER || spec.moe.expertTime.IsZero(),
                    "moe.expertTime",
                    ShowSeconds(spec.moe.expertTime),
                    "0 unless kind is moe-layer");
}

/**
 * An iteration that cannot even start within simulated time is refused.
 * @param spec a collective, its times 0 or more
 * @param refuser says what is wrong
 */
void
RefuseBeyondEnd(const CollectiveSpec& spec, const Refuser& refuser)
{
    const Time end = TimeStep(TimeEnd::PS);
    std::ostringstream before;
    before << "from 0s to before " << ShowSeconds(end) << ", where simulated time ends";
    refuser.Require(!spec.start.IsStrictlyNegative() && spec.start < end,
                    "start",
                    ShowSeconds(spec.start),
                    before.str());
    if (spec.iterations > 1)
    {
        // The last one starts after the others have taken time, and so later than these add up to.
        const int64_t left = (end - spec.start).GetTimeStep() - 1;
        const Time longest = TimeStep(left / (spec.iterations - 1));
        std::ostringstream allowed;
        allowed << "from 0s to before " << ShowSeconds(longest + TimeStep(1)) << " with "
                << spec.iterations
                << " iterations, so that the last one starts within simulated time";
        refuser.Require(spec.gap <= longest, "gap", ShowSeconds(spec.gap), allowed.str());
        refuser.Require(spec.period <= longest, "period", ShowSeconds(spec.period), allowed.str());
    }
}

} // namespace

void
CollectiveSpec::Validate(uint32_t nEndpoints) const
{
    const Refuser refuser(name);
    refuser.Require(!name.empty(), "name", "\"\"", "any name that is not empty");
    ValidateGroup(*this, nEndpoints, refuser);
    refuser.RequireBetween(iterations, 1, 1ULL << MessageTag::ITERATION_BITS, "iterations");
    const Time end = TimeStep(TimeEnd::PS);
    const std::string times = "0s to " + ShowSeconds(end);
    refuser.Require(!gap.IsStrictlyNegative() && gap <= end, "gap", ShowSeconds(gap), times);
    refuser.Require(!period.IsStrictlyNegative() && period <= end,
                    "period",
                    ShowSeconds(period),
                    times);
    RefuseBeyondEnd(*this, refuser);
    ValidateAlgorithm(*this, refuser);

    const bool isSized =
        kind != CollectiveKind::BARRIER && kind != CollectiveKind::PROGRAMS && !IsMoe(kind);
    if (isSized)
    {
        refuser.RequireBetween(bytes, 1, MAX_BYTES, "bytes");
    }
    else
    {
        refuser.Require(bytes == 0, "bytes", bytes, "0 for kind " + ToString(kind));
    }
    if (kind == CollectiveKind::BROADCAST)
    {
        refuser.RequireBetween(root, 0, group.size() - 1, "root");
    }
    else
    {
        refuser.Require(root == 0, "root", root, "0 unless kind is broadcast");
    }
    if (IsMoe(kind))
    {
        ValidateMoe(*this, refuser);
    }
}

CollectiveAlgorithm
CollectiveSpec::GetAlgorithm() const
{
    return ResolveAlgorithm(kind, algorithm);
}

uint64_t
CollectiveSpec::GetChunkBytes() const
{
    return chunkBytes > 0 ? chunkBytes : DEFAULT_CHUNK_BYTES;
}

uint64_t
CollectiveSpec::GetSizeBytes() const
{
    const uint64_t copies = static_cast<uint64_t>(moe.routing.tokensPerRank) * moe.routing.topK;
    switch (kind)
    {
    case CollectiveKind::MOE_DISPATCH:
        return copies * moe.dispatchBytes;
    case CollectiveKind::MOE_COMBINE:
        return copies * moe.combineBytes;
    case CollectiveKind::MOE_LAYER:
        return copies * (moe.dispatchBytes + moe.combineBytes);
    default:
        return bytes;
    }
}

} // namespace opticalfabric
} // namespace ns3
