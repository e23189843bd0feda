#include "stack/schema.hpp"

namespace pystacks::stack {

const TableSchema<Preamble> preamble_schema{
    "",
    {{"format", &Preamble::format, Need::required}, {"include", &Preamble::include}},
    {"stack", "bcond", "macro", "source", "patch", "profile", "build-requires", "build", "configuration",
     "install-step", "alias", "rule", "bytecode", "packages", "wheels", "package"}};

const TableSchema<Stack> stack_schema{"[stack]",
                                      {{"name", &Stack::name, Need::not_empty},
                                       {"version", &Stack::version, Need::not_empty},
                                       {"release", &Stack::release, Need::not_empty},
                                       {"license", &Stack::license, Need::not_empty},
                                       {"url", &Stack::url},
                                       {"summary", &Stack::summary, Need::not_empty},
                                       {"description", &Stack::description, Need::not_empty, Lines::many},
                                       {"changelog", &Stack::changelog},
                                       {"source-directory", &Stack::source_directory, Need::not_empty},
                                       {"files", &Stack::files}},
                                      {}};

const TableSchema<Bcond> bcond_schema{"[[bcond]]",
                                      {{"name", &Bcond::name, Need::not_empty},
                                       {"default", &Bcond::default_value, Need::not_empty},
                                       {"help", &Bcond::help, Need::not_empty}},
                                      {}};

const TableSchema<Macro> macro_schema{
    "[[macro]]", {{"name", &Macro::name, Need::not_empty}, {"value", &Macro::value, Need::required, Lines::many}}, {}};

const TableSchema<Source> source_schema{"[[source]]",
                                        {{"url", &Source::url, Need::not_empty},
                                         {"sha256", &Source::sha256},
                                         {"signature", &Source::signature},
                                         {"keyring", &Source::keyring},
                                         {"signature-required", &Source::signature_required},
                                         {"unpack", &Source::unpack}},
                                        {"distribution"}};

const TableSchema<DistributionSource> distribution_schema{"[source.distribution]",
                                                          {{"package", &DistributionSource::package, Need::not_empty},
                                                           {"suites", &DistributionSource::suites, Need::required}},
                                                          {}};

const TableSchema<Patch> patch_schema{
    "[[patch]]", {{"file", &Patch::file, Need::not_empty}, {"strip", &Patch::strip}, {"if", &Patch::condition}}, {}};

const TableSchema<BuildRequirement> build_requirement_schema{"[[build-requires]]",
                                                             {{"rpm", &BuildRequirement::rpm, Need::not_empty},
                                                              {"debian", &BuildRequirement::debian},
                                                              {"if", &BuildRequirement::condition}},
                                                             {}};

const TableSchema<BuildRecipe> build_schema{"[build]",
                                            {{"configure", &BuildRecipe::configure},
                                             {"environment", &BuildRecipe::environment},
                                             {"linker-reads-package", &BuildRecipe::linker_reads_package}},
                                            {"make", "bootstrap"}};

const TableSchema<BuildRecipe> make_schema{"[build.make]",
                                           {{"targets", &BuildRecipe::make_targets},
                                            {"arguments", &BuildRecipe::make_arguments},
                                            {"install-targets", &BuildRecipe::install_targets},
                                            {"install-arguments", &BuildRecipe::install_arguments},
                                            {"incremental", &BuildRecipe::incremental}},
                                           {}};

const TableSchema<BootstrapRecipe> bootstrap_schema{
    "[build.bootstrap]",
    {{"if", &BootstrapRecipe::condition},
     {"configuration", &BootstrapRecipe::configuration, Need::not_empty},
     {"targets", &BootstrapRecipe::targets, Need::required},
     {"arguments", &BootstrapRecipe::arguments}},
    {}};

const TableSchema<ProfileRecipe> profile_recipe_schema{"[configuration.profile]",
                                                       {{"if", &ProfileRecipe::condition},
                                                        {"with", &ProfileRecipe::with},
                                                        {"without", &ProfileRecipe::without},
                                                        {"targets", &ProfileRecipe::targets, Need::required},
                                                        {"files", &ProfileRecipe::files, Need::required},
                                                        {"sources", &ProfileRecipe::sources, Need::required},
                                                        {"other-sources", &ProfileRecipe::other_sources}},
                                                       {}};

const TableSchema<RecordedProfile> recorded_profile_schema{
    "[[profile]]", {{"file", &RecordedProfile::file, Need::not_empty}, {"if", &RecordedProfile::condition}}, {}};

const TableSchema<Configuration> configuration_schema{"[[configuration]]",
                                                      {{"name", &Configuration::name, Need::not_empty},
                                                       {"if", &Configuration::condition},
                                                       {"variant-of", &Configuration::variant_of},
                                                       {"suffix", &Configuration::suffix},
                                                       {"package", &Configuration::package},
                                                       {"traits", &Configuration::traits},
                                                       {"libdir", &Configuration::libdir},
                                                       {"configure", &Configuration::configure},
                                                       {"make-arguments", &Configuration::make_arguments},
                                                       {"early-targets", &Configuration::early_targets},
                                                       {"early-arguments", &Configuration::early_arguments},
                                                       {"interpreter", &Configuration::interpreter, Need::not_empty},
                                                       {"trains", &Configuration::trains},
                                                       {"environment", &Configuration::environment},
                                                       {"variables", &Configuration::variables}},
                                                      {"profile"}};

const TableSchema<RawStep> install_step_schema{"[[install-step]]",
                                               {{"move", &RawStep::move},
                                                {"copy", &RawStep::copy},
                                                {"write", &RawStep::write},
                                                {"symlink", &RawStep::symlink},
                                                {"directory", &RawStep::directory},
                                                {"remove", &RawStep::remove},
                                                {"substitute", &RawStep::substitute},
                                                {"shebang", &RawStep::shebang},
                                                {"to", &RawStep::to},
                                                {"text", &RawStep::text, Need::optional, Lines::many},
                                                {"mode", &RawStep::mode},
                                                {"target", &RawStep::target},
                                                {"find", &RawStep::find, Need::optional, Lines::many},
                                                {"replace", &RawStep::replace, Need::optional, Lines::many},
                                                {"interpreter", &RawStep::interpreter},
                                                {"configurations", &RawStep::configurations},
                                                {"packaging", &RawStep::packaging},
                                                {"if", &RawStep::condition},
                                                {"reason", &RawStep::reason, Need::not_empty, Lines::many}},
                                               {}};

const TableSchema<Alias> alias_schema{
    "[[alias]]", {{"path", &Alias::path, Need::not_empty}, {"of", &Alias::of, Need::not_empty}}, {}};

const TableSchema<ConflictRule> rule_schema{"[[rule]]",
                                            {{"path", &ConflictRule::path, Need::not_empty},
                                             {"winner", &ConflictRule::winner, Need::not_empty},
                                             {"if", &ConflictRule::condition},
                                             {"reason", &ConflictRule::reason, Need::not_empty, Lines::many}},
                                            {}};

const TableSchema<Bytecode> bytecode_schema{"[bytecode]",
                                            {{"paths", &Bytecode::paths, Need::required},
                                             {"levels", &Bytecode::levels, Need::required},
                                             {"exclude", &Bytecode::exclude},
                                             {"library-path", &Bytecode::library_path},
                                             {"home", &Bytecode::home}},
                                            {}};

const TableSchema<Stack> packages_schema{"[packages]", {{"system-directories", &Stack::system_directories}}, {}};

const TableSchema<Wheels> wheels_schema{"[[wheels]]",
                                        {{"package", &Wheels::package, Need::not_empty},
                                         {"files", &Wheels::files, Need::required},
                                         {"if", &Wheels::condition},
                                         {"namespace", &Wheels::name_space},
                                         {"projects", &Wheels::projects},
                                         {"silent", &Wheels::silent},
                                         {"license", &Wheels::license}},
                                        {}};

const TableSchema<Package> package_schema{"[[package]]",
                                          {{"name", &Package::name, Need::not_empty},
                                           {"main", &Package::main},
                                           {"if", &Package::condition},
                                           {"summary", &Package::summary, Need::not_empty},
                                           {"description", &Package::description, Need::optional, Lines::many},
                                           {"license", &Package::license},
                                           {"requires", &Package::requires_},
                                           {"provides", &Package::provides},
                                           {"recommends", &Package::recommends},
                                           {"suggests", &Package::suggests},
                                           {"supplements", &Package::supplements},
                                           {"conflicts", &Package::conflicts},
                                           {"obsoletes", &Package::obsoletes},
                                           {"files", &Package::files, Need::required},
                                           {"doc-files", &Package::doc_files},
                                           {"license-files", &Package::license_files},
                                           {"noarch", &Package::noarch},
                                           {"ldconfig", &Package::ldconfig}},
                                          {}};

const std::vector<StepAction> step_actions{
    {"move", {"to"}, {}},
    {"copy", {"to"}, {"mode"}},
    {"write", {"text"}, {"mode"}},
    {"symlink", {"target"}, {}},
    {"directory", {}, {}},
    {"remove", {}, {}},
    {"substitute", {"find", "replace"}, {}},
    {"shebang", {"interpreter"}, {}},
};

namespace {

template <class T>
void append(std::vector<KnownKey>& keys, const TableSchema<T>& schema) {
    for (const Field<T>& field : schema.fields) {
        const auto name = std::visit([](auto member) { return type_name(T{}.*member); }, field.member);
        keys.push_back({schema.header, field.key, name, field.need != Need::optional});
    }
}

}  // namespace

std::vector<KnownKey> known_keys() {
    std::vector<KnownKey> keys;
    append(keys, preamble_schema);
    append(keys, stack_schema);
    append(keys, bcond_schema);
    append(keys, macro_schema);
    append(keys, source_schema);
    append(keys, distribution_schema);
    append(keys, patch_schema);
    append(keys, build_requirement_schema);
    append(keys, build_schema);
    append(keys, make_schema);
    append(keys, bootstrap_schema);
    append(keys, profile_recipe_schema);
    append(keys, recorded_profile_schema);
    append(keys, configuration_schema);
    append(keys, install_step_schema);
    append(keys, alias_schema);
    append(keys, rule_schema);
    append(keys, bytecode_schema);
    append(keys, packages_schema);
    append(keys, wheels_schema);
    append(keys, package_schema);
    return keys;
}

}  // namespace pystacks::stack
