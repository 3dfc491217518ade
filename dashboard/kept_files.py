"""Made files kept in memory by their token, so that the same address is drawn once."""

import threading
from collections import OrderedDict
from collections.abc import Callable


class KeptFiles:
    """Files by token up to `limit` bytes together, the least recently used dropped first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, token: str, draw: Callable[[], bytes]) -> bytes:
        """Return a token's file, drawn now if it is not kept."""
        with self._lock:
            if token in self._files:
                self._files.move_to_end(token)
                return self._files[token]
        content = draw()
        with self._lock:
            if token not in self._files:
                self._files[token] = content
                self._size += len(content)
            while self._size > self._limit and len(self._files) > 1:
                self._size -= len(self._files.popitem(last=False)[1])
        return content
