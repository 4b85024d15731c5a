/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_WAKE_H
#define OPTICAL_FABRIC_FLOW_WAKE_H

#include "ns3/event-impl.h"

namespace ns3
{
namespace opticalfabric
{

class FlowEngine;

/**
 * @ingroup optical-fabric
 * @brief An event of a FlowEngine's own, scheduled as often as it takes.
 */
class FlowWake : public EventImpl
{
  public:
    /// @param engine whose event @param what what it does then
    FlowWake(FlowEngine* engine, void (FlowEngine::*what)())
        : m_engine(engine),
          m_what(what)
    {
    }

    /// The engine goes away.
    void Forget()
    {
        m_engine = nullptr;
    }

  protected:
    void Notify() override
    {
        if (m_engine != nullptr)
        {
            (m_engine->*m_what)();
        }
    }

  private:
    FlowEngine* m_engine;         ///< whose event; null once that is gone
    void (FlowEngine::*m_what)(); ///< what it does
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_WAKE_H */
