/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "json-writer.h"

#include "ns3/abort.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @brief Length of the UTF-8 character that begins at a place.
 * @param text the text
 * @param at the place, below its size
 * @return 1 to 4 bytes, or 0 if no well-formed character (Unicode, table 3-7) begins there
 */
std::size_t
Utf8Length(const std::string& text, std::size_t at)
{
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<uint8_t>(text[at + i]) : uint8_t{0};
    };
    const uint8_t lead = byte(0);
    if (lead < 0x80)
    {
        return 1;
    }
    // The second byte's range keeps out overlong forms, surrogates and values beyond U+10FFFF.
    uint8_t low = 0x80;
    uint8_t high = 0xbf;
    std::size_t length = 0;
    if (lead >= 0xc2 && lead <= 0xdf)
    {
        length = 2;
    }
    else if (lead >= 0xe0 && lead <= 0xef)
    {
        length = 3;
        low = lead == 0xe0 ? 0xa0 : low;
        high = lead == 0xed ? 0x9f : high;
    }
    else if (lead >= 0xf0 && lead <= 0xf4)
    {
        length = 4;
        low = lead == 0xf0 ? 0x90 : low;
        high = lead == 0xf4 ? 0x8f : high;
    }
    else
    {
        return 0;
    }
    if (byte(1) < low || byte(1) > high)
    {
        return 0;
    }
    for (std::size_t i = 2; i < length; ++i)
    {
        if (byte(i) < 0x80 || byte(i) > 0xbf)
        {
            return 0;
        }
    }
    return length;
}

} // namespace

JsonWriter::JsonWriter(std::ostream& os)
    : m_os(os)
{
}

std::string
JsonWriter::Quote(const std::string& value)
{
    std::string quoted = "\"";
    for (std::size_t i = 0; i < value.size();)
    {
        const std::size_t length = Utf8Length(value, i);
        const auto c = static_cast<uint8_t>(value[i]);
        if (length == 0)
        {
            quoted += "\\ufffd";
        }
        else if (c == '"' || c == '\\')
        {
            quoted += {'\\', static_cast<char>(c)};
        }
        else if (c == '\n')
        {
            quoted += "\\n";
        }
        else if (c == '\t')
        {
            quoted += "\\t";
        }
        else if (c < 0x20 || c == 0x7f)
        {
            std::array<char, 8> escape;
            std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
            quoted += escape.data();
        }
        else
        {
            quoted.append(value, i, length);
        }
        i += std::max<std::size_t>(length, 1);
    }
    return quoted + '"';
}

std::string
JsonWriter::Format(double value)
{
    if (!std::isfinite(value))
    {
        return "null";
    }
    // std::to_chars does this at once, but not with compilers that ns-3 still supports.
    std::array<char, 40> digits{};
    for (int precision = 15; precision <= 17; ++precision)
    {
        std::snprintf(digits.data(), digits.size(), "%.*g", precision, value);
        if (std::strtod(digits.data(), nullptr) == value)
        {
            break;
        }
    }
    std::string text = digits.data();
    // The C library writes the decimal point of the user's locale.
    std::replace(text.begin(), text.end(), ',', '.');
    return text;
}

void
JsonWriter::NewLine()
{
    m_os << '\n' << std::string(2 * m_levels.size(), ' ');
}

void
JsonWriter::BeforeValue()
{
    NS_ABORT_MSG_IF(m_done, "JsonWriter: a second value at the outermost level");
    if (m_levels.empty())
    {
        m_done = true;
        return;
    }
    Level& level = m_levels.back();
    if (level.isObject)
    {
        NS_ABORT_MSG_UNLESS(level.expectsValue, "JsonWriter: a value without a key in an object");
        level.expectsValue = false;
        return;
    }
    if (level.hasContent)
    {
        m_os << ',';
    }
    level.hasContent = true;
    NewLine();
}

void
JsonWriter::Key(const std::string& key)
{
    NS_ABORT_MSG_IF(m_levels.empty() || !m_levels.back().isObject,
                    "JsonWriter: key " << key << " outside an object");
    Level& level = m_levels.back();
    NS_ABORT_MSG_IF(level.expectsValue, "JsonWriter: key " << key << " where a value should be");
    if (level.hasContent)
    {
        m_os << ',';
    }
    level.hasContent = true;
    level.expectsValue = true;
    NewLine();
    m_os << Quote(key) << ": ";
}

void
JsonWriter::Begin(bool isObject)
{
    BeforeValue();
    m_done = false; // an outermost object is done only when it ends
    m_os << (isObject ? '{' : '[');
    m_levels.push_back(Level{isObject, false, false});
}

void
JsonWriter::End(bool isObject)
{
    NS_ABORT_MSG_IF(
        m_levels.empty() || m_levels.back().isObject != isObject || m_levels.back().expectsValue,
        "JsonWriter: end of " << (isObject ? "an object" : "an array") << " where it cannot end");
    const bool hasContent = m_levels.back().hasContent;
    m_levels.pop_back();
    if (hasContent)
    {
        NewLine();
    }
    m_os << (isObject ? '}' : ']');
    m_done = m_levels.empty();
}

void
JsonWriter::BeginObject()
{
    Begin(true);
}

void
JsonWriter::EndObject()
{
    End(true);
}

void
JsonWriter::BeginArray()
{
    Begin(false);
}

void
JsonWriter::EndArray()
{
    End(false);
}

void
JsonWriter::Value(const std::string& text)
{
    BeforeValue();
    m_os << text;
}

void
JsonWriter::String(const std::string& value)
{
    Value(Quote(value));
}

void
JsonWriter::Double(double value)
{
    Value(Format(value));
}

void
JsonWriter::Unsigned(uint64_t value)
{
    Value(std::to_string(value));
}

void
JsonWriter::Signed(int64_t value)
{
    Value(std::to_string(value));
}

void
JsonWriter::Bool(bool value)
{
    Value(value ? "true" : "false");
}

void
JsonWriter::Null()
{
    Value("null");
}

void
JsonWriter::Member(const std::string& key, const std::string& value)
{
    Key(key);
    String(value);
}

void
JsonWriter::Member(const std::string& key, const char* value)
{
    Key(key);
    String(value);
}

void
JsonWriter::Member(const std::string& key, double value)
{
    Key(key);
    Double(value);
}

void
JsonWriter::Member(const std::string& key, const std::optional<double>& value)
{
    Key(key);
    value ? Double(*value) : Null();
}

void
JsonWriter::Member(const std::string& key, uint64_t value)
{
    Key(key);
    Unsigned(value);
}

void
JsonWriter::Member(const std::string& key, uint32_t value)
{
    Key(key);
    Unsigned(value);
}

void
JsonWriter::Finish()
{
    NS_ABORT_MSG_UNLESS(m_done && m_levels.empty(), "JsonWriter: the text is not complete");
    m_os << '\n';
}

} // namespace opticalfabric
} // namespace ns3
