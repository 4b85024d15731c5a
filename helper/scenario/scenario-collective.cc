/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-collective.h"

#include "scenario-ranks.h"

#include "ns3/json-writer.h"
#include "ns3/scenario-quantity.h"

#include <array>
#include <ostream>
#include <stdexcept>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// A field as CollectiveSpec::Validate() names it.
struct Field
{
    const char* name;  ///< its name there
    const char* key;   ///< its key in scenarios
    const char* words; ///< what to call it
};

/// Fields whose name is not their key.
constexpr std::array<Field, 8> FIELDS{{
    {"group size", "ranks", "number of ranks"},
    {"group", "ranks", "ranks: endpoint"},
    {"groupSize", "group_size", "group_size"},
    {"chunkBytes", "chunk_bytes", "chunk_bytes"},
    {"moe.topK", "moe.top_k", "moe.top_k"},
    {"moe.tokensPerRank", "moe.tokens", "moe.tokens"},
    {"moe.zipfSkew", "moe.skew", "moe.skew"},
    {"moe.expertTime", "moe.expert_time", "moe.expert_time"},
}};

/**
 * @param node ranks as a text or a list of numbers
 * @param section section it is in
 * @return ranks as a text
 */
std::string
ReadRanks(const ScenarioNode& node, const ScenarioSection& section)
{
    std::string text = node.text;
    if (node.kind == ScenarioNode::LIST)
    {
        for (const ScenarioNode& element : node.elements)
        {
            if (!IsText(element) && !IsInteger(element))
            {
                section.Refuse("ranks", element, ALLOWED_RANKS);
            }
            text += (text.empty() ? "" : ",") + element.text;
        }
    }
    else if (!IsText(node))
    {
        section.Refuse("ranks", node, ALLOWED_RANKS);
    }
    try
    {
        ParseRanks(text);
    }
    catch (const std::invalid_argument& refusal)
    {
        throw ScenarioError(node.mark, section.GetPath("ranks") + ": " + refusal.what());
    }
    return text;
}

/// @return kinds that make their own programs
std::vector<CollectiveKind>
GetKinds()
{
    std::vector<CollectiveKind> kinds;
    for (uint8_t i = 0; ToString(static_cast<CollectiveKind>(i)) != "unknown"; ++i)
    {
        if (static_cast<CollectiveKind>(i) != CollectiveKind::PROGRAMS)
        {
            kinds.push_back(static_cast<CollectiveKind>(i));
        }
    }
    return kinds;
}

/**
 * @tparam E enumeration whose values have names
 * @param section section of a collective
 * @param key a key of it
 * @param values those that are allowed
 * @param value set to it, if the key is there
 */
template <typename E>
void
TakeName(ScenarioSection& section, const std::string& key, const std::vector<E>& values, E& value)
{
    const auto text = section.TakeString(key);
    if (!text)
    {
        return;
    }
    std::vector<std::string> names;
    for (const E candidate : values)
    {
        names.push_back(ToString(candidate));
        if (*text == names.back())
        {
            value = candidate;
            return;
        }
    }
    section.Refuse(key, *section.GetNode().Find(key), JoinNames(names) + SuggestName(*text, names));
}

/**
 * @param outer section of a collective
 * @param moe filled in
 * @param marks where keys were said, added to
 */
void
ReadMoe(ScenarioSection& outer, MoeSpec& moe, std::map<std::string, ScenarioMark>& marks)
{
    const ScenarioNode* node = outer.Take("moe");
    if (node == nullptr)
    {
        return;
    }
    constexpr uint64_t MOST = CollectiveSpec::MAX_BYTES;
    ScenarioSection section(*node, outer.GetPath("moe"));
    MoeRouting& routing = moe.routing;
    routing.tokensPerRank = static_cast<uint32_t>(
        section.TakeUnsigned("tokens", 1, 1U << 31).value_or(routing.tokensPerRank));
    routing.topK =
        static_cast<uint32_t>(section.TakeUnsigned("top_k", 1, 1U << 20).value_or(routing.topK));
    routing.experts = static_cast<uint32_t>(
        section.TakeUnsigned("experts", 1, 1U << 20).value_or(routing.experts));
    routing.zipfSkew =
        section.TakeReal("skew", 0, 10, "0 (uniform) to 10").value_or(routing.zipfSkew);
    moe.dispatchBytes = section.TakeBytes("dispatch_bytes", 1, MOST).value_or(moe.dispatchBytes);
    moe.combineBytes = section.TakeBytes("combine_bytes", 1, MOST).value_or(moe.combineBytes);
    moe.expertTime = PicoSeconds(section.TakeTimePs("expert_time").value_or(0));
    moe.traffic = section.TakeString("traffic").value_or("");
    section.RefuseRest();
    for (const auto& [key, value] : node->keys)
    {
        marks["moe." + key] = value.mark;
    }
}

