"""Facts of a study, one module per kind; ``kg.extract.study`` puts them together."""
