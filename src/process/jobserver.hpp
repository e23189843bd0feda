#pragma once

#include <filesystem>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/file.hpp"

namespace pystacks::process {

/// GNU make's jobserver: a pipe (make before 4.4) or FIFO (from 4.4) that holds one byte for each job which may run
/// beside those that run already. Reading a byte takes a slot, writing the same byte back gives it up. A child make
/// owns one slot from the start without reading (the implicit one), so the process that starts a make holds a slot for
/// it.
///
/// Source: the chapter "Integrating GNU make" (POSIX Jobserver) of the GNU make manual.
///
/// How a make is started under it:
///
///     const Jobserver::Slot slot = jobserver.acquire();   // the child's implicit slot
///     Command make;
///     make.arguments = {"make", "all"};
///     make.environment["MAKEFLAGS"] = jobserver.makeflags();
///     make.inherited_descriptors = jobserver.descriptors();
///     run_checked(make, "cannot make it");
///
/// No -j among the arguments: make would leave the jobserver, with a warning.
///
/// Children cannot take the implicit slot of this process. So it is never free while another is held: whoever gives it
/// up gives it to one that holds a byte, and that byte goes back.
///
/// A make that is killed by SIGKILL takes the slots that it held with it. The implicit slot of this process cannot get
/// lost that way, so work always goes on.
class Jobserver {
public:
    enum class Style { pipe, fifo };

    /// The jobserver of an outer make, when MAKEFLAGS names one that answers.
    static std::optional<Jobserver> join();
    /// The same; otherwise a new one.
    static Jobserver join_or_create(int jobs, const std::filesystem::path& directory);
    /// One of @p jobs slots; its style follows `make --version`. @p directory is where a FIFO may be created (the
    /// system's folder for temporary files instead, where the name has characters that make would interpret).
    static Jobserver create(int jobs, const std::filesystem::path& directory);
    static Jobserver create(int jobs, Style style, const std::filesystem::path& directory);
    enum class ImplicitSlot { none, one };
    /// One whose slots somebody else gives out, all but the implicit one: they are read from one pipe and written back
    /// into another. Every make takes pipes, FIFOs from 4.4 on are only what it makes itself.
    static Jobserver over(UniqueFd slots, UniqueFd given_up, int jobs, ImplicitSlot implicit);

    Jobserver(Jobserver&&) noexcept;
    Jobserver& operator=(Jobserver&&) noexcept;
    Jobserver(const Jobserver&) = delete;
    Jobserver& operator=(const Jobserver&) = delete;
    ~Jobserver();

    /// A slot, held until destroyed. Move-only. Must not outlive the jobserver.
    class Slot {
    public:
        Slot(Slot&&) noexcept;
        Slot& operator=(Slot&&) noexcept;
        Slot(const Slot&) = delete;
        Slot& operator=(const Slot&) = delete;
        ~Slot();

    private:
        friend class Jobserver;
        struct State;
        Slot(State* owner, std::list<int>::iterator held) noexcept : owner_(owner), held_(held) {}
        State* owner_;
        std::list<int>::iterator held_;  // the byte read, or -1 for the implicit slot of this process
    };

    /// Waits until a slot is free. The first caller gets this process's implicit slot. Thread-safe.
    /// @throws Error(interrupted)
    Slot acquire();

    /// What a child make needs in its environment: MAKEFLAGS=" -jN --jobserver-auth=…".
    [[nodiscard]] std::string makeflags() const;
    /// Descriptors that a child must inherit (two for a pipe, none for a FIFO).
    [[nodiscard]] std::vector<int> descriptors() const;
    [[nodiscard]] int jobs() const noexcept;        ///< 0 when it is an outer make's that does not say
    [[nodiscard]] bool is_client() const noexcept;  ///< whether it belongs to an outer make

private:
    struct Impl;
    explicit Jobserver(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace pystacks::process