/**
 * @param outer section of a collective
 * @return what others measured of it
 */
PublishedFigure
ReadPublished(ScenarioSection& outer)
{
    PublishedFigure published;
    const ScenarioNode* node = outer.Take("published");
    if (node == nullptr)
    {
        return published;
    }
    ScenarioSection section(*node, outer.GetPath("published"));
    published.timePs = section.TakeTimePs("time").value_or(0);
    published.bitRate = section.TakeBitRate("bandwidth").value_or(0);
    const auto source = section.TakeString("source");
    section.RefuseRest();
    if (!source)
    {
        throw ScenarioError(node->mark,
                            section.GetPath("source") +
                                " is missing; allowed: a text that says who published the figure");
    }
    published.source = *source;
    return published;
}

} // namespace

ScenarioCollective
ReadCollective(const ScenarioNode& node, const std::string& path)
{
    ScenarioCollective collective;
    CollectiveSpec& spec = collective.spec;
    ScenarioSection section(node, path);
    collective.mark = node.mark;
    for (const auto& [key, value] : node.keys)
    {
        collective.marks[key] = value.mark;
    }
    const auto kind = section.TakeString("kind");
    if (!kind)
    {
        throw ScenarioError(node.mark,
                            section.GetPath("kind") +
                                " is missing; allowed: what the collective does, for example "
                                "\"all-reduce\"");
    }
    TakeName(section, "kind", GetKinds(), spec.kind);
    spec.name = section.TakeString("name").value_or(*kind);
    std::vector<CollectiveAlgorithm> algorithms = GetAlgorithms(spec.kind);
    algorithms.insert(algorithms.begin(), CollectiveAlgorithm::AUTO);
    TakeName(section, "algorithm", algorithms, spec.algorithm);
    constexpr uint64_t MOST = CollectiveSpec::MAX_BYTES;
    spec.bytes = section.TakeBytes("bytes", 1, MOST).value_or(0);
    if (const ScenarioNode* ranks = section.Take("ranks"))
    {
        collective.ranks = ReadRanks(*ranks, section);
    }
    constexpr uint32_t MANY = CollectiveSpec::MAX_RANKS;
    collective.stride = static_cast<uint32_t>(section.TakeUnsigned("stride", 1, MANY).value_or(1));
    collective.network = section.TakeString("network").value_or("");
    collective.concurrent = section.TakeBoolean("concurrent").value_or(false);
    spec.iterations =
        static_cast<uint32_t>(section.TakeUnsigned("iterations", 1, 1U << 24).value_or(1));
    spec.start = PicoSeconds(section.TakeTimePs("start").value_or(0));
    spec.gap = PicoSeconds(section.TakeTimePs("gap").value_or(0));
    spec.period = PicoSeconds(section.TakeTimePs("period").value_or(0));
    spec.root = static_cast<uint32_t>(section.TakeUnsigned("root", 0, MANY).value_or(0));
    spec.groupSize = static_cast<uint32_t>(section.TakeUnsigned("group_size", 0, MANY).value_or(0));
    spec.chunkBytes = section.TakeBytes("chunk_bytes", 0, MOST).value_or(0);
    spec.virtualLane =
        static_cast<uint8_t>(section.TakeUnsigned("virtual_lane", 0, 15).value_or(0));
    spec.reduceRate = DataRate(section.TakeBitRate("reduce_rate").value_or(0));
    const ScenarioNode* moe = node.Find("moe");
    if (moe != nullptr && !IsMoe(spec.kind))
    {
        section.Refuse("moe", *moe, "for kinds moe-dispatch, moe-combine and moe-layer");
    }
    ReadMoe(section, spec.moe, collective.marks);
    collective.published = ReadPublished(section);
    section.RefuseRest();
    return collective;
}

