"""The basemap: an OSM extract drawn once into vector tiles, kept in one PMTiles file."""
