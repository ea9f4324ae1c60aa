"""Who gets in where: one row for each view of the admin, or for a kind of views.

A row's name may end in a star. The longest name that fits counts. A new view of ours needs a row of its own; the test
says what to write. What a row says holds for things that belong to nobody in particular and lie outside the section of
the section's editor (`world.py`).
"""

NOBODY: tuple[str, ...] = ()
ADMINS = ("admin",)
CHIEFS = ("chief", "admin")
EDITORS = ("editor", "chief", "admin")
# Whoever has a place in the admin, the editor of a section included: lists show what each may see, forms are her own.
STAFF = ("section", "editor", "chief", "admin")
EVERYBODY = ("nobody", "outsider", *STAFF)

RIGHTS: dict[str, tuple[str, ...]] = {
    # Our own.
    "deleted_drafts": STAFF,
    "document_faults": EDITORS,
    "former_file": EDITORS,
    "former_files": EDITORS,
    "pdf_report": STAFF,
    "pdf_report_results": STAFF,
    "press_closed_drafts": ADMINS,
    "press_closing": EDITORS,
    "press_embargo_check": EDITORS,
    "press_embargo_links": EDITORS,
    "press_enter_closed": ADMINS,
    "press_merge_tag": CHIEFS,
    "press_move_schedule": EDITORS,
    "press_open_closed": EDITORS,
    "press_publish_without_review": CHIEFS,
    "press_retire_tag": CHIEFS,
    "press_revoke_embargo_link": EDITORS,
    "press_stop_schedule": EDITORS,
    "press_withdraw": CHIEFS,
    "read_clipboard": STAFF,
    "read_time": STAFF,
    # What a colleague deleted is hers to take back, and an administrator's.
    "restore_draft": ADMINS,
    "session_resumed": STAFF,
    "session_state": EVERYBODY,
    "site_core_ask_about_files": EDITORS,
    "subscriptions_addresses": ADMINS,
    "subscriptions_before_publishing": EDITORS,
    "subscriptions_export": ADMINS,
    "subscriptions_letter": EDITORS,
    "subscriptions_mailed_letter": EDITORS,
    "subscriptions_mailing": EDITORS,
    "subscriptions_overview": EDITORS,
    "subscriptions_resend": CHIEFS,
    "subscriptions_stop": EDITORS,
    # One's own account, and the way in.
    "wagtailadmin_account": STAFF,
    "wagtailadmin_dismissibles": STAFF,
    "wagtailadmin_home": STAFF,
    "wagtailadmin_javascript_catalog": EVERYBODY,
    "wagtailadmin_password_reset*": EVERYBODY,
    "wagtailadmin_sprite": EVERYBODY,
    # Pages.
    "wagtailadmin_choose_*": STAFF,
    # The section's editor is sent on to her section.
    "wagtailadmin_explore*": STAFF,
    "wagtailadmin_pages:*": EDITORS,
    "wagtailadmin_pages:choose_parent": STAFF,
    # A draft that waits for review stays where it is; a colleague's is not one's own to delete.
    "wagtailadmin_pages:delete": ADMINS,
    "wagtailadmin_pages:move": ADMINS,
    "wagtailadmin_pages:move_confirm": ADMINS,
    # A release has a way of its own, which asks what it should.
    "wagtailadmin_pages:revisions_unschedule": NOBODY,
    "wagtailadmin_pages:search*": STAFF,
    "wagtailadmin_pages:set_page_position": CHIEFS,
    "wagtailadmin_pages:set_privacy": CHIEFS,
    "wagtailadmin_pages:type_use*": STAFF,
    "wagtailadmin_pages:unlock": ADMINS,
    "wagtailadmin_pages:unpublish": CHIEFS,
    "wagtailadmin_api:pages:listing": STAFF,
    "wagtailadmin_api:pages:*": EDITORS,
    "wagtailadmin_api:pages:action.*": NOBODY,
    "wagtailadmin_editing_sessions:ping": EDITORS,
    "wagtailadmin_editing_sessions:release": STAFF,
    # Files.
    "wagtailadmin_api:documents:*": EDITORS,
    "wagtailadmin_api:documents:listing": STAFF,
    "wagtailadmin_api:images:*": EDITORS,
    "wagtailadmin_api:images:listing": STAFF,
    "wagtaildocs:*": EDITORS,
    "wagtaildocs:add*": STAFF,
    "wagtaildocs:index*": STAFF,
    "wagtaildocs_chooser:*": STAFF,
    "wagtaildocs_chooser:chosen": EDITORS,
    "wagtailimages:*": EDITORS,
    "wagtailimages:add*": STAFF,
    "wagtailimages:index*": STAFF,
    "wagtailimages_chooser:*": STAFF,
    "wagtailimages_chooser:chosen": EDITORS,
    "wagtailimages_chooser:select_format": EDITORS,
    # What somebody else has begun to upload is nobody's but hers; addresses of resized images are not made here.
    "wagtaildocs:create_multiple_from_uploaded_document": NOBODY,
    "wagtaildocs:delete_upload_multiple": NOBODY,
    "wagtailimages:create_multiple_from_uploaded_image": NOBODY,
    "wagtailimages:delete_upload_multiple": NOBODY,
    "wagtailimages:url_generator*": NOBODY,
    "wagtailadmin_tag_*": STAFF,
    "wagtailembeds:*": STAFF,
    # Snippets.
    "wagtailsnippetchoosers_*": STAFF,
    "wagtailsnippetchoosers_press_presscontact:create": EDITORS,
    "wagtailsnippetchoosers_press_topic:create": CHIEFS,
    "wagtailsnippetchoosers_press_municipality:create": ADMINS,
    "wagtailsnippetchoosers_press_association:create": ADMINS,
    "wagtailsnippetchoosers_site_core_menu:create": ADMINS,
    # Each kind has an entry of its own in the menu.
    "wagtailsnippets:index": NOBODY,
    "wagtailsnippets_press_presscontact:*": EDITORS,
    "wagtailsnippets_press_presscontact:delete": CHIEFS,
    "wagtailsnippets_press_topic:*": CHIEFS,
    "wagtailsnippets_press_municipality:*": CHIEFS,
    "wagtailsnippets_press_municipality:add": ADMINS,
    "wagtailsnippets_press_municipality:copy": ADMINS,
    "wagtailsnippets_press_municipality:delete": ADMINS,
    "wagtailsnippets_press_association:*": CHIEFS,
    "wagtailsnippets_press_association:add": ADMINS,
    "wagtailsnippets_press_association:copy": ADMINS,
    "wagtailsnippets_press_association:delete": ADMINS,
    "wagtailsnippets_site_core_menu:*": CHIEFS,
    "wagtailsnippets_site_core_menu:add": ADMINS,
    "wagtailsnippets_site_core_menu:copy": ADMINS,
    "wagtailsnippets_site_core_menu:delete": ADMINS,
    "wagtailsnippets_site_core_menu:preview_on_add": ADMINS,
    # Reports show each what she may see.
    "wagtailadmin_reports:*": STAFF,
    "wagtailadmin_reports:locked_pages*": CHIEFS,
    # How the site is run.
    "wagtailadmin_collections:*": ADMINS,
    "wagtailadmin_workflows:*": ADMINS,
    "wagtailadmin_workflows:task_chooser*": STAFF,
    "wagtailadmin_workflows:task_chosen": STAFF,
    "wagtailredirects:*": ADMINS,
    "wagtailsettings:edit": CHIEFS,
    # The organisation's settings have none.
    "wagtailsettings:preview_on_edit": NOBODY,
    "wagtailsites:*": ADMINS,
    "wagtailusers_groups:*": ADMINS,
    "wagtailusers_users:*": ADMINS,
    # Many at once. Whoever may do it to none of those she chose gets a list without them, and no button.
    "wagtail_bulk_action.*": STAFF,
    "wagtail_bulk_action.wagtailcore.page.*": EDITORS,
    # Asked about a page that is public.
    "wagtail_bulk_action.wagtailcore.page.unpublish": STAFF,
    "wagtail_bulk_action.site_core.user.*": ADMINS,
}

# Views that do something by themselves for whoever asks, or are there to fail.
NOT_TRIED = {
    "log_in_again",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_error_test",
    "wagtailadmin_block_preview",
}
