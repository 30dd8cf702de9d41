"""Who may do what on the desk: three roles as groups, made after every migrate.

contributor: edits and asks for review. editor: also approves, publishes, withdraws and judges figures. admin: is a superuser.
"""

EDITED = {
    "sources": ("source", "article"),
    "incidents": ("actor", "office", "incident", "participation", "statement", "statementincident", "assertion", "label", "figure"),
}
"""App → models that contributors add and change."""

CONTRIBUTOR = {f"{app}.{verb}_{model}" for app, models in EDITED.items() for model in models for verb in ("view", "add", "change")} | {
    "incidents.view_place",
    "sources.view_capture",
    "borderwatch.add_comment",
    "borderwatch.view_comment",
    "incidents.view_dismissal",
    *(f"incidents.delete_{row}" for row in ("office", "participation", "statementincident", "assertion", "label", "figure")),
}
EDITOR = CONTRIBUTOR | {
    *(f"{app}.delete_{model}" for app, models in EDITED.items() for model in models),
    *(
        f"{app}.publish_{model}"
        for app, models in (("sources", ("source", "article")), ("incidents", ("actor", "incident", "statement")))
        for model in models
    ),
    "incidents.approve_incident",
    "incidents.judge_figure",
    "incidents.add_dismissal",
    "incidents.import_events",
    "incidents.view_importbatch",
    "borderwatch.view_release",
    "borderwatch.view_edition",
    "borderwatch.view_scheduledpublication",
}
ROLES = {"contributor": CONTRIBUTOR, "editor": EDITOR}


def make_roles(sender, **kwargs):
    """post_migrate: the groups exist and have exactly these permissions."""
    from django.contrib.auth.models import Group, Permission

    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    for name, wanted in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set([known[codename] for codename in wanted if codename in known])
