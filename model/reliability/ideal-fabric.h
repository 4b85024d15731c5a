/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_IDEAL_FABRIC_H
#define OPTICAL_FABRIC_IDEAL_FABRIC_H

#include "ns3/degradation-model.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A fabric that no fault degrades: only accelerators matter.
 */
class IdealFabric : public DegradationModel
{
  public:
    /// Whatever there is.
    void CheckCounts(const std::vector<uint32_t>&) const override
    {
    }

    /// @return that it is whole
    StateSignature Describe(const std::vector<DegradedComponent>&) const override
    {
        return {};
    }

    /// @return full speed
    FabricVerdict Assess(const std::vector<DegradedComponent>&,
                         const StateSignature&) const override
    {
        return {};
    }

    /// @return that it is whole
    std::string Explain(const StateSignature&) const override
    {
        return "whole";
    }

    /// @return true: there are no paths that could fail
    bool RetriesPaths() const override
    {
        return true;
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_IDEAL_FABRIC_H */
