"""Papers written for the scorer's tests: eight sections in forty arrangements, with faults."""

SECTIONS = (
    (
        "Red kettles for small kitchens",
        "A red kettle earns its place in a small kitchen. It boils a litre of water in three "
        "minutes, and it stays warm for half an hour. However, not every red kettle is safe on "
        "gas. The base must be flat, and the handle must not be made of plastic.",
    ),
    (
        "What the water tells you",
        "Hard water leaves lime in a kettle. Therefore the kettle should be cleaned once a month. "
        "Vinegar is poured in, left for an hour and then rinsed out. Because lime is a bad "
        "conductor, a clean kettle needs less power than a kettle with a white crust.",
    ),
    (
        "How long a kettle lasts",
        "Most kettles are thrown away after four years. Ours was built for ten. The lid was "
        "tested twenty thousand times by a machine that never got tired. As a result, the hinge "
        "holds. If it breaks all the same, a new one is sent to you within a week.",
    ),
    (
        "Choosing a colour",
        "You like red. You like it a lot. You want it everywhere. In that case, buy the red "
        "kettle with the red handle. On the other hand, a white kitchen looks calm with a steel "
        "kettle. Colours fade in the sun, so keep enamel away from a south window!",
    ),
    (
        "Gas, electric or induction?",
        "An electric kettle switches itself off, which is why many people prefer it, although "
        "the cable is always in the way and the plug seldom reaches the only free socket behind "
        "the toaster. A kettle for gas whistles instead. Induction needs a base with iron in it.",
    ),
    (
        "Care and repair",
        "Wipe the outside with a soft cloth. Never use sand or steel wool. The filter can be "
        "taken out and washed by hand. For example, ours comes out with one finger. Spare parts "
        "are sold in our shop, and repairs are described step by step.",
    ),
    (
        "What our customers say",
        "Anna bought the small red kettle for her boat. It was dropped twice, and it was dented "
        "once. Still, it whistles. Meanwhile, Ben has used his for six years. He fills it every "
        "morning at five, before the bakery opens, and he has never had to replace a thing.",
    ),
    (
        "Tea at the right temperature",
        "Green tea wants eighty degrees. Black tea wants more. A thermometer in the lid shows "
        "when to stop. First, boil the water. Then wait for two minutes. Finally, pour it over "
        "the leaves. Nobody has to guess any longer.",
    ),
)
KEYPHRASES = ("red kettle", "kettle", "clean kettle", '"red kettle"', "the kettle for a small boat")
TITLES = ("Red kettle: what to know", "How to clean kettles", "The kettle guide", "", "Tea" * 40)
SLUGS = ("red-kettle", "kettle", "tea", "", "clean-kettle-guide")
DESCRIPTION = (
    "A red kettle boils fast and lasts long. See what to look for before you buy a kettle, and "
    "how it is kept clean for years with a cloth and some vinegar."
)
LINKS = (
    "",
    '<p>See <a href="/shop">the shop</a>.</p>',
    '<p>By <a rel="nofollow" href="https://example.org/x">others</a>.</p>',
    '<p>More: <a href="/kettles">red kettle</a> and <a href="https://example.net">tea</a>.</p>',
)
IMAGES = ("", '<p><img src="a.png" alt="A red kettle"></p>', '<p><img src="b.png" alt=""></p>')


def scored_papers() -> list[dict[str, object]]:
    """The papers as the scorer and its oracle take them."""
    return [_paper(number) for number in range(40)]


def _paper(number: int) -> dict[str, object]:
    size = 1 + number % 8
    chosen = [SECTIONS[(number + at) % len(SECTIONS)] for at in range(size)]
    keyphrase, title = KEYPHRASES[number % 5], TITLES[(number // 2) % 5]
    return {
        "id": number,
        "html": _html(number, chosen),
        "keyphrase": keyphrase,
        "title": title,
        "titleWidth": 12 * len(title),
        "description": DESCRIPTION[: (0, 60, 120, 121, 200)[number % 5]],
        "slug": SLUGS[(number // 3) % 5],
        "permalink": ("https://example.org/red-kettle", "")[number % 2],
    }


def _html(number: int, chosen: list[tuple[str, str]]) -> str:
    parts = [f"<h1>{chosen[0][0]}</h1>"] if number % 3 else []
    for at, (heading, text) in enumerate(chosen):
        if number % 4:
            parts.append(f"<h{2 + at % 2}>{heading}</h{2 + at % 2}>")
        first, _, rest = text.partition(". ")
        parts.append(f"<p>{first}. <strong>{rest}</strong></p>" if at % 2 else f"<p>{text}</p>")
        if at % 3 == 2:
            parts.append(f"<ul><li>{first}</li><li>{heading}</li></ul>")
    parts += [LINKS[number % 4], IMAGES[number % 3] * (1 + 5 * (number % 7 == 0))]
    parts += ["<h1>One more</h1>"] if number % 11 == 5 else []
    parts += ["<blockquote>Kettle, kettle, kettle.</blockquote>"] if number % 5 == 1 else []
    return "\n".join(parts)
