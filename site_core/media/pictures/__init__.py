"""Pictures made safe to publish: what is accepted, what of a file is kept, and what is taken out of it."""
