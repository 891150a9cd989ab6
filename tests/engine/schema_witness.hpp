// Watches the frames between an engine and its stations: all that leaves the engine must be what
// the schema of the station's version says, whatever the test is about.
#pragma once

#include "ocpp/version.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace test {

class SchemaWitness {
public:
    // A frame of a station, and one to it. The second throws what is wrong with it.
    void from_station(std::string const& station, ocpp::Version version, std::string_view text);
    void to_station(std::string const& station, ocpp::Version version, std::string_view text);

    std::size_t checked() const { return checked_; }

private:
    // The actions of the CALLs that have not been answered, by station and message id. Stations may
    // use an id again before the answer.
    std::multimap<std::pair<std::string, std::string>, std::string> asked_;
    std::size_t checked_ = 0;
};

}
