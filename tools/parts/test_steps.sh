# The steps of tools/test. Each prints what it does; the first that fails ends the run.

steps_passed=0
declare -a step_times=()

# step NAME COMMAND... Inside COMMAND a failing line does not end it (`set -e` is off left of ||): join with &&.
step() {
    local name=$1 begin=$SECONDS
    shift
    say "$name"
    "$@" || {
        printf '\nFAILED: %s\n%d passed, 1 failed\n' "$name" "$steps_passed"
        exit 1
    }
    steps_passed=$((steps_passed + 1))
    step_times+=("$(printf '%5d s  %s' $((SECONDS - begin)) "$name")")
}

finish() {
    echo
    printf '%s\n' "${step_times[@]}"
    printf '%d passed, 0 failed\n' "$steps_passed"
}

our_sources() { git ls-files '*.cpp' '*.hpp'; }

check_format() { our_sources | xargs clang-format-14 --dry-run --Werror; }

# What CTest runs under a preset; those of the threaded shell are labelled by what they link.
run_suite() {
    build "$1" all &&
        ctest --test-dir "build/$1" --output-on-failure --timeout 900
}

# The cases that are made from the schemas run whole in the release build; here the committed ones do.
run_sanitized_suite() { KURS_SMALL_CASES_ONLY=1 run_suite asan-ubsan; }

# run_named PRESET TEST...
run_named() {
    local preset=$1 pattern
    shift
    pattern=$(IFS='|'; echo "$*")
    ctest --test-dir "build/$preset" --output-on-failure --timeout 900 -R "^($pattern)\$"
}

run_threaded_tests() {
    local tests=(test_gateway test_admin storage_test)
    build tsan "${tests[@]}" &&
        TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1" run_named tsan "${tests[@]}"
}

# Old finds and the corpus first, then some seconds of new inputs.
fuzz_seconds=${KURS_FUZZ_SECONDS:-10}
run_fuzzers() {
    build fuzz kurs_fuzzers || return
    local target corpus found seeds=build/fuzz/seeds
    python3 tests/fuzz/make_seeds.py tests/ocpp/cases/small.jsonl $seeds
    for target in build/fuzz/bin/*fuzz*; do
        [ -x "$target" ] || continue
        corpus=$(find tests -type d -path "*/corpus/$(basename "$target")" | head -n 1)
        found=build/fuzz/found/$(basename "$target")
        mkdir -p "$found"
        echo "$(basename "$target")"
        "$target" -max_total_time="$fuzz_seconds" -print_final_stats=0 -verbosity=0 \
            -artifact_prefix="$found/" "$found" ${corpus:+"$corpus"} "$seeds" 2>"$found.log" || {
            tail -n 60 "$found.log"
            return 1
        }
    done
}

# Against a mock of the API and, for what only it can show, a real server on fresh data.
run_console_tests() {
    build_console || return
    local data=build/console-data out status=0
    rm -rf $data && mkdir -p $data
    out=$data/out
    build/release/bin/kurs-server --data $data --stations 127.0.0.1:0 --operators 127.0.0.1:0 \
        --console server/console/dist >$out 2>$data/log &
    local server=$!
    for _ in $(seq 100); do
        grep -q '^listening ' $out && break
        sleep 0.1
    done
    # Prints the value after KEY= in the server's first lines.
    told() { sed -n "s/.*\b$1=\([^ ]*\).*/\1/p" $out | head -n 1; }
    (cd tests/console && npm ci --no-audit --no-fund --loglevel=error &&
        KURS_OPERATORS_URL=http://$(cd ../.. && told operators) KURS_USER=$(cd ../.. && told user) \
            KURS_PASSWORD=$(cd ../.. && told password) npm test --silent) || status=$?
    kill -TERM $server && wait $server || status=$?
    return $status
}

# All of the sources take long; what has changed last is what the newest change answers for: the sources of
# the last day's commits, the latest first, or of the newest commit.
most_tidied=${KURS_TIDY_FILES:-8}
run_tidy() {
    local changed
    changed=$({
        git log --since='1 day ago' --diff-filter=d --name-only --format= -- '*.cpp'
        git log -1 --diff-filter=d --name-only --format= -- '*.cpp'
    } | grep -v '^tests/' | awk '!seen[$0]++' | while read -r file; do [ -f "$file" ] && echo "$file"; done |
        head -n "$most_tidied") || true
    [ -n "$changed" ] || { echo "no changed sources"; return 0; }
    echo "$changed" | xargs -P 2 -n 1 clang-tidy-14 -p build/fuzz --quiet 2>/dev/null
}
