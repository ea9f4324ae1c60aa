"""A demonstration site: Swedish texts, drawn pictures and real PDF files, loaded by `manage.py load_demo`."""
