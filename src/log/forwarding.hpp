#pragma once

#include <functional>
#include <memory>

#include "log/event.hpp"

namespace pystacks::log {

/// Hands what this process logs to @c receive as well, at every level, while it lives: a stage's debug messages belong
/// to the program that started it.
class Forwarding {
public:
    /// @param receive is called by any thread, by one at a time; must not log
    explicit Forwarding(std::function<void(const Event&)> receive);
    Forwarding(const Forwarding&) = delete;
    Forwarding& operator=(const Forwarding&) = delete;
    ~Forwarding();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pystacks::log
