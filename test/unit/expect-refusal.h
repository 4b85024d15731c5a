/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_EXPECT_REFUSAL_H
#define OPTICAL_FABRIC_EXPECT_REFUSAL_H

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * Expect std::invalid_argument, in words that hold all of some parts.
 * @tparam CALL callable without arguments
 * @param call what must be refused
 * @param parts what the message must hold
 */
template <typename CALL>
void
ExpectInvalid(CALL call, const std::vector<std::string>& parts)
{
    try
    {
        call();
        ADD_FAILURE() << "not refused: " << parts.front();
    }
    catch (const std::invalid_argument& refusal)
    {
        const std::string message = refusal.what();
        for (const std::string& part : parts)
        {
            EXPECT_NE(message.find(part), std::string::npos) << message << "\nlacks " << part;
        }
        EXPECT_NE(message.find("allowed: "), std::string::npos) << message;
    }
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_EXPECT_REFUSAL_H */
