"""An export as a file in the direct message of the admin who asked for it."""

from datetime import datetime

from blocks import export_words
from okr.cadence import local_date
from okr.errors import Problem
from okr.exports import Wanted
from rituals.actors import Reader
from rituals.exports import Exports, require_export
from rituals.messenger import MISSING_SCOPE, Attachment, Messenger, Refused, SendError


class Handouts:
    """Reads in a transaction, writes the file beside the event loop, and sends it."""

    def __init__(self, exports: Exports, messenger: Messenger) -> None:
        self.exports = exports
        self.messenger = messenger

    def begin(self, reader: Reader) -> None:
        """Raises NotAllowed for whoever may not have one."""
        require_export(reader)

    async def send(self, workspace: str, reader: Reader, wanted: Wanted, now: datetime) -> None:
        """Raises NotAllowed and NotFound, and Problem when Slack does not take the file."""
        taken = await self.exports.take_for(workspace, reader, wanted, now)
        day = local_date(now, reader.zone)
        file = Attachment(f"okrs-{day}{wanted.format.suffix}", taken.content)
        message = export_words.render(taken.export, wanted, taken.flaws, day, reader.language)
        try:
            await self.messenger.send_file(workspace, reader.actor.slack_id, file, message)
        except Refused as refused:
            if refused.reason.startswith(MISSING_SCOPE):
                raise Problem("export.scope") from refused
            raise Problem("export.refused", reason=refused.reason) from refused
        except SendError as error:
            raise Problem("export.unreachable") from error
