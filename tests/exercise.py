"""The exercise article of fixtures/exercise, for tests of the workbench."""

import json
from pathlib import Path

EXERCISE = json.loads((Path(__file__).resolve().parent.parent / "fixtures/exercise/article.json").read_text())


def load_exercise(**changed):
    """The exercise article with its captured text, entered on the desk."""
    from sources.models import Article, Source  # readable where Django is not set up

    source, _made = Source.objects.get_or_create(slug=EXERCISE["source"]["slug"], defaults=EXERCISE["source"])
    return Article.objects.create(source=source, **EXERCISE["article"] | changed)
