#include "rpm/worker.hpp"

int main() { return pystacks::rpm::worker_main(); }
