/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-spec.h"
#include "ns3/time-end.h"

#include <functional>
#include <gtest/gtest.h>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

constexpr uint32_t N_ENDPOINTS = 16;

/**
 * @param kind kind
 * @return a collective over 8 of 16 endpoints that nothing is wrong with
 */
CollectiveSpec
MakeGood(CollectiveKind kind)
{
    CollectiveSpec spec;
    spec.name = "mine";
    spec.kind = kind;
    spec.group = {0, 2, 4, 6, 9, 11, 13, 15};
    const bool isSized = kind != CollectiveKind::BARRIER && kind != CollectiveKind::PROGRAMS;
    spec.bytes = isSized && !IsMoe(kind) ? 1000 : 0;
    return spec;
}

/**
 * Expect a refusal that names the collective, the field, the value and what is allowed.
 *
 * @param kind kind of the collective
 * @param change makes a good collective bad
 * @param parts what the message must contain
 */
void
ExpectRefusal(CollectiveKind kind,
              const std::function<void(CollectiveSpec&)>& change,
              const std::vector<std::string>& parts)
{
    CollectiveSpec spec = MakeGood(kind);
    EXPECT_NO_THROW(spec.Validate(N_ENDPOINTS));
    change(spec);
    try
    {
        spec.Validate(N_ENDPOINTS);
        ADD_FAILURE() << "not refused: " << parts.front();
    }
    catch (const std::invalid_argument& e)
    {
        const std::string message = e.what();
        EXPECT_NE(message.find("allowed:"), std::string::npos) << message;
        for (const auto& part : parts)
        {
            EXPECT_NE(message.find(part), std::string::npos) << message << " lacks " << part;
        }
    }
}

constexpr auto ALL_REDUCE = CollectiveKind::ALL_REDUCE;
constexpr auto MOE = CollectiveKind::MOE_DISPATCH;

TEST(CollectiveSpec, GoodOnesPassWithEveryAlgorithm)
{
    for (uint32_t k = 0; k <= static_cast<uint32_t>(CollectiveKind::PROGRAMS); ++k)
    {
        const auto kind = static_cast<CollectiveKind>(k);
        EXPECT_NO_THROW(MakeGood(kind).Validate(N_ENDPOINTS)) << ToString(kind);
        for (const auto algorithm : GetAlgorithms(kind))
        {
            CollectiveSpec spec = MakeGood(kind);
            spec.algorithm = algorithm;
            spec.groupSize = algorithm == CollectiveAlgorithm::HIERARCHICAL ? 4 : 0;
            EXPECT_NO_THROW(spec.Validate(N_ENDPOINTS)) << ToString(algorithm);
        }
    }
}

TEST(CollectiveSpec, RefusesBadGroups)
{
    ExpectRefusal(ALL_REDUCE, [](auto& s) { s.name = ""; }, {"name = "});
    ExpectRefusal(ALL_REDUCE, [](auto& s) { s.group.clear(); }, {"\"mine\"", "group size = 0"});
    ExpectRefusal(ALL_REDUCE, [](auto& s) { s.group = {3}; }, {"group size = 1", "2 to 1048576"});
    ExpectRefusal(ALL_REDUCE,
                  [](auto& s) { s.group.resize(CollectiveSpec::MAX_RANKS + 1); },
                  {"group size = 1048577"});
    ExpectRefusal(ALL_REDUCE, [](auto& s) { s.group.back() = 4; }, {"group = 4", "at most once"});
    ExpectRefusal(ALL_REDUCE,
                  [](auto& s) { s.group[3] = N_ENDPOINTS; },
                  {"group = 16", "endpoints 0 to 15"});
}

TEST(CollectiveSpec, RefusesBadAlgorithms)
{
    using A = CollectiveAlgorithm;
    ExpectRefusal(ALL_REDUCE,
                  [](auto& s) { s.algorithm = A::PAIRWISE; },
                  {"algorithm = pairwise", "auto, ring, halving-doubling", "kind all-reduce"});
    ExpectRefusal(CollectiveKind::ALL_TO_ALL,
                  [](auto& s) { s.algorithm = A::RING; },
                  {"algorithm = ring", "pairwise, all-at-once"});
    ExpectRefusal(CollectiveKind::ALL_GATHER,
                  [](auto& s) {
                      s.algorithm = A::RECURSIVE_DOUBLING;
                      s.group.pop_back();
                  },
                  {"group size = 7", "power of two", "bruck"});
    const auto hierarchical = [](uint32_t groupSize) {
        return [groupSize](auto& s) {
            s.algorithm = A::HIERARCHICAL;
            s.groupSize = groupSize;
        };
    };
    ExpectRefusal(ALL_REDUCE, hierarchical(0), {"groupSize = 0", "divisor of the 8"});
    ExpectRefusal(ALL_REDUCE, hierarchical(1), {"groupSize = 1"});
    ExpectRefusal(ALL_REDUCE, hierarchical(3), {"groupSize = 3", "2 to 4"});
    ExpectRefusal(ALL_REDUCE, hierarchical(8), {"groupSize = 8"});
    ExpectRefusal(ALL_REDUCE, [](auto& s) { s.groupSize = 4; }, {"groupSize = 4", "hierarchical"});
    ExpectRefusal(ALL_REDUCE, [](auto& s) { s.chunkBytes = 4; }, {"chunkBytes = 4", "chain"});
    ExpectRefusal(ALL_REDUCE,
                  [](auto& s) {
                      s.algorithm = A::DOUBLE_BINARY_TREE;
                      s.bytes = CollectiveSpec::MAX_BYTES;
                  },
                  {"chunkBytes = 524288", "536870912 to "});
}

