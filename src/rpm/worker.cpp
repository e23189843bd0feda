#include "rpm/worker.hpp"

#include <cstdio>
#include <iostream>
#include <iterator>

#include "base/file.hpp"
#include "rpm/job.hpp"
#include "rpm/session.hpp"

namespace pystacks::rpm {

namespace {

std::string answer_to(const WorkerJob& job) {
    try {
        const LogCollector log;
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
        write_file_atomically(job.answer, answer_to(job));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "pystacks rpm-worker: %s\n", error.what());
        return 1;
    }
}

}  // namespace pystacks::rpm
