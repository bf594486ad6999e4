"""The pages, one module each, with the address it answers."""
