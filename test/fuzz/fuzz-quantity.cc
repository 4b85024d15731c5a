/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fuzz-target.h"

#include "ns3/failure-effect.h"
#include "ns3/fault-time.h"
#include "ns3/scenario-quantity.h"

#include <stdexcept>

// Quantities, times of faults and what faults do: what was read is written and read as the same.
int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    using namespace ns3::opticalfabric;
    const std::string text = MakeText(data, size);
    if (const auto bytes = ReadBytes(text))
    {
        Require(ReadBytes(WriteBytes(*bytes)) == bytes);
    }
    if (const auto ps = ReadTimePs(text))
    {
        Require(*ps >= 0 && ReadTimePs(WriteTimePs(*ps)) == ps);
    }
    if (const auto rate = ReadBitRate(text))
    {
        Require(ReadBitRate(WriteBitRate(*rate)) == rate);
    }
    if (const auto number = ReadUnsigned(text))
    {
        Require(ReadUnsigned(std::to_string(*number)) == number);
    }
    ReadReal(text);
    if (const auto time = FaultTime::Read(text))
    {
        const auto again = FaultTime::Read(time->Write());
        Require(again && again->Write() == time->Write());
    }
    try
    {
        const std::string effect = ReadFailureEffect(text).Write();
        Require(ReadFailureEffect(effect).Write() == effect);
    }
    catch (const std::invalid_argument&)
    {
    }
    return 0;
}
