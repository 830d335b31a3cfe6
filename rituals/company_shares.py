"""Numbers that are shared out, as an import has left them: what a file says over what was there."""

from collections import defaultdict
from collections.abc import Iterator

from okr.alignment import COUNTED, sharing
from okr.company import Company
from okr.measures import Measure
from rituals.company_marks import shown
from storage.columns import canonical


def unshared_numbers(company: Company) -> Iterator[str]:
    """A line for each number that is shared out, and not all of it, or more than there is."""
    running = {one.key for one in company.objectives if one.state in COUNTED}
    parts: dict[str, list[Measure]] = defaultdict(list)
    for one in company.key_results:
        if one.contributes_to and one.state in COUNTED and one.objective in running:
            parts[one.contributes_to].append(one.measure)
    for whole in company.key_results:
        found = sharing(whole.measure, parts.get(whole.key, ()))
        if found is None:
            continue
        given, all_of_it, unit = canonical(found.given), canonical(found.whole), whole.measure.unit.word
        if found.open > 0:
            told = f"{canonical(found.open)} is not yet anybody's"
        elif found.open < 0:
            told = f"{canonical(-found.open)} more than there is"
        else:
            continue
        yield f"{shown(whole.title)}: shares add up to {given} of {all_of_it} {unit}: {told}"