TEST(CollectiveSpec, RefusesBadNumbers)
{
    ExpectRefusal(ALL_REDUCE, [](auto& s) { s.bytes = 0; }, {"bytes = 0", "1 to 1125899906842624"});
    ExpectRefusal(ALL_REDUCE,
                  [](auto& s) { s.bytes = CollectiveSpec::MAX_BYTES + 1; },
                  {"bytes = 1125899906842625"});
    ExpectRefusal(CollectiveKind::BARRIER,
                  [](auto& s) { s.bytes = 1; },
                  {"bytes = 1", "0 for kind barrier"});
    ExpectRefusal(MOE, [](auto& s) { s.bytes = 1; }, {"bytes = 1", "0 for kind moe-dispatch"});
    ExpectRefusal(ALL_REDUCE,
                  [](auto& s) { s.iterations = 0; },
                  {"iterations = 0", "1 to 16777216"});
    ExpectRefusal(ALL_REDUCE,
                  [](auto& s) { s.iterations = (1U << 24) + 1; },
                  {"iterations = 16777217"});
    ExpectRefusal(ALL_REDUCE, [](auto& s) { s.root = 1; }, {"root = 1", "broadcast"});
    ExpectRefusal(CollectiveKind::BROADCAST, [](auto& s) { s.root = 8; }, {"root = 8", "0 to 7"});
    ExpectRefusal(ALL_REDUCE, [](auto& s) { s.start = ns3::Seconds(-1); }, {"start = -"});
    ExpectRefusal(ALL_REDUCE, [](auto& s) { s.gap = ns3::Seconds(-1); }, {"gap = -"});
    ExpectRefusal(ALL_REDUCE, [](auto& s) { s.period = ns3::Seconds(-1); }, {"period = -"});
}

TEST(CollectiveSpec, RefusesToBeginBeyondTheEndOfTime)
{
    const ns3::Time end = ns3::TimeStep(TimeEnd::PS);
    const ns3::Time half = ns3::TimeStep(TimeEnd::PS / 2);
    const ns3::Time tick = ns3::TimeStep(1);
    ExpectRefusal(ALL_REDUCE,
                  [end](auto& s) { s.start = end; },
                  {"start = 9200000s", "from 0s to before 9200000s"});
    for (const bool isGap : {true, false})
    {
        const auto set = [isGap, half, tick](CollectiveSpec& spec, bool isLong) {
            spec.iterations = 3;
            (isGap ? spec.gap : spec.period) = isLong ? half : half - tick;
        };
        CollectiveSpec spec = MakeGood(ALL_REDUCE);
        set(spec, false);
        EXPECT_NO_THROW(spec.Validate(N_ENDPOINTS));
        ExpectRefusal(ALL_REDUCE,
                      [&set](auto& s) { set(s, true); },
                      {isGap ? "gap = 4600000s" : "period = 4600000s",
                       "from 0s to before 4600000s with 3 iterations"});
        spec.start = tick + tick;
        EXPECT_THROW(spec.Validate(N_ENDPOINTS), std::invalid_argument);
        set(spec, true);
        spec.iterations = 1;
        EXPECT_NO_THROW(spec.Validate(N_ENDPOINTS)) << "there is no other to wait for";
    }
}

