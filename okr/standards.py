"""What holds in every team of a company: how confidence is given, and how many goals are looked after well."""

from dataclasses import dataclass

from okr.confidence import Scale


@dataclass(frozen=True)
class Limits:
    """At most so many objectives of a team and of a person in a cycle, and so many key results of an objective."""

    objectives: int = 4
    personal_objectives: int = 5
    fewest_key_results: int = 3
    most_key_results: int = 5


@dataclass(frozen=True)
class Standards:
    scale: Scale = Scale.COLOURS
    limits: Limits = Limits()
