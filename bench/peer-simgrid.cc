/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "case-arguments.h"
#include "destination-order.h"
#include "figures.h"
#include "seeded-transfers.h"
#include "stopwatch.h"

#include <functional>
#include <iostream>
#include <simgrid/s4u.hpp>
#include <sys/resource.h>

namespace opticalfabricbench
{

namespace
{

namespace s4u = simgrid::s4u;
using Hosts = std::vector<s4u::Host*>;

constexpr uint32_t PER_LEAF = 16;              ///< endpoints of a leaf, and spines
constexpr double LINK_BYTES_PER_S = 400e9 / 8; ///< of a link, each way

/**
 * @ingroup optical-fabric-bench
 * @brief What SimGrid is to do: what the cases of fabric-bench that run flows do.
 */
struct PeerTask
{
    std::string what;      ///< all-to-all, ring or list
    uint32_t endpoints{0}; ///< endpoints, a multiple of PER_LEAF
    uint64_t bytes{0};     ///< of each transfer; for a ring, of each rank's vector
    uint32_t window{0};    ///< transfers that each endpoint has under way
    uint32_t peers{0};     ///< how many others each endpoint sends to; 0: all
    uint32_t transfers{0}; ///< how many, of a list
    std::string order;     ///< in which order a rank sends to the others
    double linkS{0};       ///< propagation of a link, s
    double switchS{0};     ///< latency of a switch, s
};

/**
 * A leaf-spine network that blocks nothing. SimGrid's own class for these knows its routes without
 * a table, and they are those of Deterministic: to spine destination % spines.
 * @param task what is to be done
 * @return endpoints
 */
Hosts
BuildClos(const PeerTask& task)
{
    const s4u::FatTreeParams shape(2, {PER_LEAF, task.endpoints / PER_LEAF}, {1, PER_LEAF}, {1, 1});
    Hosts hosts;
    using Netpoint = simgrid::kernel::routing::NetPoint;
    const auto makeHost =
        [&hosts](s4u::NetZone* zone, const std::vector<unsigned long>&, unsigned long number) {
            hosts.push_back(zone->create_host(std::to_string(number), 1e9));
            return std::pair<Netpoint*, Netpoint*>(hosts.back()->get_netpoint(), nullptr);
        };
    s4u::create_fatTree_zone("clos",
                             nullptr,
                             shape,
                             s4u::ClusterCallbacks(makeHost),
                             LINK_BYTES_PER_S,
                             task.linkS + task.switchS,
                             s4u::Link::SharingPolicy::SPLITDUPLEX)
        ->seal();
    for (uint32_t i = 0; i < task.endpoints; ++i)
    {
        // The last link leads to no switch.
        std::vector<s4u::Link*> route;
        double latencyS = 0;
        hosts[i ^ 1]->route_to(hosts[i], route, &latencyS);
        route.back()->set_latency(task.linkS);
    }
    return hosts;
}

/**
 * Everybody sends to all others, a few at a time.
 * @param task what is to be done
 * @param hosts endpoints
 */
void
AddAllToAll(const PeerTask& task, const Hosts& hosts)
{
    for (uint32_t rank = 0; rank < task.endpoints; ++rank)
    {
        s4u::Actor::create("rank", hosts[rank], [&task, &hosts, rank]() {
            std::vector<s4u::CommPtr> underWay;
            for (const uint32_t offset :
                 GetPeerOffsets(task.order, rank, task.endpoints, task.peers))
            {
                if (underWay.size() == task.window)
                {
                    const ssize_t ended = s4u::Comm::wait_any(underWay);
                    underWay[ended] = underWay.back();
                    underWay.pop_back();
                }
                s4u::Host* destination = hosts[(rank + offset) % task.endpoints];
                underWay.push_back(s4u::Comm::sendto_async(hosts[rank], destination, task.bytes));
            }
            s4u::Comm::wait_all(underWay);
        });
    }
}

/**
 * A ring all-reduce: in each of 2 (n - 1) steps everybody sends the next part to the right, and
 * waits for one from the left; whether its own has arrived is nothing to it.
 * @param task what is to be done
 * @param hosts endpoints
 */
void
AddRing(const PeerTask& task, const Hosts& hosts)
{
    for (uint32_t rank = 0; rank < task.endpoints; ++rank)
    {
        s4u::Actor::create("rank", hosts[rank], [&task, rank]() {
            const uint32_t n = task.endpoints;
            char token = 0; // something has to be handed over
            s4u::Mailbox* from = s4u::Mailbox::by_name(std::to_string(rank));
            s4u::Mailbox* to = s4u::Mailbox::by_name(std::to_string((rank + 1) % n));
            // A message sets out when it is sent, not when somebody waits for it.
            from->set_receiver(s4u::Actor::self());
            s4u::this_actor::yield();
            const auto begin = [&task, n](uint64_t part) { return part * task.bytes / n; };
            for (uint32_t step = 0; step < 2 * (n - 1); ++step)
            {
                const uint32_t part = (rank + 2 * n - step - 1) % n;
                to->put_init(&token, begin(part + 1) - begin(part))->detach();
                from->get<char>();
            }
        });
    }
}

/**
 * Transfers of a list begin when it says.
 * @param task what is to be done
 * @param hosts endpoints
 * @param figures told how long each took
 */
void
AddList(const PeerTask& task, const Hosts& hosts, Figures& figures)
{
    s4u::Actor::create("list", hosts[0], [&task, &hosts, &figures]() {
        std::vector<s4u::CommPtr> underWay;
        for (const SeededTransfer& one : MakeSeededTransfers(task.endpoints, task.transfers))
        {
            s4u::this_actor::sleep_until(static_cast<double>(one.startNs) * 1e-9);
            underWay.push_back(
                s4u::Comm::sendto_async(hosts[one.source], hosts[one.destination], one.bytes));
        }
        for (size_t i = 0; i < underWay.size(); ++i)
        {
            underWay[i]->wait();
            figures.Set("took_s_" + std::to_string(i),
                        underWay[i]->get_finish_time() - underWay[i]->get_start_time());
        }
    });
}

/**
 * Do it.
 * @param arguments what is to be done, and how
 * @return figures
 */
Figures
RunPeer(CaseArguments& arguments)
{
    PeerTask task;
    task.what = arguments.GetText("what", "all-to-all");
    task.endpoints = arguments.GetCount("endpoints", 64);
    task.bytes = arguments.GetCount("bytes", task.what == "ring" ? 64 << 20 : 65536);
    const std::string window = arguments.GetText("window", "8");
    task.window = window == "all" ? task.endpoints - 1 : arguments.GetCount("window", 8);
    task.peers = arguments.GetCount("peers", 0);
    task.transfers = arguments.GetCount("transfers", 1000);
    task.order = arguments.GetText("order", "rotation");
    task.linkS = arguments.GetNumber("link-ns", 100) * 1e-9;
    task.switchS = arguments.GetNumber("switch-ns", 200) * 1e-9;
    const std::string timePrecision = arguments.GetText("time-precision", "1e-12");
    const std::string sharePrecision = arguments.GetText("share-precision", "1e-5");
    const std::string optim = arguments.GetText("optim", "Full");
    arguments.RefuseOthers();
    if (task.endpoints % PER_LEAF != 0 || task.endpoints < 2 * PER_LEAF)
    {
        throw std::invalid_argument("endpoints is " + std::to_string(task.endpoints) +
                                    ", allowed a multiple of 16 from 32 on");
    }

    std::string name = "simgrid";
    std::string quiet = "--log=root.threshold:error";
    std::vector<char*> argv{name.data(), quiet.data(), nullptr};
    int argc = 2;
    s4u::Engine engine(&argc, argv.data());
    for (const std::string setting : {"network/model:CM02",
                                      "network/crosstraffic:0",
                                      "network/TCP-gamma:0",
                                      "network/bandwidth-factor:1",
                                      "network/latency-factor:1",
                                      "network/weight-S:0",
                                      "contexts/stack-size:64"})
    {
        s4u::Engine::set_config(setting);
    }
    // Lazy is its default; where many rates change at every end, that takes longer.
    s4u::Engine::set_config("network/optim:" + optim);
    s4u::Engine::set_config("surf/precision:" + timePrecision);
    s4u::Engine::set_config("maxmin/precision:" + sharePrecision);

    Figures figures;
    const Stopwatch building;
    const Hosts hosts = BuildClos(task);
    figures.Set("build_s", building.GetElapsedS());
    const Stopwatch running;
    if (task.what == "all-to-all")
    {
        AddAllToAll(task, hosts);
    }
    else if (task.what == "ring")
    {
        AddRing(task, hosts);
    }
    else if (task.what == "list")
    {
        AddList(task, hosts, figures);
    }
    else
    {
        throw std::invalid_argument("what is " + task.what + ", allowed all-to-all, ring or list");
    }
    engine.run();
    figures.Set("run_s", running.GetElapsedS());
    figures.Set("simulated_s", s4u::Engine::get_clock());
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    figures.Set("peak_rss_bytes", 1024.0 * static_cast<double>(usage.ru_maxrss));
    return figures;
}

} // namespace

} // namespace opticalfabricbench

int
main(int argc, char* argv[])
{
    try
    {
        opticalfabricbench::CaseArguments arguments({argv + 1, argv + argc});
        opticalfabricbench::RunPeer(arguments).Write(std::cout);
        return 0;
    }
    catch (const std::exception& problem)
    {
        std::cerr << "fabric-bench-simgrid: " << problem.what() << '\n';
        return 1;
    }
}
