# The stand-alone side of the build: finds an installed ns-3 and defines build_lib and
# build_lib_example over it, with the keywords of ns-3's own macros, so that CMakeLists.txt reads
# the same in both worlds.

set(OPTICAL_FABRIC_STANDALONE ON)
option(OPTICAL_FABRIC_WERROR "Treat warnings in this module's code as errors" ON)

include(${CMAKE_CURRENT_LIST_DIR}/build-types.cmake)

# No version here: ns-3's version file accepts an exact match only. Debian's libns3-dev is refused
# by CMake itself while the package ns3, whose programs it names, is not installed.
find_package(ns3 QUIET)
if(NOT ns3_FOUND)
  message(FATAL_ERROR "optical-fabric: ns-3 is not installed. On Debian: apt-get install "
                      "ns3 libns3-dev. Elsewhere: set ns3_DIR to the folder of ns3Config.cmake, or "
                      "put this checkout into an ns-3 tree as contrib/optical-fabric.")
endif()
message(STATUS "optical-fabric: ns-3 ${ns3_VERSION} in ${ns3_DIR}")

include(${CMAKE_CURRENT_LIST_DIR}/repair-ns3-targets.cmake)

if(NOT CMAKE_CXX_STANDARD)
  if(ns3_VERSION VERSION_LESS 3.41)
    set(CMAKE_CXX_STANDARD 17)
  elseif(ns3_VERSION VERSION_LESS 3.46)
    set(CMAKE_CXX_STANDARD 20)
  else()
    set(CMAKE_CXX_STANDARD 23)
  endif()
endif()
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

add_compile_options(-Wall -Wextra)
if(OPTICAL_FABRIC_WERROR)
  add_compile_options(-Werror)
endif()

# ns-3 types that are named only in strings ("ns3::MapScheduler") leave no undefined symbol behind;
# the linker must keep their libraries all the same.
add_link_options(-Wl,--no-as-needed)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

enable_testing()

get_target_property(ns3_include_dirs ${libcore} INTERFACE_INCLUDE_DIRECTORIES)
find_path(OPTICAL_FABRIC_NS3_INCLUDE_DIR ns3/object.h HINTS ${ns3_include_dirs})
mark_as_advanced(OPTICAL_FABRIC_NS3_INCLUDE_DIR)

# Our headers are included as "ns3/<name>.h" wherever they are, as in an ns-3 tree.
function(optical_fabric_stub_headers)
  set(directory ${CMAKE_BINARY_DIR}/include/ns3)
  set(wanted)
  foreach(header ${ARGN})
    get_filename_component(name ${header} NAME)
    if(NOT EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${header})
      message(FATAL_ERROR "CMakeLists.txt lists ${header}, which does not exist")
    endif()
    if(name IN_LIST wanted)
      message(FATAL_ERROR "CMakeLists.txt lists two headers called ${name}; ns-3 keeps all "
                          "headers in one folder, so the names must differ")
    endif()
    if(OPTICAL_FABRIC_NS3_INCLUDE_DIR AND EXISTS ${OPTICAL_FABRIC_NS3_INCLUDE_DIR}/ns3/${name})
      message(FATAL_ERROR "CMakeLists.txt lists ${header}, but ns-3 has a header called ${name} "
                          "already; in an ns-3 tree ours would be ignored")
    endif()
    list(APPEND wanted ${name})
    file(CONFIGURE OUTPUT ${directory}/${name}
         CONTENT "#include \"${CMAKE_CURRENT_SOURCE_DIR}/${header}\"\n" @ONLY)
  endforeach()
  set(module_header "// Every header of the module, for user scripts.\n")
  foreach(name ${wanted})
    string(APPEND module_header "#include \"ns3/${name}\"\n")
  endforeach()
  file(CONFIGURE OUTPUT ${directory}/optical-fabric-module.h CONTENT "${module_header}" @ONLY)

  # A stub of a header that moved or went away would hide the mistake of still including it.
  file(GLOB stubs RELATIVE ${directory} ${directory}/*.h)
  list(REMOVE_ITEM stubs ${wanted} optical-fabric-module.h)
  foreach(stub ${stubs})
    file(REMOVE ${directory}/${stub})
  endforeach()
endfunction()

function(build_lib)
  cmake_parse_arguments(
    LIB "" "LIBNAME" "SOURCE_FILES;HEADER_FILES;LIBRARIES_TO_LINK;TEST_SOURCES" ${ARGN}
  )
  optical_fabric_stub_headers(${LIB_HEADER_FILES})

  add_library(${LIB_LIBNAME} SHARED ${LIB_SOURCE_FILES} ${LIB_HEADER_FILES})
  set_target_properties(
    ${LIB_LIBNAME} PROPERTIES OUTPUT_NAME ns3-${LIB_LIBNAME} LINKER_LANGUAGE CXX
  )
  # Without this, -fPIC keeps the compiler from inlining any function that is not static.
  target_compile_options(${LIB_LIBNAME} PRIVATE -fno-semantic-interposition)
  target_include_directories(${LIB_LIBNAME} PUBLIC ${CMAKE_BINARY_DIR}/include)
  target_link_libraries(${LIB_LIBNAME} PUBLIC ${LIB_LIBRARIES_TO_LINK})
  if(OPTICAL_FABRIC_PRECOMPILED)
    target_precompile_headers(
      ${LIB_LIBNAME} PRIVATE ${OPTICAL_FABRIC_PRECOMPILED} <ns3/object.h> <ns3/simulator.h>
    )
  endif()

  set(lib${LIB_LIBNAME} ${LIB_LIBNAME})
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/examples/CMakeLists.txt)
    add_subdirectory(examples)
  endif()

  set(optical_fabric_test_suite_sources)
  foreach(source ${LIB_TEST_SOURCES})
    list(APPEND optical_fabric_test_suite_sources ${CMAKE_CURRENT_SOURCE_DIR}/${source})
  endforeach()
  set(optical_fabric_test_suite_sources ${optical_fabric_test_suite_sources} PARENT_SCOPE)
endfunction()

# All programs, without tests.
add_custom_target(programs)

function(build_lib_example)
  cmake_parse_arguments(EXAMPLE "" "NAME" "SOURCE_FILES;HEADER_FILES;LIBRARIES_TO_LINK" ${ARGN})
  add_executable(${EXAMPLE_NAME} ${EXAMPLE_SOURCE_FILES} ${EXAMPLE_HEADER_FILES})
  target_link_libraries(${EXAMPLE_NAME} PRIVATE optical-fabric ${EXAMPLE_LIBRARIES_TO_LINK})
  add_dependencies(programs ${EXAMPLE_NAME})
endfunction()
