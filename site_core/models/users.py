from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who logs in. A model of our own from the first migration, because it can't be swapped in later."""
