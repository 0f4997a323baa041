"""`{% cover %}` shows an article's cover in one of the places that the layout has."""

from django import template

from news.picturing import COVER, LAZY, LIST_WIDEST, WIDEST, markup

register = template.Library()

EAGER = {"fetchpriority": "high"}

# Of each place: how wide the layout shows it, the widest copy that makes sense there,
# and when it is loaded. The style sheet holds the same widths.
PLACES = {
    "list": (
        "(min-width: 900px) 280px, (min-width: 600px) 200px, 120px",
        LIST_WIDEST,
        LAZY,
    ),
    "grid": (
        "(min-width: 1200px) 347px, (min-width: 900px) 30vw, (min-width: 600px) 200px, "
        "120px",
        LIST_WIDEST,
        LAZY,
    ),
    "lead": (
        "(min-width: 1168px) 635px, (min-width: 900px) 55vw, 100vw",
        WIDEST,
        EAGER,
    ),
    "article": ("(min-width: 720px) 672px, 100vw", WIDEST, EAGER),
}


@register.simple_tag
def cover(shown, place):
    """Show a cover; in a list it is decoration beside its title, so has no text."""
    sizes, widest, attributes = PLACES[place]
    return markup(
        shown.picture,
        sizes=sizes,
        alt=shown.alt if place == "article" else "",
        ratio=COVER,
        widest=widest,
        attributes=attributes,
    )
