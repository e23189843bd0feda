#include "source/wheel.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <archive.h>
#include <archive_entry.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "process/interruption.hpp"
#include "stack/wheel_project.hpp"

namespace pystacks::source {

namespace {

constexpr std::size_t read_block = 64 * 1024;
constexpr std::size_t largest_list = 1U << 20U;
constexpr std::size_t most_members = 100000;
constexpr std::string_view attempted = "cannot read the wheel";
constexpr std::string_view dist_info = ".dist-info";

struct ReaderDeleter {
    void operator()(struct archive* reader) const noexcept { archive_read_free(reader); }
};
using Reader = std::unique_ptr<struct archive, ReaderDeleter>;

Error damaged(const std::filesystem::path& wheel, struct archive* reader) {
    const char* text = archive_error_string(reader);
    return {std::string(attempted), wheel.string(), text != nullptr ? text : "it is not a zip archive"};
}

bool is_list(std::string_view name) { return name == "vendor.txt" || name == "vendored.txt"; }

bool is_vendor_folder(std::string_view name) { return name == "_vendor" || name == "vendored"; }

/// "NAME-VERSION.dist-info". @returns nothing for another name
std::optional<BundledProject> project_of(std::string_view folder) {
    if (!folder.ends_with(dist_info)) return std::nullopt;
    folder.remove_suffix(dist_info.size());
    const std::size_t dash = folder.find('-');
    if (dash == 0 || dash == std::string_view::npos || dash + 1 == folder.size()) return std::nullopt;
    return BundledProject{stack::normalized_project_name(folder.substr(0, dash)), std::string(folder.substr(dash + 1))};
}

/// "NAME==VERSION  # comment", a line of a list of requirements. @returns nothing for a line without a version
std::optional<BundledProject> project_of_line(std::string_view line) {
    line = trim(line.substr(0, line.find('#')));
    line = trim(line.substr(0, line.find(';')));
    const std::size_t equal = line.find("==");
    if (equal == 0 || equal == std::string_view::npos) return std::nullopt;
    const std::string_view name = trim(line.substr(0, equal));
    return BundledProject{stack::normalized_project_name(name.substr(0, name.find('['))),
                          std::string(trim(line.substr(equal + 2)))};
}

/// Goes through the members, once.
class Reading {
public:
    explicit Reading(const std::filesystem::path& wheel) : wheel_(wheel) {
        archive_read_support_format_zip(reader_.get());
        if (archive_read_open_filename(reader_.get(), wheel.c_str(), read_block) != ARCHIVE_OK) {
            throw damaged(wheel_, reader_.get());
        }
    }

    WheelContents run();

private:
    void member(const std::string& path);
    void vendored(std::string_view folder, const std::vector<std::string>& below);
    void list(std::string_view folder);
    [[nodiscard]] std::string text();
    void add(const BundledProject& project) { projects_.emplace(project.name, project.version); }

    const std::filesystem::path& wheel_;
    Reader reader_{archive_read_new()};
    std::set<std::pair<std::string, std::string>> projects_;
    std::map<std::string, bool, std::less<>> says_;  ///< folders of vendored modules, and whether something lists them
    bool named_ = false;
};

std::string Reading::text() {
    std::string result;
    std::string block(read_block, '\0');
    for (;;) {
        const la_ssize_t count = archive_read_data(reader_.get(), block.data(), block.size());
        if (count < 0) throw damaged(wheel_, reader_.get());
        if (count == 0) return result;
        result.append(block, 0, static_cast<std::size_t>(count));
        if (result.size() > largest_list) {
            throw Error(std::string(attempted), wheel_.string(), "its list of vendored projects is too large");
        }
    }
}

void Reading::list(std::string_view folder) {
    says_[std::string(folder)] = true;
    for (const std::string& line : split(text(), '\n')) {
        if (const auto project = project_of_line(line)) add(*project);
    }
}

/// @param folder of vendored modules, @param below the parts of the path from there on: at least one
void Reading::vendored(std::string_view folder, const std::vector<std::string>& below) {
    if (below.size() == 1 && is_list(below.front())) {
        list(folder);
    } else if (const auto project = project_of(below.front())) {
        says_[std::string(folder)] = true;
        add(*project);
    } else if (below.size() > 1 || below.front() != "__init__.py") {
        says_.try_emplace(std::string(folder), false);
    }
}

void Reading::member(const std::string& path) {
    const std::vector<std::string> parts = split(path, '/');
    if (const auto own = parts.size() > 1 ? project_of(parts.front()) : std::nullopt) {
        named_ = true;
        add(*own);
        return;
    }
    for (std::size_t i = parts.size() - 1; i-- > 0;) {
        if (!is_vendor_folder(parts[i]) || parts[i + 1].empty()) continue;
        const std::vector<std::string> below(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1, parts.end());
        const std::vector<std::string> above(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        vendored(join(above, "/"), below);
        return;
    }
}

WheelContents Reading::run() {
    struct archive_entry* entry = nullptr;
    for (std::size_t count = 0;; ++count) {
        process::throw_if_interrupted();
        const int result = archive_read_next_header(reader_.get(), &entry);
        if (result == ARCHIVE_EOF) break;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) throw damaged(wheel_, reader_.get());
        if (count == most_members) throw Error(std::string(attempted), wheel_.string(), "it has too many members");
        if (const char* name = archive_entry_pathname(entry)) member(name);
    }
    if (!named_) {
        throw Error(std::string(attempted), wheel_.string(), "it has no folder NAME-VERSION.dist-info");
    }
    WheelContents contents;
    for (const auto& [name, version] : projects_) contents.projects.push_back({name, version});
    for (const auto& [folder, says] : says_) {
        if (!says) contents.silent_folders.push_back(folder);
    }
    return contents;
}

}  // namespace

WheelContents read_wheel(const std::filesystem::path& wheel) { return Reading(wheel).run(); }

}  // namespace pystacks::source
