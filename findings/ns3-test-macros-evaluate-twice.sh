#!/usr/bin/env bash
# The test macros of ns-3.37 evaluate their arguments again when a check fails.
#
# Expected: NS_TEST_EXPECT_MSG_EQ(queue.Pop(), 3, "") pops once, as with GoogleTest's EXPECT_EQ.
# Seen: once if the check holds, twice if it fails, to print the value: the report then shows
# another value than the one that was compared, and what follows sees another state. Below 4 is
# compared with 3, and the report says that 5 was got.
#
# So arguments of these macros must have no effects: keep the value in a variable first.
. "$(dirname "$0")/packages.sh"
unpack libns3.37=3.37-2 libns3-dev=3.37-2

cat > "$root/twice.cc" <<'C'
#include "ns3/test.h"

#include <iostream>

using namespace ns3;

class Twice : public TestCase
{
  public:
    Twice()
        : TestCase("twice")
    {
    }

  private:
    void DoRun() override
    {
        int calls = 2;
        NS_TEST_EXPECT_MSG_EQ(++calls, 3, "holds");
        std::cout << "calls " << calls - 2;
        NS_TEST_EXPECT_MSG_EQ(++calls, 3, "fails");
        std::cout << ", then " << calls - 3 << std::endl;
    }
};

class TwiceSuite : public TestSuite
{
  public:
    TwiceSuite()
        : TestSuite("twice", UNIT)
    {
        AddTestCase(new Twice, TestCase::QUICK);
    }
} g_suite;

int
main(int argc, char* argv[])
{
    return TestRunner::Run(argc, argv);
}
C
cd "$root"
g++ -std=c++17 -DNS3_LOG_ENABLE -I usr/include twice.cc -o twice \
  -L usr/lib/x86_64-linux-gnu -lns3-core -Wl,--allow-shlib-undefined
text=$(./twice --suite=twice --verbose 2>&1 || true)
expect "evaluations" "calls 1, then 2" "$(grep -o 'calls [0-9], then [0-9]' <<< "$text")"
expect "value in the report" 'actual="5"' "$(grep -o '[(a-z)]*="5"' <<< "$text" | head -1)"
