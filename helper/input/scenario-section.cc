/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-section.h"

#include "scenario-quantity.h"

#include <algorithm>
#include <iterator>

namespace ns3
{
namespace opticalfabric
{

ScenarioSection::ScenarioSection(const ScenarioNode& node, const std::string& path)
    : m_node(node),
      m_path(path)
{
    if (node.kind != ScenarioNode::TABLE)
    {
        throw ScenarioError(node.mark,
                            path + " = " + node.Describe() +
                                " is not allowed; allowed: a table, [" + path + "]");
    }
}

std::string
ScenarioSection::GetPath(const std::string& key) const
{
    const std::string shown = ShortenText(key);
    return m_path.empty() ? shown : m_path + "." + shown;
}

const ScenarioNode&
ScenarioSection::GetNode() const
{
    return m_node;
}

void
ScenarioSection::Refuse(const std::string& key,
                        const ScenarioNode& value,
                        const std::string& allowed) const
{
    throw ScenarioError(value.mark,
                        GetPath(key) + " = " + value.Describe() +
                            " is not allowed; allowed: " + allowed);
}

const ScenarioNode*
ScenarioSection::Take(const std::string& key)
{
    m_asked.push_back(key);
    return m_node.Find(key);
}

std::optional<std::string>
ScenarioSection::TakeString(const std::string& key)
{
    const ScenarioNode* node = Take(key);
    if (node == nullptr)
    {
        return std::nullopt;
    }
    if (!IsText(*node) || node->text.empty())
    {
        Refuse(key, *node, "a text in quotes that is not empty");
    }
    return node->text;
}

std::optional<bool>
ScenarioSection::TakeBoolean(const std::string& key)
{
    const ScenarioNode* node = Take(key);
    if (node == nullptr)
    {
        return std::nullopt;
    }
    const bool isKind = node->kind == ScenarioNode::BOOLEAN || node->kind == ScenarioNode::ANY;
    if (!isKind || (node->text != "true" && node->text != "false"))
    {
        Refuse(key, *node, "true or false");
    }
    return node->text == "true";
}

std::optional<uint64_t>
ScenarioSection::TakeUnsigned(const std::string& key, uint64_t low, uint64_t high)
{
    const ScenarioNode* node = Take(key);
    if (node == nullptr)
    {
        return std::nullopt;
    }
    const auto value = IsNumber(*node) ? ReadWhole(node->text) : std::nullopt;
    if (!value || *value < low || *value > high)
    {
        Refuse(key,
               *node,
               "a whole number, " + std::to_string(low) + " to " + std::to_string(high));
    }
    return value;
}

std::optional<double>
ScenarioSection::TakeReal(const std::string& key,
                          double low,
                          double high,
                          const std::string& allowed)
{
    const ScenarioNode* node = Take(key);
    if (node == nullptr)
    {
        return std::nullopt;
    }
    const auto value = IsNumber(*node) ? ReadReal(node->text) : std::nullopt;
    if (!value || *value < low || *value > high)
    {
        Refuse(key, *node, "a number, " + allowed);
    }
    return value;
}

std::optional<std::vector<double>>
ScenarioSection::TakeShares(const std::string& key)
{
    const ScenarioNode* node = Take(key);
    if (node == nullptr)
    {
        return std::nullopt;
    }
    const std::string allowed = "a list of numbers, 0 to 1";
    if (node->kind != ScenarioNode::LIST)
    {
        Refuse(key, *node, allowed);
    }
    std::vector<double> values;
    for (const ScenarioNode& element : node->elements)
    {
        const auto value = IsNumber(element) ? ReadReal(element.text) : std::nullopt;
        if (!value || *value < 0 || *value > 1)
        {
            Refuse(key, element, allowed);
        }
        values.push_back(*value);
    }
    return values;
}

std::optional<uint64_t>
ScenarioSection::TakeBytes(const std::string& key, uint64_t low, uint64_t high)
{
    const ScenarioNode* node = Take(key);
    if (node == nullptr)
    {
        return std::nullopt;
    }
    const auto bytes = ReadSize(*node);
    if (!bytes || *bytes < low || *bytes > high)
    {
        Refuse(key,
               *node,
               std::string(ALLOWED_BYTES) + "; from " + WriteBytes(low) + " to " +
                   WriteBytes(high));
    }
    return bytes;
}

std::optional<int64_t>
ScenarioSection::TakeTimePs(const std::string& key, int64_t high)
{
    const ScenarioNode* node = Take(key);
    if (node == nullptr)
    {
        return std::nullopt;
    }
    const auto ps = IsText(*node) || IsInteger(*node) ? ReadTimePs(node->text) : std::nullopt;
    if (!ps || *ps > high)
    {
        Refuse(key, *node, std::string(ALLOWED_TIME) + "; from 0s to " + WriteTimePs(high));
    }
    return ps;
}

std::optional<uint64_t>
ScenarioSection::TakeBitRate(const std::string& key)
{
    const ScenarioNode* node = Take(key);
    if (node == nullptr)
    {
        return std::nullopt;
    }
    const auto rate = IsText(*node) || IsInteger(*node) ? ReadBitRate(node->text) : std::nullopt;
    if (!rate || *rate > MAX_BIT_RATE)
    {
        Refuse(key,
               *node,
               std::string(ALLOWED_RATE) + "; from 0bps to " + WriteBitRate(MAX_BIT_RATE));
    }
    return rate;
}

void
ScenarioSection::RefuseRest(const std::vector<std::string>& keys) const
{
    for (const auto& [key, value] : m_node.keys)
    {
        if (std::find(m_asked.begin(), m_asked.end(), key) != m_asked.end())
        {
            continue;
        }
        std::vector<std::string> known;
        for (const std::vector<std::string>* some : {&m_asked, &keys})
        {
            std::copy_if(some->begin(),
                         some->end(),
                         std::back_inserter(known),
                         [&known](const std::string& name) {
                             return std::find(known.begin(), known.end(), name) == known.end();
                         });
        }
        const bool isSection = value.kind == ScenarioNode::TABLE ||
                               (value.kind == ScenarioNode::LIST && !value.elements.empty() &&
                                value.elements.front().kind == ScenarioNode::TABLE);
        throw ScenarioError(value.mark,
                            "unknown " + std::string(isSection ? "section " : "key ") +
                                GetPath(key) + SuggestName(key, known) +
                                "; allowed: " + JoinNames(known));
    }
}

bool
IsText(const ScenarioNode& node)
{
    return node.kind == ScenarioNode::STRING || node.kind == ScenarioNode::ANY;
}

bool
IsInteger(const ScenarioNode& node)
{
    return node.kind == ScenarioNode::INTEGER || node.kind == ScenarioNode::ANY;
}

bool
IsNumber(const ScenarioNode& node)
{
    return IsInteger(node) || node.kind == ScenarioNode::REAL;
}

std::optional<uint64_t>
ReadSize(const ScenarioNode& node)
{
    const auto bytes = IsText(node) || IsInteger(node) ? ReadBytes(node.text) : std::nullopt;
    return bytes || !IsNumber(node) ? bytes : ReadWhole(node.text);
}

} // namespace opticalfabric
} // namespace ns3