void
WriteCollective(const ScenarioCollective& collective, std::ostream& os)
{
    const CollectiveSpec& spec = collective.spec;
    const auto text = [](const std::string& value) { return JsonWriter::Quote(value); };
    const auto time = [&](const Time& value) { return text(WriteTimePs(value.GetPicoSeconds())); };
    os << "\n[[collective]]\n";
    os << "name = " << text(spec.name) << "\n";
    os << "kind = " << text(ToString(spec.kind)) << "\n";
    os << "algorithm = " << text(ToString(spec.GetAlgorithm())) << "\n";
    if (spec.bytes > 0)
    {
        os << "bytes = " << text(WriteBytes(spec.bytes)) << "\n";
    }
    os << "ranks = " << text(collective.ranks) << "\n";
    os << "stride = " << collective.stride << "\n";
    if (!collective.network.empty())
    {
        os << "network = " << text(collective.network) << "\n";
    }
    os << "concurrent = " << (collective.concurrent ? "true" : "false") << "\n";
    os << "iterations = " << spec.iterations << "\n";
    os << "start = " << time(spec.start) << "\n";
    os << "gap = " << time(spec.gap) << "\n";
    os << "period = " << time(spec.period) << "\n";
    os << "root = " << spec.root << "\n";
    os << "group_size = " << spec.groupSize << "\n";
    const bool isPipelined = spec.GetAlgorithm() == CollectiveAlgorithm::DOUBLE_BINARY_TREE ||
                             spec.GetAlgorithm() == CollectiveAlgorithm::CHAIN;
    os << "chunk_bytes = " << text(WriteBytes(isPipelined ? spec.GetChunkBytes() : 0)) << "\n";
    os << "virtual_lane = " << +spec.virtualLane << "\n";
    os << "reduce_rate = " << text(WriteBitRate(spec.reduceRate.GetBitRate())) << "\n";
    if (IsMoe(spec.kind))
    {
        os << "[collective.moe]\n";
        os << "tokens = " << spec.moe.routing.tokensPerRank << "\n";
        os << "top_k = " << spec.moe.routing.topK << "\n";
        os << "experts = " << spec.moe.routing.experts << "\n";
        os << "skew = " << JsonWriter::Format(spec.moe.routing.zipfSkew) << "\n";
        os << "dispatch_bytes = " << spec.moe.dispatchBytes << "\n";
        os << "combine_bytes = " << spec.moe.combineBytes << "\n";
        os << "expert_time = " << time(spec.moe.expertTime) << "\n";
        if (!spec.moe.traffic.empty())
        {
            os << "traffic = " << text(spec.moe.traffic) << "\n";
        }
    }
    const PublishedFigure& published = collective.published;
    if (!published.source.empty())
    {
        os << "[collective.published]\n";
        os << "time = " << text(WriteTimePs(published.timePs)) << "\n";
        os << "bandwidth = " << text(WriteBitRate(published.bitRate)) << "\n";
        os << "source = " << text(published.source) << "\n";
    }
}

ScenarioError
ExplainRefusal(const ScenarioCollective& collective, const std::string& reason)
{
    // collective "NAME": FIELD = VALUE is not allowed; allowed: ...
    const std::string head = "collective \"" + collective.spec.name + "\": ";
    std::string text =
        reason.compare(0, head.size(), head) == 0 ? reason.substr(head.size()) : reason;
    const std::size_t end = text.find(" = ");
    std::string key = end == std::string::npos ? "" : text.substr(0, end);
    for (const Field& field : FIELDS)
    {
        if (key == field.name)
        {
            key = field.key;
            text = field.words + text.substr(end);
            break;
        }
    }
    const auto mark = collective.marks.find(key);
    return ScenarioError(mark == collective.marks.end() ? collective.mark : mark->second,
                         head + text);
}

} // namespace opticalfabric
} // namespace ns3
