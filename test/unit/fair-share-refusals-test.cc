/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/fair-share.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// @param call what is called @return what it was refused with
template <typename F>
std::string
GetRefusal(F&& call)
{
    try
    {
        call();
    }
    catch (const std::invalid_argument& error)
    {
        return error.what();
    }
    return "nothing was refused";
}

TEST(FairShareRefusals, RefusesWhatIsNotAllowed)
{
    constexpr double NOT_A_NUMBER = std::numeric_limits<double>::quiet_NaN();
    FairShare share;
    const uint32_t link = share.AddResource(1);
    const FairShare::Use full{link, 1};
    const uint32_t id = share.AddClass(&full, 1);
    share.SetCount(id, 1);
    EXPECT_EQ(GetRefusal([&] { share.AddResource(-1); }),
              "FairShare: capacity = -1 is not allowed; allowed: 0, or 1e-150 to 1e150");
    for (const double bad : {NOT_A_NUMBER, -1.0, std::numeric_limits<double>::infinity()})
    {
        const FairShare::Use use{link, bad};
        EXPECT_THROW(share.AddResource(bad), std::invalid_argument);
        EXPECT_THROW(share.SetCapacity(link, bad), std::invalid_argument);
        EXPECT_THROW(share.AddClass(&use, 1), std::invalid_argument);
        EXPECT_THROW(share.SetUses(id, &use, 1), std::invalid_argument);
        EXPECT_THROW(share.AddClass(&full, 1, bad), std::invalid_argument);
        EXPECT_THROW(share.SetWeight(id, bad), std::invalid_argument);
    }
    const std::vector<FairShare::Use> twice{{link, 1}, {link, 1}};
    const std::vector<FairShare::Use> none{{link, 0}};
    const std::vector<FairShare::Use> unknown{{link + 1, 1}};
    EXPECT_EQ(GetRefusal([&] { share.AddClass(twice.data(), 2); }),
              "FairShare: resource = 0 is not allowed; allowed: each once in a class's uses");
    EXPECT_EQ(GetRefusal([&] { share.AddClass(twice.data(), 0); }),
              "FairShare: number of uses = 0 is not allowed; allowed: 1 to 65535");
    EXPECT_EQ(GetRefusal([&] { share.AddClass(none.data(), 1); }),
              "FairShare: coefficient = 0 is not allowed; allowed: 1e-30 to 1e+30");
    EXPECT_EQ(GetRefusal([&] { share.AddClass(unknown.data(), 1); }),
              "FairShare: resource = 1 is not allowed; allowed: below 1, their number");
    EXPECT_EQ(GetRefusal([&] { share.RemoveClass(id); }),
              "FairShare: flows of a class to be removed = 1 is not allowed; allowed: 0");
    EXPECT_EQ(GetRefusal([&] { share.Add(id, -2); }),
              "FairShare: flows of a class = -1 is not allowed; allowed: 0 to 4294967295");
    EXPECT_EQ(GetRefusal([&] { share.SetCount(id + 1, 1); }),
              "FairShare: class = 1 is not allowed; allowed: id of a class that was added and not "
              "removed");
    EXPECT_THROW(share.GetRate(id + 1), std::invalid_argument);
    EXPECT_THROW(share.GetLoad(link + 1), std::invalid_argument);
    // Nothing of it has come in.
    EXPECT_EQ(share.Solve().size, 1U);
    EXPECT_EQ(share.GetRate(id), 1);
    // An id is given again once the class is gone.
    share.SetCount(id, 0);
    share.RemoveClass(id);
    EXPECT_THROW(share.SetCount(id, 1), std::invalid_argument);
    share.Solve();
    EXPECT_EQ(share.AddClass(&full, 1), id);
}

} // namespace
