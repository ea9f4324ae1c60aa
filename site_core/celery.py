"""Background work through a broker. What is due lies in the database: a lost, repeated or unknown task does no harm."""

from celery import Celery

app = Celery("site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
