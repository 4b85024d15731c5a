/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-attributes.h"

#include "ns3/data-rate.h"
#include "ns3/double.h"
#include "ns3/json-writer.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/scenario-quantity.h"
#include "ns3/string.h"
#include "ns3/time-end.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <limits>
#include <optional>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// What an attribute's values look like in a scenario.
enum class ValueKind
{
    WHOLE,   ///< whole number from 0 on
    INTEGER, ///< whole number, may be below 0
    BYTES,   ///< size
    REAL,    ///< number
    BOOLEAN, ///< true or false
    TIME,    ///< time
    RATE,    ///< rate
    NAME,    ///< one of some names
    TEXT,    ///< any text
    OTHER    ///< not for scenarios
};

/**
 * @param info an attribute
 * @return what its values look like
 */
ValueKind
GetKind(const TypeId::AttributeInformation& info)
{
    // Some checkers say "ns3::TimeValue", others "DataRateValue".
    const std::string full = info.checker->GetValueTypeName();
    const std::string type = full.substr(full.rfind(':') + 1);
    const std::string& name = info.name;
    if ((info.flags & TypeId::ATTR_SET) == 0)
    {
        return ValueKind::OTHER;
    }
    if (type == "UintegerValue")
    {
        const bool isSize = name.size() > 5 && name.compare(name.size() - 5, 5, "Bytes") == 0;
        return isSize ? ValueKind::BYTES : ValueKind::WHOLE;
    }
    return type == "IntegerValue"    ? ValueKind::INTEGER
           : type == "DoubleValue"   ? ValueKind::REAL
           : type == "BooleanValue"  ? ValueKind::BOOLEAN
           : type == "TimeValue"     ? ValueKind::TIME
           : type == "DataRateValue" ? ValueKind::RATE
           : type == "EnumValue"     ? ValueKind::NAME
           : type == "StringValue"   ? ValueKind::TEXT
                                     : ValueKind::OTHER;
}

/**
 * @param type a class
 * @return its attributes that scenarios can set, those of its parents before its own
 */
std::vector<TypeId::AttributeInformation>
GetAttributes(TypeId type)
{
    std::vector<TypeId::AttributeInformation> all;
    if (type.HasParent() && type.GetParent() != Object::GetTypeId())
    {
        all = GetAttributes(type.GetParent());
    }
    for (std::size_t i = 0; i < type.GetAttributeN(); ++i)
    {
        const TypeId::AttributeInformation info = type.GetAttribute(i);
        if (GetKind(info) != ValueKind::OTHER)
        {
            all.push_back(info);
        }
    }
    return all;
}

/**
 * @param info an attribute of some names
 * @return the names
 */
std::vector<std::string>
GetNames(const TypeId::AttributeInformation& info)
{
    std::vector<std::string> names(1);
    for (const char c : info.checker->GetUnderlyingTypeInformation())
    {
        if (c == '|')
        {
            names.emplace_back();
        }
        else
        {
            names.back() += c;
        }
    }
    return names;
}

/**
 * @param text bound of a time as ns-3 prints it, "+1e+09ps"
 * @return the same as scenarios have it: simulated time begins at 0 and has an end
 */
std::string
GetTimeBound(const std::string& text)
{
    char* unit = nullptr;
    const double number = std::strtod(text.c_str(), &unit);
    const auto unitPs = ReadTimePs("1" + std::string(unit));
    const double ps = number * static_cast<double>(unitPs.value_or(1));
    constexpr auto END = static_cast<double>(TimeEnd::PS);
    return WriteTimePs(ps >= END ? TimeEnd::PS : static_cast<int64_t>(std::max(ps, 0.0)));
}

/**
 * @param info an attribute with a range
 * @param kind what its values look like
 * @return the range in words, empty if there is none
 */
