# The libraries the module can use and can do without. Each one found is defined in the generated
# optional-libraries.h (OPTICAL_FABRIC_HAVE_HDF5, ..._TOML, ..._BOOST) and adds its library to
# optical_fabric_external_libraries; each one missing leaves out what needs it, and nothing else.
# Set OPTICAL_FABRIC_WITH_<NAME>=OFF to leave one out although it is installed.
#
# No command line of the compiler names a library, but those of the sources that use it. So the
# build knows which objects a library makes a difference to, and compiles only these again.

option(OPTICAL_FABRIC_WITH_HDF5 "Write results as HDF5, when the library is found" ON)
option(OPTICAL_FABRIC_WITH_TOML "Read TOML files, when toml++ is found" ON)
option(OPTICAL_FABRIC_WITH_BOOST "Use Boost's headers, when they are found" ON)

set(optical_fabric_external_libraries)
set(OPTICAL_FABRIC_HAVE_HDF5 OFF)
set(OPTICAL_FABRIC_HAVE_TOML OFF)
set(OPTICAL_FABRIC_HAVE_BOOST OFF)

# Directories the compiler searches anyway must not be named: as -isystem they would come before
# the C++ library's own and break its #include_next.
function(optical_fabric_searched_directories result)
  set(directories ${ARGN})
  list(REMOVE_DUPLICATES directories)
  list(REMOVE_ITEM directories ${CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES} /usr/include)
  set(${result} ${directories} PARENT_SCOPE)
endfunction()

if(OPTICAL_FABRIC_WITH_HDF5)
  find_package(HDF5 QUIET COMPONENTS C)
  if(HDF5_FOUND)
    set(OPTICAL_FABRIC_HAVE_HDF5 ON)
    optical_fabric_searched_directories(
      optical_fabric_HDF5_directories ${HDF5_C_INCLUDE_DIRS} ${HDF5_INCLUDE_DIRS}
    )
    list(APPEND optical_fabric_external_libraries ${HDF5_C_LIBRARIES})
  endif()
endif()

if(OPTICAL_FABRIC_WITH_TOML)
  find_path(OPTICAL_FABRIC_TOML_INCLUDE_DIR toml++/toml.h)
  mark_as_advanced(OPTICAL_FABRIC_TOML_INCLUDE_DIR)
  if(OPTICAL_FABRIC_TOML_INCLUDE_DIR)
    set(OPTICAL_FABRIC_HAVE_TOML ON)
    optical_fabric_searched_directories(
      optical_fabric_TOML_directories ${OPTICAL_FABRIC_TOML_INCLUDE_DIR}
    )
  endif()
endif()

if(OPTICAL_FABRIC_WITH_BOOST)
  find_path(OPTICAL_FABRIC_BOOST_INCLUDE_DIR boost/math/distributions/binomial.hpp)
  mark_as_advanced(OPTICAL_FABRIC_BOOST_INCLUDE_DIR)
  if(OPTICAL_FABRIC_BOOST_INCLUDE_DIR)
    set(OPTICAL_FABRIC_HAVE_BOOST ON)
    optical_fabric_searched_directories(
      optical_fabric_BOOST_directories ${OPTICAL_FABRIC_BOOST_INCLUDE_DIR}
    )
  endif()
endif()

message(STATUS "optical-fabric: HDF5 ${OPTICAL_FABRIC_HAVE_HDF5}, toml++ "
               "${OPTICAL_FABRIC_HAVE_TOML}, Boost ${OPTICAL_FABRIC_HAVE_BOOST}")

file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/generated/optional-libraries.h CONTENT [=[
// The libraries that this build uses; for sources, not for headers.
#cmakedefine OPTICAL_FABRIC_HAVE_HDF5
#cmakedefine OPTICAL_FABRIC_HAVE_TOML
#cmakedefine OPTICAL_FABRIC_HAVE_BOOST
]=])

# optical_fabric_uses(HDF5|TOML|BOOST file.cc ...) lets these sources include the library's headers.
function(optical_fabric_uses library)
  foreach(directory ${optical_fabric_${library}_directories})
    set_property(SOURCE ${ARGN} APPEND PROPERTY COMPILE_OPTIONS -isystem ${directory})
  endforeach()
endfunction()

# optical_fabric_twin(list HDF5|TOML|BOOST path/name) appends path/name.cc, which uses the library,
# to the list when it was found, and path/name-none.cc, which offers the same functions without it,
# when not.
macro(optical_fabric_twin list library name)
  if(OPTICAL_FABRIC_HAVE_${library})
    list(APPEND ${list} ${name}.cc)
    optical_fabric_uses(${library} ${name}.cc)
  else()
    list(APPEND ${list} ${name}-none.cc)
  endif()
endmacro()