TEST(CollectiveSpec, RefusesBadMoe)
{
    ExpectRefusal(MOE, [](auto& s) { s.moe.routing.experts = 0; }, {"moe.experts = 0"});
    ExpectRefusal(MOE, [](auto& s) { s.moe.routing.topK = 0; }, {"moe.topK = 0", "1 to 256"});
    ExpectRefusal(MOE, [](auto& s) { s.moe.routing.topK = 257; }, {"moe.topK = 257"});
    ExpectRefusal(MOE, [](auto& s) { s.moe.routing.tokensPerRank = 0; }, {"moe.tokensPerRank = 0"});
    ExpectRefusal(MOE,
                  [](auto& s) { s.moe.routing.tokensPerRank = 1U << 31; },
                  {"moe.tokensPerRank = 2147483648"});
    ExpectRefusal(MOE, [](auto& s) { s.moe.routing.zipfSkew = -1; }, {"moe.zipfSkew = -1"});
    ExpectRefusal(MOE, [](auto& s) { s.moe.routing.zipfSkew = 11; }, {"moe.zipfSkew = 11"});
    ExpectRefusal(MOE, [](auto& s) { s.moe.routing.zipfSkew = 0.0 / 0.0; }, {"moe.zipfSkew = "});
    ExpectRefusal(MOE, [](auto& s) { s.moe.dispatchBytes = 0; }, {"moe.dispatchBytes = 0"});
    ExpectRefusal(MOE, [](auto& s) { s.moe.combineBytes = 1ULL << 50; }, {"moe.combineBytes = "});
    ExpectRefusal(MOE,
                  [](auto& s) { s.moe.expertTime = ns3::Seconds(1); },
                  {"moe.expertTime = ", "moe-layer"});
    ExpectRefusal(CollectiveKind::MOE_LAYER,
                  [](auto& s) { s.moe.expertTime = ns3::Seconds(-1); },
                  {"moe.expertTime = ", "0s to 9200000s"});
}

TEST(CollectiveKind, NamesGoBothWays)
{
    std::set<std::string> names;
    for (uint32_t k = 0; k <= static_cast<uint32_t>(CollectiveKind::PROGRAMS); ++k)
    {
        const auto kind = static_cast<CollectiveKind>(k);
        EXPECT_EQ(ParseCollectiveKind(ToString(kind)), kind);
        names.insert(ToString(kind));
    }
    EXPECT_EQ(names.size(), 10U);
    names.clear();
    for (uint32_t a = 0; a <= static_cast<uint32_t>(CollectiveAlgorithm::DISSEMINATION); ++a)
    {
        const auto algorithm = static_cast<CollectiveAlgorithm>(a);
        EXPECT_EQ(ParseCollectiveAlgorithm(ToString(algorithm)), algorithm);
        names.insert(ToString(algorithm));
    }
    EXPECT_EQ(names.size(), 14U);
    for (const char* bad : {"", "AllReduce", "all_reduce", "ring"})
    {
        try
        {
            ParseCollectiveKind(bad);
            ADD_FAILURE() << bad;
        }
        catch (const std::invalid_argument& e)
        {
            EXPECT_NE(std::string(e.what()).find("all-reduce, reduce-scatter"), std::string::npos);
        }
    }
    EXPECT_THROW(ParseCollectiveAlgorithm("rings"), std::invalid_argument);
}

TEST(CollectiveKind, AutoIsTheDocumentedDefault)
{
    using A = CollectiveAlgorithm;
    using K = CollectiveKind;
    EXPECT_EQ(ResolveAlgorithm(K::ALL_REDUCE, A::AUTO), A::RING);
    EXPECT_EQ(ResolveAlgorithm(K::REDUCE_SCATTER, A::AUTO), A::RING);
    EXPECT_EQ(ResolveAlgorithm(K::ALL_GATHER, A::AUTO), A::RING);
    EXPECT_EQ(ResolveAlgorithm(K::ALL_TO_ALL, A::AUTO), A::PAIRWISE);
    EXPECT_EQ(ResolveAlgorithm(K::BROADCAST, A::AUTO), A::SCATTER_ALL_GATHER);
    EXPECT_EQ(ResolveAlgorithm(K::BARRIER, A::AUTO), A::DISSEMINATION);
    EXPECT_EQ(ResolveAlgorithm(K::MOE_LAYER, A::AUTO), A::ALL_AT_ONCE);
    EXPECT_EQ(ResolveAlgorithm(K::ALL_REDUCE, A::HIERARCHICAL), A::HIERARCHICAL);
}

TEST(CollectiveSpec, SizeIsWhatBandwidthsAreComputedFrom)
{
    EXPECT_EQ(MakeGood(ALL_REDUCE).GetSizeBytes(), 1000U);
    // 128 tokens, 8 experts each: 7.86 MB out and 14.68 MB back.
    EXPECT_EQ(MakeGood(MOE).GetSizeBytes(), 7864320U);
    EXPECT_EQ(MakeGood(CollectiveKind::MOE_COMBINE).GetSizeBytes(), 14680064U);
    EXPECT_EQ(MakeGood(CollectiveKind::MOE_LAYER).GetSizeBytes(), 7864320U + 14680064U);
    EXPECT_EQ(MakeGood(CollectiveKind::BARRIER).GetSizeBytes(), 0U);
}

} // namespace
