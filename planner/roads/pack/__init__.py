"""Road packs: build them part by part, publish, list, verify, delete."""
