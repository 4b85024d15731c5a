/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef COMPARISON_TABLE_H
#define COMPARISON_TABLE_H

#include "ns3/catalog.h"
#include "ns3/fabric-comparison.h"
#include "ns3/value-range.h"

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace fabriccomparison
{

/// Figures of one system, and whether published ones stand beside them.
struct ComparedSystem
{
    std::string name;                                ///< heading
    std::vector<ns3::opticalfabric::Figure> figures; ///< in the order of the other systems'
    bool hasPublished{false};                        ///< it is the system that others write about
};

/// Systems to be shown side by side.
struct Comparison
{
    std::string settings;                ///< what was asked for, as WriteSettings has it
    std::string title;                   ///< what is compared
    std::vector<ComparedSystem> systems; ///< the systems; they have the same figures
    std::vector<std::string> notes;      ///< what is to be said below
};

/**
 * @param value a number
 * @param decimals decimals, 0 to 6
 * @return the number, with commas between thousands
 */
std::string Format(double value, int decimals);

/**
 * @param range where a number lies
 * @param most most decimals
 * @return how many decimals of it are worth printing, below 0 whole tens, hundreds and so on: two
 *         digits of half the range, but no more than most
 */
int GetDecimals(const ns3::opticalfabric::ValueRange& range, int most);

/**
 * @param value a number
 * @param decimals decimals, at most 6; below 0 whole tens, hundreds and so on
 * @return the number, rounded, with commas between thousands
 */
std::string FormatRounded(double value, int decimals);

/**
 * @param os where to
 * @param text words, printed in lines that fit
 * @param width columns there are
 */
void PrintNote(std::ostream& os, const std::string& text, std::size_t width);

/**
 * Print tables: two systems with what is published of them, or any number without. Systems that do
 * not fit beside one another follow below, with all of the rows again.
 * @param os where to
 * @param comparison what is compared
 * @param catalog has the published prices
 * @param width columns there are, at least 80
 */
void Print(std::ostream& os,
           const Comparison& comparison,
           const ns3::opticalfabric::Catalog& catalog,
           std::size_t width);

/**
 * Write the same as JSON, with sources of what is published.
 * @param os where to
 * @param comparison what is compared
 * @param catalog has the published prices
 */
void WriteJson(std::ostream& os,
               const Comparison& comparison,
               const ns3::opticalfabric::Catalog& catalog);

} // namespace fabriccomparison

#endif /* COMPARISON_TABLE_H */
