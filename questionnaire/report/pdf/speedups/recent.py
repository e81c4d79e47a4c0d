"""What was found lately, by what it was found for."""

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Found = TypeVar("Found")


class Recent(dict[Key, Found]):
    """So many things at most; what was asked for the longest ago goes first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def found(self, key: Key, find: Callable[[], Found]) -> Found:
        """What is there for the key, or else what is found now."""
        if key in self:
            self[key] = thing = self.pop(key)
            return thing
        thing = find()
        if len(self) >= self.most:
            del self[next(iter(self))]
        self[key] = thing
        return thing
