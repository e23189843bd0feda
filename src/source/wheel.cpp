#include "source/wheel.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "archives/archives.hpp"
#include "base/error.hpp"
#include "base/shared_object.hpp"
#include "base/text.hpp"
#include "process/interruption.hpp"
#include "stack/wheel_project.hpp"

namespace pystacks::source {

namespace {

constexpr std::size_t largest_list = 1U << 20U;
constexpr std::size_t most_members = 100000;
constexpr std::string_view attempted = "cannot read the wheel";
constexpr std::string_view dist_info = ".dist-info";

std::unique_ptr<archives::Reader> open(const std::filesystem::path& wheel) {
    static auto* const open = function_of<archives::Open>(archives::object, archives::open_symbol);
    std::unique_ptr<archives::Reader> reader;
    open(wheel, archives::Formats::zip, reader);
    return reader;
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
    explicit Reading(const std::filesystem::path& wheel) : wheel_(wheel), reader_(open(wheel)) {}

    WheelContents run();

private:
    void member(const std::string& path);
    void vendored(std::string_view folder, const std::vector<std::string>& below);
    void list(std::string_view folder);
    [[nodiscard]] std::string text();
    [[nodiscard]] Error damaged() const;
    void add(const BundledProject& project) { projects_.emplace(project.name, project.version); }

    const std::filesystem::path& wheel_;
    std::unique_ptr<archives::Reader> reader_;
    std::set<std::pair<std::string, std::string>> projects_;
    std::map<std::string, bool, std::less<>> says_;  ///< folders of vendored modules, and whether something lists them
    bool named_ = false;
};

Error Reading::damaged() const {
    const std::string why = reader_->why();
    return {std::string(attempted), wheel_.string(), !why.empty() ? why : "it is not a zip archive"};
}

std::string Reading::text() {
    std::string result;
    archives::Block block;
    for (;;) {
        const archives::Step step = reader_->read(block);
        if (step == archives::Step::failed) throw damaged();
        if (step == archives::Step::end) return result;
        result.append(block.bytes, block.count);
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
    archives::Member next;
    for (std::size_t count = 0;; ++count) {
        process::throw_if_interrupted();
        const archives::Step step = reader_->next(next);
        if (step == archives::Step::end) break;
        if (step == archives::Step::failed) throw damaged();
        if (count == most_members) throw Error(std::string(attempted), wheel_.string(), "it has too many members");
        member(next.name);
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
