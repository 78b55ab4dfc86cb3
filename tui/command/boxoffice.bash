# bash completion for boxoffice(1)

# The options of a command, behind its name.
_boxoffice_options()
{
    case $1 in
    init) printf '%s ' --demo --empty ;;
    shows) printf '%s ' --day --all ;;
    sell) printf '%s ' --best --name --phone --type --tender --key ;;
    reserve) printf '%s ' --best --name --phone --type --key ;;
    pay | accept) printf '%s ' --tender --key ;;
    wait) printf '%s ' --party --name --phone --fit --zone --key ;;
    print) printf '%s ' --reprint --reason --receipt --preview --template --key ;;
    exchange) printf '%s ' --to --show --tender --key ;;
    block | cancel) printf '%s ' --reason --key ;;
    leave | decline | checkin | unblock) printf '%s ' --key ;;
    types) printf '%s ' --name --digit --percent --tax --sold --key ;;
    prices) printf '%s ' --zone --type --key ;;
    assign) printf '%s ' --once ;;
    check) printf '%s ' --head ;;
    migrate) printf '%s ' --to ;;
    hall) printf '%s ' --name --key ;;
    keygen) printf '%s ' --show ;;
    terminal) printf '%s ' --key ;;
    show) printf '%s ' --hall --title --start --minutes --price --key ;;
    schedule) printf '%s ' --dry-run --key ;;
    staff) printf '%s ' --name --role --key ;;
    report) printf '%s ' --day --csv ;;
    esac
    printf '%s ' --json --config --database --terminal --help
}

# The first column of a table that the program prints, its head left out.
_boxoffice_column()
{
    "${program[@]}" "$@" 2>/dev/null | awk 'NR > 1 { print $1 }'
}

# What a command takes in a place: a word of its own, a show, a party.
_boxoffice_argument()
{
    case $1:$2 in
    hall:0) printf '%s ' import list show export ;;
    show:0) printf '%s ' add cancel ;;
    types:0) printf '%s ' list add change ;;
    terminal:0) printf '%s ' admit remove list ;;
    schedule:0) printf '%s ' import ;;
    staff:0) printf '%s ' list add change pin remove ;;
    report:0) printf '%s ' day show till week ;;
    help:0) printf '%s ' "${commands[@]}" ;;
    seats:0 | sell:0 | reserve:0 | wait:0 | waiting:0 | block:0 | unblock:0 | prices:0) _boxoffice_column shows ;;
    leave:0 | accept:0 | decline:0) _boxoffice_column waiting ;;
    show:1) [ "$first" != cancel ] || _boxoffice_column shows --all ;;
    report:1) [ "$first" != show ] || _boxoffice_column shows --all ;;
    hall:1) [ "$first" = import ] || _boxoffice_column hall list ;;
    esac
}

_boxoffice()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' first='' n=0 i word words='' program=("${COMP_WORDS[0]}")
    local commands=(init shows seats reservation find reserve sell pay cancel exchange print checkin wait waiting leave
        accept decline assign listen hall show types prices block unblock schedule staff report backup restore check doctor keygen
        terminal migrate help)

    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $word in
        -c | -d | -t | --config | --database | --terminal)
            program+=("$word" "${COMP_WORDS[++i]}") ;;
        --best | --name | --phone | --type | --tender | --key | --party | --fit | --zone | --day | \
            --head | --hall | --role | --title | --start | --minutes | --price | --to | --reason | --template | --digit | \
            --percent | --tax | --sold) ((i++)) ;;
        --show) [ "$command" != exchange ] || ((i++)) ;; # keygen's takes none
        -*) ;;
        *)
            if [ -z "$command" ]; then
                command=$word
            else
                [ "$n" -gt 0 ] || first=$word
                ((n++))
            fi
            ;;
        esac
    done
    case $previous in
    -c | -d | --config | --database) compopt -o default 2>/dev/null; return ;;
    --tender) words='cash card voucher comp' ;;
    --fit) words='together pairs any' ;;
    --role) words='clerk supervisor manager' ;;
    --template) words='ticket receipt' ;;
    --sold) words='yes no' ;;
    --hall) words=$(_boxoffice_column hall list) ;;
    --show) [ "$command" != exchange ] || words=$(_boxoffice_column shows) ;;
    -t | --terminal | --best | --name | --phone | --type | --key | --party | --zone | --day | \
        --head | --title | --start | --minutes | --price | --to | --reason | --digit | --percent | --tax) return ;;
    *)
        if [[ $current == -* ]]; then
            [ -n "$command" ] || words='--config --database --terminal --training --help --version'
            [ -z "$command" ] || words=$(_boxoffice_options "$command")
        elif [ -z "$command" ]; then
            words=${commands[*]}
        elif [ "$n:$first" = 1:import ] || [[ $n:$command == 0:@(backup|restore) ]]; then
            compopt -o default 2>/dev/null
            return
        else
            words=$(_boxoffice_argument "$command" "$n")
        fi
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -F _boxoffice boxoffice
