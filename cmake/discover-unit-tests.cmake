# cmake -DRUNNER=... -DOUTPUT=... -DWORK_DIR=... -DREPORTS=... -P discover-unit-tests.cmake
# Asks GoogleTest for its suites and writes one ctest entry for each: a process for each test would
# take longer to start than most tests take. What came of each test is in REPORTS/SUITE.xml.

execute_process(COMMAND ${RUNNER} --gtest_list_tests OUTPUT_VARIABLE text RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${RUNNER} --gtest_list_tests failed: ${result}")
endif()
# A suite begins a line and ends in a point; a comment may follow. Its tests are indented.
string(REGEX MATCHALL "\n[^ \r\n#]+[.]" suites "\n${text}")

set(text "")
foreach(suite ${suites})
  string(REGEX REPLACE "^\n(.*)[.]$" "\\1" suite "${suite}")
  string(REPLACE "/" "-" file "${suite}")
  string(APPEND text
         "add_test([=[unit ${suite}]=] [=[${RUNNER}]=] [=[--gtest_filter=${suite}.*]=]"
         " [=[--gtest_output=xml:${REPORTS}/${file}.xml]=])\n"
         "set_tests_properties([=[unit ${suite}]=] PROPERTIES WORKING_DIRECTORY [=[${WORK_DIR}]=])\n")
endforeach()
file(MAKE_DIRECTORY ${WORK_DIR} ${REPORTS})
file(WRITE ${OUTPUT} "${text}")
