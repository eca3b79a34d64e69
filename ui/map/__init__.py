"""The map: a vector basemap painted off the window's thread, with accounts, routes and their furniture on it."""
