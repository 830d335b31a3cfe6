"""Block Kit as Slack checks it: what it would refuse, where, and under which name.

Every block and element is described once, in the vocabulary of `rules`, in the file named after
it. To add one, describe it there and list it in `blocks`.
"""

from playground.blockkit.messages import check_message
from playground.blockkit.problems import Problem
from playground.blockkit.rules import Surface
from playground.blockkit.surfaces import check_blocks, check_view

__all__ = ["Problem", "Surface", "check_blocks", "check_message", "check_view"]
