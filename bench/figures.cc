/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "figures.h"

#include <iomanip>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace opticalfabricbench
{

void
Figures::Set(const std::string& name, double value)
{
    m_values.emplace_back(name, value);
}

double
Figures::Get(const std::string& name) const
{
    for (const auto& [key, value] : m_values)
    {
        if (key == name)
        {
            return value;
        }
    }
    throw std::out_of_range("no figure is called " + name);
}

void
Figures::Write(std::ostream& os) const
{
    os << std::setprecision(std::numeric_limits<double>::max_digits10);
    for (const auto& [key, value] : m_values)
    {
        os << key << ' ' << value << '\n';
    }
}

Figures
Figures::Parse(const std::string& text)
{
    Figures figures;
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line))
    {
        std::istringstream words(line);
        std::string name;
        double value = 0;
        if (words >> name >> value)
        {
            figures.Set(name, value);
        }
    }
    return figures;
}

} // namespace opticalfabricbench
