#include "extension/evidence.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "python/symbols.hpp"
#include "tree/dwarf.hpp"

namespace pystacks::extension {
namespace {

/// The traits by which folders of headers and libraries are called; sanitizers leave no mark there.
python::Traits seen_in_names(python::Traits traits) {
    python::Traits seen;
    for (const python::Trait each : {python::Trait::debug, python::Trait::free_threaded}) {
        if (traits.has(each)) seen.add(each);
    }
    return seen;
}

std::string build_name(python::Traits traits) {
    const python::Traits seen = seen_in_names(traits);
    return seen == python::Traits() ? "release" : name_of(seen);
}

std::string compiled_with(const python::Headers& headers) {
    return "it was compiled with the " + build_name(headers.abi.traits) + " headers, " + headers.folder;
}

std::string needs(const std::string& symbol) { return "it needs " + symbol + ", which only the debug interpreter has"; }

std::string linked_to(const std::string& soname, python::Traits traits) {
    return "it is linked to the " + build_name(traits) + " " + soname;
}

}  // namespace

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

std::vector<std::string> contradictions(const Evidence& evidence, const python::Abi& abi) {
    std::vector<std::string> found;
    for (const python::Headers& headers : evidence.headers) {
        if (seen_in_names(headers.abi.traits) != seen_in_names(abi.traits)) found.push_back(compiled_with(headers));
        if (headers.abi.version != abi.version) found.push_back("it was compiled with " + headers.folder);
    }
    if (!abi.has(python::Trait::debug) && !evidence.debug_symbol.empty()) found.push_back(needs(evidence.debug_symbol));
    for (const std::string& soname : evidence.needed) {
        const std::optional<python::Abi> library = python::abi_of_library(soname);
        if (!library) continue;
        if (seen_in_names(library->traits) != seen_in_names(abi.traits))
            found.push_back(linked_to(soname, library->traits));
        if (library->version != abi.version) found.push_back("it is linked to " + soname);
    }
    return found;
}

std::vector<std::string> release_contradictions(const Evidence& evidence, python::Traits traits) {
    std::vector<std::string> found;
    for (const python::Headers& headers : evidence.headers) {
        if (seen_in_names(headers.abi.traits) != seen_in_names(traits)) found.push_back(compiled_with(headers));
    }
    if (!traits.has(python::Trait::debug) && !evidence.debug_symbol.empty()) {
        found.push_back(needs(evidence.debug_symbol));
    }
    for (const std::string& soname : evidence.needed) {
        const std::optional<python::Abi> library = python::abi_of_library(soname);
        if (library && seen_in_names(library->traits) != seen_in_names(traits))
            found.push_back(linked_to(soname, library->traits));
    }
    return found;
}

bool proved(const Evidence& evidence, python::Traits traits) {
    if (traits.has(python::Trait::debug) && evidence.counts_references) return true;
    return std::any_of(evidence.headers.begin(), evidence.headers.end(), [&](const python::Headers& headers) {
        return seen_in_names(headers.abi.traits) == seen_in_names(traits);
    });
}

}  // namespace pystacks::extension