std::string
GetRange(const TypeId::AttributeInformation& info, ValueKind kind)
{
    const std::string text = info.checker->HasUnderlyingTypeInformation()
                                 ? info.checker->GetUnderlyingTypeInformation()
                                 : "";
    const std::size_t blank = text.find(' ');
    const std::size_t colon = text.find(':', blank);
    if (blank == std::string::npos || colon == std::string::npos)
    {
        return "";
    }
    const std::string low = text.substr(blank + 1, colon - blank - 1);
    const std::string high = text.substr(colon + 1);
    if (kind == ValueKind::TIME)
    {
        return ", from " + GetTimeBound(low) + " to " + GetTimeBound(high);
    }
    if (kind == ValueKind::BYTES)
    {
        const auto least = ReadUnsigned(low);
        const auto most = ReadUnsigned(high);
        return least && most ? ", from " + WriteBytes(*least) + " to " + WriteBytes(*most) : "";
    }
    const auto lowest = ReadReal(low);
    const auto highest = ReadReal(high);
    constexpr double UNBOUNDED = 1e300;
    if (!lowest || !highest || (*lowest<-UNBOUNDED&& * highest> UNBOUNDED))
    {
        return "";
    }
    return ", from " + low + " to " + high;
}

/**
 * @param info an attribute
 * @param kind what its values look like
 * @return what is allowed, and what the attribute means
 */
std::string
GetAllowed(const TypeId::AttributeInformation& info, ValueKind kind)
{
    std::string allowed;
    switch (kind)
    {
    case ValueKind::WHOLE:
    case ValueKind::INTEGER:
        allowed = "a whole number";
        break;
    case ValueKind::BYTES:
        allowed = ALLOWED_BYTES;
        break;
    case ValueKind::REAL:
        allowed = "a number";
        break;
    case ValueKind::BOOLEAN:
        allowed = "true or false";
        break;
    case ValueKind::TIME:
        allowed = ALLOWED_TIME;
        break;
    case ValueKind::RATE:
        allowed = ALLOWED_RATE; // which of them, the help says
        break;
    case ValueKind::NAME:
        allowed = JoinNames(GetNames(info));
        break;
    default:
        allowed = "a text in quotes";
        break;
    }
    // Where a default comes from is for those who look it up, not for those who mistyped.
    return allowed + GetRange(info, kind) + " (" + info.help.substr(0, info.help.find(" Default")) +
           ")";
}

/**
 * @param node a value
 * @param info the attribute it is for
 * @param kind what the attribute's values look like
 * @return the value as StringValue takes it, nothing if it is of the wrong type
 */
std::optional<std::string>
ReadValue(const ScenarioNode& node, const TypeId::AttributeInformation& info, ValueKind kind)
{
    const bool isText = IsText(node);
    const bool isInteger = IsInteger(node);
    switch (kind)
    {
    case ValueKind::WHOLE:
        if (const auto value = IsNumber(node) ? ReadWhole(node.text) : std::nullopt)
        {
            return std::to_string(*value);
        }
        break;
    case ValueKind::INTEGER: {
        const bool isNegative = node.text.substr(0, 1) == "-";
        const auto value =
            IsNumber(node) ? ReadWhole(node.text.substr(isNegative ? 1 : 0)) : std::nullopt;
        if (value && *value <= std::numeric_limits<int64_t>::max())
        {
            return (isNegative ? "-" : "") + std::to_string(*value);
        }
        break;
    }
    case ValueKind::BYTES:
        if (const auto value = ReadSize(node))
        {
            return std::to_string(*value);
        }
        break;
    case ValueKind::REAL:
        if (const auto value = IsNumber(node) ? ReadReal(node.text) : std::nullopt)
        {
            return JsonWriter::Format(*value);
        }
        break;
    case ValueKind::BOOLEAN:
        if ((node.kind == ScenarioNode::BOOLEAN || node.kind == ScenarioNode::ANY) &&
            (node.text == "true" || node.text == "false"))
        {
            return node.text;
        }
        break;
    case ValueKind::TIME:
        if (const auto value = isInteger || isText ? ReadTimePs(node.text) : std::nullopt)
        {
            return std::to_string(*value) + "ps";
        }
        break;
    case ValueKind::RATE:
        if (const auto value = isInteger || isText ? ReadBitRate(node.text) : std::nullopt)
        {
            // DataRate reads a number as a double, and a large one as 0.
            return *value <= MAX_BIT_RATE ? std::optional(std::to_string(*value) + "bps")
                                          : std::nullopt;
        }
        break;
    case ValueKind::NAME:
        // EnumValue would take any name for its first.
        for (const std::string& name : GetNames(info))
        {
            if (isText && name == node.text)
            {
                return name;
            }
        }
        break;
    default:
        if (isText)
        {
            return node.text;
        }
        break;
    }
    return std::nullopt;
}

} // namespace

