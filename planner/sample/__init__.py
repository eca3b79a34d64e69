"""A fictional county, so that Roadbook can be tried with nothing at hand."""
