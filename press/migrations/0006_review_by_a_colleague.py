"""The workflow that every new site has: a colleague reads and approves."""

from django.db import migrations

NAME = "Granskning av en kollega"
FORMER = "Granskning före publicering"
GROUPS = ["Redaktörer", "Chefredaktörer"]


def set_up_review(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    ColleagueApprovalTask = apps.get_model("press", "ColleagueApprovalTask")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    content_type, _created = ContentType.objects.get_or_create(app_label="press", model="colleagueapprovaltask")
    task = ColleagueApprovalTask.objects.create(name=NAME, active=True, content_type=content_type)
    task.groups.set(apps.get_model("auth", "Group").objects.filter(name__in=GROUPS))
    for workflow in Workflow.objects.filter(name=FORMER):
        workflow.name = NAME
        workflow.save()
        WorkflowTask.objects.filter(workflow=workflow).delete()
        WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    # A review that is under way is finished as it was begun; nothing new is started.
    for former in apps.get_model("wagtailcore", "Task").objects.filter(name=FORMER):
        if former.task_states.exists():
            former.active = False
            former.save()
        else:
            former.delete()


class Migration(migrations.Migration):
    dependencies = [("press", "0005_embargo_and_review")]

    operations = [migrations.RunPython(set_up_review, migrations.RunPython.noop)]
