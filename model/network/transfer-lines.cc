/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "transfer-lines.h"

#include <utility>

namespace ns3
{
namespace opticalfabric
{

void
TransferLines::Erase(std::size_t place)
{
    const std::size_t mask = m_lines.size() - 1;
    --m_count;
    // Lines behind it move up, unless they are nearer to their home where they are.
    for (std::size_t next = (place + 1) & mask; m_lines[next].key != FREE; next = (next + 1) & mask)
    {
        const std::size_t home = GetHome(m_lines[next].key);
        if (((next - home) & mask) >= ((next - place) & mask))
        {
            m_lines[place] = m_lines[next];
            place = next;
        }
    }
    m_lines[place] = Line();
}

void
TransferLines::Grow()
{
    const std::vector<Line> old = std::exchange(m_lines, std::vector<Line>(2 * m_lines.size()));
    for (const Line& line : old)
    {
        if (line.key != FREE)
        {
            m_lines[Find(line.key)] = line;
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
