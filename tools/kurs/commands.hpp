// What the subcommands do. Each gives the exit status of the process.
#pragma once

#include "tools/kurs/session.hpp"

namespace kurs {

int run_login(Options const& options);
int run_logout();
int run_call(Options const& options);
int run_export(Options const& options);  // sessions as CSV, to stdout
int run_watch(Options const& options);   // until Ctrl-C, which is no error

}
