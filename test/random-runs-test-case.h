/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANDOM_RUNS_TEST_CASE_H
#define OPTICAL_FABRIC_RANDOM_RUNS_TEST_CASE_H

#include "random-fabric.h"
#include "sanitized-rounds.h"

#include <string>

namespace opticalfabrictest
{

/**
 * @ingroup optical-fabric-tests
 * @brief Runs many random fabrics, every fourth twice, up to the first in which something is wrong.
 */
class RandomRunsTestCase : public RandomFabricTestCase
{
  public:
    /**
     * @param name what may go wrong, in words
     * @param trouble what may go wrong
     * @param first number of the first fabric
     * @param count how many (GetRounds)
     */
    RandomRunsTestCase(const std::string& name, uint32_t trouble, uint32_t first, uint32_t count)
        : RandomFabricTestCase(std::to_string(GetRounds(count)) + " random fabrics, " + name),
          m_trouble(static_cast<Trouble>(trouble)),
          m_first(first),
          m_count(GetRounds(count))
    {
    }

    static constexpr uint32_t NO_TROUBLE = NONE;     ///< nothing goes wrong
    static constexpr uint32_t FRAME_ERRORS = ERRORS; ///< frame errors
    static constexpr uint32_t LINKS_DOWN = LINKS;    ///< links go down
    static constexpr uint32_t OTHER_RATES = RATES;   ///< rates change
    static constexpr uint32_t EVERYTHING = ALL;      ///< all of that

  protected:
    void DoRun() override
    {
        for (uint32_t number = m_first; number < m_first + m_count; ++number)
        {
            const std::string once = RunOnce(number);
            if (number % 4 == 0)
            {
                NS_TEST_EXPECT_MSG_EQ(RunOnce(number), once, "the same again");
            }
            NS_TEST_EXPECT_MSG_EQ(IsStatusFailure(), false, "in fabric number " << number);
            if (IsStatusFailure())
            {
                return;
            }
        }
    }

    /**
     * @param number number of the fabric
     * @return what came of it, in words
     */
    virtual std::string RunOnce(uint32_t number) = 0;

    const Trouble m_trouble; ///< what may go wrong
    const uint32_t m_first;  ///< number of the first fabric
    const uint32_t m_count;  ///< how many
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_RANDOM_RUNS_TEST_CASE_H */
