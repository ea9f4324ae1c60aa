"""Building blocks for page bodies: one module per kind, one StreamBlock class per story."""
