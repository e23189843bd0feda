#include "createrepo/createrepo.hpp"

#include <array>
#include <memory>
#include <string>
#include <utility>

#include "createrepo/header.hpp"

namespace pystacks::createrepo {
namespace {

namespace fs = std::filesystem;

struct Failure {
    fs::path subject;
    std::string why;
};

/// glib's way to report an error: pass it, then check().
class Outcome {
public:
    Outcome() = default;
    Outcome(const Outcome&) = delete;
    Outcome& operator=(const Outcome&) = delete;
    ~Outcome() { g_clear_error(&error_); }

    [[nodiscard]] GError** slot() { return &error_; }
    void check(const fs::path& subject) const {
        if (error_ != nullptr) throw Failure{subject, error_->message};
    }

private:
    GError* error_ = nullptr;
};

struct XmlFile {
    const char* record;
    cr_XmlFileType type;
    std::string name;
    cr_XmlFile* file = nullptr;
};

/// The three files of a repository's metadata, uncompressed: they are read once, from memory or a near disk.
class Metadata {
public:
    Metadata(const fs::path& folder, std::size_t packages) : folder_(folder) {
        cr_xml_dump_init();
        cr_package_parser_init();
        for (XmlFile& each : files_) {
            each.name = (folder / each.record).string() + ".xml";
            Outcome outcome;
            open(each, packages, outcome);
            outcome.check(each.name);
        }
    }
    Metadata(const Metadata&) = delete;
    Metadata& operator=(const Metadata&) = delete;
    ~Metadata() {
        for (const XmlFile& each : files_) {
            if (each.file != nullptr) cr_xmlfile_close(each.file, nullptr);
        }
        cr_package_parser_cleanup();
        cr_xml_dump_cleanup();
    }

    void add(const fs::path& package) {
        Outcome outcome;
        const std::string location = package.filename().string();
        const cr_XmlStruct xml = cr_xml_from_rpm(package.c_str(), CR_CHECKSUM_SHA256, location.c_str(), nullptr,
                                                 changelog_entries, nullptr, outcome.slot());
        const std::array<std::unique_ptr<char, decltype(&g_free)>, 3> texts{
            {{xml.primary, g_free}, {xml.filelists, g_free}, {xml.other, g_free}}};
        outcome.check(package);
        for (std::size_t index = 0; index < files_.size(); ++index) {
            cr_xmlfile_add_chunk(files_.at(index).file, texts.at(index).get(), outcome.slot());
            outcome.check(package);
        }
    }

    /// Closes the files. @returns the text of repomd.xml
    std::string finish() {
        const std::unique_ptr<cr_Repomd, decltype(&cr_repomd_free)> index(cr_repomd_new(), cr_repomd_free);
        for (XmlFile& each : files_) {
            Outcome outcome;
            cr_xmlfile_close(each.file, outcome.slot());
            each.file = nullptr;
            outcome.check(each.name);
            cr_RepomdRecord* record = cr_repomd_record_new(each.record, each.name.c_str());
            cr_repomd_set_record(index.get(), record);  // which owns it from now on
            cr_repomd_record_fill(record, CR_CHECKSUM_SHA256, outcome.slot());
            outcome.check(each.name);
        }
        Outcome outcome;
        const std::unique_ptr<char, decltype(&g_free)> text(cr_xml_dump_repomd(index.get(), outcome.slot()), g_free);
        outcome.check(folder_);
        return text.get();
    }

private:
    static constexpr int changelog_entries = 1;

    static void open(XmlFile& each, std::size_t packages, Outcome& outcome) {
        each.file = cr_xmlfile_sopen(each.name.c_str(), each.type, CR_CW_NO_COMPRESSION, nullptr, outcome.slot());
        if (each.file != nullptr) cr_xmlfile_set_num_of_pkgs(each.file, static_cast<long>(packages), outcome.slot());
    }

    fs::path folder_;
    std::array<XmlFile, 3> files_{{{"primary", CR_XMLFILE_PRIMARY, {}, nullptr},
                                   {"filelists", CR_XMLFILE_FILELISTS, {}, nullptr},
                                   {"other", CR_XMLFILE_OTHER, {}, nullptr}}};
};

}  // namespace
}  // namespace pystacks::createrepo

void pystacks_createrepo_write(const pystacks::createrepo::MetadataRequest& request,
                               pystacks::createrepo::MetadataResult& result) {
    using namespace pystacks::createrepo;
    try {
        Metadata metadata(request.folder, request.packages.size());
        for (const fs::path& package : request.packages) metadata.add(package);
        result.index = metadata.finish();
    } catch (Failure& failure) {
        result.failed = std::move(failure.subject);
        result.why = std::move(failure.why);
    }
}
