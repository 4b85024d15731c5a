# cmake -DRUNNER=... -DOUTPUT=... -DWORK_DIR=... -P discover-test-suites.cmake
# Asks the runner for its TestSuites and writes one ctest entry for each.

execute_process(COMMAND ${RUNNER} --list OUTPUT_VARIABLE names RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${RUNNER} --list failed: ${result}")
endif()
string(REGEX MATCHALL "[^ \r\n]+" names "${names}")

set(text "")
foreach(name ${names})
  string(APPEND text
         "add_test([=[${name}]=] [=[${RUNNER}]=] [=[--suite=${name}]=] [=[--verbose]=])\n"
         "set_tests_properties([=[${name}]=] PROPERTIES WORKING_DIRECTORY [=[${WORK_DIR}]=])\n")
endforeach()
file(MAKE_DIRECTORY ${WORK_DIR})
file(WRITE ${OUTPUT} "${text}")
