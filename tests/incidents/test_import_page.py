"""The import page: checked first, carried out as announced, for those who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from incidents.imports import uploads
from incidents.models import ImportBatch, Incident
from incidents.published import PublishedIncident
from tests.desk import messages_of, signed_in
from tests.incidents.import_files import ACLED, make_acled, make_ged, write_csv

pytestmark = pytest.mark.django_db
PAGE, LIST = "/admin/incidents/importbatch/add/", "/admin/incidents/importbatch/"


@pytest.fixture
def check(tmp_path, settings):
    """Hands a file of these rows in to the page, as `client`."""
    settings.DATA_DIR = tmp_path / "site"

    def checked(client, *rows, layout="ucdp-ged", **kwargs):
        content = write_csv(tmp_path / "events.csv", rows, **kwargs).read_bytes()
        return client.post(PAGE, {"layout": layout, "file": SimpleUploadedFile("events.csv", content)})

    return checked


def ticket_of(page):
    return page.context["confirm"].initial["ticket"]


def test_a_checked_file_is_imported_and_published_as_announced(check):
    client = signed_in("editor")
    page = check(client, make_ged(1, best=3), make_ged(2, low=7, best=6, high=7, deaths_b=6))
    assert b"2 rows: 2 new" in page.content and "contradict each other" in page.content.decode()
    assert not Incident.objects.exists()

    done = client.post(PAGE, {"ticket": ticket_of(page), "publish": "on"}, follow=True)

    assert "Published in release 1." in messages_of(done)
    assert PublishedIncident.objects.current().count() == 2
    assert ImportBatch.objects.get().imported_by_name == "some-editor"
    assert not list(uploads.folder().iterdir())


def test_errors_stand_in_a_table_and_leave_nothing_to_press(check):
    page = check(signed_in("editor"), make_ged(1), make_ged(2, deaths_a="x"))
    assert "“x” is not a whole number" in page.content.decode() and b"1 error: nothing was written." in page.content
    assert not page.context["confirm"] and not list(uploads.folder().iterdir())


def test_a_file_that_is_none_says_so(check):
    page = check(signed_in("editor"), {"a": 1}, columns=["a"])
    assert "not the header" in page.content.decode()


def test_acled_offers_no_publishing_and_a_forged_tick_is_refused(check):
    client = signed_in("editor")
    page = check(client, make_acled(), layout="acled", columns=ACLED)
    assert not page.context["plan"].may_be_published
    assert client.post(PAGE, {"ticket": ticket_of(page), "publish": "on"}).status_code == 403
    assert not Incident.objects.exists()


def test_a_ticket_is_for_the_one_who_checked(check):
    ticket = ticket_of(check(signed_in("editor"), make_ged(1)))
    for other, sent in ((signed_in("editor", "another"), ticket), (signed_in("editor"), ticket + "x")):
        assert "too old" in messages_of(other.post(PAGE, {"ticket": sent}, follow=True))
    assert not Incident.objects.exists()


def test_contributors_do_not_import(check):
    client = signed_in("contributor")
    assert client.get(PAGE).status_code == check(client, make_ged(1)).status_code == client.get(LIST).status_code == 403


def test_an_import_is_undone_after_a_question(check):
    client = signed_in("editor")
    client.post(PAGE, {"ticket": ticket_of(check(client, make_ged(1)))})
    address = reverse("admin:incidents_importbatch_undo", args=[ImportBatch.objects.get().pk])
    assert address in client.get(LIST).content.decode()
    assert b"1 records that it brought" in client.get(address).content

    assert "Undone" in messages_of(client.post(address, follow=True))

    assert not Incident.objects.exists()
    assert address not in client.get(LIST).content.decode()
