// How long it takes to scan and compare two trees: compare_bench A B [RUNS [THREADS]]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <numeric>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "compare/build_comparison.hpp"
#include "tree/tree.hpp"

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void print_summary(const char* what, const std::vector<double>& runs) {
    const auto [shortest, longest] = std::minmax_element(runs.begin(), runs.end());
    const double mean = std::accumulate(runs.begin(), runs.end(), 0.0) / static_cast<double>(runs.size());
    fmt::print("{:<8} min {:8.1f} ms  mean {:8.1f} ms  max {:8.1f} ms\n", what, *shortest, mean, *longest);
}

void run_all(const char* a, const char* b, int runs, unsigned threads) {
    std::vector<double> scans;
    std::vector<double> comparisons;
    for (int run = 1; run <= runs; ++run) {
        const auto start = Clock::now();
        const auto tree_a = pystacks::tree::scan(a, threads);
        const auto tree_b = pystacks::tree::scan(b, threads);
        scans.push_back(milliseconds_since(start));
        const auto middle = Clock::now();
        const auto comparison = pystacks::compare::compare(pystacks::compare::side_of_tree(tree_a),
                                                           pystacks::compare::side_of_tree(tree_b), threads);
        comparisons.push_back(milliseconds_since(middle));
        fmt::print("run {:>2}: scan {:8.1f} ms  compare {:8.1f} ms  ({} paths, {} differences, {} threads)\n", run,
                   scans.back(), comparisons.back(), comparison.all.paths,
                   comparison.pairs.size() - comparison.identical.paths, threads);
    }
    print_summary("scan", scans);
    print_summary("compare", comparisons);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3 || argc > 5) {
        fmt::print(stderr, "usage: compare_bench A B [RUNS [THREADS]]\n");
        return 2;
    }
    const int runs = argc > 3 ? std::atoi(argv[3]) : 10;
    const int threads = argc > 4 ? std::atoi(argv[4]) : static_cast<int>(std::thread::hardware_concurrency());
    if (runs < 1 || threads < 1) {
        fmt::print(stderr, "compare_bench: RUNS and THREADS are numbers from 1 on\n");
        return 2;
    }
    try {
        run_all(argv[1], argv[2], runs, static_cast<unsigned>(threads));
    } catch (const std::exception& error) {
        fmt::print(stderr, "compare_bench: {}\n", error.what());
        return 1;
    }
    return 0;
}
