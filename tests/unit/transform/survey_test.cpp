#include "transform/survey.hpp"

#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "process/interruption.hpp"
#include "sample.hpp"

using namespace pystacks;

namespace {

/// The proof of the second spec meets the interruption. @returns whether the first one is all that is told
bool tells_what_it_knows(const fs::path& folder, bool proof_ends) {
    int proofs = 0;
    const transform::Survey found =
        transform::survey(folder, 1, [&](const transform::Transformation&, const fs::path&) -> transform::Proof {
            if (++proofs == 1) return {transform::Proof::State::holds, ""};
            process::request_interruption();
            if (proof_ends) return {transform::Proof::State::not_parsed, "rpm was stopped"};
            throw Error(ErrorKind::interrupted, "interrupted", "", "");
        });
    const auto json = parse_json_object(transform::to_json(found));
    return proofs == 2 && found.specs.size() == 1 && result_of(found.specs.front()) == "proved" &&
           found.not_reached == 2 && !found.is_complete() &&
           transform::to_text(found).starts_with("incomplete: interrupted after 1 of 3 specs\n") && json &&
           json->at("complete") == false && json->at("not_reached") == 2;
}

}  // namespace

TEST_CASE("an interrupted survey keeps what it has, and says that it is not complete") {
    const bool proof_ends = GENERATE(false, true);
    const TemporaryDirectory folder(fs::temp_directory_path(), "survey");
    for (const char* name : {"a.spec", "b.spec", "c.spec"}) {
        write_file_atomically(folder.path() / name, transform::sample());
    }
    const pid_t child = ::fork();  // an interruption stays requested as long as a process lives
    if (child == 0) ::_exit(tells_what_it_knows(folder.path(), proof_ends) ? 0 : 1);
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
}

TEST_CASE("a survey that nobody interrupts is complete") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "survey");
    write_file_atomically(folder.path() / "a.spec", transform::sample());
    const transform::Survey found = transform::survey(folder.path(), 1);
    CHECK(found.is_complete());
    CHECK(transform::to_text(found).find("incomplete") == std::string::npos);
}
