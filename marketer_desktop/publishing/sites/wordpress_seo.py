"""Title and description for search results, where a plugin of a WordPress takes them by REST."""

from collections.abc import Container

from marketer_desktop.publishing.sites.post import Post

# Title, description and keyphrase by the names of the plugins that keep them.
PLUGINS = (
    ("_yoast_wpseo_title", "_yoast_wpseo_metadesc", "_yoast_wpseo_focuskw"),
    ("rank_math_title", "rank_math_description", "rank_math_focus_keyword"),
    ("_seopress_titles_title", "_seopress_titles_desc", "_seopress_analysis_target_kw"),
    ("jetpack_seo_html_title", "advanced_seo_description", ""),
)
NOT_TAKEN = (
    "This site takes no description for search results by its REST API. It is there as excerpt: "
    "your SEO plugin may want it in its own field."
)


def seo_fields(post: Post, taken: Container[str]) -> tuple[dict[str, str], list[str]]:
    """The meta fields of the post that the site takes, and what is to be said if there are none."""
    told: dict[str, str] = {}
    for names in PLUGINS:
        values = (post.title, post.description, post.keyphrase)
        told |= {
            name: value
            for name, value in zip(names, values, strict=True)
            if name in taken and value
        }
    return told, [] if told or not post.description else [NOT_TAKEN]
