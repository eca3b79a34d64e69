"""The tables of a gazetteer in SQL, and the statements that sum them up when all is written."""

SCHEMA = """
CREATE TABLE locality (id INTEGER PRIMARY KEY, city TEXT, city_key TEXT, state TEXT, zip TEXT, inferred INTEGER,
    addresses INTEGER DEFAULT 0, lat REAL, lon REAL, spread REAL);
CREATE TABLE street (id INTEGER PRIMARY KEY, key TEXT UNIQUE, core TEXT, name TEXT);
CREATE TABLE alias (street INTEGER, other INTEGER, PRIMARY KEY (street, other)) WITHOUT ROWID;
CREATE TABLE address (street INTEGER, number INTEGER, suffix TEXT, lat REAL, lon REAL, locality INTEGER, exact INTEGER, cell INTEGER,
    PRIMARY KEY (street, number, suffix, lat, lon)) WITHOUT ROWID;
CREATE TABLE piece (id INTEGER PRIMARY KEY, street INTEGER, locality INTEGER, zip TEXT, lat REAL, lon REAL, line BLOB);
CREATE TABLE piece_cell (cell INTEGER, piece INTEGER);
CREATE TABLE street_in (locality INTEGER, street INTEGER, parts INTEGER, lat REAL, lon REAL, south REAL, west REAL, north REAL, east REAL,
    PRIMARY KEY (locality, street)) WITHOUT ROWID;
CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT, key TEXT, kind TEXT, rank INTEGER, lat REAL, lon REAL);
CREATE TABLE zip_area (zip TEXT PRIMARY KEY, lat REAL, lon REAL, reach_m REAL);
CREATE TABLE business (id INTEGER PRIMARY KEY, name TEXT, key TEXT, kind TEXT, hours TEXT, number INTEGER, street INTEGER,
    locality INTEGER, lat REAL, lon REAL);
CREATE VIRTUAL TABLE search USING fts5(words, around, place, name UNINDEXED, town UNINDEXED, kind UNINDEXED, street UNINDEXED,
    city UNINDEXED, lat UNINDEXED, lon UNINDEXED, prefix='1 2 3', tokenize="unicode61 remove_diacritics 2");
"""

INDEXES = """
CREATE INDEX locality_city ON locality (city_key);
CREATE INDEX street_core ON street (core);
CREATE INDEX piece_street ON piece (street);
CREATE INDEX piece_cell_cell ON piece_cell (cell, piece);
CREATE INDEX address_cell ON address (cell);
CREATE INDEX town_key ON town (key);
CREATE INDEX business_key ON business (key);
CREATE INDEX business_street ON business (street, number);
"""

STREET_SUMS = """
DELETE FROM street_in;
INSERT INTO street_in
    SELECT locality, street, count(*), avg(lat), avg(lon), min(lat), min(lon), max(lat), max(lon)
    FROM (SELECT locality, street, lat, lon FROM address UNION ALL SELECT locality, street, lat, lon FROM piece) GROUP BY 1, 2;
CREATE INDEX IF NOT EXISTS street_in_street ON street_in (street);
"""
"""Where each street runs; to be done again when addresses were taken out."""

LOCALITY_SUMS = """
UPDATE locality SET addresses = found.n
    FROM (SELECT locality, count(*) AS n FROM address GROUP BY 1) AS found WHERE found.locality = locality.id;
UPDATE locality SET lat = found.lat, lon = found.lon, spread = found.spread
    FROM (
        SELECT locality, avg(lat) AS lat, avg(lon) AS lon,
            avg(lat * lat) - avg(lat) * avg(lat) + avg(lon * lon) - avg(lon) * avg(lon) AS spread
        FROM (
            SELECT locality, lat, lon FROM address UNION ALL SELECT locality, lat, lon FROM piece
            UNION ALL SELECT locality, lat, lon FROM business
        ) GROUP BY 1
    ) AS found WHERE found.locality = locality.id;
UPDATE locality SET state = coalesce(
    (SELECT state FROM locality AS other WHERE other.zip = locality.zip AND other.state <> '' ORDER BY other.addresses DESC LIMIT 1), '')
    WHERE state = '' AND zip <> '';
"""

