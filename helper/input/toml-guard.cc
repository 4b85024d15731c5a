/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "toml-guard.h"

#include "ns3/input-file.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param c a byte
 * @return whether it belongs to a character outside of ASCII
 */
bool
IsWide(char c)
{
    return static_cast<unsigned char>(c) >= 0x80;
}

/**
 * @param c a byte
 * @return whether a key without quotes may have it
 */
bool
IsBare(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

/**
 * @param text a text, in UTF-8
 * @param at where a character outside of ASCII begins; set to where it ends
 * @return the character as an escape of a text in double quotes
 */
std::string
EscapeWide(const std::string& text, std::size_t& at)
{
    constexpr const char* DIGITS = "0123456789ABCDEF";
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    uint32_t code = first & (0xffU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i)
    {
        code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
    }
    at += bytes;
    std::string escape = "\\U";
    for (int shift = 28; shift >= 0; shift -= 4)
    {
        escape += DIGITS[(code >> shift) & 15];
    }
    return escape;
}

/**
 * @param literal a text in single quotes, with them
 * @param marks quotes that it begins and ends with
 * @return the same in double quotes, in ASCII
 */
std::string
QuoteTwice(const std::string& literal, std::size_t marks)
{
    std::string text(marks, '"');
    for (std::size_t at = marks; at < literal.size() - marks;)
    {
        const char c = literal[at];
        if (IsWide(c))
        {
            text += EscapeWide(literal, at);
            continue;
        }
        text += c == '"' || c == '\\' ? "\\" : "";
        text += c;
        ++at;
    }
    return text + std::string(marks, '"');
}

/// Goes through a text once, as a parser would that knows only what begins and ends.
class Guard
{
  public:
    /**
     * @param text the text, in UTF-8; must outlive this
     * @param origin name of its file; must outlive this
     */
    Guard(const std::string& text, const std::string& origin)
        : m_text(text),
          m_origin(origin)
    {
    }

    /// @return the text to parse
    std::string Run();

  private:
    /// @param what what is wrong, and what is allowed; at the current line
    [[noreturn]] void Refuse(const std::string& what) const;
    /**
     * @param ahead how far
     * @return the byte that many bytes ahead, 0 behind the end
     */
    char Peek(std::size_t ahead = 0) const;
    /// Keep a byte of the text and go on.
    void Step();
    /// Keep what is a blank, and an end of line if those are wanted too.
    void StepOverBlanks(bool withLines);
    /// Go over a comment.
    void StepOverComment();
    /// Go over a text in quotes.
    void StepOverText();
    /**
     * Go over a backslash and what it stands before.
     * @param isLong whether the text may have several lines
     */
    void StepOverEscape(bool isLong);
    /// Look at a byte that is in no comment and no text.
    void CheckStructure();

    const std::string& m_text;   ///< the text
    const std::string& m_origin; ///< name of its file
    std::string m_out;           ///< what to parse
    std::size_t m_at{0};         ///< next byte
    uint32_t m_line{1};          ///< its line
    uint32_t m_depth{0};         ///< brackets that are open
    uint32_t m_parts{1};         ///< parts of the key so far
};

void
Guard::Refuse(const std::string& what) const
{
    throw ScenarioError({m_origin, m_line}, "not valid TOML: " + what);
}

char
Guard::Peek(std::size_t ahead) const
{
    return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
}

void
Guard::Step()
{
    const char c = Peek();
    const bool isLineEnd = c == '\n' || (c == '\r' && Peek(1) == '\n');
    const auto code = static_cast<unsigned char>(c);
    if ((code < ' ' && c != '\t' && !isLineEnd) || code == 0x7f)
    {
        Refuse("a control character; allowed: tabs and ends of lines");
    }
    m_line += c == '\n' ? 1 : 0;
    m_out += c;
    ++m_at;
}

void
Guard::StepOverBlanks(bool withLines)
{
    while (Peek() == ' ' || Peek() == '\t' ||
           (withLines && (Peek() == '\r' || Peek() == '\n') && m_at < m_text.size()))
    {
        Step();
    }
}

void
Guard::StepOverComment()
{
    while (m_at < m_text.size() && Peek() != '\n')
    {
        if (IsWide(Peek()))
        {
            EscapeWide(m_text, m_at); // means nothing here, and is left out
        }
        else
        {
            Step();
        }
    }
}

void
Guard::StepOverEscape(bool isLong)
{
    Step();
    if (IsWide(Peek()))
    {
        Refuse("a backslash before a character that is not ASCII; allowed: an escape, as in "
               "\"\\n\" or \"\\u00e9\"");
    }
    const char c = Peek();
    if (!isLong || (c != ' ' && c != '\t' && c != '\r' && c != '\n'))
    {
        if (m_at < m_text.size())
        {
            Step();
        }
        return;
    }
    // A backslash at the end of a line takes away the blanks that follow it.
    StepOverBlanks(false);
    if (Peek() != '\r' && Peek() != '\n')
    {
        Refuse("a backslash before a blank; allowed: one at the end of the line, or an escape");
    }
    StepOverBlanks(true);
}

void
Guard::StepOverText()
{
    const char quote = Peek();
    const bool isLong = Peek(1) == quote && Peek(2) == quote;
    const uint32_t begin = m_line;
    const std::size_t marks = isLong ? 3 : 1;
    const std::size_t kept = m_out.size();
    bool hasWide = false;
    for (std::size_t i = 0; i < marks; ++i)
    {
        Step();
    }
    while (m_at < m_text.size())
    {
        const char c = Peek();
        if (c == quote)
        {
            // Two more quotes than end a long text are its last characters.
            std::size_t count = 0;
            while (Peek() == quote && count < (isLong ? 5U : 1U))
            {
                Step();
                ++count;
            }
            if (count >= marks)
            {
                if (hasWide)
                {
                    m_out.replace(kept, std::string::npos, QuoteTwice(m_out.substr(kept), marks));
                }
                return;
            }
        }
        else if (IsWide(c) && quote == '"')
        {
            m_out += EscapeWide(m_text, m_at);
        }
        else if (c == '\\' && quote == '"')
        {
            StepOverEscape(isLong);
        }
        else if ((c == '\n' || c == '\r') && !isLong)
        {
            break;
        }
        else
        {
            hasWide = hasWide || IsWide(c);
            Step();
        }
    }
    m_line = begin;
    Refuse(isLong ? "a text that never ends; allowed: three quotes where it ends"
                  : "a text that does not end on its line; allowed: a quote where it ends");
}

void
Guard::CheckStructure()
{
    const char c = Peek();
    if (IsWide(c))
    {
        Refuse("a character that is not ASCII, outside of a text in quotes; allowed: those are for "
               "texts and comments");
    }
    if (c == '[' || c == '{')
    {
        if (++m_depth > MAX_TOML_DEPTH)
        {
            Refuse("brackets within brackets; allowed: " + std::to_string(MAX_TOML_DEPTH) +
                   " levels");
        }
    }
    else if (c == ']' || c == '}')
    {
        m_depth -= m_depth > 0 ? 1 : 0;
    }
    if (c == '.')
    {
        if (++m_parts > MAX_TOML_DEPTH)
        {
            Refuse("a key of many parts; allowed: " + std::to_string(MAX_TOML_DEPTH) + " parts");
        }
    }
    else if (!IsBare(c) && c != ' ' && c != '\t')
    {
        m_parts = 1;
    }
    Step();
}

std::string
Guard::Run()
{
    // A byte order mark is no part of the text.
    const std::string mark = "\xef\xbb\xbf";
    if (m_text.compare(0, mark.size(), mark) == 0)
    {
        m_at = mark.size();
    }
    m_out.reserve(m_text.size());
    while (m_at < m_text.size())
    {
        const char c = Peek();
        if (c == '#')
        {
            StepOverComment();
        }
        else if (c == '"' || c == '\'')
        {
            StepOverText();
        }
        else
        {
            CheckStructure();
        }
    }
    return std::move(m_out);
}

} // namespace

std::string
GuardToml(const std::string& text, const std::string& origin)
{
    const TextFault fault = FindBadUtf8(text);
    if (!fault.what.empty())
    {
        throw ScenarioError({origin, fault.line},
                            "not valid TOML: " + fault.what + "; allowed: text in UTF-8");
    }
    return Guard(text, origin).Run();
}

} // namespace opticalfabric
} // namespace ns3
