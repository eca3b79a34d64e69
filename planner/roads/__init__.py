"""OSM extracts become road packs; road packs answer drive times and routes."""
