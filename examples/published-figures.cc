/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "published-figures.h"

#include <map>
#include <utility>

using namespace ns3::opticalfabric;

namespace fabriccomparison
{

namespace
{

constexpr const char* PAPER = "Serving Large Language Models on Huawei CloudMatrix384, arXiv "
                              "2506.12708";
constexpr const char* SEMIANALYSIS = "SemiAnalysis, Huawei AI CloudMatrix 384, 2025-04-16";
constexpr const char* TRANSCRIPT = "reportify.cn, transcript of SemiAnalysis on CloudMatrix384";
constexpr const char* INFOQ = "InfoQ China, xie.infoq.cn, on CloudMatrix384";
constexpr const char* NVIDIA = "NVIDIA, GB200 NVL72, as interconnect fact sheets quote it";

/// What is published, by system and key of the figure.
const std::map<std::pair<std::string, std::string>, PublishedFigure> PUBLISHED{
    {{"CloudMatrix384", "accelerators"}, {384, false, PAPER}},
    {{"CloudMatrix384", "compute_pflops"},
     {299.52, false, "384 times the 780 TFLOPS that SemiAnalysis counts"}},
    {{"CloudMatrix384", "scale_up_gbps"},
     {392, false, "besthub.dev on the first version of arXiv 2506.12708"}},
    {{"CloudMatrix384", "processors"}, {192, false, PAPER}},
    {{"CloudMatrix384", "scale_up_switches"},
     {448, false, "7 chips on each of 48 boards and 7 times 16 in the racks, arXiv 2506.12708"}},
    {{"CloudMatrix384", "modules"}, {6912, false, SEMIANALYSIS}},
    {{"CloudMatrix384", "modules_scale_up"}, {5376, false, SEMIANALYSIS}},
    {{"CloudMatrix384", "modules_scale_out"}, {1536, false, SEMIANALYSIS}},
    {{"CloudMatrix384", "fibre_cables"}, {3168, false, INFOQ}},
    {{"CloudMatrix384", "fibre_ends"}, {110000, true, INFOQ}},
    {{"CloudMatrix384", "racks"}, {16, false, PAPER}},
    {{"CloudMatrix384", "power_kw"}, {559.378, false, SEMIANALYSIS}},
    {{"CloudMatrix384", "w_per_tflops"},
     {559378.0 / 299520, false, "559,378 W over 384 times 780 TFLOPS, SemiAnalysis"}},
    {{"CloudMatrix384", "w_per_tbps"},
     {559378 / 1228.8, false, "559,378 W over 384 times 3.2 TB/s, SemiAnalysis"}},
    {{"CloudMatrix384", "network_w"}, {159, false, TRANSCRIPT}},
    {{"CloudMatrix384", "network_usd"}, {4672, false, TRANSCRIPT}},
    {{"CloudMatrix384", "mtbf_h"},
     {24, true, "Huawei, MTBF of a supernode (leiphone, 2025-06-10)"}},
    {{"GB200-NVL72", "accelerators"}, {72, false, NVIDIA}},
    {{"GB200-NVL72", "scale_up_gbps"}, {900, false, NVIDIA}},
    {{"GB200-NVL72", "scale_up_tbps"}, {65, false, "half of 130 TB/s both ways, NVIDIA"}},
    {{"GB200-NVL72", "scale_up_switches"}, {18, false, NVIDIA}},
    {{"GB200-NVL72", "copper_lanes"}, {5184, false, "J. Poon, OFC 2026 workshop"}},
    {{"GB200-NVL72", "racks"}, {1, false, NVIDIA}},
    {{"GB200-NVL72", "power_kw"}, {145, false, SEMIANALYSIS}},
    {{"GB200-NVL72", "w_per_tflops"},
     {145000.0 / 180000, false, "145 kW over 72 times 2,500 TFLOPS, SemiAnalysis"}},
    {{"GB200-NVL72", "w_per_tbps"},
     {145000.0 / 576, false, "145 kW over 72 times 8 TB/s, SemiAnalysis"}},
    {{"GB200-NVL72", "network_w"}, {75, false, TRANSCRIPT}},
    {{"GB200-NVL72", "network_usd"}, {4075, false, TRANSCRIPT}},
};

} // namespace

std::optional<PublishedFigure>
FindPublished(const Catalog& catalog, const std::string& system, const std::string& key)
{
    if (key == "capital_musd" && catalog.Has(CatalogKind::PRICE, system))
    {
        const CatalogValue& price =
            catalog.Require(CatalogKind::PRICE, system, "price.typical", Evidence::GUESSED);
        return PublishedFigure{catalog.GetPrice(system)->priceUsd.typical * 1e-6,
                               false,
                               price.source};
    }
    const auto found = PUBLISHED.find({system, key});
    if (found == PUBLISHED.end())
    {
        return std::nullopt;
    }
    return found->second;
}

} // namespace fabriccomparison
