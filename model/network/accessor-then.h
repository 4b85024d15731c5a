/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ACCESSOR_THEN_H
#define OPTICAL_FABRIC_ACCESSOR_THEN_H

#include "ns3/attribute.h"
#include "ns3/object-base.h"
#include "ns3/ptr.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Access to an attribute whose new value is to be put in force at once.
 *
 * @tparam OBJECT class with the attribute
 */
template <typename OBJECT>
class AccessorThen : public AttributeAccessor
{
  public:
    /**
     * @param access access to the attribute alone
     * @param then member to call after it was set
     */
    AccessorThen(Ptr<const AttributeAccessor> access, void (OBJECT::*then)())
        : m_access(access),
          m_then(then)
    {
    }

    bool Set(ObjectBase* object, const AttributeValue& value) const override
    {
        if (!m_access->Set(object, value))
        {
            return false;
        }
        // The access has found an OBJECT.
        (dynamic_cast<OBJECT*>(object)->*m_then)();
        return true;
    }

    bool Get(const ObjectBase* object, AttributeValue& value) const override
    {
        return m_access->Get(object, value);
    }

    bool HasGetter() const override
    {
        return m_access->HasGetter();
    }

    bool HasSetter() const override
    {
        return m_access->HasSetter();
    }

  private:
    Ptr<const AttributeAccessor> m_access; ///< access to the attribute alone
    void (OBJECT::*m_then)();              ///< member to call after it was set
};

/**
 * @ingroup optical-fabric
 * @param access access to an attribute
 * @param then member to call after it was set
 * @return accessor for TypeId::AddAttribute
 */
template <typename OBJECT>
Ptr<const AttributeAccessor>
MakeAccessorThen(Ptr<const AttributeAccessor> access, void (OBJECT::*then)())
{
    return Ptr<const AttributeAccessor>(new AccessorThen<OBJECT>(access, then), false);
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ACCESSOR_THEN_H */
