/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-error.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param text any
 * @param begin what it may begin with
 * @return whether it does
 */
bool
BeginsWith(const std::string& text, const std::string& begin)
{
    return text.compare(0, begin.size(), begin) == 0;
}

/**
 * @param text any
 * @return the same without blanks
 */
std::string
DropBlanks(std::string text)
{
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    return text;
}

/**
 * @param mark where something was said
 * @param what key, value and what is allowed
 * @return the message, in which an assignment of the command line stands once
 */
std::string
Compose(const ScenarioMark& mark, const std::string& what)
{
    const std::string option = "--set ";
    const std::size_t equals = mark.origin.find('=');
    if (BeginsWith(mark.origin, option) && equals != std::string::npos)
    {
        const std::string key = mark.origin.substr(option.size(), equals - option.size());
        const std::string unknown = "unknown key ";
        if (BeginsWith(what, unknown + key) &&
            what.find_first_of(" ;", unknown.size()) == unknown.size() + key.size())
        {
            return mark.ToString() + "unknown key" + what.substr(unknown.size() + key.size());
        }
        const std::string refused = " is not allowed";
        const std::size_t end = what.find(refused);
        const std::string said = DropBlanks(mark.origin.substr(option.size()));
        if (end != std::string::npos &&
            (DropBlanks(what.substr(0, end)) == said || what.substr(0, end) == key + " = a list"))
        {
            return mark.origin + what.substr(end);
        }
    }
    return mark.ToString() + what;
}

} // namespace

ScenarioError::ScenarioError(const ScenarioMark& mark, const std::string& what)
    : std::runtime_error(ShowControls(Compose(mark, what)))
{
}

std::string
ShowControls(const std::string& text)
{
    constexpr const char* DIGITS = "0123456789abcdef";
    std::string shown;
    for (const char c : text)
    {
        const auto code = static_cast<unsigned char>(c);
        if (code >= ' ' && code != 0x7f)
        {
            shown += c;
            continue;
        }
        shown += std::string("\\u00") + DIGITS[code >> 4] + DIGITS[code & 15];
    }
    return shown;
}

} // namespace opticalfabric
} // namespace ns3
