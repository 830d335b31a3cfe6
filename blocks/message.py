"""What a message is made of."""

from dataclasses import dataclass
from typing import Any

Blocks = list[dict[str, Any]]
View = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """`text` is what notifications show and screen readers read; `blocks` is the same for the eye."""

    text: str
    blocks: Blocks
