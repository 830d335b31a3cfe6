"""Installed apps, as their manifests describe them."""

from dataclasses import dataclass

from playground.jsons import Json


@dataclass(frozen=True)
class Command:
    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True)
class Shortcut:
    callback_id: str
    name: str
    description: str
    type: str  # "global" or "message"


@dataclass
class InstalledApp:
    """One app in the workspace: its tokens, its user, and what its manifest declares."""

    app_id: str
    bot_id: str
    bot_user_id: str
    name: str
    bot_token: str
    app_token: str
    scopes: frozenset[str]
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    bot_events: frozenset[str] = frozenset()
    home_enabled: bool = False
    messages_enabled: bool = False
    messages_read_only: bool = False
    uninstalled: bool = False

    @property
    def id(self) -> str:
        """The id of its user, so that an app can stand where a person can."""
        return self.bot_user_id

    def command(self, name: str) -> Command | None:
        return next((command for command in self.commands if command.command == name), None)


def read_manifest(
    manifest: Json, scopes: frozenset[str] | None, *, app_id: str, bot_id: str, bot_user_id: str
) -> InstalledApp:
    """The app a manifest describes, as installed with all its scopes or with those given."""
    features = manifest.get("features", {})
    home = features.get("app_home", {})
    settings = manifest.get("settings", {})
    asked = manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    name = manifest.get("display_information", {}).get("name", "app")
    return InstalledApp(
        app_id=app_id,
        bot_id=bot_id,
        bot_user_id=bot_user_id,
        name=features.get("bot_user", {}).get("display_name", name),
        bot_token=f"xoxb-playground-{bot_id}",
        app_token=f"xapp-1-{app_id}-playground",
        scopes=frozenset(asked) if scopes is None else scopes,
        commands=tuple(_command(command) for command in features.get("slash_commands", [])),
        shortcuts=tuple(_shortcut(shortcut) for shortcut in features.get("shortcuts", [])),
        bot_events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        home_enabled=bool(home.get("home_tab_enabled")),
        messages_enabled=bool(home.get("messages_tab_enabled")),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
    )


def _command(declared: Json) -> Command:
    return Command(
        command=declared["command"],
        description=declared.get("description", ""),
        usage_hint=declared.get("usage_hint", ""),
        should_escape=bool(declared.get("should_escape")),
    )


def _shortcut(declared: Json) -> Shortcut:
    return Shortcut(
        callback_id=declared["callback_id"],
        name=declared["name"],
        description=declared.get("description", ""),
        type=declared.get("type", "global"),
    )
