# Debian packages by what they are for, and installing those that are missing. Sourced by tools/run,
# tools/test and tools/bench.

packages_for_building=(
    g++ cmake ninja-build ccache
    libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
    libssl-dev libsqlite3-dev doctest-dev libhowardhinnant-date-dev
    libtomlplusplus-dev libcli11-dev libspdlog-dev
)
packages_for_the_console=(nodejs npm)
packages_for_testing=(
    clang-14 libclang-rt-14-dev clang-format-14 clang-tidy-14
    chromium sqlite3 ca-certificates python3 python3-jsonschema libglpk-dev
)

say() { printf '\033[1m== %s\033[0m\n' "$*"; }

# Whether a package is there, or the program that it stands for came from somewhere else.
is_there() {
    case "$1" in
        nodejs) command -v node >/dev/null && return 0 ;;
        npm) command -v npm >/dev/null && return 0 ;;
    esac
    dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'
}

# install_missing PACKAGE...: installs those that are not there yet, as root or through sudo.
install_missing() {
    local missing=() package
    for package in "$@"; do
        is_there "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "These Debian packages are missing and need root to install: ${missing[*]}" >&2
            return 1
        }
        as_root=(sudo)
    fi
    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" >/tmp/kurs-install.$$ 2>&1 || {
        cat /tmp/kurs-install.$$ >&2
        return 1
    }
    rm -f /tmp/kurs-install.$$
}

# build PRESET TARGET...: configures if need be, and builds. What ccache has from another checkout of
# the same sources serves as well.
build() {
    local preset=$1
    shift
    export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
    cmake --preset "$preset" >"build/$preset.log" 2>&1 || {
        cat "build/$preset.log" >&2
        return 1
    }
    cmake --build --preset "$preset" --target "$@"
}

# The console's files, built when its sources are newer.
build_console() {
    local dist=server/console/dist
    if [ -f $dist/index.html ] && [ -z "$(find server/console -path '*/node_modules' -prune -o \
        -path "$dist" -prune -o -type f -newer $dist/index.html -print -quit)" ]; then
        return 0
    fi
    say "Building the console (npm packages, Vite)"
    (cd server/console && npm ci --no-audit --no-fund --loglevel=error && npm run build --silent)
}
