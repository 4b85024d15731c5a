/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OUTPUT_WIDTH_H
#define OPTICAL_FABRIC_OUTPUT_WIDTH_H

#include <cstdint>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Columns of a report where nothing says how many there are.
constexpr uint32_t REPORT_WIDTH = 100;

/**
 * @ingroup optical-fabric
 * @param descriptor file descriptor that is written to
 * @return columns of the terminal that it is, 80 if that does not say; 0 if it is none
 */
uint32_t GetTerminalWidth(int descriptor);

/**
 * @ingroup optical-fabric
 * @brief Find out how long lines may be.
 * @param descriptor file descriptor that is written to
 * @return the environment's COLUMNS if that is a whole number from 40 to 1000, terminal or not;
 *         else columns of the terminal, 20 or more; else 0: as long as they are
 */
uint32_t FindOutputWidth(int descriptor);

/**
 * @ingroup optical-fabric
 * @brief Find out how long a line may be that the next one is written over.
 * @param descriptor file descriptor that is written to
 * @return columns of the terminal that it is, or what the environment's COLUMNS says if that is
 *         less and from 40 to 1000; 0 if it is no terminal
 */
uint32_t FindLineWidth(int descriptor);

/**
 * @ingroup optical-fabric
 * @param descriptor file descriptor that a report goes to
 * @return as FindOutputWidth, but REPORT_WIDTH instead of 0
 */
uint32_t FindReportWidth(int descriptor);

/**
 * @ingroup optical-fabric
 * @brief Break lines that are too long at blanks.
 * @param text lines
 * @param width columns that they should have at most
 * @return the same; what follows a break is indented as its line, and by two more blanks at least
 */
std::string WrapLines(const std::string& text, uint32_t width);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OUTPUT_WIDTH_H */
