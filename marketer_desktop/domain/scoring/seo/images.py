"""Images, and what they say to those who cannot see them."""

from marketer_desktop.domain.scoring.paper import Image
from marketer_desktop.domain.scoring.seo.subject import Subject, verdict
from marketer_desktop.domain.scoring.verdict import Position, ScoredCheck

KEYPHRASE, COUNT = "imageKeyphrase", "images"
MANY = 5
LEAST, MOST = 0.3, 0.75


def check_images(subject: Subject) -> ScoredCheck:
    """At least one."""
    if subject.paper.text.images:
        return verdict(COUNT, 9, "There are images.")
    return verdict(COUNT, 3, "There are no images. Add one that shows what the text is about.")


def check_image_keyphrase(subject: Subject) -> ScoredCheck:
    """The keyphrase in an alternative text; of many images in some, not in all."""
    images = subject.paper.text.images
    if not images or not subject.keyphrase.length:
        return verdict(KEYPHRASE, 3, "No image can show the keyphrase in its alternative text.")
    named = [i for i in images if subject.keyphrase.share(i.alternative) >= 0.5]
    share = len(named) / len(images)
    if not named or (len(images) >= MANY and share < LEAST):
        message = (
            f"The alternative texts of {len(named)} of {len(images)} images have the keyphrase. "
            "Describe more of them with it."
        )
        lacking = [image for image in images if image not in named]
        return verdict(KEYPHRASE, 6, message, map(_position, lacking))
    if len(images) >= MANY and share > MOST:
        message = "More than 75 % of the alternative texts have the keyphrase. Vary some of them."
        return verdict(KEYPHRASE, 6, message, map(_position, named))
    return verdict(KEYPHRASE, 9, "The keyphrase is in an alternative text.")


def _position(image: Image) -> Position:
    return Position(start=image.start, end=image.end, text=image.alternative)
