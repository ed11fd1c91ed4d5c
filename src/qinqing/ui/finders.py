"""The files that pages load from npm packages: exactly those named here, and no other."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SERVED = ("htmx.org/dist/htmx.min.js",)


class NpmFinder(BaseFinder):
    """Serves each file under the path that it has in node_modules."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=settings.NODE_MODULES)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:
        if path not in SERVED or not self.storage.exists(path):
            return []
        file = self.storage.path(path)
        return [file] if find_all or kwargs.get("all") else file

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in SERVED:
            if self.storage.exists(path):
                yield path, self.storage
