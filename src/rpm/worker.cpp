#include "rpm/worker.hpp"

#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

#include <fcntl.h>

#include "base/characters.hpp"
#include "base/file.hpp"
#include "rpm/job.hpp"
#include "rpm/session.hpp"

namespace pystacks::rpm {

namespace {

std::string answer_to(const WorkerJob& job) {
    try {
        const LogCollector log{LogCollector::Printing::as_always, [&job](log::Level level, const std::string& text) {
                                   send_message(job.messages, level, text);
                               }};
        Session session{job, log};
        return job.task == Task::inspect ? to_json(session.info()) : to_json(session.build());
    } catch (const Error& error) {
        return to_json(error);
    }
}

}  // namespace

int worker_main() {
    try {
        const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
        const WorkerJob job = job_from_json(text);
        // What the sections run must not hold the pipe open.
        if (job.messages >= 0) ::fcntl(job.messages, F_SETFD, FD_CLOEXEC);
        write_file_atomically(job.answer, answer_to(job));
        return 0;
    } catch (const std::exception& error) {
        const std::string message = lines_without_control_characters(error.what());
        std::fprintf(stderr, "pystacks rpm-worker: %s\n", message.c_str());
        return 1;
    }
}

}  // namespace pystacks::rpm
