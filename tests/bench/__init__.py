"""What the main pages cost, beside plain Django admin over the same models: `make bench`."""
