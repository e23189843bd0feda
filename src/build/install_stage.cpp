#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "build/install_root.hpp"
#include "build/install_steps.hpp"
#include "build/merged_trees.hpp"
#include "build/plan.hpp"
#include "build/stage_lock.hpp"
#include "build/stages.hpp"
#include "build/stamp.hpp"
#include "build/tree_copy.hpp"
#include "build/tree_stamp.hpp"
#include "merge/bytecompile.hpp"
#include "merge/file_list.hpp"
#include "merge/linkage.hpp"
#include "merge/merge.hpp"
#include "merge/partition.hpp"
#include "merge/summary.hpp"
#include "process/interruption.hpp"
#include "tree/tree.hpp"

namespace pystacks::build {
namespace {

fs::path summary_file(const StageContext& context) { return context.layout.root() / "summary.txt"; }

/// The merged tree with its bytecode, accepted by every interpreter.
void merge_and_compile(const StageContext& context, const ComparedTrees& compared, const Stamps& stamps,
                       const InputList& key) {
    const merge::BytecodeJob job = bytecode_job(context);
    stamps.remove(merge_stamp);
    run_phase(context.progress, common_lane, "merge", {}, [&] {
        merge::require_no_conflicts(context.stack, compared.comparison);
        merge::merge_trees(context.stack, compared.trees, compared.comparison, context.layout.merged(), job.clamp_mtime,
                           context.progress);
    });
    process::throw_if_interrupted();
    run_phase(context.progress, common_lane, "bytecode", {}, [&] { merge::bytecompile(job, context.progress); });
    run_phase(context.progress, common_lane, "check bytecode", {}, [&] {
        merge::check_bytecode(job, context.progress);
        merge::normalise_metadata(context.layout.merged(), job.clamp_mtime);
    });
    write_untouched(context, merge_stamp, key, context.layout.merged());
}

/// Who owns what, as lists for rpm and as a report for people.
void write_lists(const StageContext& context, const ComparedTrees& compared) {
    const tree::Tree merged = tree::scan(context.layout.merged(), static_cast<unsigned>(context.jobs));
    merge::check_linkage(compared.comparison, merged);
    const merge::Partition partition = merge::partition(context.stack, compared.comparison, merged);
    merge::write_file_lists(partition, context.layout.file_lists());

    const merge::Summary summary = merge::summarise(context.stack, compared.trees, compared.comparison, merged);
    write_file_atomically(context.layout.comparison(), merge::to_json(compared.comparison, summary));
    write_file_atomically(summary_file(context), join(merge::to_lines(summary), "\n") + "\n");
    for (const auto* warnings : {&compared.comparison.warnings, &partition.warnings}) {
        for (const std::string& warning : *warnings) post_warning(context.progress, common_lane, warning);
    }
}

/// Files that are not part of the merged tree, because their names contain the release. They are put into a copy that
/// is made again each time.
void run_packaging_steps(const StageContext& context) {
    const InstallRoot buildroot(context.buildroot);
    const InstallRoot source(context.layout.source());
    for (const stack::Configuration* configuration : context.stack.enabled_configurations()) {
        for (const stack::InstallStep& step :
             plan(context.stack, *configuration, context.layout, "N").packaging_steps) {
            run_install_step(step, buildroot, source);
        }
    }
}

void show_summary(const StageContext& context) {
    for (const std::string& line : split(read_file(summary_file(context)), '\n')) {
        if (!line.empty()) post_message(context.progress, common_lane, line);
    }
}

}  // namespace

void run_install(const StageContext& context) {
    const FileLock lock = lock_layout(context);
    const Stamps stamps(context.layout.stamps());
    const InputList merging = merge_key(context);
    const InputList listing = lists_key(context);
    const bool merged = is_untouched(context, merge_stamp, merging, context.layout.merged());
    const bool listed = merged && is_untouched(context, lists_stamp, listing, context.layout.file_lists());
    if (merged) {
        post_skipped(context.progress, common_lane, "merge");
        post_skipped(context.progress, common_lane, "bytecode");
    }
    if (listed) {
        post_skipped(context.progress, common_lane, "lists");
    } else {
        stamps.remove(lists_stamp);
        const ComparedTrees compared = compare_installs(context);
        if (!merged) merge_and_compile(context, compared, stamps, merging);
        run_phase(context.progress, common_lane, "lists", {}, [&] { write_lists(context, compared); });
        write_untouched(context, lists_stamp, listing, context.layout.file_lists());
    }
    // rpm strips and compresses its buildroot: it gets a copy, and the merged tree stays as it was checked.
    run_phase(context.progress, common_lane, "copy", {}, [&] {
        copy_tree(context.layout.merged(), context.buildroot);
        run_packaging_steps(context);
    });
    show_summary(context);
}

}  // namespace pystacks::build
