"""Files give nothing away, and nothing but a picture is taken in."""

import io
import json
import subprocess
import sys
import time

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.storage import InMemoryStorage, default_storage
from django.forms import modelform_factory
from PIL import Image, features

from borderwatch.picture_names import sizes_of
from borderwatch.projection import rebuild
from sources.images import MAX_BYTES, MAX_SIDE, draw
from sources.models import Article, Source
from sources.picture_sizes import store_sizes
from sources.published import PublishedArticle
from tests.factories import make_actor, make_article, make_incident, make_source, make_statement, make_user
from tests.sources import pictures
from tests.sources.pictures import CANARY, painting, saved, upload

TALKATIVE = {
    "JPEG": pictures.talkative_jpeg,
    "PNG": pictures.talkative_png,
    "WEBP": pictures.talkative_webp,
    "MPO": pictures.several_pictures,
}


SAID = {"image_alt": "A burnt lorry", "image_credit": "Khovar", "image_rights": "All rights reserved, quoted"}
"""What must be said of an image before readers see it."""


def stored(record, field="image"):
    record.refresh_from_db()
    with default_storage.open(getattr(record, field).name) as file:
        return file.read()


# What is kept


@pytest.mark.django_db
@pytest.mark.parametrize("kind", TALKATIVE)
def test_a_stored_picture_holds_its_pixels_and_nothing_else(kind, record_property):
    content = TALKATIVE[kind]()
    assert CANARY in content or b"Exif" in content
    kept = stored(make_article(image=upload(content)))
    image = Image.open(io.BytesIO(kept))
    assert CANARY not in kept and b"Exif" not in kept and b"Photoshop" not in kept and b"xmp" not in kept.lower()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background"} and not image.getexif()
    assert image.size == (64, 48) and image.convert("L").getpixel((5, 5)) < 60 < 200 < image.convert("L").getpixel((60, 40))
    told = f"0 of {content.count(CANARY)} canaries in metadata, comments, thumbnails and trailing bytes of a {kind} are stored"
    record_property("promise", f"Q7: {told}")


@pytest.mark.django_db
def test_words_packed_inside_a_png_are_gone_too():
    kept = Image.open(io.BytesIO(stored(make_article(image=upload(pictures.talkative_png())))))
    kept.load()
    assert kept.format == "PNG" and kept.text == {}


