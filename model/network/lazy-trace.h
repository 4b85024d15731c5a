/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LAZY_TRACE_H
#define OPTICAL_FABRIC_LAZY_TRACE_H

#include "ns3/ptr.h"
#include "ns3/trace-source-accessor.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Access to a trace source that lives in a struct made with the first connection.
 *
 * An object with many trace sources, of which there are very many, then pays one null pointer for
 * those nobody listens to, and one comparison on its fast path.
 *
 * @tparam OBJECT class with the sources
 * @tparam GROUP struct of TracedCallbacks
 * @tparam SOURCE type of the trace source
 */
template <typename OBJECT, typename GROUP, typename SOURCE>
class LazyTraceSourceAccessor : public TraceSourceAccessor
{
  public:
    /**
     * @param make member that returns the struct, made if need be
     * @param source trace source in the struct
     */
    LazyTraceSourceAccessor(GROUP* (OBJECT::*make)(), SOURCE GROUP::*source)
        : m_make(make),
          m_source(source)
    {
    }

    bool ConnectWithoutContext(ObjectBase* object, const CallbackBase& callback) const override
    {
        SOURCE* source = Find(object);
        if (source != nullptr)
        {
            source->ConnectWithoutContext(callback);
        }
        return source != nullptr;
    }

    bool Connect(ObjectBase* object,
                 std::string context,
                 const CallbackBase& callback) const override
    {
        SOURCE* source = Find(object);
        if (source != nullptr)
        {
            source->Connect(callback, context);
        }
        return source != nullptr;
    }

    bool DisconnectWithoutContext(ObjectBase* object, const CallbackBase& callback) const override
    {
        SOURCE* source = Find(object);
        if (source != nullptr)
        {
            source->DisconnectWithoutContext(callback);
        }
        return source != nullptr;
    }

    bool Disconnect(ObjectBase* object,
                    std::string context,
                    const CallbackBase& callback) const override
    {
        SOURCE* source = Find(object);
        if (source != nullptr)
        {
            source->Disconnect(callback, context);
        }
        return source != nullptr;
    }

  private:
    /**
     * @param object object with the sources
     * @return the source, or null if the object is of another class
     */
    SOURCE* Find(ObjectBase* object) const
    {
        auto* owner = dynamic_cast<OBJECT*>(object);
        return owner == nullptr ? nullptr : &((owner->*m_make)()->*m_source);
    }

    GROUP* (OBJECT::*m_make)(); ///< member that returns the struct
    SOURCE GROUP::*m_source;    ///< trace source in the struct
};

/**
 * @ingroup optical-fabric
 * @param make member that returns the struct, made if need be
 * @param source trace source in the struct
 * @return accessor for TypeId::AddTraceSource
 */
template <typename OBJECT, typename GROUP, typename SOURCE>
Ptr<const TraceSourceAccessor>
MakeLazyTraceSourceAccessor(GROUP* (OBJECT::*make)(), SOURCE GROUP::*source)
{
    return Ptr<const TraceSourceAccessor>(
        new LazyTraceSourceAccessor<OBJECT, GROUP, SOURCE>(make, source),
        false);
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LAZY_TRACE_H */
