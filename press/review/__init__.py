"""What editors see and do in a review. Its rules are in `press/models/review.py`; nothing public comes in here."""
