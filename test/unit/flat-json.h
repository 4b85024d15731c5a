/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TEST_FLAT_JSON_H
#define OPTICAL_FABRIC_TEST_FLAT_JSON_H

#include <cctype>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>

/**
 * @ingroup optical-fabric-tests
 * @brief Reads JSON strictly into a map from path, such as "a.b[0].c", to the text of the value.
 *
 * Strings keep quotes and escapes; an empty object is "{}" and an empty array "[]". Anything that
 * is not JSON, a repeated key among them, throws std::runtime_error.
 */
class FlatJson
{
  public:
    /**
     * @param text the JSON text
     */
    explicit FlatJson(const std::string& text)
        : m_text(text)
    {
        ReadValue("");
        Skip();
        Require(m_at == m_text.size(), "the end");
    }

    /**
     * @param path a path
     * @return true if there is a value
     */
    bool Has(const std::string& path) const
    {
        return m_values.count(path) != 0;
    }

    /**
     * @param path a path
     * @return text of the value, or why there is none
     */
    std::string Text(const std::string& path) const
    {
        const auto found = m_values.find(path);
        return found == m_values.end() ? "no " + path : found->second;
    }

    /**
     * @param path a path
     * @return the number there; throws if it is none
     */
    double Number(const std::string& path) const
    {
        const std::string text = Text(path);
        char* end = nullptr;
        const double value = std::strtod(text.c_str(), &end);
        if (text.empty() || *end != 0)
        {
            throw std::runtime_error(path + " is " + text);
        }
        return value;
    }

    /// @return all values by path
    std::map<std::string, std::string>& Values()
    {
        return m_values;
    }

  private:
    void Require(bool condition, const std::string& what) const
    {
        if (!condition)
        {
            throw std::runtime_error("JSON: expected " + what + " at byte " + std::to_string(m_at));
        }
    }

    void Skip()
    {
        while (m_at < m_text.size() && std::isspace(static_cast<unsigned char>(m_text[m_at])))
        {
            ++m_at;
        }
    }

    bool Take(char c)
    {
        Skip();
        if (m_at < m_text.size() && m_text[m_at] == c)
        {
            ++m_at;
            return true;
        }
        return false;
    }

    std::string ReadString()
    {
        Require(Take('"'), "a string");
        const std::size_t begin = m_at - 1;
        while (m_at < m_text.size() && m_text[m_at] != '"')
        {
            Require(static_cast<unsigned char>(m_text[m_at]) >= 0x20, "no bare control character");
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        }
        ++m_at;
        Require(m_at <= m_text.size(), "the end of a string");
        return m_text.substr(begin, m_at - begin);
    }

    void Store(const std::string& path, const std::string& text)
    {
        Require(m_values.emplace(path, text).second, "no second " + path);
    }

    void ReadValue(const std::string& path)
    {
        if (Take('{'))
        {
            if (Take('}'))
            {
                return Store(path, "{}");
            }
            do
            {
                const std::string key = ReadString();
                Require(Take(':'), "':'");
                ReadValue((path.empty() ? "" : path + ".") + key.substr(1, key.size() - 2));
            } while (Take(','));
            Require(Take('}'), "'}'");
        }
        else if (Take('['))
        {
            if (Take(']'))
            {
                return Store(path, "[]");
            }
            int i = 0;
            do
            {
                ReadValue(path + "[" + std::to_string(i++) + "]");
            } while (Take(','));
            Require(Take(']'), "']'");
        }
        else if (m_at < m_text.size() && m_text[m_at] == '"')
        {
            Store(path, ReadString());
        }
        else
        {
            const std::size_t begin = m_at;
            while (m_at < m_text.size() &&
                   (std::isalnum(static_cast<unsigned char>(m_text[m_at])) ||
                    std::string("+-.").find(m_text[m_at]) != std::string::npos))
            {
                ++m_at;
            }
            const std::string text = m_text.substr(begin, m_at - begin);
            char* end = nullptr;
            std::strtod(text.c_str(), &end);
            const bool isNumber = !text.empty() && *end == 0 &&
                                  (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'));
            Require(isNumber || text == "null" || text == "true" || text == "false", "a value");
            Store(path, text);
        }
    }

    const std::string& m_text;                   ///< the JSON text
    std::size_t m_at{0};                         ///< next byte to read
    std::map<std::string, std::string> m_values; ///< values by path
};

#endif /* OPTICAL_FABRIC_TEST_FLAT_JSON_H */
