/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_REFERENCE_FAIR_SHARE_H
#define OPTICAL_FABRIC_REFERENCE_FAIR_SHARE_H

#include "ns3/fair-share.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// A class of flows, in a test.
struct ReferenceClass
{
    std::vector<FairShare::Use> uses; ///< what a flow uses
    double weight{1};                 ///< of a flow
    uint32_t count{0};                ///< flows
};

/**
 * Progressive filling by the book: raise all levels together until a resource is full, stop the
 * classes on it, and begin anew with the others.
 * @param capacities of the resources
 * @param classes all classes
 * @return rate of a flow of each class, 0 where there is none
 */
inline std::vector<double>
FillByTheBook(const std::vector<double>& capacities, const std::vector<ReferenceClass>& classes)
{
    std::vector<double> rates(classes.size(), 0);
    std::vector<bool> isStopped(classes.size());
    for (size_t i = 0; i < classes.size(); ++i)
    {
        isStopped[i] = classes[i].count == 0;
    }
    while (std::find(isStopped.begin(), isStopped.end(), false) != isStopped.end())
    {
        std::vector<long double> rest(capacities.begin(), capacities.end());
        std::vector<long double> weights(capacities.size(), 0);
        for (size_t i = 0; i < classes.size(); ++i)
        {
            for (const FairShare::Use& use : classes[i].uses)
            {
                const long double load =
                    static_cast<long double>(classes[i].count) * use.coefficient;
                (isStopped[i] ? rest : weights)[use.resource] +=
                    load * (isStopped[i] ? -rates[i] : classes[i].weight);
            }
        }
        long double level = std::numeric_limits<long double>::infinity();
        size_t full = 0;
        for (size_t r = 0; r < capacities.size(); ++r)
        {
            if (weights[r] > 0 && std::max(rest[r], 0.0L) / weights[r] < level)
            {
                level = std::max(rest[r], 0.0L) / weights[r];
                full = r;
            }
        }
        for (size_t i = 0; i < classes.size(); ++i)
        {
            for (const FairShare::Use& use : classes[i].uses)
            {
                if (!isStopped[i] && use.resource == full)
                {
                    isStopped[i] = true;
                    rates[i] = static_cast<double>(level * classes[i].weight);
                    break;
                }
            }
        }
    }
    return rates;
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_REFERENCE_FAIR_SHARE_H */
