/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef COMPARISON_OPTIONS_H
#define COMPARISON_OPTIONS_H

#include <cstdint>
#include <string>
#include <vector>

/// The program compare-fabrics.
namespace fabriccomparison
{

constexpr const char* COPPER = "copper";  ///< --optics: no optics from L1 to L2
constexpr const char* ALL_OPTICS = "all"; ///< --optics: each of them, side by side

/// What the command line says.
struct Options
{
    std::string optics{"LPO"};              ///< variant of the optics
    std::string accelerator{"Ascend-910C"}; ///< type of the NPUs
    std::string region;                     ///< region to figure costs for; empty: all
    double lengthM{30};                     ///< length of links between L1 and L2, m
    bool hasTimes{true};                    ///< run collectives
    uint32_t replications{20};              ///< of years of operation; 0: none
    bool wantsAccelerators{false};          ///< compare accelerators instead of fabrics
    bool wantsTornado{false};               ///< tell what moves costs instead
    bool wantsTerms{false};                 ///< compare on equal terms instead
    std::vector<std::string> catalogs;      ///< catalog files to load over the built-in one
    std::string json;                       ///< where to write JSON; empty: nowhere
    bool isForced{false};                   ///< replace a file of other settings
    bool wantsHelp{false};                  ///< say how it is used
};

/**
 * @param arguments command line without the program's name
 * @return what it says
 * @throw ns3::opticalfabric::ScenarioError if it cannot be understood
 */
Options ReadOptions(const std::vector<std::string>& arguments);

/// @return how the program is used
std::string GetUsage();

/**
 * @param options what the command line says
 * @return what of it decides the figures, a line each, as "length = 30"
 */
std::string WriteSettings(const Options& options);

/// @return names of --optics that stand for modules which differ in their electronics alone
std::vector<std::string> GetRetimingNames();

/**
 * @param name a name
 * @return whether it is one of these
 */
bool IsRetimingName(const std::string& name);

} // namespace fabriccomparison

#endif /* COMPARISON_OPTIONS_H */
