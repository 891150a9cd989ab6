#include "ocpp/catalogue.hpp"

#include "ocpp/catalogues.hpp"
#include "ocpp/layout.hpp"

#include <memory>

namespace ocpp {

std::span<CatalogueEntry const> catalogue(Version version)
{
    switch (version) {
    case Version::v16: return v16_catalogue();
    case Version::v201: return v201_catalogue();
    case Version::v21: return v21_catalogue();
    }
    return {};
}

CatalogueEntry const* find_action(Version version, std::string_view name)
{
    for (auto const& entry : catalogue(version))
        if (entry.name == name) return &entry;
    return nullptr;
}

std::variant<Rewritten, Fault> rewrite(Layout const& layout, Payload payload, Level level)
{
    struct Destroy {
        Layout const& layout;
        void operator()(void* message) const { layout.destroy(message); }
    };
    std::unique_ptr<void, Destroy> const message(layout.create(), Destroy{layout});
    Rewritten result;
    if (auto fault = read_message(layout, message.get(), payload, level, result.remarks))
        return std::move(*fault);
    result.text = write_message(layout, message.get());
    return result;
}

}
