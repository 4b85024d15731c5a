/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// RoutePlan::FindDependencyCircle: the deadlock check.
#include "route-plan.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

using Bits = std::vector<uint64_t>; ///< a set of ports of one switch

/// For each input of each switch, the outputs that what came in by it may want.
class Dependencies
{
  public:
    /// @param graph the network
    explicit Dependencies(const RouteGraph& graph)
        : m_graph(graph),
          m_wanted(graph.vertices.size())
    {
        for (size_t v = 0; v < graph.vertices.size(); ++v)
        {
            const size_t ports = graph.vertices[v].peers.size();
            if (graph.vertices[v].isSwitch)
            {
                m_wanted[v].assign(ports, Bits((ports + 63) / 64, 0));
            }
        }
    }

    /**
     * @param vertex a switch
     * @param input port a packet came in by
     * @param outputs ports it may want
     */
    void Add(uint32_t vertex, uint16_t input, const Bits& outputs)
    {
        Bits& wanted = m_wanted[vertex][input];
        for (size_t w = 0; w < outputs.size(); ++w)
        {
            wanted[w] |= outputs[w];
        }
    }

    /**
     * @param vertex a vertex
     * @param output one of its ports: a packet that holds the buffer behind it...
     * @param visit ...is followed by what that packet may want, (vertex, output)
     */
    template <typename F>
    void ForEachWanted(uint32_t vertex, uint16_t output, F&& visit) const
    {
        const RouteGraph::Vertex& from = m_graph.vertices[vertex];
        const uint32_t next = from.peers[output];
        if (next == RouteGraph::NOWHERE || !m_graph.vertices[next].isSwitch)
        {
            return;
        }
        const Bits& wanted = m_wanted[next][from.peerPorts[output]];
        for (size_t w = 0; w < wanted.size(); ++w)
        {
            for (uint64_t bits = wanted[w]; bits != 0; bits &= bits - 1)
            {
                visit(next, static_cast<uint16_t>(64 * w + __builtin_ctzll(bits)));
            }
        }
    }

  private:
    const RouteGraph& m_graph;               ///< the network
    std::vector<std::vector<Bits>> m_wanted; ///< by switch and input
};

} // namespace

std::vector<std::pair<uint32_t, uint16_t>>
RoutePlan::FindDependencyCircle(const RouteGraph& graph) const
{
    Dependencies dependencies(graph);
    std::vector<Bits> outputs(graph.vertices.size());
    for (uint32_t c = 0; c < m_classes.Get().size(); ++c)
    {
        const auto forEachCandidate = [this, c](uint32_t vertex, auto visit) {
            const RouteTable& table = *m_tables[vertex];
            const RouteTable::Entry entry = table.Find(c);
            // What leaves for an endpoint waits for nothing behind it.
            for (uint32_t i = 0; i < entry.count && !entry.direct; ++i)
            {
                visit(table.GetPort(entry, i));
            }
        };
        for (uint32_t v = 0; v < graph.vertices.size(); ++v)
        {
            if (!graph.vertices[v].isSwitch)
            {
                continue;
            }
            outputs[v].assign((graph.vertices[v].peers.size() + 63) / 64, 0);
            forEachCandidate(v, [&outputs, v](uint16_t port) {
                outputs[v][port >> 6] |= uint64_t{1} << (port & 63);
            });
        }
        for (uint32_t u = 0; u < graph.vertices.size(); ++u)
        {
            if (!graph.vertices[u].isSwitch)
            {
                continue;
            }
            forEachCandidate(u, [&graph, &dependencies, &outputs, u](uint16_t port) {
                const uint32_t v = graph.vertices[u].peers[port];
                if (graph.vertices[v].isSwitch)
                {
                    dependencies.Add(v, graph.vertices[u].peerPorts[port], outputs[v]);
                }
            });
        }
    }

    // Take away outputs nothing waits for until none is left, or only circles and what hangs on
    // them.
    std::vector<std::vector<uint32_t>> waiters(graph.vertices.size());
    std::vector<std::pair<uint32_t, uint16_t>> free;
    const auto forEachPort = [&graph](auto visit) {
        for (uint32_t v = 0; v < graph.vertices.size(); ++v)
        {
            for (uint16_t port = 0;
                 graph.vertices[v].isSwitch && port < graph.vertices[v].peers.size();
                 ++port)
            {
                visit(v, port);
            }
        }
    };
    for (uint32_t v = 0; v < graph.vertices.size(); ++v)
    {
        waiters[v].assign(graph.vertices[v].peers.size(), 0);
    }
    forEachPort([&](uint32_t v, uint16_t port) {
        dependencies.ForEachWanted(v, port, [&](uint32_t w, uint16_t wanted) {
            ++waiters[w][wanted];
        });
    });
    forEachPort([&](uint32_t v, uint16_t port) {
        if (waiters[v][port] == 0)
        {
            free.emplace_back(v, port);
        }
    });
    for (size_t i = 0; i < free.size(); ++i)
    {
        const auto [v, port] = free[i];
        dependencies.ForEachWanted(v, port, [&](uint32_t w, uint16_t wanted) {
            if (--waiters[w][wanted] == 0)
            {
                free.emplace_back(w, wanted);
            }
        });
    }

    // An output that is left has a waiter that is left: going back from one ends in a circle.
    std::vector<std::pair<uint32_t, uint16_t>> path;
    forEachPort([&](uint32_t v, uint16_t port) {
        if (path.empty() && waiters[v][port] != 0)
        {
            path.emplace_back(v, port);
        }
    });
    while (!path.empty())
    {
        // Step back to an output whose buffer's packets wait for the last one of the path.
        const auto [v, port] = path.back();
        std::pair<uint32_t, uint16_t> before{v, port};
        bool found = false;
        for (uint32_t u = 0; u < graph.vertices.size() && !found; ++u)
        {
            for (uint16_t held = 0;
                 graph.vertices[u].isSwitch && !found && held < graph.vertices[u].peers.size();
                 ++held)
            {
                if (waiters[u][held] == 0 || graph.vertices[u].peers[held] != v)
                {
                    continue;
                }
                dependencies.ForEachWanted(u, held, [&, p = port](uint32_t, uint16_t wanted) {
                    found = found || wanted == p;
                });
                before = {u, held};
            }
        }
        const auto again = std::find(path.begin(), path.end(), before);
        if (again != path.end())
        {
            path.erase(path.begin(), again);
            std::reverse(path.begin(), path.end());
            break;
        }
        path.push_back(before);
    }
    return path;
}

} // namespace opticalfabric
} // namespace ns3
