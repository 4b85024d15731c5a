# cmake -DGIT=... -DSOURCE_DIR=... -DOUTPUT=... -P git-state.cmake
# Writes the revision of SOURCE_DIR to OUTPUT, leaving the file alone when it says so already.

set(state "unknown")
if(GIT AND EXISTS ${SOURCE_DIR}/.git)
  set(ENV{GIT_OPTIONAL_LOCKS} 0)
  execute_process(
    COMMAND ${GIT} -C ${SOURCE_DIR} describe --always --dirty --tags
    OUTPUT_VARIABLE answer
    OUTPUT_STRIP_TRAILING_WHITESPACE
    ERROR_QUIET
    RESULT_VARIABLE result
  )
  if(result EQUAL 0)
    set(state "${answer}")
  endif()
endif()

set(text "#define OPTICAL_FABRIC_GIT \"${state}\"\n")
set(old_text "")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} old_text)
endif()
if(NOT text STREQUAL old_text)
  file(WRITE ${OUTPUT} "${text}")
endif()
