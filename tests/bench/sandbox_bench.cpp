// How long it takes to start a program in a sandbox: sandbox_bench [RUNS]. Plain starts and sandboxed ones in turn.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "process/command.hpp"
#include "scratch/machine_view.hpp"

namespace {

using pystacks::process::Command;

/// @returns milliseconds
double start(const Command& command) {
    using Clock = std::chrono::steady_clock;
    const auto started = Clock::now();
    pystacks::process::run_checked(command, "cannot run");
    return std::chrono::duration<double, std::milli>(Clock::now() - started).count();
}

void print_summary(const char* what, const std::vector<double>& runs) {
    const auto [shortest, longest] = std::minmax_element(runs.begin(), runs.end());
    const double mean = std::accumulate(runs.begin(), runs.end(), 0.0) / static_cast<double>(runs.size());
    fmt::print("{:<10} min {:6.2f} ms  mean {:6.2f} ms  max {:6.2f} ms\n", what, *shortest, mean, *longest);
}

int measure(int runs) {
    Command plain;
    plain.arguments = {"/usr/bin/true"};
    Command contained = plain;
    contained.sandbox = pystacks::scratch::machine_view();
    fmt::print("first sandbox, with what all share: {:.2f} ms\n", start(contained));
    std::vector<double> plain_runs, contained_runs;
    for (int run = 0; run < runs; ++run) {
        plain_runs.push_back(start(plain));
        contained_runs.push_back(start(contained));
    }
    print_summary("plain", plain_runs);
    print_summary("sandbox", contained_runs);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const int runs = argc > 1 ? std::atoi(argv[1]) : 100;
    if (runs < 1) {
        fmt::print(stderr, "usage: sandbox_bench [RUNS]\n");
        return 2;
    }
    try {
        return measure(runs);
    } catch (const std::exception& error) {
        fmt::print(stderr, "sandbox_bench: {}\n", error.what());
        return 1;
    }
}
