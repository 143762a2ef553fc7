"""What the launcher says when it cannot give a server."""

from commonweal.kernel.errors import CommonwealError


class LauncherError(CommonwealError):
    """The embedded PostgreSQL could not be started, reached or stopped; the text says why and what to do."""


class NoBinariesError(LauncherError):
    """No usable PostgreSQL binaries on this machine."""


class OtherVersionError(LauncherError):
    """The data directory was made by another major version of PostgreSQL; nothing was changed in it."""


class DatabaseUrlError(LauncherError):
    """DATABASE_URL names no PostgreSQL server that we can use."""
