"""A site with one of everything, who works there, and the address of each view about what not everybody may touch."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.models import EditingSession
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Site,
    Task,
    UploadedFile,
    Workflow,
)

from press.closing import close
from press.models import (
    Association,
    EmbargoLink,
    Municipality,
    PressContact,
    PressIndexPage,
    PressReleasePage,
    ReleaseContact,
    Topic,
)
from site_core.models import DeletedDraft, FormerFile, PublicChange, SiteDocument, SiteImage, User
from subscriptions.models import Announcement, Mailing
from tests.factories import (
    ImageFactory,
    PressIndexPageFactory,
    PressReleasePageFactory,
    SectionPageFactory,
    StandardPageFactory,
    add_document,
    add_user,
    blocks,
    home_page,
    publish,
)
from tests.site_core.test_navigation import add_menu

# What stands in the draft and nowhere else: whoever reads it has read the draft.
SECRET = "Hemlighetsmakeri"
# The title of a draft that is closed to all but its author.
CLOSED = "Hemlighetsfullt"
# The anonymous; one with an account and no room; a section's own editor; the two groups of the site; the administrator.
ROLES = ("nobody", "outsider", "section", "editor", "chief", "admin")


@dataclass
class World:
    """One of everything. What the section's editor may not touch is in the press room, which is not her section."""

    people: dict[str, User | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        home = home_page()
        self.topic = Topic.objects.create(name="Vård", slug="vard")
        self.contact = PressContact.objects.create(name="Eva Ek", telephone="010-123 45 67")
        self.image: SiteImage = ImageFactory(title=SECRET, collection=Collection.get_first_root_node())
        self.document: SiteDocument = add_document(SECRET)
        self.section = SectionPageFactory(parent=home, title="Vård", slug="vard")
        self.own_page = StandardPageFactory(parent=self.section, title="En egen sida")
        self.own_page.save_revision()
        own = Collection.get_first_root_node().add_child(name="Vårdens")
        self.own_image: SiteImage = ImageFactory(title="Min bild", collection=own)
        self.own_document: SiteDocument = add_document("Min rapport")
        self.own_document.collection = own
        self.own_document.save()
        self._employ()
        author = self.people["author"]
        self.press_room: PressIndexPage = PressIndexPageFactory(parent=home)
        self.draft: PressReleasePage = PressReleasePageFactory(
            parent=self.press_room,
            title=SECRET,
            slug="hemligt",
            lead=SECRET,
            image=self.image,
            live=False,
            owner=author,
        )
        self.draft.topics.add(self.topic)
        self.draft.body = blocks(
            self.draft,
            ("text", f'<p><a linktype="page" id="{self.own_page.pk}">Mer</a></p>'),
            ("image", {"image": {"image": self.own_image.pk, "alt_text": "Bild", "decorative": False}}),
        )
        self.draft.attachments = blocks(
            self.draft, ("document", {"document": self.own_document.pk, "title": ""}), field="attachments"
        )
        self.draft.release_contacts.add(ReleaseContact(contact=self.contact))
        self.draft.save_revision(user=author, log_action=True)
        self.draft.lead = f"{SECRET} igen"
        self.draft.save_revision(user=author, log_action=True)
        self.published: PressReleasePage = publish(PressReleasePageFactory(parent=self.press_room, live=False))
        self.workflow: Workflow = Workflow.objects.get()
        self.task: Task = Task.objects.get()
        self.site: Site = Site.objects.get()
        self.group: Group = Group.objects.get(name="Redaktörer")
        self.municipality: Any = Municipality.objects.first()
        self.association: Any = Association.objects.first()
        self.workflow_state: Any = self.workflow.start(self.draft, author)
        self.task_state = self.workflow_state.current_task_state
        self.link = EmbargoLink.objects.create(
            release=self.draft, recipient="Eva Ek", expires_at=timezone.now() + timedelta(days=1)
        )
        self.alias = self.published.create_alias(parent=self.press_room, update_slug="alias")
        self.menu = add_menu("main", {"url": "/kontakt/", "label": "Kontakt"})
        self.menu.save_revision()
        self.menu.refresh_from_db()
        self.redirect = Redirect.objects.create(old_path="/hemligt", redirect_page=self.draft)
        self.collection: Collection = Collection.get_first_root_node().add_child(name="Andras")
        self.uploads = {
            kind: UploadedFile.objects.create(file=ContentFile(b"x", name="x.pdf"), uploaded_by_user=author)
            for kind in ("wagtaildocs", "wagtailimages")
        }
        self.editing = EditingSession.objects.create(
            user=author,
            content_type=self.draft.cached_content_type,
            object_id=str(self.draft.pk),
            last_seen_at=timezone.now(),
        )
        self.scheduled: PressReleasePage = publish(
            PressReleasePageFactory(parent=self.press_room, live=False), go_live_at=timezone.now() + timedelta(days=1)
        )
        self.closed: PressReleasePage = PressReleasePageFactory(
            parent=self.press_room, title=CLOSED, slug="stangt", lead=CLOSED, live=False, owner=author
        )
        self.closed.save_revision(user=author, log_action=True)
        self.closing = close(self.closed, [], [], by=author)
        self._delete_a_draft(author)
        self.deleted: DeletedDraft = DeletedDraft.objects.get()
        self.former: FormerFile = FormerFile.objects.create(document=self.document, file=self.document.file.name)
        change = PublicChange.objects.get(page=self.published)
        self.announcement = Announcement.objects.get(change=change)
        self.mailing = Mailing.objects.create(
            kind=Mailing.Kind.IMMEDIATE,
            announcement=Announcement.objects.create(
                created_at=timezone.now(), due_at=timezone.now(), is_new=True, title="Ett brev"
            ),
            opened_at=timezone.now(),
            prepared_at=timezone.now(),
            subject="Ett brev",
            text="Ett brev",
            html="<p>Ett brev</p>",
        )

    def _delete_a_draft(self, author: Any) -> None:
        draft = PressReleasePageFactory(parent=self.press_room, title="Borta", live=False, owner=author)
        draft.save_revision(user=author)
        client = Client()
        client.force_login(author)
        client.post(f"/admin/pages/{draft.pk}/delete/")

    def _employ(self) -> None:
        self.people = {
            "nobody": None,
            "author": add_user("Redaktörer", username="author"),
            "outsider": add_user(username="outsider"),
            "section": add_user(username="section"),
            "editor": add_user("Redaktörer", username="editor"),
            "chief": add_user("Chefredaktörer", username="chief"),
            "admin": add_user(username="admin", is_superuser=True),
        }
        group = Group.objects.create(name="Vårdens redaktörer")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for codename in ("add_page", "change_page", "publish_page", "lock_page"):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.create(group=group, page=self.section, permission=permission)
        for model in ("image", "document"):
            for action in ("add", "change", "choose"):
                permission = Permission.objects.get(
                    content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename=f"{action}_{model}"
                )
                GroupCollectionPermission.objects.create(
                    group=group, collection=self.own_image.collection, permission=permission
                )
        self.people["section"].groups.add(group)  # type: ignore[union-attr]

    def own(self) -> dict[str, Any]:
        """Return what belongs to the section's editor, by the names that addresses use."""
        return {
            "page_id": self.own_page.pk,
            "page_to_move_id": self.own_page.pk,
            "parent_page_id": self.section.pk,
            "destination_id": self.section.pk,
            "revision_id": self.own_page.latest_revision_id,
            "image_id": self.own_image.pk,
            "document_id": self.own_document.pk,
            "doc_id": self.own_document.pk,
        }

    def question(self, room: "Room") -> str:
        """Return what stands after the address: what is looked for, or acted on."""
        if room.name == "wagtail_bulk_action":
            chosen: dict[str, Any] = {
                "page": self.published if room.done[2][1] == "unpublish" else self.draft,
                "siteimage": self.image,
                "sitedocument": self.document,
                "user": self.people["chief"],
                "presscontact": self.contact,
                "topic": self.topic,
                "municipality": self.municipality,
                "association": self.association,
                "menu": self.menu,
            }
            return f"?id={chosen[room.done[1][1]].pk}"
        if room.name.endswith((":find", "chosen_multiple")):
            space = room.name.rpartition(":")[0]
            item = self.by_space(room.name).get(space, self.draft)
            return f"?id={item.pk}"
        return "?q=hemlighets" if "search" in room.name else ""

    def by_space(self, name: str) -> dict[str, Any]:
        """Return what `pk` is the number of, by namespace."""
        found: dict[str, Any] = {
            "wagtailadmin_api:pages": self.draft,
            "wagtailadmin_api:documents": self.document,
            "wagtailadmin_api:images": self.image,
            "wagtailadmin_collections": self.collection,
            "wagtailadmin_workflows": self.task if "task" in name else self.workflow,
            "wagtailsites": self.site,
            "": self.document,
            "wagtailusers_users": self.people["chief"],
            "wagtailusers_groups": self.group,
            "wagtaildocs_chooser": self.document,
            "wagtailimages_chooser": self.image,
            "wagtailsettings": self.site,
        }
        for model, item in (
            ("press_presscontact", self.contact),
            ("press_topic", self.topic),
            ("press_municipality", self.municipality),
            ("press_association", self.association),
            ("site_core_menu", self.menu),
        ):
            found[f"wagtailsnippets_{model}"] = found[f"wagtailsnippetchoosers_{model}"] = item
        return found

    def arguments(self, room: "Room") -> dict[str, Any]:
        """Return what an address needs to be about something that is secret, or not everybody's."""
        own: dict[str, dict[str, Any]] = {
            "wagtailadmin_pages:workflow_action": {"action_name": "approve"},
            "wagtailadmin_pages:collect_workflow_action_data": {"action_name": "approve"},
            "wagtailadmin_pages:revisions_unschedule": {
                "page_id": self.scheduled.pk,
                "revision_id": self.scheduled.latest_revision_id,
            },
            "wagtailadmin_pages:unpublish": {"page_id": self.published.pk},
            "wagtailadmin_pages:convert_alias": {"page_id": self.alias.pk},
            "wagtailadmin_pages:add_subpage": {"parent_page_id": self.press_room.pk},
            "wagtailadmin_workflows:add_task": {"app_label": "press", "model_name": "colleagueapprovaltask"},
            "wagtailadmin_tag_model_autocomplete": {"app_name": "taggit", "model_name": "tag"},
            "wagtailadmin_editing_sessions:ping": {
                "app_label": "press",
                "model_name": "pressreleasepage",
                "object_id": str(self.draft.pk),
            },
            "press_merge_tag": {"kind": self.topic.KIND, "pk": self.topic.pk},
            "press_retire_tag": {"kind": self.topic.KIND, "pk": self.topic.pk},
            "press_move_schedule": {"page_id": self.scheduled.pk},
            "press_stop_schedule": {"page_id": self.scheduled.pk},
            "press_open_closed": {"page_id": self.draft.pk},
            "restore_draft": {"pk": self.deleted.pk},
            "press_withdraw": {"page_id": self.published.pk},
            "subscriptions_stop": {"pk": self.announcement.pk},
            "subscriptions_mailing": {"pk": self.mailing.pk},
            "subscriptions_mailed_letter": {"pk": self.mailing.pk},
            "subscriptions_resend": {"pk": self.mailing.pk},
        }
        space, name = room.name.rpartition(":")[0], room.name
        by_space = self.by_space(name)
        usual = {
            "page_id": self.draft.pk,
            "page_pk": self.draft.pk,
            "parent_page_id": self.press_room.pk,
            "page_to_move_id": self.draft.pk,
            "destination_id": self.press_room.pk,
            "revision_id": self.menu.latest_revision_id if "menu" in space else self.draft.latest_revision_id,
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
            "link_id": self.link.pk,
            "task_id": self.task.pk,
            "task_state_id": self.task_state.pk,
            "workflow_state_id": self.workflow_state.pk,
            "workflow_pk": self.workflow.pk,
            "collection_id": self.collection.pk,
            "session_id": self.editing.pk,
            "redirect_id": self.redirect.pk,
            "document_id": self.document.pk,
            "doc_id": self.document.pk,
            "image_id": self.image.pk,
            "filter_spec": "original",
            "closing_id": self.closing.pk,
            "kind": "sitedocument",
            "number": self.former.pk,
            "uploaded_file_id": self.uploads[space].pk if space in self.uploads else 0,
            "content_type_app_name": "press",
            "content_type_model_name": "pressreleasepage",
            "app_label": "press",
            "model_name": "organisationsettings" if space == "wagtailsettings" else "pressreleasepage",
            "app_name": "site_core",
            "uidb64": "x",
            "token": "x",
            **({"pk": by_space[space].pk} if space in by_space else {}),
            **own.get(name, {}),
            **dict(room.done),
        }
        return {argument: usual[argument] for argument in room.arguments}


@dataclass(frozen=True)
class Room:
    """One view of the admin."""

    name: str
    arguments: tuple[str, ...]
    # What is done, where one view does several things, each with rights of its own.
    done: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return ".".join([self.name, *(value for _name, value in self.done)])


def rooms() -> list[Room]:
    """Return every view of the admin, by the URL table."""
    parts = [each for each in get_resolver().url_patterns if str(each.pattern).startswith("admin/")]
    found = set(_walk(parts, (), ()))
    return sorted((part for room in found for part in _parts(room)), key=lambda room: (str(room), room.arguments))


def _parts(room: Room) -> Iterator[Room]:
    if room.name == "wagtail_bulk_action":
        # Found when it is first asked.
        bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")
        for app_label, models in bulk_action_registry.actions.items():
            for model_name, actions in models.items():
                for action in actions:
                    done = ("app_label", app_label), ("model_name", model_name), ("action", action)
                    yield replace(room, done=done)
    elif room.name == "wagtailadmin_api:pages:action":
        for action in PagesAdminAPIViewSet.actions:
            yield replace(room, done=(("action_name", action),))
    else:
        yield room


def _walk(patterns: list[Any], spaces: tuple[str, ...], arguments: tuple[str, ...]) -> Iterator[Room]:
    for each in patterns:
        taken = (*arguments, *each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, (*spaces, each.namespace) if each.namespace else spaces, taken)
        elif isinstance(each, URLPattern) and each.name:
            yield Room(":".join([*spaces, each.name]), taken)


def address(world: World, room: Room, own: bool = False) -> str:
    """Return the address of a view, about something that not everybody may touch or, if asked, what is the section's.

    The section's own is used by the secret draft.
    """
    if room.name == "wagtailadmin_pages:revisions_compare":
        return reverse(room.name, args=[world.own_page.pk if own else world.draft.pk, "earliest", "latest"])
    wanted = world.arguments(room)
    if own:
        wanted |= {name: value for name, value in world.own().items() if name in wanted}
    return reverse(room.name, kwargs=wanted) + world.question(room)
