#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <sys/stat.h>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"

namespace pystacks::build::test {

/// A folder to work in, with short ways to put files there.
class TestFolder {
public:
    TestFolder() : folder_(fs::temp_directory_path(), "pystacks-build") {}

    [[nodiscard]] const fs::path& path() const { return folder_.path(); }
    [[nodiscard]] fs::path operator/(const std::string& name) const { return folder_.path() / name; }

    fs::path write(const std::string& name, const std::string& text, unsigned mode = 0644) const {
        const fs::path file = folder_.path() / name;
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
        ::chmod(file.c_str(), mode);
        return file;
    }

    [[nodiscard]] std::string read(const std::string& name) const { return read_file(folder_.path() / name); }
    [[nodiscard]] unsigned mode(const std::string& name) const {
        struct stat status = {};
        return ::lstat((folder_.path() / name).c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
    }
    [[nodiscard]] bool has(const std::string& name) const {
        return fs::exists(fs::symlink_status(folder_.path() / name));
    }

private:
    TemporaryDirectory folder_;
};

}  // namespace pystacks::build::test
