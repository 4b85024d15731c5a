# Build types of the stand-alone build:
#
#   Release    fast, with line numbers for profilers and stack traces (the default)
#   Sanitize   AddressSanitizer and UndefinedBehaviorSanitizer, with ns-3's asserts in our code
#   Debug      for a debugger, with ns-3's asserts in our code

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Sanitize or Debug" FORCE)
endif()
set_property(CACHE CMAKE_BUILD_TYPE PROPERTY STRINGS Release Sanitize Debug)
if(NOT CMAKE_BUILD_TYPE MATCHES "^(Release|Sanitize|Debug)$")
  message(FATAL_ERROR "CMAKE_BUILD_TYPE is ${CMAKE_BUILD_TYPE}; it must be Release, Sanitize or "
                      "Debug")
endif()

set(CMAKE_CXX_FLAGS_RELEASE "-O3 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g -DNS3_ASSERT_ENABLE")

# An installed ns-3 carries no instrumentation of its own, and its type information is not visible
# to UBSan's vptr check, which would report every ns-3 object. GCC's -Wmaybe-uninitialized sees
# ghosts in instrumented code; the Release build keeps that warning.
set(CMAKE_CXX_FLAGS_SANITIZE
    "-O1 -g1 -DNS3_ASSERT_ENABLE -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all"
)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  string(APPEND CMAKE_CXX_FLAGS_SANITIZE " -Wno-maybe-uninitialized")
endif()
set(CMAKE_EXE_LINKER_FLAGS_SANITIZE "-fsanitize=address,undefined")
set(CMAKE_SHARED_LINKER_FLAGS_SANITIZE "-fsanitize=address,undefined")

# Nobody edits against the Sanitize build, and its compiler works longest: what most files include is
# precompiled. The other builds see to it that a file includes all it needs.
set(OPTICAL_FABRIC_PRECOMPILED)
if(CMAKE_BUILD_TYPE STREQUAL "Sanitize" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(OPTICAL_FABRIC_PRECOMPILED
      <algorithm>
      <array>
      <cmath>
      <cstdint>
      <functional>
      <limits>
      <map>
      <memory>
      <optional>
      <set>
      <sstream>
      <string>
      <tuple>
      <unordered_map>
      <utility>
      <vector>
  )
endif()

# With precompiled headers ccache reads the 60 to 100 MB of them for each file and preprocesses it once
# more, a third of the time that compiling takes: more than it saves where nothing is cached.
find_program(OPTICAL_FABRIC_CCACHE ccache)
mark_as_advanced(OPTICAL_FABRIC_CCACHE)
if(OPTICAL_FABRIC_CCACHE AND NOT OPTICAL_FABRIC_PRECOMPILED AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${OPTICAL_FABRIC_CCACHE})
endif()
