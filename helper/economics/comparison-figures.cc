/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Figures of a comparison that need no fabric: times of collectives, accelerators by themselves.

#include "fabric-comparison.h"
#include "input-ranges.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double PER_KILO = 1e-3; ///< from GB/s to TB/s

} // namespace

std::vector<Figure>
GetTimeFigures(const std::vector<CollectiveRecord>& collectives,
               const std::vector<ValueRange>& ranges)
{
    constexpr double US_PER_S = 1e6;
    std::vector<Figure> figures;
    for (std::size_t i = 0; i < collectives.size(); ++i)
    {
        const CollectiveRecord& collective = collectives[i];
        Figure figure;
        figure.name = collective.name;
        figure.key = collective.kind + "_" + std::to_string(collective.bytes) + "_us";
        figure.unit = "us";
        figure.value = collective.GetMeanTimeS() * US_PER_S;
        figure.decimals = 1;
        figure.grade = Evidence::GUESSED; // latencies of chips and memory are assumed
        figure.note = collective.algorithm;
        figure.group = "Time of collectives, and the fastest algorithm";
        if (!ranges.empty())
        {
            figure.inputs = Scale(ranges.at(i), US_PER_S);
        }
        figures.push_back(figure);
    }
    return figures;
}

std::vector<Figure>
GetAcceleratorFigures(const Catalog& catalog, const std::string& name)
{
    const auto spec = catalog.GetAccelerator(name);
    const auto getGrade = [&](const char* field) {
        return catalog.Require(CatalogKind::ACCELERATOR, name, field, Evidence::GUESSED).evidence;
    };
    const double activeW = spec->power.activeW;
    const Evidence::Grade power = getGrade("power.active");
    std::vector<Figure> figures{
        {"tflops", "dense BF16", "TFLOPS", spec->denseTflops, 0, getGrade("compute"), "", ""},
        {"memory_gb", "memory", "GB", spec->memoryGB, 0, getGrade("memory"), "", ""},
        {"memory_tbps",
         "memory bandwidth",
         "TB/s",
         spec->memoryGBps * PER_KILO,
         2,
         getGrade("memory_bandwidth"),
         "",
         ""},
        {"scale_up_gbps", "scale-up", "GB/s", spec->scaleUpGBps, 0, getGrade("scale_up"), "", ""},
        {"power_w", "power", "W", activeW, 0, power, "", ""},
        {"w_per_tflops",
         "power per compute",
         "W/TFLOPS",
         activeW / spec->denseTflops,
         2,
         std::max(power, getGrade("compute")),
         "",
         ""},
        {"price_usd",
         "price",
         "USD",
         catalog.GetPrice(name)->priceUsd.typical,
         0,
         catalog.Require(CatalogKind::PRICE, name, "price.typical", Evidence::GUESSED).evidence,
         "",
         ""},
    };
    const std::vector<std::pair<const char*, const char*>> known{
        {"tflops", "compute"},
        {"memory_gb", "memory"},
        {"memory_tbps", "memory_bandwidth"},
        {"power_w", "power"}};
    for (Figure& figure : figures)
    {
        for (const auto& [key, path] : known)
        {
            const ValueRange range = GetFactorRange(catalog, CatalogKind::ACCELERATOR, name, path);
            if (figure.key == key && range.low < range.high)
            {
                figure.inputs = Scale(range, figure.value);
            }
        }
    }
    figures.back().inputs = catalog.GetPrice(name)->priceUsd;
    return figures;
}

} // namespace opticalfabric
} // namespace ns3
