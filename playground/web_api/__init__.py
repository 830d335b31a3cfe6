"""The Web API: one file per family of methods."""

from playground.web_api import (
    apps,
    auth,
    blocks,
    chat,
    conversations,
    conversations_lists,
    files,
    reactions,
    users,
    views,
)
from playground.web_api.call import Method

METHODS: dict[str, Method] = {
    **apps.METHODS,
    **auth.METHODS,
    **blocks.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **conversations_lists.METHODS,
    **files.METHODS,
    **reactions.METHODS,
    **users.METHODS,
    **views.METHODS,
}
