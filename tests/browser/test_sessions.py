"""Nothing typed is lost: not when a log-in ends, when somebody else logs in, nor when the site or the network fails."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import ROOT, free_port, log_in, wait_until_ready
from tests.browser.test_readers import violations

EDIT = re.compile(r"/admin/pages/\d+/edit/")
# Writes on the page what has saved itself last.
TELL_WHAT_IS_SAVED = """
    let title, lead;
    document.addEventListener('w-autosave:save', ({ detail }) => {
        [title, lead] = ['title', 'lead'].map((name) => detail.formData.get(name));
    });
    document.addEventListener('w-autosave:success', () => {
        Object.assign(document.documentElement.dataset, { title, lead });
    });
"""
NEARLY_IDLE = """
from datetime import timedelta
from django.contrib.sessions.models import Session
from django.utils import timezone
Session.objects.update(expire_date=timezone.now() + timedelta(minutes=4))
"""
NEARLY_LONGEST = """
from datetime import timedelta
from django.contrib.sessions.models import Session
from django.utils import timezone
from site_core.web.session_store import BEGAN, SessionStore
for row in Session.objects.all():
    began = (timezone.now() - timedelta(hours=11, minutes=56)).timestamp()
    row.session_data = SessionStore().encode({**row.get_decoded(), BEGAN: began})
    row.expire_date = timezone.now() + timedelta(minutes=4)
    row.save()
