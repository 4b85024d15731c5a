/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef EQUAL_TERMS_H
#define EQUAL_TERMS_H

#include "cost-tables.h"

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace fabriccomparison
{

/**
 * Print two systems on equal terms, in each region: figures with their intervals over inputs, the
 * ratio of the two with its own, and the three inputs that move the ratio most. What both have in
 * common, a rate of failures or the price of capital, moves both at once.
 * @param os where to
 * @param costs what they depend on: the first system in all regions, then the second one in the
 *              same
 * @param width columns there are, at least 80
 */
void PrintEqualTerms(std::ostream& os, const std::vector<SystemCost>& costs, std::size_t width);

/**
 * Write the same as JSON.
 * @param os where to
 * @param settings what was asked for, as WriteSettings has it
 * @param costs as PrintEqualTerms
 */
void WriteEqualTermsJson(std::ostream& os,
                         const std::string& settings,
                         const std::vector<SystemCost>& costs);

} // namespace fabriccomparison

#endif /* EQUAL_TERMS_H */
