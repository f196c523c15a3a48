"""Ten documents with forty facts hidden in much other text, and questions in other words."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.factories.documents import make_docx, make_html, make_pdf
from tests.fakes.prose import prose

WORDS_AROUND = 170  # of other text before each fact


@dataclass(frozen=True)
class Planted:
    """A sentence of a document, a question that it answers, and what only it could have told."""

    fact: str
    question: str
    strings: tuple[str, ...]


@dataclass(frozen=True)
class PlantedDocument:
    """A document: its topic in one line, sentences near its facts, and the facts."""

    filename: str
    topic: str
    near: tuple[str, ...]
    planted: tuple[Planted, ...]


DOCUMENTS = (
    PlantedDocument(
        "roastery.pdf",
        "coffee roasting beans batches bags hall market tasting roaster drums",
        (
            "The roasting hall was painted green by the apprentices last spring.",
            "Every batch of beans is weighed again before the bags are closed.",
            "A second roaster learns the trade beside the first one each year.",
            "The tasting room has a long table and a window to the fish market.",
        ),
        (
            Planted(
                "Marta Quellinger founded the roastery in 1893 in a former net loft.",
                "Who started the coffee business, and when was that?",
                ("Quellinger", "1893"),
            ),
            Planted(
                "Each batch rests for fifty-three hours before anybody may grind it.",
                "How long do the beans have to wait after they come out of the drum?",
                ("fifty-three",),
            ),
            Planted(
                "The tasting panel rejects 2.3 percent of all batches because of their colour.",
                "What share of the coffee does not pass the quality check?",
                ("2.3 percent",),
            ),
            Planted(
                "Beans from the Okavela valley make up the base of the winter blend.",
                "Where does the main ingredient of the cold season coffee mix come from?",
                ("Okavela",),
            ),
        ),
    ),
    PlantedDocument(
        "mill.docx",
        "flour milling grain stones bakers sacks wheel river harvest",
        (
            "The mill wheel was taken out of the river for two winters.",
            "Bakers collect their sacks of flour from the ramp behind the house.",
            "The grain of the new harvest is kept apart from the old one.",
            "A museum in the valley shows older stones of the same kind.",
        ),
        (
            Planted(
                "The upper stone weighs 1,340 kilograms and was cut in Drommelby.",
                "How heavy is the grinding gear of the flour maker, and where was it made?",
                ("1,340", "Drommelby"),
            ),
            Planted(
                "On a dry day the mill turns out 640 sacks of rye flour.",
                "How much flour does the place produce in a day?",
                ("640",),
            ),
            Planted(
                "Inspector Halvard Osk tests the moisture of the grain every Thursday.",
                "Which person checks whether the wheat is too wet?",
                ("Halvard", "Osk"),
            ),
            Planted(
                "A sack that is returned empty is credited with €4.75 to the baker.",
                "How much money do bakers get back for bringing in used packaging?",
                ("4.75",),
            ),
        ),
    ),
    PlantedDocument(
        "dairy.md",
        "cheese dairy milk cows cellar wheels farms brine ripening",
        (
            "The cellar of the dairy smells of brine and of old wood.",
            "Milk from the farms arrives before the sun is up.",
            "Young wheels of cheese are turned by hand in their first weeks.",
            "The cows of the lower farms stay outside until late in the year.",
        ),
        (
            Planted(
                "The oldest wheels ripen for 27 months beneath the chapel of Brannoch.",
                "How long is the most mature cheese aged, and in what place?",
                ("27 months", "Brannoch"),
            ),
            Planted(
                "A robot called Piccolan brushes 900 rinds in a single night.",
                "Is there any automation that cleans the surface of the cheeses at night?",
                ("Piccolan", "900"),
            ),
            Planted(
                "Nineteen families own the dairy together and share what it earns.",
                "Who are the shareholders of the cheese maker that receive the profit?",
                ("Nineteen",),
            ),
            Planted(
                "The whey is piped to the Tormunde bathhouse, where guests bathe in it.",
                "What happens with the liquid that is left over from making cheese?",
                ("Tormunde",),
            ),
        ),
    ),
    PlantedDocument(
        "ferry.html",
        "ferry boats harbour crossings passengers island captain tickets engine",
        (
            "Passengers wait for the ferry in a wooden hall on the pier.",
            "The captain of the morning crossing lives on the island.",
            "Tickets of last summer are still taken by the crew.",
            "Two older boats lie in the inner harbour and are used for spare parts.",
        ),
        (
            Planted(
                "The Solveig Arden carries at most 148 passengers and eleven cars.",
                "How many people and vehicles fit on the vessel?",
                ("Solveig Arden", "148"),
            ),
            Planted(
                "Since April 2022 its engine has burned hydrogen from the Lyskov plant.",
                "When did they switch to a clean fuel, and who supplies it?",
                ("April 2022", "Lyskov"),
            ),
            Planted(
                "In fog the crossing takes thirty-seven minutes instead of twenty.",
                "How much longer is the trip in bad visibility?",
                ("thirty-seven",),
            ),
            Planted(
                "Dogs travel free of charge if they wear the blue ribbon of Kettering pier.",
                "Do I have to pay for my pet on the boat?",
                ("Kettering",),
            ),
        ),
    ),
    PlantedDocument(
        "library.txt",
        "library books readers shelves lending reading room children catalogue",
        (
            "The library has a reading room with green lamps and a stove.",
            "Children choose the books of the month from the lower shelves.",
            "The catalogue is kept on cards as well as on a screen.",
            "Lending closes half an hour before the doors do.",
        ),
        (
            Planted(
                "The collection holds 88,412 volumes, a third of them in Frisian.",
                "How many books are there to borrow, and in which unusual tongue?",
                ("88,412", "Frisian"),
            ),
            Planted(
                "Odessa Brightwater left her house to the library when she died in 1961.",
                "Which benefactor gave the library a building in her will?",
                ("Brightwater", "1961"),
            ),
            Planted(
                "A reader who is late pays six cents a day, up to the price of a coffee.",
                "What is the fine for overdue books?",
                ("six cents",),
            ),
            Planted(
                "The bookbus named Wilbertine stops at 41 villages every fortnight.",
                "How do people in the countryside get to borrow books?",
                ("Wilbertine", "41 villages"),
            ),
        ),
    ),
    PlantedDocument(
        "solar.pdf",
        "solar panels roofs power members cooperative battery grid sunlight",
        (
            "The first panels of the cooperative were put on the school roof.",
            "Members read their meters on the last evening of the month.",
            "A crow once kept the inverter of the sports hall from working.",
            "The grid operator asks for a plan before any roof is used.",
        ),
        (
            Planted(
                "The battery in the old brewery stores 3.6 megawatt hours of power.",
                "How much solar electricity can be kept for the night?",
                ("3.6 megawatt",),
            ),
            Planted(
                "Members receive a dividend of 4.1 percent after the meeting in June.",
                "What annual return do investors in the solar project get?",
                ("4.1 percent",),
            ),
            Planted(
                "Engineer Tadeo Vansittart designed the mounts that survived the storm of 2018.",
                "Who built the brackets of the solar modules that withstood the hurricane?",
                ("Vansittart", "2018"),
            ),
            Planted(
                "Sheep of the Corriedale breed keep the grass short between the panels.",
                "How is the lawn around the solar modules mown?",
                ("Corriedale",),
            ),
        ),
    ),
    PlantedDocument(
        "bikes.docx",
        "bicycle workshop frames wheels repair riders saddles chains brakes",
        (
            "The workshop lends bicycles to riders who wait for a repair.",
            "Old chains are made into lamps by a pupil of the art school.",
            "Wheels are hung from the ceiling in the order in which they came.",
            "A new saddle is tried out on the hill behind the church.",
        ),
        (
            Planted(
                "A frame from the Ostrava series weighs 1,780 grams without its fork.",
                "How light is the main body of the bicycle?",
                ("Ostrava", "1,780"),
            ),
            Planted(
                "Repairs that are handed in before nine are ready by a quarter past four.",
                "How fast is my bicycle mended if I bring it early in the morning?",
                ("quarter past four",),
            ),
            Planted(
                "Mechanic Perpetua Lindqvist has trained 112 apprentices since she came.",
                "Who teaches young people to mend bicycles, and how many so far?",
                ("Lindqvist", "112"),
            ),
            Planted(
                "The workshop promises its customers a new belt for the next 15,000 kilometres.",
                "How far can I cycle before the warranty of the drive ends?",
                ("15,000",),
            ),
        ),
    ),
    PlantedDocument(
        "garden.md",
        "garden plants greenhouse seeds visitors roses paths gardeners compost",
        (
            "The greenhouse is heated with the warmth of the compost.",
            "Visitors find a plan of the paths beside the lower gate.",
            "Gardeners swap seeds on the first market day of the year.",
            "The roses along the wall were planted for a wedding.",
        ),
        (
            Planted(
                "The tallest tree in the garden, a Zelkova, measures 38.5 metres.",
                "What species is the highest plant in the park, and how tall is it?",
                ("Zelkova", "38.5"),
            ),
            Planted(
                "Bees of the keeper Ignatz Ferrow give about 210 jars of honey a year.",
                "How much sweet spread do the hives in the park produce?",
                ("Ferrow", "210 jars"),
            ),
            Planted(
                "On the night of 12 August the gates stay open until three o'clock.",
                "When may visitors of the park stay very late in summer?",
                ("12 August",),
            ),
            Planted(
                "The pond is cleaned by Rennick snails and not by any chemical.",
                "How is the park's water kept clear in a natural way?",
                ("Rennick",),
            ),
        ),
    ),
    PlantedDocument(
        "clinic.html",
        "animal clinic vets dogs cats treatment surgery owners medicine appointments",
        (
            "The clinic keeps a quiet room for cats that cannot bear dogs.",
            "Owners may stay with their animals until the treatment begins.",
            "The vets share one car for their rounds in the hills.",
            "Medicine for farm animals is kept in a cabinet of its own.",
        ),
        (
            Planted(
                "Doctor Emeka Strandhal operates on birds of prey every second Monday.",
                "Which specialist performs surgery on falcons and eagles?",
                ("Strandhal",),
            ),
            Planted(
                "An emergency at night costs a fixed fee of 95 pounds, drugs included.",
                "What do I pay when my pet falls ill after hours?",
                ("95 pounds",),
            ),
            Planted(
                "The scanner from Belvoir Optics finds a fracture in eighteen seconds.",
                "How quickly does the imaging device detect a broken bone?",
                ("Belvoir", "eighteen"),
            ),
            Planted(
                "In 2021 the clinic set 467 hedgehogs free in the Gorsefield wood.",
                "How many wild creatures were released after their recovery, and where?",
                ("467", "Gorsefield"),
            ),
        ),
    ),
    PlantedDocument(
        "choir.txt",
        "choir singers concerts rehearsals hall songs conductor audience voices",
        (
            "The choir meets in a hall that was once a stable.",
            "Singers bring their own chairs to the summer rehearsals.",
            "The audience is asked for old songs before every concert.",
            "A recording of the carols is sold at the bakery.",
        ),
        (
            Planted(
                "Conductor Ysolde Pennefather took over the choir at the age of twenty-two.",
                "Who leads the singers, and how young was this person at the beginning?",
                ("Pennefather", "twenty-two"),
            ),
            Planted(
                "The concert in Trondelag drew 5,200 listeners, more than the town has people.",
                "Which performance of the singers attracted the biggest crowd?",
                ("Trondelag", "5,200"),
            ),
            Planted(
                "Newcomers sing for Maestro Bexley alone before they may join.",
                "What must a candidate do to become one of the singers?",
                ("Bexley",),
            ),
            Planted(
                "The song about the lighthouse won the Halcyon prize in 2009.",
                "Has any of the singers' music received an award?",
                ("Halcyon", "2009"),
            ),
        ),
    ),
)
ALL = tuple(planted for document in DOCUMENTS for planted in document.planted)
STRINGS = tuple(string for planted in ALL for string in planted.strings)


def paragraphs(document: PlantedDocument, words_around: int = WORDS_AROUND) -> Iterator[str]:
    """The text of a document: its facts, each in the midst of a paragraph of other sentences."""
    for number, planted in enumerate(document.planted):
        seed = f"{document.filename}-{number}"
        around = prose(document.topic, words_around, seed).split("\n\n")
        yield from around[:-1]
        before, _, after = around[-1].partition(". ")
        yield f"{before}. {planted.fact} {document.near[number]} {after}".strip()


def write(document: PlantedDocument, folder: Path, words_around: int = WORDS_AROUND) -> Path:
    """The document as a file of its kind."""
    path = folder / document.filename
    text = list(paragraphs(document, words_around))
    match path.suffix:
        case ".pdf":
            pages = [[_lines(part) for part in text[n : n + 4]] for n in range(0, len(text), 4)]
            return make_pdf(path, pages)
        case ".docx":
            return make_docx(path, text)
        case ".html":
            path.write_text(make_html(text), "utf-8")
        case _:
            path.write_text("\n\n".join(text) + "\n", "utf-8")
    return path


def _lines(paragraph: str, width: int = 80) -> str:
    lines = [""]
    for word in paragraph.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
