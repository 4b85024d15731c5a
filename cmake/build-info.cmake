# What a result file says about the program that wrote it. The facts known when CMake runs reach
# one source file, model/results/build-info.cc, as definitions, so that a change of them compiles
# that one file again. The git revision changes more often than CMake runs: a target of the build
# writes it to git-state.h, and touches the file only when the revision changed.

set(optical_fabric_source_dir ${CMAKE_CURRENT_SOURCE_DIR})
set(optical_fabric_generated_dir ${CMAKE_CURRENT_BINARY_DIR}/generated)

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
             ${optical_fabric_source_dir}/VERSION)
file(STRINGS ${optical_fabric_source_dir}/VERSION OPTICAL_FABRIC_VERSION LIMIT_COUNT 1)

if(OPTICAL_FABRIC_STANDALONE)
  set(OPTICAL_FABRIC_NS3_VERSION ${ns3_VERSION})
else()
  set(OPTICAL_FABRIC_NS3_VERSION ${NS3_VER})
endif()

string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type_upper)
string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type_upper}}" build_flags)
string(REGEX REPLACE "[;\"\\]" " " build_flags "${build_flags}")

set_source_files_properties(
  model/results/build-info.cc
  PROPERTIES
    COMPILE_DEFINITIONS
    "OPTICAL_FABRIC_VERSION=\"${OPTICAL_FABRIC_VERSION}\";OPTICAL_FABRIC_NS3_VERSION=\"${OPTICAL_FABRIC_NS3_VERSION}\";OPTICAL_FABRIC_BUILD_TYPE=\"${CMAKE_BUILD_TYPE}\";OPTICAL_FABRIC_CXX_FLAGS=\"${build_flags}\";OPTICAL_FABRIC_SCENARIOS=\"${optical_fabric_source_dir}/examples/scenarios\""
    INCLUDE_DIRECTORIES
    "${optical_fabric_generated_dir}"
)

# Call after build_lib. Makes the module's library wait for git-state.h.
function(optical_fabric_track_git_state)
  find_program(OPTICAL_FABRIC_GIT_PROGRAM git)
  mark_as_advanced(OPTICAL_FABRIC_GIT_PROGRAM)
  set(command
      ${CMAKE_COMMAND}
      -DGIT=${OPTICAL_FABRIC_GIT_PROGRAM}
      -DSOURCE_DIR=${optical_fabric_source_dir}
      -DOUTPUT=${optical_fabric_generated_dir}/git-state.h
      -P ${optical_fabric_source_dir}/cmake/git-state.cmake
  )
  execute_process(COMMAND ${command})
  add_custom_target(
    optical-fabric-git-state
    COMMAND ${command}
    BYPRODUCTS ${optical_fabric_generated_dir}/git-state.h
    COMMENT "Noting the git revision"
    VERBATIM
  )
  foreach(target optical-fabric liboptical-fabric liboptical-fabric-obj)
    if(TARGET ${target})
      get_target_property(aliased ${target} ALIASED_TARGET)
      if(NOT aliased)
        add_dependencies(${target} optical-fabric-git-state)
      endif()
    endif()
  endforeach()
endfunction()