std::string
GetAttributeKey(const std::string& attribute)
{
    std::string key;
    for (std::size_t i = 0; i < attribute.size(); ++i)
    {
        const bool isUpper = std::isupper(static_cast<unsigned char>(attribute[i])) != 0;
        const bool afterUpper =
            i > 0 && std::isupper(static_cast<unsigned char>(attribute[i - 1])) != 0;
        const bool beforeLower = i + 1 < attribute.size() &&
                                 std::islower(static_cast<unsigned char>(attribute[i + 1])) != 0;
        if (i > 0 && isUpper && (!afterUpper || beforeLower))
        {
            key += '_';
        }
        key += static_cast<char>(std::tolower(static_cast<unsigned char>(attribute[i])));
    }
    return key;
}

std::vector<std::string>
GetAttributeKeys(TypeId type)
{
    std::vector<std::string> keys;
    for (const auto& info : GetAttributes(type))
    {
        keys.push_back(GetAttributeKey(info.name));
    }
    return keys;
}

std::vector<ScenarioSetting>
TakeAttributes(ScenarioSection& section, TypeId type, const std::vector<std::string>& except)
{
    std::vector<ScenarioSetting> settings;
    for (const auto& info : GetAttributes(type))
    {
        const std::string key = GetAttributeKey(info.name);
        if (std::find(except.begin(), except.end(), key) != except.end())
        {
            continue;
        }
        const ScenarioNode* node = section.Take(key);
        if (node == nullptr)
        {
            continue;
        }
        const ValueKind kind = GetKind(info);
        const auto value = ReadValue(*node, info, kind);
        if (!value || !info.checker->CreateValidValue(StringValue(*value)))
        {
            const std::vector<std::string> names =
                kind == ValueKind::NAME ? GetNames(info) : std::vector<std::string>();
            throw ScenarioError(node->mark,
                                section.GetPath(key) + " = " + node->Describe() +
                                    " is not allowed" + SuggestName(node->text, names) +
                                    "; allowed: " + GetAllowed(info, kind));
        }
        settings.push_back({info.name, *value, node->mark});
    }
    return settings;
}

void
ApplyAttributes(const std::vector<ScenarioSetting>& settings, ObjectBase& object)
{
    for (const ScenarioSetting& setting : settings)
    {
        object.SetAttribute(setting.attribute, StringValue(setting.value));
    }
}

std::vector<std::pair<std::string, std::string>>
ListAttributes(const ObjectBase& object, TypeId type)
{
    std::vector<std::pair<std::string, std::string>> list;
    for (const auto& info : GetAttributes(type))
    {
        const Ptr<AttributeValue> value = info.checker->Create();
        info.accessor->Get(&object, *value);
        std::string text = value->SerializeToString(info.checker);
        if (const auto* time = dynamic_cast<const TimeValue*>(PeekPointer(value)))
        {
            text = "\"" + WriteTimePs(time->Get().GetPicoSeconds()) + "\"";
        }
        else if (const auto* rate = dynamic_cast<const DataRateValue*>(PeekPointer(value)))
        {
            text = "\"" + WriteBitRate(rate->Get().GetBitRate()) + "\"";
        }
        else if (const auto* real = dynamic_cast<const DoubleValue*>(PeekPointer(value)))
        {
            text = JsonWriter::Format(real->Get());
        }
        else if (GetKind(info) == ValueKind::NAME || GetKind(info) == ValueKind::TEXT)
        {
            text = JsonWriter::Quote(text);
        }
        list.emplace_back(GetAttributeKey(info.name), text);
    }
    return list;
}

} // namespace opticalfabric
} // namespace ns3
