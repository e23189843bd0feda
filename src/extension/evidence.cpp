#include "extension/evidence.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "python/symbols.hpp"
#include "tree/dwarf.hpp"

namespace pystacks::extension {
std::string optimization_in(std::string_view producer) {
    std::string last;
    for (const std::string& word : split_words(producer)) {
        if (word.starts_with("-O")) last = word;
    }
    return last == "-O0" || last == "-Og" ? std::string() : last;
}

std::string optimization_of(const std::filesystem::path& debug_information) {
    if (debug_information.empty()) return {};
    const auto is_pythons = [](const std::string& path) { return python::headers_of(path).has_value(); };
    std::string most;
    for (const std::string& producer : tree::producers(debug_information, is_pythons)) {
        most = std::max(most, optimization_in(producer));
    }
    return most;
}

Evidence evidence_of(const tree::ElfInfo& elf, const std::filesystem::path& debug_information) {
    Evidence evidence;
    evidence.needed = elf.needed;
    evidence.counts_references = python::counts_references(elf);
    evidence.debug_symbol = python::debug_symbol(elf);
    if (!debug_information.empty()) {
        const std::set<std::string> files = tree::compiled_files(debug_information);
        evidence.has_dwarf = !files.empty();
        evidence.headers = python::headers_among(files);
    }
    return evidence;
}

std::vector<std::string> contradictions(const Evidence& evidence, std::string_view version) {
    std::vector<std::string> found;
    for (const python::Headers& headers : evidence.headers) {
        if (!headers.abi.has(python::Trait::debug))
            found.push_back("it was compiled with the release headers, " + headers.folder);
        if (headers.abi.version != version) found.push_back("it was compiled with " + headers.folder);
    }
    for (const std::string& soname : evidence.needed) {
        const std::optional<python::Abi> library = python::abi_of_library(soname);
        if (!library) continue;
        if (!library->has(python::Trait::debug)) found.push_back("it is linked to the release " + soname);
        if (library->version != version) found.push_back("it is linked to " + soname);
    }
    return found;
}

std::vector<std::string> release_contradictions(const Evidence& evidence) {
    std::vector<std::string> found;
    for (const python::Headers& headers : evidence.headers) {
        if (headers.abi.has(python::Trait::debug))
            found.push_back("it was compiled with the debug headers, " + headers.folder);
    }
    if (!evidence.debug_symbol.empty()) {
        found.push_back("it needs " + evidence.debug_symbol + ", which only the debug interpreter has");
    }
    for (const std::string& soname : evidence.needed) {
        const std::optional<python::Abi> library = python::abi_of_library(soname);
        if (library && library->has(python::Trait::debug)) found.push_back("it is linked to the debug " + soname);
    }
    return found;
}

bool proved(const Evidence& evidence) {
    return evidence.counts_references ||
           std::any_of(evidence.headers.begin(), evidence.headers.end(),
                       [](const python::Headers& headers) { return headers.abi.has(python::Trait::debug); });
}

}  // namespace pystacks::extension