@pytest.mark.parametrize(("orientation", "size", "dark"), [(3, (64, 48), (60, 40)), (6, (48, 64), (24, 4)), (8, (48, 64), (24, 60))])
def test_a_picture_is_set_upright_before_its_orientation_is_forgotten(orientation, size, dark):
    image = Image.open(draw(upload(pictures.talkative_jpeg(orientation)))).convert("L")
    assert image.size == size and image.getpixel(dark) < 60


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_every_common_kind_of_colour_is_drawn(mode):
    image = Image.new(mode, (8, 8), 40000) if mode == "I;16" else painting((8, 8)).convert(mode)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    result = Image.open(draw(upload(saved(image, kind))))
    assert result.mode == {"1": "L", "L": "L", "LA": "RGBA", "RGBA": "RGBA", "I;16": "L"}.get(mode, "RGB")
    if mode == "I;16":
        assert abs(result.getpixel((1, 1)) - 40000 // 256) <= 1


def test_a_large_picture_is_reduced():
    result = Image.open(draw(upload(saved(Image.new("L", (6000, 300)), "PNG"))))
    assert result.size == (MAX_SIDE, 205)


# Who stores it


@pytest.mark.django_db
def test_the_stored_name_tells_nothing_and_differs_each_time():
    names = {make_article(image=upload(saved(painting(), "JPEG"))).image.name for _again in range(3)}
    assert len(names) == 3 and all(name.startswith("images/") and "Khorog" not in name for name in names)


@pytest.mark.django_db
def test_the_kind_is_what_the_bytes_say_not_the_name():
    assert make_article(image=upload(saved(painting(), "PNG"), "photo.jpg.exe")).image.name.endswith(".png")


@pytest.mark.django_db
def test_whoever_saves_a_picture_it_is_drawn():
    talkative = pictures.talkative_jpeg()
    by_hand = make_source()
    by_hand.logo.save("logo.jpg", upload(talkative))
    Source.objects.bulk_create([Source(name="In bulk", slug="in-bulk", kind="ngo", logo=upload(talkative))])
    records = [(by_hand, "logo"), (Source.objects.get(slug="in-bulk"), "logo")]
    records += [(make_actor(image=upload(talkative)), "image"), (make_incident(image=upload(talkative)), "image")]
    assert all(CANARY not in stored(*record) for record in records)


@pytest.mark.django_db
def test_a_file_that_lies_in_the_folder_cannot_be_named_as_a_picture():
    with pytest.raises(ValidationError, match="Hand in the file itself"):
        make_article(image="articles/raw.jpg")


@pytest.mark.django_db
def test_a_form_takes_a_picture_and_says_what_is_wrong_with_another_file():
    form_class = modelform_factory(Article, fields=["headline", "source", "image"])
    values = {"headline": "Clash", "source": make_source().pk}
    good = form_class(values, {"image": upload(pictures.talkative_jpeg(), "x" * 200 + ".jpg")})
    bad = form_class(values, {"image": upload(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "map.jpg")})
    assert "image/webp" in str(good["image"])
    assert CANARY not in stored(good.save())
    assert not bad.is_valid() and "picture" in bad.errors["image"][0]


# What is refused

REFUSED = {
    "svg": (lambda: b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "something_else"),
    "gif": (lambda: saved(painting(), "GIF"), "format"),
    "tiff": (lambda: saved(painting(), "TIFF"), "format"),
    "bmp called jpg": (lambda: saved(painting(), "BMP"), "format"),
    "words": (lambda: b"no picture at all", "format"),
    "huge": (pictures.huge_png, "too_large"),
    "5,000 frames of WebP": (lambda: pictures.moving("WEBP", 5000), "animated"),
    "5,000 frames of PNG": (lambda: pictures.moving("PNG", 5000), "animated"),
    "500 scans": (pictures.many_scans, "damaged"),
    "archive behind a picture": (pictures.with_archive, "something_else"),
    "page behind a picture": (lambda: saved(painting(), "JPEG") + b"<HTML><body>", "something_else"),
    "script in a comment": (lambda: saved(painting(), "JPEG", comment=b"<script>alert(1)</script>"), "something_else"),
    "PDF before a picture": (lambda: b"\xff\xd8" + pictures.segment(0xFE, b"%PDF-1.4") + saved(painting(), "JPEG")[2:], "something_else"),
    "cut off": (lambda: saved(painting((400, 400)), "JPEG")[:900], "damaged"),
    "damaged": (pictures.damaged, "damaged"),
    "too big": (lambda: b"\xff\xd8" + b"\0" * MAX_BYTES, "too_big"),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Every file that must be refused, on disk."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, (make, _code) in enumerate(REFUSED.values()):
        (folder / f"{number}.jpg").write_bytes(make())
    return folder


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_still_picture_is_refused_in_a_second(what, hostile):
    content = (hostile / f"{list(REFUSED).index(what)}.jpg").read_bytes()
    start = time.process_time()
    with pytest.raises(ValidationError) as refused:
        draw(upload(content))
    assert refused.value.code == REFUSED[what][1] and "%(" not in refused.value.messages[0]
    assert time.process_time() - start < 1


MEASURE = """
import os, resource, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "borderwatch.settings"
import django; django.setup()
from django.core.exceptions import ValidationError
from sources.images import draw
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for name in sys.argv[1:]:
    try: draw(open(name, "rb"))
    except ValidationError: continue
    sys.exit(name + " was accepted")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_refusing_takes_less_than_200_mb(hostile, record_property):
    files = sorted(str(path) for path in hostile.iterdir())
    done = subprocess.run([sys.executable, "-c", MEASURE, *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 200
    record_property("promise", f"Q7: {len(files)} kinds of hostile file refused, with {int(done.stdout)} MB more memory")


# Who sees it


def status(client, address):
    """The answer's status; a file is read to its end, which closes it."""
    response = client.get(address)
    assert not response.streaming or b"".join(response)
    return response.status_code


@pytest.mark.django_db
def test_readers_see_a_picture_once_its_record_is_public_and_until_it_is_withdrawn(client):
    article, incident = make_article(image=upload(pictures.talkative_jpeg()), **SAID), make_incident()
    make_statement(incident, article=article)
    address = f"/media/{article.image.name}"
    assert status(client, address) == 404
    article.publish(by=make_user())
    shown = client.get(address)
    assert shown.status_code == 200 and CANARY not in b"".join(shown) and shown["Content-Type"] == "image/jpeg"
    assert shown["Cache-Control"] == "public, max-age=60" and not shown.cookies
    assert client.get(address, headers={"If-None-Match": shown["ETag"]}).status_code == 304
    article.withdraw(by=make_user(), reason="It endangers a witness.")
    assert client.get(address, headers={"If-None-Match": shown["ETag"]}).status_code == 404


@pytest.mark.django_db
def test_pages_show_a_picture_with_its_words(client):
    about = SAID | {"image_caption": "At the gate", "image_taken_on": "2025-12-24"}
    incident = make_incident(image=upload(saved(painting(), "JPEG")), **about)
    make_statement(incident)
    incident.publish(by=make_user())
    page = client.get(f"/incidents/{incident.public_id}/{incident.slug}/").content.decode()
    assert f'<img src="/media/{incident.image.name}" alt="A burnt lorry"' in page and "At the gate" in page and "Khovar" in page


@pytest.mark.django_db
def test_a_picture_that_was_replaced_is_no_longer_shown_and_a_planned_one_not_yet(client):
    source = make_source(logo=upload(saved(painting(), "PNG")))
    source.publish(by=make_user())
    old = source.logo.name
    source.logo = upload(saved(painting((10, 10)), "PNG"))
    source.save()
    assert [status(client, f"/media/{name}") for name in (old, source.logo.name)] == [200, 404]
    source.publish(by=make_user())
    assert [status(client, f"/media/{name}") for name in (old, source.logo.name)] == [404, 200]


@pytest.mark.django_db
def test_a_rebuild_keeps_public_pictures_public(client):
    source = make_source(logo=upload(saved(painting(), "PNG")))
    source.publish(by=make_user())
    rebuild()
    assert status(client, f"/media/{source.logo.name}") == 200


@pytest.mark.django_db
def test_editors_see_a_draft_s_picture_and_strangers_are_asked_to_sign_in(client):
    source = make_source(logo=upload(saved(painting(), "PNG")))
    assert source.logo.url == f"/admin/media/{source.logo.name}"
    assert status(client, source.logo.url) == 302
    client.force_login(User.objects.create_user("colleague", is_staff=True), backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(source.logo.url)
    assert b"".join(shown).startswith(b"\x89PNG") and shown["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_the_desk_takes_a_picture_and_shows_it_at_an_address_of_its_own(client):
    client.force_login(User.objects.create_superuser("admin"), backend="django.contrib.auth.backends.ModelBackend")
    values = {"name": "Khovar", "slug": "khovar", "kind": "news_agency", "reliability": "F", "translations": "{}"}
    refused = client.post("/admin/sources/source/add/", values | {"logo": upload(b"<svg ></svg>", "logo.png")})
    assert "holds more than a picture" in refused.content.decode() and not Source.objects.exists()
    assert client.post("/admin/sources/source/add/", values | {"logo": upload(pictures.talkative_png())}).status_code == 302
    source = Source.objects.get()
    assert CANARY not in stored(source, "logo")
    assert f'href="/admin/media/{source.logo.name}"' in client.get(f"/admin/sources/source/{source.pk}/change/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["images/../secret-key", "images/%2e%2e/secret-key", "borderwatch.sqlite3", "images/" + "a" * 32 + ".svg"])
def test_nothing_but_pictures_is_served_from_the_folder(client, name):
    assert status(client, f"/media/{name}") == 404


@pytest.mark.django_db
def test_sealing_a_record_deletes_its_picture(django_capture_on_commit_callbacks):
    article = make_article(image=upload(saved(painting((600, 400)), "PNG"), "face.png"), **SAID)
    article.publish(by=make_user())
    names = [article.image.name, *(size.file for size in sizes_of(article.image.name))]
    assert len(names) > 2 and all(map(default_storage.exists, names))

    with django_capture_on_commit_callbacks(execute=True):
        article.seal(by=make_user(), reason="It endangers a person.")

    assert not any(map(default_storage.exists, names))


# Sizes


def test_a_picture_is_stored_in_smaller_sizes_that_hold_nothing_but_pixels():
    storage, content = InMemoryStorage(), saved(painting((2000, 1000)), "JPEG")
    file = draw(upload(content))
    name = f"images/{'a' * 32}{file.name.removeprefix('picture')}"
    store_sizes(storage, name, file)
    drawn = {size.file: Image.open(storage.open(size.file)) for size in sizes_of(name)}
    kinds = ["AVIF", "WEBP"] if features.check("avif") else ["WEBP"]
    assert [(one.format, *one.size) for one in drawn.values()] == [
        (kind, width, width // 2) for kind in kinds for width in (480, 960, 1600)
    ]
    assert not any(one.getexif() or one.info.get("icc_profile") or one.info.get("xmp") for one in drawn.values())


def test_no_size_is_larger_than_the_picture():
    assert [size.width for size in sizes_of(f"images/{'a' * 32}_700x500.png")] == [480, 700]
    assert [size.width for size in sizes_of(f"images/{'a' * 32}_64x48.png")] == [64]
    assert sizes_of(f"images/{'a' * 32}.png") == []


@pytest.mark.django_db
def test_every_size_is_as_public_as_its_picture_and_the_page_offers_all(client):
    incident = make_incident(image=upload(saved(painting((600, 400)), "JPEG")), **SAID)
    make_statement(incident)
    addresses = [f"/media/{name}" for name in [incident.image.name, *(size.file for size in sizes_of(incident.image.name))]]
    assert {status(client, address) for address in addresses} == {404}
    incident.publish(by=make_user())
    assert {status(client, address) for address in addresses} == {200}
    page = client.get(f"/incidents/{incident.public_id}/{incident.slug}/").content.decode()
    assert all(address in page for address in addresses) and 'width="600" height="400"' in page and "<details" in page
    incident.withdraw(by=make_user(), reason="It endangers a witness.")
    assert {status(client, address) for address in addresses} == {404}


@pytest.mark.django_db
def test_a_picture_from_before_sizes_were_made_is_still_shown(client):
    incident = make_incident(image=upload(saved(painting(), "JPEG")), **SAID)
    old = f"images/{'b' * 32}.jpg"
    default_storage.save(old, draw(upload(saved(painting(), "JPEG"))))
    type(incident).objects.filter(pk=incident.pk).update(image=old)
    make_statement(incident)
    incident.publish(by=make_user())
    page = client.get(f"/incidents/{incident.public_id}/{incident.slug}/").content.decode()
    assert f'<img src="/media/{old}" alt="A burnt lorry" loading="lazy">' in page and status(client, f"/media/{old}") == 200


# What is said of it


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_article, make_incident])
def test_an_image_needs_its_alternative_credit_and_rights_before_readers_see_it(make):
    record = make(image=upload(saved(painting(), "JPEG")))
    with pytest.raises(ValidationError) as refused:
        record.publish(by=make_user())
    assert [sentence.split(":")[0] for sentence in refused.value.messages] == [
        "Its image has no text alternative",
        "Its image has no credit",
        "Its image has no rights",
    ]


@pytest.mark.django_db
def test_an_image_that_would_go_along_needs_them_too():
    article, incident = make_article(headline="Clash", image=upload(saved(painting(), "JPEG"))), make_incident()
    make_statement(incident, article=article)
    with pytest.raises(ValidationError, match="Clash: Its image has no credit"):
        incident.publish(by=make_user())


@pytest.mark.django_db
@pytest.mark.parametrize(("taken", "is_file_photo"), [("2025-12-23", True), ("2025-12-24", False), (None, False)])
def test_a_picture_older_than_the_event_is_called_a_file_photo(client, taken, is_file_photo):
    incident = make_incident(started_on="2025-12-24", image=upload(saved(painting(), "JPEG")), image_taken_on=taken, **SAID)
    make_statement(incident)
    incident.publish(by=make_user())
    page = client.get(f"/incidents/{incident.public_id}/{incident.slug}/").content.decode()
    document = client.get(f"/api/v1/incidents/{incident.public_id}/").json()
    assert ("File photo, taken on" in page) == is_file_photo == document["images"][0]["is_file_photo"]


@pytest.mark.django_db
def test_an_article_s_picture_is_news_for_a_week():
    days = {"2025-12-17": False, "2025-12-16": True}
    for taken, is_file_photo in days.items():
        article = make_article(published_on="2025-12-24", image=upload(saved(painting(), "JPEG")), image_taken_on=taken, **SAID)
        article.publish(by=make_user())
        document = json.loads(PublishedArticle.objects.current().get(uid=article.uid).document)
        assert document["image"]["is_file_photo"] == is_file_photo


@pytest.mark.django_db
def test_under_a_content_warning_the_picture_is_folded_away(client):
    incident = make_incident(image=upload(saved(painting(), "JPEG")), content_warning="Shows injured people", **SAID)
    make_statement(incident)
    incident.publish(by=make_user())
    page = client.get(f"/incidents/{incident.public_id}/{incident.slug}/").content.decode()
    folded = page.split('<details class="warned">')[1].split("</details>")[0]
    assert "Shows injured people" in folded and page.count("<img") == folded.count("<img") == 1
    assert client.get(f"/api/v1/incidents/{incident.public_id}/").json()["content_warning"] == "Shows injured people"
