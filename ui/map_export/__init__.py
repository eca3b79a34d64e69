"""The view of the map as a file: a picture, or a page of shapes."""
