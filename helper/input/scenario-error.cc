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
 * @param value what stands behind the "=" of the command line
 * @return it as messages describe it, shortened within its quotes
 */
std::string
ShortenValue(const std::string& value)
{
    const std::size_t begin = value.find_first_not_of(' ');
    if (begin == std::string::npos)
    {
        return "";
    }
    const std::string bare = value.substr(begin, value.find_last_not_of(' ') + 1 - begin);
    const bool isQuoted = bare.size() >= 2 && bare.front() == '"' && bare.back() == '"';
    return isQuoted ? '"' + ShortenText(bare.substr(1, bare.size() - 2)) + '"' : ShortenText(bare);
}

/**
 * @param message any
 * @return the same with what it quotes, and each of its words, shortened
 */
std::string
ShortenParts(const std::string& message)
{
    std::string shown;
    for (std::size_t i = 0; i < message.size();)
    {
        if (message[i] == ' ')
        {
            shown += message[i++];
            continue;
        }
        const bool isQuote = message[i] == '"';
        const std::size_t close = isQuote ? message.find('"', i + 1) : std::string::npos;
        if (close != std::string::npos)
        {
            shown += '"' + ShortenText(message.substr(i + 1, close - i - 1)) + '"';
            i = close + 1;
            continue;
        }
        const std::size_t end = std::min(message.find_first_of(" \"", i + 1), message.size());
        const std::string word = message.substr(i, end - i);
        const std::size_t bare = word.find_last_not_of(",;:)") + 1; // what follows is our own
        shown += ShortenText(word.substr(0, bare)) + word.substr(bare);
        i = end;
    }
    return shown;
}

/**
 * @param mark where something was said
 * @param what key, value and what is allowed
 * @return the message, in which an assignment of the command line stands once
 */
std::string
Compose(const ScenarioMark& mark, const std::string& what)
{
    const bool isOption = BeginsWith(mark.origin, "-");
    const ScenarioMark shown{isOption ? ShortenText(mark.origin) : mark.origin, mark.line};
    const std::string option = "--set ";
    const std::size_t equals = mark.origin.find('=');
    if (BeginsWith(mark.origin, option) && equals != std::string::npos)
    {
        const std::string key =
            ShortenText(mark.origin.substr(option.size(), equals - option.size()));
        const std::string unknown = "unknown key ";
        const std::size_t behind = unknown.size() + key.size();
        if (BeginsWith(what, unknown + key) && what.find_first_of(" ;", behind) == behind)
        {
            return shown.ToString() + ShortenParts("unknown key" + what.substr(behind));
        }
        const std::string refused = " is not allowed";
        const std::size_t end = what.find(refused);
        const std::string said =
            DropBlanks(key + "=" + ShortenValue(mark.origin.substr(equals + 1)));
        if (end != std::string::npos &&
            (DropBlanks(what.substr(0, end)) == said || what.substr(0, end) == key + " = a list"))
        {
            return shown.origin + ShortenParts(what.substr(end));
        }
    }
    return shown.ToString() + ShortenParts(what);
}

} // namespace

ScenarioError::ScenarioError(const ScenarioMark& mark, const std::string& what)
    : std::runtime_error(ShowControls(Compose(mark, what)))
{
}

std::string
ShortenText(const std::string& text)
{
    constexpr std::size_t LONGEST = 255;
    constexpr std::size_t SHOWN = 60;
    if (text.size() <= LONGEST)
    {
        return text;
    }
    // Bytes 10xxxxxx continue a character; none of UTF-8 has more than three of them.
    std::size_t end = SHOWN;
    while (end > SHOWN - 4 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
    {
        --end;
    }
    return text.substr(0, end) + "...";
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
