#!/bin/sh
# The drift gate: holds a database or a snapshot against a policy, and says so in the forms that the
# place it runs in reads. docs/gate.md tells more.
#
# PGPARITY_SNAPSHOT     what to check: a file, or a postgres:// URL (else DATABASE_URL)
# PGPARITY_POLICY       the policy [pgparity.toml]
# PGPARITY_ENVIRONMENT  the environment whose rules are added
# PGPARITY_AGAINST      a snapshot that it should equal
# PGPARITY_MIGRATIONS   the folder of the project's migrations
# PGPARITY_REPORTS      where the reports go [pgparity-reports]
#
# Exit status: that of `pgparity check`: 0 no error, 1 errors, 2 it could not be checked.
set -eu

reports="${PGPARITY_REPORTS:-pgparity-reports}"
mkdir -p "$reports"

target="${PGPARITY_SNAPSHOT:-${DATABASE_URL:-}}"
if [ -z "$target" ]; then
    echo "gate: name what to check: PGPARITY_SNAPSHOT or DATABASE_URL" >&2
    exit 2
fi

# One look at the database: every report is about the same instant. A snapshot holds no credentials.
case "$target" in
    postgres://* | postgresql://*)
        DATABASE_URL="$target" pgparity export -o "$reports/snapshot.json.gz" || exit 2
        target="$reports/snapshot.json.gz"
        ;;
esac

set -- "$target" --policy "${PGPARITY_POLICY:-pgparity.toml}"
[ -z "${PGPARITY_ENVIRONMENT:-}" ] || set -- "$@" --environment "$PGPARITY_ENVIRONMENT"
[ -z "${PGPARITY_AGAINST:-}" ] || set -- "$@" --against "$PGPARITY_AGAINST"
[ -z "${PGPARITY_MIGRATIONS:-}" ] || set -- "$@" --migrations "$PGPARITY_MIGRATIONS"

status=0
report() {
    one=0
    pgparity --quiet check "$@" || one=$?
    # What could not be checked outweighs errors.
    [ "$one" -le "$status" ] || status=$one
}

report "$@" --format text
report "$@" --format json -o "$reports/check.json"
report "$@" --format junit -o "$reports/junit.xml"
report "$@" --format sarif -o "$reports/check.sarif"
if [ -n "${GITLAB_CI:-}" ]; then
    report "$@" --format gitlab -o "$reports/gl-code-quality-report.json"
fi
report "$@" --format markdown -o "$reports/check.md"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    cat "$reports/check.md" >> "$GITHUB_STEP_SUMMARY"
    report "$@" --format github
fi
exit "$status"