"""


def begin(editor: Page, title: str) -> None:
    editor.add_init_script(TELL_WHAT_IS_SAVED)
    editor.get_by_role("link", name="Skriv ett pressmeddelande").click()
    editor.locator("#id_title").fill(title)
    expect(editor.locator("html")).to_have_attribute("data-title", title)


def expect_paused(editor: Page) -> None:
    expect(editor.locator(".footer__save-warning")).to_contain_text("finns kvar här på sidan")


def dialog(editor: Page, name: str) -> Locator:
    return editor.get_by_role("dialog", name=name)


def end_session(editor: Page) -> None:
    editor.context.clear_cookies(name="sessionid")


def log_in_beside(editor: Page, press: Locator, user: str = "admin") -> None:
    with editor.expect_popup() as opened:
        press.click()
    log_in(opened.value, user)
    if not opened.value.is_closed():
        opened.value.wait_for_event("close")


def expect_saved(editor: Page, text: str) -> None:
    """Wait until the lead has saved itself, and see that the server has it."""
    expect(editor.locator("html")).to_have_attribute("data-lead", text, timeout=15_000)
    expect_stored(editor, text)


def expect_stored(editor: Page, text: str) -> None:
    """See that the server has it: what stands in a page that comes afresh."""
    fresh = editor.context.new_page()
    fresh.goto(editor.url)
    expect(fresh.locator("#id_lead")).to_have_value(text)
    fresh.close()


def write_lead(editor: Page, text: str) -> None:
    editor.locator("#id_lead").click()
    editor.keyboard.press("ControlOrMeta+A")
    editor.keyboard.type(text)


def test_work_goes_on_after_a_log_in_in_a_window_beside(editor: Page) -> None:
    # Typed as soon as the field is there, before Wagtail looks for changes.
    begin(editor, "Skrivet på en gång")
    end_session(editor)
    write_lead(editor, "Skrivet efter utloggningen.")
    out = dialog(editor, "Du är utloggad")
    expect(out).to_be_visible()
    expect(out.get_by_role("link", name="Logga in igen")).to_be_focused()
    assert violations(editor, "#session-out") == []
    # Whoever wants to copy her text first may; a press asks again.
    editor.keyboard.press("Escape")
    expect(out).to_be_hidden()
    expect(editor.locator("#id_lead")).to_be_focused()
    editor.get_by_role("button", name="Spara utkast").click()
    expect(out).to_be_visible()
    log_in_beside(editor, out.get_by_role("link", name="Logga in igen"))
    # The press goes on by itself.
    expect(editor.locator(".messages")).to_contain_text("uppdaterad")
    expect(editor.locator("#id_lead")).to_have_value("Skrivet efter utloggningen.")

    # Without a press it is the saving that goes on.
    end_session(editor)
    write_lead(editor, "En gång till.")
    expect(out).to_be_visible()
    log_in_beside(editor, out.get_by_role("link", name="Logga in igen"))
    expect(out).to_be_hidden()
    expect(editor.locator("#id_lead")).to_be_focused()
    expect_saved(editor, "En gång till.")

    # Logged in again in another tab: the token of this page is an old one, which nobody notices.
    end_session(editor)
    tab = editor.context.new_page()
    tab.goto("/admin/pages/")
    log_in(tab)
    tab.wait_for_url("**/admin/pages/")
    write_lead(editor, "Med en ny nyckel.")
    expect_saved(editor, "Med en ny nyckel.")


def test_nobody_saves_in_the_name_of_another(editor: Page, add_people: Callable[..., None]) -> None:
    add_people(bo="Redaktörer")
    begin(editor, "Skrivet av admin")
    write_lead(editor, "Sparat av admin.")
    expect_saved(editor, "Sparat av admin.")
    end_session(editor)
    tab = editor.context.new_page()
    tab.goto("/admin/pages/")
    log_in(tab, "bo")
    tab.wait_for_url("**/admin/pages/")

    other = dialog(editor, "Någon annan är inloggad")
    expect(other).to_contain_text("Bo är inloggad nu, men admin var det när sidan öppnades.")
    assert violations(editor, "#session-other") == []
    editor.keyboard.press("Escape")
    write_lead(editor, "Skrivet av admin, medan Bo är inloggad.")
    editor.get_by_role("button", name="Spara utkast").click()
    expect(other).to_be_visible()
    expect_stored(editor, "Sparat av admin.")
    log_in_beside(editor, other.get_by_role("button", name="Logga in som admin"))
    expect(editor.locator(".messages")).to_contain_text("uppdaterad")
    expect_stored(editor, "Skrivet av admin, medan Bo är inloggad.")


def fail_with(status: int) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=status, content_type="text/html", body="<h1>Fel</h1>")
        else:
            route.continue_()

    return answer


def test_a_site_that_fails_takes_nothing_away(editor: Page) -> None:
    begin(editor, "Skrivet medan det krånglar")
    for status in (500, 503):
        editor.route("**/edit/", fail_with(status))
        write_lead(editor, f"Med fel {status}.")
        expect_paused(editor)
        editor.unroute("**/edit/")
        expect_saved(editor, f"Med fel {status}.")

    editor.route("**/edit/", fail_with(502))
    write_lead(editor, "Tryckt medan det krånglar.")
    editor.get_by_role("button", name="Spara utkast").click()
    away = dialog(editor, "Det går inte att spara just nu")
    expect(away).to_contain_text("finns kvar här på sidan")
    assert violations(editor, "#session-away") == []
    editor.unroute("**/edit/")
    with editor.expect_navigation():
        away.get_by_role("button", name="Försök nu").click()
    expect(editor.locator(".messages")).to_contain_text("uppdaterad")
    expect_stored(editor, "Tryckt medan det krånglar.")

    # Refused for good: nothing to do but to say so, and keep it.
    editor.route("**/edit/", fail_with(403))
    write_lead(editor, "Nekat.")
    editor.get_by_role("button", name="Fler åtgärder").click()
    editor.locator("[name=action-submit]").click()
    refused = dialog(editor, "Det gick inte att spara")
    expect(refused).to_be_visible()
    refused.get_by_role("button", name="Stäng").click()
    expect(editor.locator("#id_lead")).to_have_value("Nekat.")
    editor.unroute("**/edit/")
    # It is saved as a draft, and not sent for review after all.
    expect_saved(editor, "Nekat.")
    expect(editor.get_by_role("button", name="Spara utkast")).to_be_enabled()

    editor.context.set_offline(True)
    write_lead(editor, "Utan nät.")
    expect_paused(editor)
    editor.get_by_role("button", name="Spara utkast").click()
    expect(away).to_be_visible()
    with editor.expect_navigation():
        editor.context.set_offline(False)
    expect_stored(editor, "Utan nät.")


@contextmanager
def serving(base: str, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "manage.py", "serve", urlsplit(base).netloc]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    try:
        wait_until_ready(base)
        yield
    finally:
        process.terminate()
        process.wait(10)


def test_a_server_that_starts_anew_takes_nothing_away(
    server: str, settings_of_server: dict[str, str], browser: Browser
) -> None:
    base = f"http://127.0.0.1:{free_port()}"
    context = browser.new_context(base_url=base, locale="sv-SE")
    editor = context.new_page()
    with serving(base, settings_of_server):
        editor.goto("/admin/")
        log_in(editor)
        begin(editor, "Skrivet före omstarten")
    write_lead(editor, "Skrivet under omstarten.")
    expect_paused(editor)
    editor.get_by_role("button", name="Spara utkast").click()
    expect(dialog(editor, "Det går inte att spara just nu")).to_be_visible()
    with serving(base, settings_of_server):
        expect(editor.locator(".messages")).to_contain_text("uppdaterad", timeout=15_000)
        expect_stored(editor, "Skrivet under omstarten.")
    context.close()


def test_the_end_of_a_log_in_is_said_before_it_comes(editor: Page, on_server: Callable[[str], None]) -> None:
    editor.clock.install()
    editor.goto("/admin/snippets/press/presscontact/add/")
    editor.locator("#id_name").fill("Karin")
    with editor.expect_response("**/admin/session/"):
        editor.clock.fast_forward("02:00")
    on_server(NEARLY_IDLE)
    editor.clock.fast_forward("01:56:00")
    idle = dialog(editor, "Är du kvar?")
    expect(idle).to_contain_text("om du inte gör något")
    go_on = idle.get_by_role("button", name="Fortsätt arbeta")
    expect(go_on).to_be_focused()
    assert violations(editor, "#session-idle") == []
    with editor.expect_response("**/admin/session/") as answer:
        editor.keyboard.press("Enter")
    assert answer.value.json()["idle"] > 60 * 60
    expect(idle).to_be_hidden()
    expect(editor.locator("#id_name")).to_be_focused()

    on_server(NEARLY_LONGEST)
    editor.clock.fast_forward("01:56:00")
    notice = editor.get_by_role("region", name="Din inloggning")
    expect(notice.get_by_role("status")).to_contain_text("Du behöver logga in igen före kl.")
    # It takes no focus from somebody who is typing.
    expect(editor.locator("#id_name")).to_be_focused()
    assert violations(editor, ".session-notice") == []
    log_in_beside(editor, notice.get_by_role("button", name="Logga in igen nu"))
    editor.clock.fast_forward(5000)
    expect(notice).to_be_hidden()
    expect(editor.locator("#id_name")).to_have_value("Karin")


def test_every_form_of_the_editors_rooms_is_kept(editor: Page) -> None:
    out = dialog(editor, "Du är utloggad")
    again = out.get_by_role("link", name="Logga in igen")
    editor.goto("/admin/snippets/press/presscontact/add/")
    editor.locator("#id_name").fill("Sparad efter utloggning")
    editor.locator("#id_telephone").fill("010-123 45 67")
    end_session(editor)
    editor.get_by_role("button", name="Spara").click()
    log_in_beside(editor, again)
    expect(editor.locator(".messages")).to_contain_text("Sparad efter utloggning")

    # What must be mended is shown as ever.
    editor.goto("/admin/snippets/press/presscontact/add/")
    editor.locator("#id_telephone").fill("010-765 43 21")
    editor.get_by_role("button", name="Spara").click()
    expect(editor.locator(".error-message")).not_to_have_count(0)
    expect(editor.locator("#id_telephone")).to_have_value("010-765 43 21")

    # A form of our own, which Wagtail doesn't watch.
    editor.goto("/admin/")
    editor.locator(".press-today a", has_text="14 000 medarbetare").click()
    release = editor.url.replace("/admin/pages/", "/admin/press/").replace("/edit/", "/aterkalla/")
    editor.goto(release)
    editor.locator("[name=reason]").fill("Fel siffror.")
    end_session(editor)
    editor.get_by_role("button", name="Återkalla pressmeddelandet").click()
    expect(out).to_be_visible()
    editor.keyboard.press("Escape")
    expect(editor.locator("[name=reason]")).to_have_value("Fel siffror.")

    # Were a form sent all the same, with the token of a former log-in, the text comes back.
    editor.goto("/admin/login/?next=/admin/snippets/press/presscontact/add/")
    log_in(editor)
    editor.locator("#id_name").fill("Skickad med gammal nyckel")
    editor.locator("#id_telephone").fill("010-123 45 68")
    editor.evaluate(
        """() => {
            const form = document.querySelector('[data-edit-form]');
            form.querySelector('[name=csrfmiddlewaretoken]').value = 'x'.repeat(64);
            form.dataset.wUnsavedConfirmationValue = 'false';
            HTMLFormElement.prototype.submit.call(form);
        }"""
    )
    expect(editor.get_by_role("heading", level=1)).to_have_text("Det du skrev är inte sparat än")
    assert violations(editor) == []
    editor.get_by_role("button", name="Skicka det du skrev").click()
    expect(editor.locator(".messages")).to_contain_text("Skickad med gammal nyckel")


def leaving_warns(editor: Page) -> bool:
    """Try to leave, and stay if the browser asks."""
    asked: list[str] = []

    def stay(question: object) -> None:
        asked.append(question.type)  # type: ignore[attr-defined]
        question.dismiss()  # type: ignore[attr-defined]

    editor.once("dialog", stay)
    editor.evaluate("location.assign('/admin/reports/site-history/')")
    if not asked:
        editor.wait_for_url("**/site-history/")
        editor.remove_listener("dialog", stay)
    return asked == ["beforeunload"]


def test_leaving_warns_while_something_is_unsaved(editor: Page) -> None:
    editor.add_init_script(TELL_WHAT_IS_SAVED)
    editor.route("**/admin/pages/add/**", fail_with(500))
    editor.get_by_role("link", name="Skriv ett pressmeddelande").click()
    # At once, and after saving has failed.
    editor.locator("#id_title").click()
    editor.keyboard.type("Osparat")
    assert leaving_warns(editor)
    expect_paused(editor)
    assert leaving_warns(editor)
    editor.unroute("**/admin/pages/add/**")
    expect(editor).to_have_url(EDIT)
    expect(editor.locator("html")).to_have_attribute("data-title", "Osparat")
    release = editor.url
    assert not leaving_warns(editor)

    # A press that was held and given up.
    editor.goto(release)
    end_session(editor)
    write_lead(editor, "Tryckt och ångrat.")
    editor.get_by_role("button", name="Spara utkast").click()
    expect(dialog(editor, "Du är utloggad")).to_be_visible()
    editor.keyboard.press("Escape")
    assert leaving_warns(editor)
    editor.once("dialog", lambda question: question.accept())
    editor.goto("/admin/login/")
    log_in(editor)

    # Forms that Wagtail doesn't watch, and those that it watches from the third second on.
    editor.goto(release.replace("/pages/", "/press/").replace("/edit/", "/embargolankar/"))
    editor.locator("[name=recipient]").click()
    editor.keyboard.type("Erik, P4")
    assert leaving_warns(editor)
    editor.keyboard.press("ControlOrMeta+A")
    editor.keyboard.press("Delete")
    assert not leaving_warns(editor)
    for path, field in (
        ("/admin/snippets/press/topic/add/", "#id_name"),
        ("/admin/settings/site_core/organisationsettings/", "[data-edit-form] input[type=text] >> nth=0"),
    ):
        editor.goto(path)
        editor.locator(field).click()
        editor.keyboard.type("Osparat")
        assert leaving_warns(editor), path
        editor.once("dialog", lambda question: question.accept())
        editor.goto("/admin/")


def test_what_wagtail_does_not_see_is_saved(context: BrowserContext, editor: Page) -> None:
    begin(editor, "Det som Wagtail inte ser")
    # The last words, typed while what came before them is under way.
    held: list[Route] = []
    editor.route("**/edit/", lambda route: held.append(route), times=1)
    with editor.expect_request(lambda request: request.method == "POST" and "/edit/" in request.url):
        write_lead(editor, "Först.")
    write_lead(editor, "Först och sist.")
    held.pop().continue_()
    expect_saved(editor, "Först och sist.")

    # A page that is shown with what has to be mended: Wagtail saves it once, and looks no more.
    write_lead(editor, "")
    editor.keyboard.press("Delete")
    editor.get_by_role("button", name="Fler åtgärder").click()
    editor.locator("[name=action-publish]").click()
    expect(editor.locator(".error-message").first).to_be_visible()
    for lead in ("Rättat.", "Rättat igen."):
        write_lead(editor, lead)
        expect_saved(editor, lead)

    # What a browser has kept from before a crash, or was typed before the scripts had come.
    restored = context.new_page()
    restored.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.querySelector('#id_lead').value = 'Från i går.' })"
    )
    restored.add_init_script(TELL_WHAT_IS_SAVED)
    restored.goto(editor.url)
    expect_saved(restored, "Från i går.")
