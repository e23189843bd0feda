#include "cli/profile/record.hpp"

#include <memory>
#include <vector>

#include "cli/print.hpp"
#include "log/log.hpp"
#include "report/progress_log.hpp"
#include "stackbuild/profile_recording.hpp"

namespace pystacks::cli::profile::record {

void add_to(Arguments& app, Options& options) {
    cli::add_to(app, options.rpm);
    app.add_option("--name", options.name, "the file's, in profiles/ beside stack.toml").type_name("NAME");
}

int run(const Options& options) {
    const stackbuild::ProfileRecording recording(request_of(options.rpm), options.rpm.stack, options.name);
    std::unique_ptr<report::ProgressSink> display = report::make_display();
    const std::vector<stackbuild::ProfileRecording::Recorded> all = recording.record(*display);
    display.reset();  // gives the terminal back before the result is printed
    for (const stackbuild::ProfileRecording::Recorded& recorded : all) {
        print_data(recorded.profile.string() + "\n");
        if (recorded.listed_now) log::say(log::Level::info, recorded.stack.string() + " names it now");
    }
    return 0;
}

}  // namespace pystacks::cli::profile::record
