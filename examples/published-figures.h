/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef PUBLISHED_FIGURES_H
#define PUBLISHED_FIGURES_H

#include "ns3/catalog.h"

#include <optional>
#include <string>

namespace fabriccomparison
{

/// A figure that somebody has published.
struct PublishedFigure
{
    double value{0};     ///< in the unit of ours
    bool isBound{false}; ///< what is published is that it is more than that
    std::string source;  ///< who says so
};

/**
 * @param catalog has the published prices
 * @param system name of a system
 * @param key key of a figure
 * @return what is published of it; nothing if nothing is, or if it is what the catalog was made of
 */
std::optional<PublishedFigure> FindPublished(const ns3::opticalfabric::Catalog& catalog,
                                             const std::string& system,
                                             const std::string& key);

} // namespace fabriccomparison

#endif /* PUBLISHED_FIGURES_H */
