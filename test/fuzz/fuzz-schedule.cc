/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fuzz-target.h"

#include "ns3/fault-schedule.h"

// A fault schedule. What was read is written, and read again as the same.
int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    using namespace ns3::opticalfabric;
    std::string once;
    g_isRefused = false;
    try
    {
        once = WriteFaultSchedule(ReadFaultSchedule(MakeText(data, size), "input", nullptr));
    }
    catch (const FaultScheduleError&)
    {
        g_isRefused = true;
        return 0;
    }
    Require(WriteFaultSchedule(ReadFaultSchedule(once, "written", nullptr)) == once);
    return 0;
}
