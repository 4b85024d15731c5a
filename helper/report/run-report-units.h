/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_REPORT_UNITS_H
#define OPTICAL_FABRIC_RUN_REPORT_UNITS_H

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @param seconds a time, s
 * @param digits significant digits
 * @return it in the unit that suits, "152 us"
 */
std::string FormatSeconds(double seconds, int digits = 3);

/**
 * @ingroup optical-fabric
 * @param bytesPerSecond a rate, B/s
 * @return it in the unit that suits, "54.1 GB/s"
 */
std::string FormatRate(double bytesPerSecond);

/**
 * @ingroup optical-fabric
 * @param bytes a size
 * @return it in the unit that suits: binary if halves of it say all, "7.5 MiB", else decimal
 */
std::string FormatBytes(uint64_t bytes);

/**
 * @ingroup optical-fabric
 * @param count a number
 * @return it with commas, "1,234,567"
 */
std::string FormatCount(uint64_t count);

/**
 * @ingroup optical-fabric
 * @param value a number
 * @return three digits of it and a multiple, "5.43 M"
 */
std::string FormatScaled(double value);

/**
 * @ingroup optical-fabric
 * @brief Lines of cells under one another.
 *
 * @param rows cells of each line, the heading first
 * @param leftColumns how many columns begin on the left; the others end on the right
 * @return the lines, indented by two blanks
 */
std::string FormatTable(const std::vector<std::vector<std::string>>& rows, std::size_t leftColumns);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_REPORT_UNITS_H */
