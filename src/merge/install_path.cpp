#include "merge/install_path.hpp"

namespace pystacks::merge {

std::filesystem::path on_disk(const std::filesystem::path& root, std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    return path.empty() ? root : root / path;
}

bool is_within(std::string_view path, std::string_view folder) noexcept {
    if (folder.ends_with('/')) folder.remove_suffix(1);
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string_view parent_of(std::string_view path) noexcept {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::optional<std::string> bytecode_source(std::string_view path) {
    if (!path.ends_with(".pyc") && !path.ends_with(".pyo")) return std::nullopt;
    std::string_view folder = parent_of(path);
    std::string_view stem = path.substr(folder.size() + 1);
    stem.remove_suffix(4);
    if (folder.ends_with("/__pycache__")) {
        folder = parent_of(folder);
        const auto drop_last_part = [&stem] {
            const auto dot = stem.rfind('.');
            stem = dot == std::string_view::npos ? std::string_view{} : stem.substr(0, dot);
        };
        const auto dot = stem.rfind('.');
        if (dot != std::string_view::npos && stem.substr(dot + 1).starts_with("opt-")) drop_last_part();
        drop_last_part();  // the tag
    }
    if (stem.empty()) return std::nullopt;
    return std::string(folder) + '/' + std::string(stem) + ".py";
}

}  // namespace pystacks::merge