# Of `search`: `words` are the plain names by which a thing is found, `around` the town it is in, `place` its kind and its large square.
# What is looked for most comes first: rows are read in this order, and a search that finds too many stops reading.
# `plain` and `square_of` are functions of this program. A street lies where the piece of it that is nearest to its middle is; a road that
# is known by its number alone does not get the names of the streets it runs along.
SEARCH = """
INSERT INTO search
    SELECT plain(name || ' ' || key), state, 'town ' || square_of(lat, lon), name, state, 'town', 0, key, lat, lon
    FROM (
        SELECT *, coalesce((SELECT state FROM locality WHERE city_key = town.key ORDER BY addresses DESC LIMIT 1), '') AS state FROM town
    ) ORDER BY rank, id;
INSERT INTO search
    SELECT zip, trim(city || ' ' || state), 'zip ' || square_of(lat, lon), zip, trim(city || ' ' || state), 'zip', 0, city_key, lat, lon
    FROM (
        SELECT locality.zip AS zip, city, state, city_key, max(addresses),
            coalesce(zip_area.lat, sum(locality.lat * (addresses + 1)) / sum(addresses + 1)) AS lat,
            coalesce(zip_area.lon, sum(locality.lon * (addresses + 1)) / sum(addresses + 1)) AS lon
        FROM locality LEFT JOIN zip_area ON zip_area.zip = locality.zip
        WHERE locality.zip <> '' AND locality.lat IS NOT NULL GROUP BY locality.zip
    ) ORDER BY zip;
CREATE TEMP TABLE other_names AS
    SELECT alias.street AS street, group_concat(other.name || ' ' || other.key, ' ') AS names
    FROM alias JOIN street ON street.id = alias.street JOIN street AS other ON other.id = alias.other
    WHERE street.key NOT GLOB 'rt *' AND street.key NOT GLOB 'i *' AND street.key NOT GLOB 'cr *' GROUP BY alias.street;
CREATE INDEX temp.other_names_street ON other_names (street);
CREATE TEMP TABLE street_of_city AS
    SELECT street, city, city_key, state, zip, group_concat(DISTINCT zip) AS zips, max(parts), sum(parts) AS parts,
        street_in.lat AS lat, street_in.lon AS lon
    FROM street_in JOIN locality ON locality.id = street_in.locality GROUP BY street, city_key;
CREATE TEMP TABLE middle AS
    SELECT here.rowid AS id, piece.lat AS lat, piece.lon AS lon, min(abs(piece.lat - here.lat) + abs(piece.lon - here.lon))
    FROM street_of_city AS here JOIN piece ON piece.street = here.street GROUP BY here.rowid;
CREATE UNIQUE INDEX temp.middle_id ON middle (id);
INSERT INTO search
    SELECT plain(street.name || ' ' || street.key || ' ' || coalesce(names, '')), city || ' ' || state || ' ' || zips,
        'street ' || square_of(here.lat, here.lon), street.name, trim(city || ' ' || state || ' ' || zip), 'street',
        street.id, city_key, coalesce(middle.lat, here.lat), coalesce(middle.lon, here.lon)
    FROM street_of_city AS here
    JOIN street ON street.id = here.street
    LEFT JOIN other_names ON other_names.street = here.street
    LEFT JOIN middle ON middle.id = here.rowid
    ORDER BY here.parts DESC, street.id, city_key;
INSERT INTO search
    SELECT DISTINCT plain(name || ' ' || key), at || city || ' ' || state || ' ' || zip, 'business ' || square_of(lat, lon), name,
        trim(at || city || ' ' || state), 'business', 0, city_key, lat, lon
    FROM (
        SELECT business.name AS name, business.key AS key, coalesce(business.number || ' ' || street.name || ', ', '') AS at,
            city, state, zip, city_key, business.lat AS lat, business.lon AS lon
        FROM business JOIN locality ON locality.id = business.locality LEFT JOIN street ON street.id = business.street
    ) ORDER BY name, lat, lon;
"""
