# What an installed ns-3 exports, made usable.
#
# Debian's export names libraries by absolute path (libgsl.so, libxml2.so, ...) without depending on
# the packages that hold them, and names /usr, /usr/include and other libraries' folders as include
# folders. ns-3 needs none of this from its users. Removed here are libraries that do not exist and
# include folders that hold no ns-3 or that the compiler searches anyway.
#
# Sets lib<module> for every module found, as CMakeLists.txt files of ns-3 modules use it.

foreach(module core network stats config-store internet point-to-point applications)
  set(target "")
  if(TARGET ns3::lib${module}) # up to ns-3.42
    set(target ns3::lib${module})
  elseif(TARGET ns3::${module}) # since ns-3.43
    set(target ns3::${module})
  endif()
  set(lib${module} ${target})
endforeach()

foreach(module core network)
  if(NOT lib${module})
    message(FATAL_ERROR "optical-fabric: the ns-3 in ${ns3_DIR} has no module ${module}")
  endif()
endforeach()

get_property(imported_targets DIRECTORY PROPERTY IMPORTED_TARGETS)
foreach(target ${imported_targets})
  if(NOT target MATCHES "^ns3::")
    continue()
  endif()
  foreach(property INTERFACE_LINK_LIBRARIES INTERFACE_INCLUDE_DIRECTORIES)
    get_target_property(entries ${target} ${property})
    if(NOT entries)
      continue()
    endif()
    set(kept)
    foreach(entry ${entries})
      if(IS_ABSOLUTE "${entry}" AND NOT EXISTS "${entry}")
        continue()
      endif()
      if(property STREQUAL "INTERFACE_INCLUDE_DIRECTORIES"
         AND (NOT EXISTS "${entry}/ns3" OR entry MATCHES "^/usr/include/?$")
      )
        continue()
      endif()
      list(APPEND kept "${entry}")
    endforeach()
    set_target_properties(${target} PROPERTIES ${property} "${kept}")
  endforeach()
endforeach()

# Classes of ns-3 have members under #ifdef NS3_LOG_ENABLE. Debian compiles ns-3 with it, and only
# ns-3.40 and later tell their users; without it the two sides disagree about the size of objects.
if(ns3_VERSION VERSION_LESS 3.40)
  add_compile_definitions(NS3_LOG_ENABLE)
endif()
