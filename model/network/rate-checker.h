/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RATE_CHECKER_H
#define OPTICAL_FABRIC_RATE_CHECKER_H

#include "ns3/attribute-helper.h"
#include "ns3/data-rate.h"

#include <sstream>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Checks that a rate lies in a range; ns-3's own checker takes any.
 */
class RateChecker : public DataRateChecker
{
  public:
    /**
     * @param least least rate allowed
     * @param most greatest rate allowed
     */
    RateChecker(const DataRate& least, const DataRate& most)
        : m_least(least),
          m_most(most)
    {
    }

    bool Check(const AttributeValue& value) const override
    {
        const auto* rate = dynamic_cast<const DataRateValue*>(&value);
        return rate != nullptr && rate->Get() >= m_least && rate->Get() <= m_most;
    }

    std::string GetValueTypeName() const override
    {
        return "ns3::DataRateValue";
    }

    bool HasUnderlyingTypeInformation() const override
    {
        return true;
    }

    std::string GetUnderlyingTypeInformation() const override
    {
        std::ostringstream text;
        text << "ns3::DataRate " << m_least << ":" << m_most;
        return text.str();
    }

    Ptr<AttributeValue> Create() const override
    {
        return ns3::Create<DataRateValue>();
    }

    bool Copy(const AttributeValue& source, AttributeValue& destination) const override
    {
        const auto* from = dynamic_cast<const DataRateValue*>(&source);
        auto* to = dynamic_cast<DataRateValue*>(&destination);
        if (from == nullptr || to == nullptr)
        {
            return false;
        }
        *to = *from;
        return true;
    }

  private:
    DataRate m_least; ///< least rate allowed
    DataRate m_most;  ///< greatest rate allowed
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RATE_CHECKER_H */
