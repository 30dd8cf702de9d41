"""In a browser: two versions are chosen and compared, one is put back; a picture under a content warning is not loaded unasked."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import SEVERE, violations
from tests.browser.test_main_job import sign_in
from tests.running import copied_demo_site

pytestmark = pytest.mark.browser
PICTURE = """
import io
from PIL import Image
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from incidents.models import Incident
out = io.BytesIO()
Image.new("RGB", (2000, 1000), "#884422").save(out, "JPEG")
incident = Incident.objects.get(public_id="BW-2025-0001")
incident.image, incident.content_warning = ContentFile(out.getvalue(), name="x.jpg"), "Shows injured people"
incident.image_alt, incident.image_credit, incident.image_rights = "A brown field", "Drawn for a test", "CC0"
incident.save()
incident.publish(by=User.objects.get(username="editor"), note="A picture.")
"""


@pytest.fixture(scope="module")
def demo_site(worker_id):
    """A site of our own: what is put back here would be seen by other tests."""
    with copied_demo_site(f"comparing_{worker_id}") as site:
        yield site


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_versions_are_chosen_and_compared_and_axe_finds_nothing_severe(page, demo_site, scheme):
    page.emulate_media(color_scheme=scheme)
    sign_in(page, demo_site, "contributor")
    page.goto("/admin/incidents/incident/2/history/")
    assert violations(page, SEVERE) == []
    page.locator("input[name=a][value=v1]").check()
    page.locator("input[name=b][value=v2]").check()
    page.get_by_role("button", name="Compare the two").click()
    expect(page.locator(".compare del").first).to_be_visible()
    assert {"a=v1", "b=v2"} == set(page.url.partition("?")[2].split("&")) and violations(page, SEVERE) == []


def test_a_version_is_put_back_after_its_comparison_was_seen(page, demo_site):
    sign_in(page, demo_site, "contributor")
    page.goto("/admin/incidents/incident/2/put-back/?to=v1")
    expect(page.locator(".compare ins").first).to_be_visible()
    assert violations(page, SEVERE) == []
    page.get_by_role("button", name="Put this back").click()
    expect(page.locator(".messagelist")).to_contain_text("stands as in version 1 again")


def test_a_picture_under_a_content_warning_is_loaded_only_when_it_is_opened(page, demo_site):
    demo_site.manage("shell", "-c", PICTURE)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/media/" in request.url else None)
    page.set_viewport_size({"width": 1280, "height": 3000})
    page.goto("/incidents/BW-2025-0001/", wait_until="networkidle")
    assert asked == []
    with page.expect_request_finished(lambda request: "/media/" in request.url):
        page.get_by_text("Shows injured people").last.click()
    expect(page.get_by_role("img", name="A brown field")).to_be_visible()
    assert len(asked) == 1 and asked[0].rsplit("-", 1)[1] in ("960.avif", "960.webp")
