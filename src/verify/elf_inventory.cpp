#include "verify/elf_inventory.hpp"

#include <elf.h>

namespace pystacks::verify {

const std::vector<ElfFile>& ElfInventory::files() {
    std::call_once(once_, [this] {
        const std::unique_ptr<scratch::Layer> layer = subject_.root->layer();
        for (const rpm::Package& package : subject_.packages.all()) {
            if (scratch::role_of(package) != scratch::Role::program) continue;
            const scratch::PackagedConfiguration* const known = subject_.packages.configuration_of(package);
            const std::string configuration = known == nullptr ? std::string() : known->name;
            for (const rpm::PackageFile& file : package.files) {
                if (!file.is_regular() || file.is_ghost()) continue;
                auto info = tree::read_elf(layer->root() / fs::path(file.path).relative_path());
                if (info && info->type != ET_REL)
                    files_.push_back({file.path, &package, configuration, std::move(*info)});
            }
        }
    });
    return files_;
}

}  // namespace pystacks::verify
