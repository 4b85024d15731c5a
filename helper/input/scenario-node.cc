/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-node.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param text any
 * @return the same without blanks around it
 */
std::string
Trim(const std::string& text)
{
    const std::size_t begin = text.find_first_not_of(" \t");
    const std::size_t end = text.find_last_not_of(" \t");
    return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

constexpr std::size_t MAX_STEPS = 32; ///< parts of a path, and lists within lists: none needs more

/**
 * @param text value as a command line has it
 * @param mark where it was said
 * @param depth lists around it
 * @return the value
 */
ScenarioNode
MakeValue(const std::string& text, const ScenarioMark& mark, std::size_t depth = 0)
{
    if (depth > MAX_STEPS)
    {
        throw ScenarioError(mark,
                            "lists within lists; allowed: " + std::to_string(MAX_STEPS) +
                                " levels");
    }
    ScenarioNode node;
    node.mark = mark;
    const std::string value = Trim(text);
    const std::size_t size = value.size();
    if (size >= 2 && value.front() == '[' && value.back() == ']')
    {
        node.kind = ScenarioNode::LIST;
        const std::string inner = Trim(value.substr(1, size - 2));
        for (std::size_t begin = 0; begin < inner.size();)
        {
            const std::size_t end = std::min(inner.find(',', begin), inner.size());
            node.elements.push_back(MakeValue(inner.substr(begin, end - begin), mark, depth + 1));
            begin = end + 1;
        }
        return node;
    }
    const bool isQuoted = size >= 2 && value.front() == value.back() &&
                          (value.front() == '"' || value.front() == '\'');
    node.kind = isQuoted ? ScenarioNode::STRING : ScenarioNode::ANY;
    node.text = isQuoted ? value.substr(1, size - 2) : value;
    return node;
}

/**
 * @param list list of tables
 * @param step number or name of one
 * @param path keys so far
 * @param mark where it was said
 * @return the table
 */
ScenarioNode&
FindElement(ScenarioNode& list,
            const std::string& step,
            const std::string& path,
            const ScenarioMark& mark)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < list.elements.size(); ++i)
    {
        const ScenarioNode* name = list.elements[i].Find("name");
        name = name == nullptr ? list.elements[i].Find("kind") : name;
        names.push_back(name == nullptr ? std::to_string(i) : name->text);
        if (step == names.back() || step == std::to_string(i))
        {
            return list.elements[i];
        }
    }
    throw ScenarioError(mark,
                        "there is no " + path + "." + step + SuggestName(step, names) +
                            "; there are: " + JoinNames(names));
}

} // namespace

const ScenarioNode*
ScenarioNode::Find(const std::string& key) const
{
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const auto& entry) {
        return entry.first == key;
    });
    return found == keys.end() ? nullptr : &found->second;
}

ScenarioNode*
ScenarioNode::Find(const std::string& key)
{
    return const_cast<ScenarioNode*>(std::as_const(*this).Find(key));
}

std::string
ScenarioNode::Describe() const
{
    switch (kind)
    {
    case TABLE:
        return "a table";
    case LIST:
        return "a list";
    case STRING:
        return "\"" + ShortenText(text) + "\"";
    default:
        return ShortenText(text);
    }
}

void
ApplyOverride(ScenarioNode& root, const std::string& assignment)
{
    const ScenarioMark mark{"--set " + assignment, 0};
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos)
    {
        throw ScenarioError(mark, "no \"=\"; allowed: key.path=value, as in fabric.nodes=4");
    }
    const std::string path = Trim(assignment.substr(0, equals));
    std::vector<std::string> steps(1);
    for (const char c : path)
    {
        if (c == '.' || c == '[')
        {
            steps.emplace_back();
        }
        else if (c != ']')
        {
            steps.back() += c;
        }
    }
    if (std::any_of(steps.begin(), steps.end(), [](const auto& step) { return step.empty(); }))
    {
        throw ScenarioError(mark,
                            "\"" + path +
                                "\" is no path to a value; allowed: keys with dots between them, "
                                "as in fabric.nodes=4");
    }
    if (steps.size() > MAX_STEPS)
    {
        throw ScenarioError(mark,
                            "the path has " + std::to_string(steps.size()) +
                                " parts; allowed: at most " + std::to_string(MAX_STEPS));
    }
    ScenarioNode* node = &root;
    std::string walked;
    for (const std::string& step : steps)
    {
        if (node->kind == ScenarioNode::LIST)
        {
            node = &FindElement(*node, step, walked, mark);
        }
        else
        {
            if (node->kind != ScenarioNode::TABLE)
            {
                throw ScenarioError(mark, walked + " is " + node->Describe() + ", not a table");
            }
            if (node->Find(step) == nullptr)
            {
                ScenarioNode table;
                table.mark = mark;
                node->keys.emplace_back(step, table);
            }
            node = node->Find(step);
        }
        walked += (walked.empty() ? "" : ".") + step;
    }
    const bool isTable = node->kind == ScenarioNode::TABLE && !node->keys.empty();
    if (isTable || (node->kind == ScenarioNode::LIST && !node->elements.empty() &&
                    node->elements.front().kind == ScenarioNode::TABLE))
    {
        throw ScenarioError(mark,
                            walked + " is " + node->Describe() +
                                "; allowed: a path to one value, as in fabric.nodes=4");
    }
    *node = MakeValue(assignment.substr(equals + 1), mark);
}

} // namespace opticalfabric
} // namespace ns3
