"""GraftGraph: the literature on MSC and GVHD, read into findings and kept as RDF."""
