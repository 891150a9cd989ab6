#include "tools/benchmarks/kurs_server.hpp"

#include <fstream>
#include <string>

namespace bench {

namespace {

std::filesystem::path data_directory(Plan const& plan) { return plan.folder / "data"; }

// Everything at its default but the ports and the pauses that would only make this longer.
std::string write_config(Plan const& plan)
{
    auto const file = plan.folder / "kurs.toml";
    std::ofstream(file) << "[server]\ndata_directory = \"" << data_directory(plan).string()
                        << "\"\n[stations]\nlisten = \"127.0.0.1:0\"\n"
                           "[operators]\nlisten = \"127.0.0.1:0\"\n"
                           "[engine]\nquiet_after_connect_ms = 100\npause_after_boot_ms = 50\n"
                           "reaction_ms = 500\n";
    return file;
}

}

KursServer::KursServer(Plan const& plan)
    : child_({plan.server_program, "--config", write_config(plan)}, plan.folder / "server.log"),
      database_(data_directory(plan) / "kurs.db")
{
    auto line = child_.read_line();
    if (line.starts_with("login "))
        login_ = Login{word_after(line, "user="), word_after(line, "password=")};
    while (!line.starts_with("listening ")) line = child_.read_line();
    station_port_ = port_of(word_after(line, "stations="));
    operator_port_ = port_of(word_after(line, "operators="));
}

Gauge KursServer::gauge() const
{
    return {.server_cpu = child_.cpu_time(), .commits = commits_of(database_)};
}

}
