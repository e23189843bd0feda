#include "log/forwarding.hpp"

#include <mutex>
#include <utility>

#include <spdlog/sinks/base_sink.h>

#include "log/current_event.hpp"
#include "log/logger.hpp"

namespace pystacks::log {
namespace {

class ForwardingSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit ForwardingSink(std::function<void(const Event&)> receive) : receive_(std::move(receive)) {}

private:
    void sink_it_(const spdlog::details::log_msg& /*message*/) override {
        if (const Event* event = current_event()) receive_(*event);
    }
    void flush_() override {}

    std::function<void(const Event&)> receive_;
};

}  // namespace

struct Forwarding::Impl {
    spdlog::sink_ptr sink;
};

Forwarding::Forwarding(std::function<void(const Event&)> receive)
    : impl_(new Impl{std::make_shared<ForwardingSink>(std::move(receive))}) {
    add_sink(impl_->sink, Level::trace);
}

Forwarding::~Forwarding() { remove_sink(impl_->sink); }

}  // namespace pystacks::log
