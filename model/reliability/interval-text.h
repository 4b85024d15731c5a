/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_INTERVAL_TEXT_H
#define OPTICAL_FABRIC_INTERVAL_TEXT_H

#include "ns3/event-interval.h"
#include "ns3/mean-interval.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

/*
 * Numbers and intervals as reports for people show them.
 */

/**
 * @ingroup optical-fabric
 * @param number a number
 * @param digits significant digits, at least 1; more if it takes them to say its whole part
 * @return it, with a point whatever the locale
 */
std::string ShowNumber(double number, int digits);

/**
 * @ingroup optical-fabric
 * @param interval an interval
 * @param digits significant digits of the mean, at least 1
 * @return the mean, and half of the interval behind "+-" unless it is infinite, as it is of one
 *         value, or 0, as it is where nothing was seen; "none seen" if the mean is not finite, as
 *         a time between failures that never came
 */
std::string ShowInterval(const MeanInterval& interval, int digits = 5);

/**
 * @ingroup optical-fabric
 * @brief A figure that rests on counted events, with its limits in brackets, to two digits of the
 * distance between them. One that rests on few events has "*" behind it.
 * @param interval an interval
 * @return for example "43.5 (41.8 to 45.4)"; without an event the limit that there is: "none,
 *         < 0.015" of a rate, "> 1460000" of a time between events, "1, never down" of an
 *         availability
 */
std::string ShowEvents(const EventInterval& interval);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_INTERVAL_TEXT_H */
