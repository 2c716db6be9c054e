# SPDX-License-Identifier: GPL-3.0-or-later

# What makes a fault in memory harder to abuse, through credenza_options, for every target of a build that is released.
# CREDENZA_HARDENED is 1 in such a build and else 0.
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)
include(CheckLinkerFlag)
include(CheckPIESupported)

set(CREDENZA_HARDENED $<CONFIG:Release,RelWithDebInfo,MinSizeRel>)
if(CREDENZA_SANITIZE OR CREDENZA_FUZZ)
    set(CREDENZA_HARDENED 0)
endif()

# Qt's targets ask for -fPIC where -fPIE is not enough for Qt.
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    check_pie_supported(LANGUAGES CXX)
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

# Control flow is -fcf-protection on x86 and -mbranch-protection on ARM.
foreach(flag IN ITEMS
        -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -mbranch-protection=standard)
    string(MAKE_C_IDENTIFIER compiler${flag} is_taken)
    check_cxx_compiler_flag(${flag} ${is_taken})
    if(${is_taken})
        target_compile_options(credenza_options INTERFACE $<${CREDENZA_HARDENED}:${flag}>)
    endif()
endforeach()
foreach(flag IN ITEMS -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
    string(MAKE_C_IDENTIFIER linker${flag} is_taken)
    check_linker_flag(CXX ${flag} ${is_taken})
    if(${is_taken})
        target_link_options(credenza_options INTERFACE $<${CREDENZA_HARDENED}:${flag}>)
    endif()
endforeach()

# Level 3 where the C library and the compiler have it. Some compilers set a level of their own, hence the -U.
set(CMAKE_REQUIRED_FLAGS "-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
check_cxx_source_compiles("
    #include <cstdlib>
    #if __USE_FORTIFY_LEVEL < 3
    #error
    #endif
    int main() {}" fortifies_at_level_3)
unset(CMAKE_REQUIRED_FLAGS)
if(fortifies_at_level_3)
    set(level 3)
else()
    set(level 2)
endif()
target_compile_options(credenza_options INTERFACE
    $<${CREDENZA_HARDENED}:-U_FORTIFY_SOURCE> $<${CREDENZA_HARDENED}:-D_FORTIFY_SOURCE=${level}>)
