"""Static files with their version in the address, without a build step."""

from django.contrib.staticfiles.storage import StaticFilesStorage

from commonweal import __version__


class VersionedStaticStorage(StaticFilesStorage):
    """``/static/ui/commonweal.css?v=0.1.0``: a new release is fetched, an old one is kept by the browser."""

    def url(self, name: str | None) -> str:
        return f"{super().url(name)}?v={__version__}"
