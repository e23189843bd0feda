# fish completion for pystacks
function __pystacks_stacks
    set -l program (command -s pystacks); or return
    for folder in (dirname (dirname $program))/share/pystacks/specs/*/
        basename $folder
    end
end

set -l commands build fetch spec compare verify extension doctor
set -l none "not __fish_seen_subcommand_from $commands"
complete -c pystacks -n $none -f -a build -d 'build the packages of a stack'
complete -c pystacks -n $none -f -a fetch -d 'get and check a stack\'s sources'
complete -c pystacks -n $none -f -a spec -d 'print the spec of a stack'
complete -c pystacks -n $none -f -a compare -d 'compare two trees or packages'
complete -c pystacks -n $none -f -a verify -d 'install packages into a scratch root and test them'
complete -c pystacks -n $none -f -a extension -d 'debug builds of packages of extension modules'
complete -c pystacks -n '__fish_seen_subcommand_from extension; and not __fish_seen_subcommand_from check add remove survey' -a check -d 'look at -debug packages'
complete -c pystacks -n '__fish_seen_subcommand_from extension; and not __fish_seen_subcommand_from check add remove survey' -a add -d 'write a spec with -debug packages'
complete -c pystacks -n '__fish_seen_subcommand_from extension; and not __fish_seen_subcommand_from check add remove survey' -a remove -d 'take them out again'
complete -c pystacks -n '__fish_seen_subcommand_from extension; and not __fish_seen_subcommand_from check add remove survey' -a survey -d 'what add would do with a folder of specs'
complete -c pystacks -n '__fish_seen_subcommand_from extension; and __fish_seen_subcommand_from add remove' -l in-place -d 'change the file'
complete -c pystacks -n '__fish_seen_subcommand_from extension; and __fish_seen_subcommand_from add' -l accept-unproved -d 'exit with 0 when rpm cannot read it'
complete -c pystacks -n '__fish_seen_subcommand_from extension; and __fish_seen_subcommand_from survey' -l html -r -d 'write a page'
complete -c pystacks -n '__fish_seen_subcommand_from extension; and __fish_seen_subcommand_from survey' -l prove -d 'have rpm read them'
complete -c pystacks -n '__fish_seen_subcommand_from extension; and __fish_seen_subcommand_from add' -l explain -d 'say what was seen'
complete -c pystacks -n $none -f -a doctor -d 'what this host lacks'
complete -c pystacks -n $none -l version -d 'print the version'
complete -c pystacks -l help -d 'print help'

complete -c pystacks -n '__fish_seen_subcommand_from build fetch spec doctor' -a '(__pystacks_stacks)' -d stack
complete -c pystacks -n '__fish_seen_subcommand_from build fetch' -l with -x -d 'turn a bcond on'
complete -c pystacks -n '__fish_seen_subcommand_from build fetch' -l without -x -d 'turn a bcond off'
complete -c pystacks -n '__fish_seen_subcommand_from build fetch' -s D -l define -x -d 'define an rpm macro'
complete -c pystacks -n '__fish_seen_subcommand_from build fetch' -l sources -r -d 'folder with sources'
complete -c pystacks -n '__fish_seen_subcommand_from build fetch' -l offline -d 'fetch nothing'
complete -c pystacks -n '__fish_seen_subcommand_from build' -s b -x -a 'a b s p c i' -d 'how far, as rpmbuild'
complete -c pystacks -n '__fish_seen_subcommand_from build' -l output -r -d 'folder for everything'
complete -c pystacks -n '__fish_seen_subcommand_from build' -l nodeps -d 'do not look for what the build needs'
complete -c pystacks -n '__fish_seen_subcommand_from build compare verify' -s j -l jobs -x -d 'processes at a time'
complete -c pystacks -n '__fish_seen_subcommand_from build compare verify extension doctor' -l json -d 'print JSON'
complete -c pystacks -n '__fish_seen_subcommand_from doctor' -l missing-packages -d 'print names of packages only'
complete -c pystacks -n '__fish_seen_subcommand_from compare' -l all -d 'list every difference'
complete -c pystacks -n '__fish_seen_subcommand_from compare' -l strict -d 'bytecode counts by its bytes'
complete -c pystacks -n '__fish_seen_subcommand_from compare' -l trees -d 'take folders as trees'
complete -c pystacks -n '__fish_seen_subcommand_from compare verify' -l html -r -d 'write a page'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l list -d 'say which checks there are'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l only -x -d 'run this check alone'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l skip -x -d 'leave this check out'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l regrtest -x -a 'quick full none' -d 'tests of CPython'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l upgrade -r -d 'packages of the next release'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l rpmlintrc -r -d 'filters of rpmlint'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l root -r -d 'a root that exists'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l shell -d 'open a shell in the scratch root'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l unaffected -d 'compare builds with and without debug'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l junit -r -d 'write JUnit'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l reproducible -d 'build a stack twice, and compare'
complete -c pystacks -n '__fish_seen_subcommand_from verify' -l work -r -d 'folder for both builds'
