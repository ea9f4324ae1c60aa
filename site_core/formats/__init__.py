"""How dates are read and written, where Django's own formats are not those of the country."""
