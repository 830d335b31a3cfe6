from tests.stage import ROME, Stage, at


async def test_scratch(lite: Stage):
    stage = lite
    await stage.moves_to(at("2026-11-16 08:59", ROME))
    print(stage.priya.reads())
    print(stage.dana.reads())
    await stage.moves_to(at("2026-11-16 09:00", ROME))
    print(stage.dana.reads()[-1].shown, stage.dana.reads()[-1].text)
    await stage.dana.clicks("Check in")
    print(stage.dana.modal.text, stage.dana.modal.labels)
    await stage.dana.fills("Value now", "45")
    await stage.dana.chooses("Confidence", "🟢 On track")
    await stage.dana.fills("Value now (2)", "1.000")
    await stage.dana.chooses("Confidence (2)", "🛑 Off track")
    print(stage.dana.modal.labels)
    await stage.dana.submits()
    print(stage.dana.modal.errors)
    await stage.dana.fills("Note", "stuck")
    await stage.dana.submits()
    print(stage.dana.modal and stage.dana.modal.errors)
    print(stage.dana.reads()[-1].shown)
    await stage.moves_to(at("2026-11-17 10:00", ROME))
    for m in stage.growth.reads():
        print(m.shown)
    await stage.dana.types("/okr status", stage.growth)
    print(stage.dana.reads(stage.growth)[-1].shown)
    await stage.dana.opens_home()
    print(stage.dana.home.text)
    for t in stage.playground.traffic:
        print(t)
