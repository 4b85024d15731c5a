/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "case-arguments.h"

#include <cmath>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace opticalfabricbench
{

namespace
{

/**
 * @param name parameter, for the message
 * @param text its value
 * @return the number; throws std::invalid_argument if it is none, or negative
 */
double
ToNumber(const std::string& name, const std::string& text)
{
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != 0 || !std::isfinite(value) || value < 0)
    {
        throw std::invalid_argument(name + " is " + text + ", allowed a number, 0 or more");
    }
    return value;
}

} // namespace

CaseArguments::CaseArguments(const std::vector<std::string>& words)
{
    for (const std::string& word : words)
    {
        const size_t middle = word.find('=');
        if (middle == std::string::npos || middle == 0)
        {
            throw std::invalid_argument("parameter " + word + ", allowed name=value");
        }
        m_values[word.substr(0, middle)] = word.substr(middle + 1);
    }
}

std::string
CaseArguments::GetText(const std::string& name, const std::string& fallback)
{
    m_known.insert(name);
    const auto found = m_values.find(name);
    return found == m_values.end() ? fallback : found->second;
}

double
CaseArguments::GetNumber(const std::string& name, double fallback)
{
    const std::string text = GetText(name, "");
    return text.empty() ? fallback : ToNumber(name, text);
}

uint32_t
CaseArguments::GetCount(const std::string& name, uint32_t fallback)
{
    const double value = GetNumber(name, fallback);
    if (value > UINT32_MAX || value != std::floor(value))
    {
        throw std::invalid_argument(name + " is " + GetText(name, "") +
                                    ", allowed a whole number below 2^32");
    }
    return static_cast<uint32_t>(value);
}

std::vector<double>
CaseArguments::GetList(const std::string& name)
{
    std::vector<double> list;
    std::istringstream items(GetText(name, ""));
    std::string item;
    while (std::getline(items, item, ':'))
    {
        list.push_back(ToNumber(name, item));
    }
    return list;
}

std::vector<std::string>
CaseArguments::GetWords() const
{
    std::vector<std::string> words;
    for (const auto& [name, value] : m_values)
    {
        words.push_back(name + "=" + value);
    }
    return words;
}

void
CaseArguments::RefuseOthers() const
{
    for (const auto& [name, value] : m_values)
    {
        if (m_known.count(name) == 0)
        {
            std::ostringstream message;
            message << "there is no parameter " << name << "; there are:";
            for (const std::string& known : m_known)
            {
                message << ' ' << known;
            }
            throw std::invalid_argument(message.str());
        }
    }
}

} // namespace opticalfabricbench
