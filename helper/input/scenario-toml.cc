/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The one source that names toml++: it takes long to compile.
#include "scenario-toml.h"

#include "toml-guard.h"

#include "ns3/json-writer.h"

#include <cmath>
#include <sstream>
#include <string_view>

// What toml++ takes for granted of a text that is no TOML is left for it to find out: wrong
// assumptions end a program, or let the compiler leave out the code that refuses the text.
#define TOML_ASSERT(expression) static_assert(true)
#if __has_include(<toml++/impl/preprocessor.hpp>)
#include <toml++/impl/preprocessor.hpp>
#else
#include <toml++/impl/preprocessor.h>
#endif
#undef TOML_ASSUME
#define TOML_ASSUME(...) static_assert(true)
#include <toml++/toml.h>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param number a number
 * @return it as TOML writes it
 */
std::string
WriteReal(double number)
{
    if (std::isnan(number))
    {
        return "nan";
    }
    if (std::isinf(number))
    {
        return number > 0 ? "inf" : "-inf";
    }
    return JsonWriter::Format(number);
}

/**
 * @param source value as toml++ has it
 * @param origin name of its file
 * @return the value
 */
ScenarioNode
Convert(const toml::node& source, const std::string& origin)
{
    ScenarioNode node;
    node.mark = {origin, source.source().begin.line};
    if (const auto* table = source.as_table())
    {
        node.kind = ScenarioNode::TABLE;
        for (const auto& [key, value] : *table)
        {
            node.keys.emplace_back(std::string(key.str()), Convert(value, origin));
        }
    }
    else if (const auto* list = source.as_array())
    {
        node.kind = ScenarioNode::LIST;
        for (const auto& value : *list)
        {
            node.elements.push_back(Convert(value, origin));
        }
    }
    else if (const auto* text = source.as_string())
    {
        node.kind = ScenarioNode::STRING;
        node.text = text->get();
    }
    else if (const auto* integer = source.as_integer())
    {
        node.kind = ScenarioNode::INTEGER;
        node.text = std::to_string(integer->get());
    }
    else if (const auto* real = source.as_floating_point())
    {
        node.kind = ScenarioNode::REAL;
        node.text = WriteReal(real->get());
    }
    else if (const auto* boolean = source.as_boolean())
    {
        node.kind = ScenarioNode::BOOLEAN;
        node.text = boolean->get() ? "true" : "false";
    }
    else
    {
        node.kind = ScenarioNode::DATE;
        node.text = "a date or time of day";
    }
    return node;
}

} // namespace

bool
HasToml()
{
    return true;
}

ScenarioNode
ParseToml(const std::string& text, const std::string& origin)
{
    try
    {
        const std::string guarded = GuardToml(text, origin);
        return Convert(toml::parse(std::string_view(guarded), std::string_view(origin)), origin);
    }
    catch (const toml::parse_error& error)
    {
        throw ScenarioError({origin, error.source().begin.line},
                            "not valid TOML: " + std::string(error.description()));
    }
}

} // namespace opticalfabric
} // namespace ns3
