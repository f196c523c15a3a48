"""Hashtags for posts: the keywords and the topic's words, three to five of them."""

import re

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.titles import content_words

FEWEST, MOST = 3, 5


def hashtag(phrase: str) -> str:
    """A phrase as one tag in capitals and lower case: `cold brew` becomes `#ColdBrew`."""
    parts = re.findall(r"[^\W_]+", re.sub("['’]", "", phrase))
    return "#" + "".join(part[:1].upper() + part[1:] for part in parts)


def hashtags(brief: Brief) -> list[str]:
    """Tags of the keywords; words of the topic fill up to three."""
    tags = [hashtag(keyword) for keyword in brief.keywords]
    fill = [hashtag(word) for word in content_words(brief.topic) if len(word) > 3]
    distinct = list({tag.casefold(): tag for tag in [*tags, *fill]}.values())
    return distinct[: max(FEWEST, min(len(brief.keywords), MOST))]
