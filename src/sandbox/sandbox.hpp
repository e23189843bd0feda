#pragma once

#include <filesystem>
#include <vector>

namespace pystacks::sandbox {

/// Something that the program in a sandbox sees.
struct Shown {
    enum class How {
        writable,   ///< a file or folder of the machine, with what is mounted below it
        read_only,  ///< the same, but nothing can be changed
        memory,     ///< an empty folder in memory
        link,       ///< a symbolic link
        hidden,     ///< an empty file or folder in place of what an earlier entry shows there
    };
    How how = How::read_only;
    std::filesystem::path what{};  ///< absolute path on the machine; of a link: its target
    std::filesystem::path inside;  ///< absolute path in the sandbox; its parents are made
};

/// A root of its own for a program that is not trusted: a scriptlet, an expanded spec, an interpreter under test.
///
/// The program sees what @c shows names, a /dev with null, zero, full, random, urandom, tty, pts and shm, a /proc of
/// its own processes, and no /sys. It is root of a user namespace of its own, so it can give files to users, set
/// capabilities on files, and enter a chroot. It has processes, System V IPC, a host name and a network of its own (the
/// loopback device alone). It cannot mount, make devices, gain privileges by executing a file, load kernel modules, use
/// the kernel's keyrings, or inject input into a terminal. It has no descriptors but those that it was given. What it
/// leaves running ends with it.
///
/// Where the kernel has no user namespace for root, capabilities take its place: few are kept.
struct Sandbox {
    /// In this order. The first is at "/". Others are only allowed where "/" is in memory: the parents of their paths
    /// are made, and in a folder that somebody else has filled these could be links.
    std::vector<Shown> shows;
    /// Whether the program may use the caller's terminal. Otherwise it has none to open.
    bool terminal = false;
    /// A root in the sandbox that the program enters by chroot, as rpm does; it gets the same /dev and /proc. May be
    /// empty.
    std::filesystem::path inner_root{};
};

}  // namespace pystacks::sandbox
