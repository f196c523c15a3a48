"""The head of a page for generators of static sites."""

import datetime as dt
import json

from marketer_desktop.publishing.sites.front_matter import front_matter
from marketer_desktop.publishing.sites.post import Post

DATE = dt.datetime(2026, 5, 13, 12, tzinfo=dt.UTC)


def test_each_value_is_written_so_that_yaml_takes_it() -> None:
    post = Post(
        activity_id=1,
        revision=1,
        type="blog",
        language="en",
        title='Coffee: "fresh" & --- strong',
        slug="coffee",
        description="",
        keyphrase="",
        markdown="",
        html="",
        tags=("Café", "Tea"),
    )
    head = front_matter(post, key="k", date=DATE, draft=True)
    first, *lines, last = head.rstrip("\n").split("\n")
    told = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in lines)}
    assert (first, last) == ("---", "---")
    assert told == {
        "title": 'Coffee: "fresh" & --- strong',
        "slug": "coffee",
        "date": "2026-05-13T12:00:00+00:00",
        "draft": True,
        "tags": ["Café", "Tea"],
        "marketer": "k",
    }
