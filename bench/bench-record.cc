/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-record.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace opticalfabricbench
{

double
BenchRecord::GetMedian() const
{
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const size_t middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

double
BenchRecord::GetMin() const
{
    return *std::min_element(values.begin(), values.end());
}

double
BenchRecord::GetMax() const
{
    return *std::max_element(values.begin(), values.end());
}

std::string
BenchRecord::DescribeGoal() const
{
    if (goal.sense == Goal::NONE)
    {
        return "";
    }
    const double median = GetMedian();
    const bool atLeast = goal.sense == Goal::AT_LEAST;
    const bool met = atLeast ? median >= goal.value : median <= goal.value;
    return (atLeast ? ">= " : "<= ") + FormatFigure(goal.value) + (met ? ": met, " : ": MISSED, ") +
           FormatFigure(median / goal.value) + " of it";
}

void
BenchSection::Add(BenchRecord record)
{
    if (!record.values.empty())
    {
        records.push_back(std::move(record));
    }
}

std::vector<double>
Divide(const std::vector<double>& above, const std::vector<double>& below, double factor)
{
    std::vector<double> ratios;
    for (size_t i = 0; i < above.size() && above.size() == below.size(); ++i)
    {
        ratios.push_back(above[i] / below[i] * factor);
    }
    return ratios;
}

std::vector<double>
Scale(std::vector<double> values, double factor)
{
    for (double& value : values)
    {
        value *= factor;
    }
    return values;
}

std::string
FormatFigure(double value)
{
    const double size = std::fabs(value);
    const int decimals = size >= 1000 || value == std::floor(value) ? 0
                         : size >= 100                              ? 1
                         : size >= 1                                ? 2
                                                                    : 3;
    char text[64];
    std::snprintf(text, sizeof(text), "%.*f", decimals, value);
    return text;
}

} // namespace opticalfabricbench
