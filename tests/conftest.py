"""Fixtures everybody may use; each lives in a small file of tests/fixtures."""

pytest_plugins = [
    "tests.fixtures.cluster",
    "tests.fixtures.rooms",
    "tests.fixtures.server",
    "tests.fixtures.browser",
]
