"""Settings: `base` holds what all share; `development`, `test` and `production` are the ones to run."""
