# The component catalog, catalog/*.toml, becomes part of the library, so that nobody has to find it
# at run time: CMake writes the files into one that helper/catalog/catalog-built-in.cc includes. It does so
# again whenever one of them changes, and touches the result only if that differs.

# optical_fabric_build_in_catalog(catalog/a.toml catalog/b.toml ...)
function(optical_fabric_build_in_catalog)
  set(content "")
  foreach(file ${ARGN})
    set(path ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} text)
    # A compiler need not accept string literals beyond 64 KiB; and what ends one must not be inside.
    string(LENGTH "${text}" length)
    if(length GREATER 65000)
      message(FATAL_ERROR "${file} has ${length} characters; allowed: 65000. Make it two files.")
    endif()
    string(FIND "${text}" ")catalog\"" end)
    if(NOT end EQUAL -1)
      message(FATAL_ERROR "${file} contains )catalog\", which no file of the catalog may")
    endif()
    string(APPEND content "{\"${file}\", R\"catalog(${text})catalog\"},\n")
  endforeach()

  set(output ${CMAKE_CURRENT_BINARY_DIR}/generated/catalog-files.inc)
  set(old_content "")
  if(EXISTS ${output})
    file(READ ${output} old_content)
  endif()
  if(NOT content STREQUAL old_content)
    file(WRITE ${output} "${content}")
  endif()
  set_source_files_properties(
    helper/catalog/catalog-built-in.cc PROPERTIES INCLUDE_DIRECTORIES ${CMAKE_CURRENT_BINARY_DIR}/generated
  )
endfunction()
