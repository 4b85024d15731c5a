#!/usr/bin/env bash
# ns-3.37 turns each attribute of each new object into text, whether anybody logs or not.
#
# Expected: CreateObject copies initial values. Texts are made when someone reads or logs them.
# Seen: the value's operator<< runs once for each attribute of each object that is made, with no log
# component enabled, in Debian's optimized libraries. Below: 1000 objects, one attribute, 1000 texts.
# In a fabric of 10,000 endpoints that was, with the copying around it, half of the instructions of
# the set-up.
#
# So classes of which there are very many have few attributes: what is the same for all belongs to
# the object that owns them.
. "$(dirname "$0")/packages.sh"
unpack libns3.37=3.37-2 libns3-dev=3.37-2

cat > "$root/made.cc" <<'C'
#include "ns3/attribute-helper.h"
#include "ns3/object.h"

#include <iostream>

namespace ns3
{

int g_texts = 0; ///< times that a value was turned into text

struct Colour
{
};

std::ostream&
operator<<(std::ostream& os, const Colour&)
{
    ++g_texts;
    return os << "red";
}

std::istream&
operator>>(std::istream& is, Colour&)
{
    return is;
}

ATTRIBUTE_HELPER_HEADER(Colour);
ATTRIBUTE_HELPER_CPP(Colour);

class Thing : public Object
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::Thing")
                                .SetParent<Object>()
                                .AddConstructor<Thing>()
                                .AddAttribute("Colour",
                                              "Its colour.",
                                              ColourValue(),
                                              MakeColourAccessor(&Thing::m_colour),
                                              MakeColourChecker());
        return tid;
    }

  private:
    Colour m_colour;
};

} // namespace ns3

int
main()
{
    ns3::CreateObject<ns3::Thing>();
    const int first = ns3::g_texts;
    for (int i = 0; i < 1000; ++i)
    {
        ns3::CreateObject<ns3::Thing>();
    }
    std::cout << ns3::g_texts - first << std::endl;
}
C
cd "$root"
g++ -std=c++17 -DNS3_LOG_ENABLE -I usr/include made.cc -o made \
  -L usr/lib/x86_64-linux-gnu -lns3-core -Wl,--allow-shlib-undefined
expect "texts for 1000 objects" "1000" "$(./made)"
