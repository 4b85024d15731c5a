/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_NETWORK_H
#define OPTICAL_FABRIC_FABRIC_NETWORK_H

#include "ns3/fabric-endpoint.h"
#include "ns3/fabric-link.h"
#include "ns3/fabric-switch.h"
#include "ns3/network-islands.h"
#include "ns3/object-factory.h"
#include "ns3/path-namer.h"
#include "ns3/progress-watchdog.h"
#include "ns3/route-plan.h"
#include "ns3/transfer-engine.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A network of endpoints, switches and links, and the packet engine that runs on it.
 *
 * Add endpoints and switches, connect them, Build, then Post transfers. The time resolution must be
 * picoseconds (Time::SetResolution(Time::PS) before anything else); Build refuses any other.
 *
 * Build computes the shortest paths and refuses a network whose packets could wait for one another
 * in a circle. Afterwards links may change, fail and come back; routing stops using a failed link
 * DetectionDelay later, and finds new paths ConvergenceDelay after that.
 */
class FabricNetwork : public TransferEngine
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    FabricNetwork();
    ~FabricNetwork() override;

    /// Signature of the TransferStart trace source.
    typedef void (*TransferTracedCallback)(const Transfer& transfer);
    /// Signature of the LinkDetected trace source: which link, and whether it has come up.
    typedef void (*DetectedTracedCallback)(Ptr<FabricLink> link, bool up);
    /// Signature of the RoutesChanged trace source: classes of endpoints, different tables.
    typedef void (*RoutesTracedCallback)(uint32_t classes, uint32_t tables);

    /**
     * @param node ns-3 node it stands on
     * @param name name for messages and results
     * @return the endpoint; its index is the number of endpoints before it
     */
    Ptr<FabricEndpoint> AddEndpoint(Ptr<Node> node, const std::string& name);

    /**
     * @param node ns-3 node it stands on
     * @param name name for messages and results
     * @return the switch
     */
    Ptr<FabricSwitch> AddSwitch(Ptr<Node> node, const std::string& name);

    /**
     * @param a node at end 0
     * @param b node at end 1
     * @param link factory of the link, its attributes set
     * @return the link
     */
    Ptr<FabricLink> Connect(Ptr<FabricNode> a, Ptr<FabricNode> b, const ObjectFactory& link);

    /**
     * Before Build.
     * @param make whether it makes the tables that packets are routed by, as it does if nobody says
     *        otherwise. Without them nobody may Post, or send packets: the network is for another
     *        engine (FlowEngine), and a large one is built in less time and memory.
     */
    void SetRouteTables(bool make);

    /// @return whether it makes them
    bool HasRouteTables() const;

    /**
     * Complete the network. Aborts if it cannot work: a node without a port, a buffer smaller than
     * a packet, a time resolution other than picoseconds, a possible deadlock.
     */
    void Build();

    /**
     * Streams: one per endpoint (paths; with Routing::ECMP the first of them, the salt), then one
     * per link direction (damaged frames), then one per link direction (damaged requests and
     * acknowledgments about its frames).
     * @param stream first random stream to use
     * @return streams used
     */
    int64_t AssignStreams(int64_t stream);

    uint32_t GetNEndpoints() const override;
    uint32_t GetNodeId(uint32_t endpoint) const override;
    std::string ExplainNoPath(uint32_t source, uint32_t destination) const override;
    void Post(const Transfer& transfer, TransferClient* client) override;
    std::string GetFidelity() const override;
    uint32_t OpenAccount() override;
    const TrafficAccount* GetAccount(uint32_t account) const override;
    /// @param transfer one that another engine moves over this network; TransferStart tells of it
    void NoteStart(const Transfer& transfer);

    /// @return number of switches
    uint32_t GetNSwitches() const;
    /// @return number of links
    uint32_t GetNLinks() const;
    /// @param i endpoint number @return the endpoint
    Ptr<FabricEndpoint> GetEndpoint(uint32_t i) const;
    /// @param i switch number @return the switch
    Ptr<FabricSwitch> GetSwitch(uint32_t i) const;
    /// @param i link number @return the link
    Ptr<FabricLink> GetLink(uint32_t i) const;
    /// @return number of transceiver modules, counted from the links' ends
    uint32_t GetNModules() const;
    /// @return what has been counted so far, with the latencies of all accounts put together
    NetworkTotals GetTotals() const;
    /// @return what has been counted so far, without latencies, which take time to put together
    const NetworkCounts& GetCounts() const;
    /// @return packets put on a link so far, once per link
    uint64_t GetPacketHops() const;
    /// @return packets made and not delivered or given up
    uint64_t GetPacketsInFlight() const;
    /// @return memory that a packet in flight takes with its place in the scheduler, bytes
    static uint32_t GetBytesPerPacket();
    /// @return why the watchdog stopped the run; empty if it did not
    const std::string& GetStallReport() const;
    /// @return the watchdog
    Ptr<ProgressWatchdog> GetWatchdog() const;
    /// @return payload of a full packet, bytes
    uint32_t GetMtu() const;
    /// @return bytes added to every packet
    uint32_t GetHeaderBytes() const;
    /// @return how paths are chosen
    Routing::Kind GetRouting() const;
    /// @return which nodes have a hash of their own, with Routing::ECMP
    EcmpSalt::Kind GetEcmpSalt() const;
    /// @return the salt of the hashes of Routing::ECMP, drawn when it is asked for first
    uint64_t GetSalt() const;
    /// @return when switches send packets on
    Switching::Kind GetSwitching() const;

    /// @return number of endpoints and switches
    uint32_t GetNVertices() const;
    /// @param i vertex number, in the order they were added @return the endpoint or switch
    Ptr<FabricNode> GetVertex(uint32_t i) const;
    /// @param node an endpoint or switch of this network @return its vertex number
    uint32_t FindVertex(const FabricNode* node) const;
    /**
     * @param whole with all links, not only those that routing may use now
     * @return the network as routing sees it; vertices are as of GetVertex
     */
    RouteGraph MakeGraph(bool whole = false) const;
    /// @return what an engine on this network shares with its parts: settings and totals
    FabricFloor& GetFloor();

  protected:
    void DoDispose() override;

  private:
    /// Compute all paths; aborts if packets could wait for one another in a circle.
    void MakePlan();
    /// Give every node its table, every endpoint its address.
    void InstallRoutes();
    /**
     * A link has come up or gone down.
     * @param link the link
     */
    void LinkChanged(Ptr<FabricLink> link);
    /**
     * Routing notices it, if it is still so.
     * @param link the link
     * @param up what it noticed
     */
    void LinkDetected(Ptr<FabricLink> link, bool up);
    /// Routing has converged.
    void Converge();
    /**
     * Send a packet of the IP stack.
     * @param source endpoint
     * @param packet the packet
     * @param destination address
     * @param protocol EtherType
     * @return false if there is no such address, or no way
     */
    bool SendPacket(uint32_t source, Ptr<Packet> packet, Address destination, uint16_t protocol);
    /**
     * @param transfer what is posted
     * @return a transfer with its addresses filled in
     */
    OutgoingTransfer* MakeTransfer(const Transfer& transfer);
    /**
     * @param source endpoint
     * @param destination another
     * @return number of the path of the pair, with Routing::DETERMINISTIC or ECMP; else 0
     */
    uint32_t NamePath(uint32_t source, uint32_t destination);
    /// @param what what is being done; aborts if the network is built already
    void RefuseIfBuilt(const char* what) const;

    FabricFloor m_floor;                                       ///< what all parts share
    std::vector<Ptr<FabricNode>> m_nodes;                      ///< switches and endpoints, as added
    std::vector<Ptr<FabricEndpoint>> m_endpoints;              ///< endpoints by index
    std::vector<uint32_t> m_endpointNodes;                     ///< their ns-3 node ids
    std::vector<uint32_t> m_endpointVertices;                  ///< their places in m_nodes
    std::vector<RouteAddress> m_addresses;                     ///< their addresses
    std::vector<Ptr<FabricSwitch>> m_switches;                 ///< switches
    std::vector<Ptr<FabricLink>> m_links;                      ///< links
    std::map<const FabricNode*, uint32_t> m_vertices;          ///< place in m_nodes
    std::map<Address, uint32_t> m_byAddress;                   ///< endpoint by device address
    NetworkIslands m_islands;                                  ///< who has a path to whom
    std::unique_ptr<RoutePlan> m_plan;                         ///< routes
    std::unique_ptr<PathNamer> m_namer;                        ///< paths that pairs keep to
    mutable uint64_t m_salt{0};                                ///< of hashes
    mutable bool m_isSaltDrawn{false};                         ///< m_salt is what it is to be
    int64_t m_saltStream{-1};                                  ///< its random stream; -1: any
    EcmpSalt::Kind m_ecmpSalt{EcmpSalt::PER_SWITCH};           ///< which nodes have it
    Ptr<ProgressWatchdog> m_watchdog;                          ///< stops runs that stall
    bool m_built{false};                                       ///< complete
    bool m_convergePending{false};                             ///< routing is about to converge
    bool m_routeTables{true};                                  ///< packets can be sent
    Routing::Kind m_routing{Routing::SPRAY};                   ///< choice of path
    Switching::Kind m_switching{Switching::CUT_THROUGH};       ///< forwarding mode
    Arbitration::Kind m_arbitration{Arbitration::ROUND_ROBIN}; ///< order of service
    TransferOrder::Kind m_order{TransferOrder::IN_ORDER};      ///< of transfers of a pair
    uint32_t m_mtuBytes{4096};                                 ///< payload of a full packet
    uint32_t m_headerBytes{0};                                 ///< added to every packet
    uint32_t m_bufferBytes{262144};                            ///< input buffer per port and lane
    uint32_t m_lanes{1};                                       ///< virtual lanes
    Time m_commitAhead;                                        ///< outputs decide this long ahead
    Time m_resendTimeout;                                      ///< until a source notices a loss
    uint32_t m_maxResends{7};                                  ///< resends before giving up
    Time m_detectionDelay;                                ///< until routing notices a failed link
    Time m_convergenceDelay;                              ///< from then until new paths are in use
    TracedCallback<const Transfer&> m_transferStart;      ///< a transfer is posted
    TracedCallback<Ptr<FabricLink>, bool> m_linkDetected; ///< a change is noticed
    TracedCallback<uint32_t, uint32_t> m_routesChanged;   ///< new paths are in use
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_NETWORK_H */
