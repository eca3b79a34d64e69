/* How the exported map draws the layers of the basemap (planner/roads/basemap/selection.py), light and quiet, so that routes stand out. */
const roadbookStyle = (P) => {
  /* The light column of the table in ui/map/palette.py; a test keeps them alike. */
  const colour = {
    earth: "#f6f4ef", residential: "#f0ede8", commercial: "#f5ece5", industrial: "#ecebf1", school: "#f4efdf", hospital: "#f8e9e9",
    parking: "#edeae6", wood: "#d6e6ca", park: "#cfe6c0", grass: "#e2ecd5", scrub: "#e2ecd5", farmland: "#f2f1e2", cemetery: "#cfe6c0",
    pitch: "#c1dfb2", sand: "#f6eed5", rock: "#e8e5e0", wetland: "#d8e8e0", aerodrome: "#e7e9f0", apron: "#d9dbe6", runway: "#c6cad9",
    water: "#b4d6ea", waterLine: "#a3cbe4", ferry: "#6d9fc4", pier: "#f6f4ef", building: "#e5e0d7", buildingEdge: "#cfc7ba",
    rail: "#b0afb9", boundary: "#a895b4", highway: "#f3b67c", highwayEdge: "#d3935a", major: "#fbe1a4", majorEdge: "#dcc184",
    medium: "#fff7dd", mediumEdge: "#d9d0b6", road: "#ffffff", roadEdge: "#d3cdc3", path: "#c8bca6",
    text: "#2b3240", street: "#575c66", quiet: "#525d6d", waterText: "#295b82", parkText: "#3b6735", halo: "#ffffff",
  };
  const kind = (...kinds) => (_, f) => kinds.includes(f.props.kind);
  const font = (size, weight = 400, style = "normal") => ({
    fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif', fontSize: size, fontWeight: weight, fontStyle: style,
  });
  const area = (dataLayer, ...kinds) =>
    kinds.map((one) => ({ dataLayer, filter: (_, f) => f.geomType === 3 && f.props.kind === one, symbolizer: new P.PolygonSymbolizer({ fill: colour[one] }) }));

  /* Widths in pixels by zoom, of the road without its edges. */
  const width = {
    highway: P.exp(1.5, [[6, 0.8], [9, 1.6], [12, 4], [14, 6], [16, 12], [18, 22]]),
    major: P.exp(1.5, [[7, 0.5], [10, 1.4], [12, 3], [14, 5], [16, 11], [18, 20]]),
    medium: P.exp(1.5, [[10, 0.6], [12, 1.8], [14, 4], [16, 9], [18, 17]]),
    minor: P.exp(1.5, [[12, 0.6], [13, 1.2], [14, 2.4], [16, 7], [18, 14]]),
    service: P.exp(1.5, [[13, 0.4], [14, 1], [16, 3.5], [18, 8]]),
    drive: P.exp(1.5, [[16, 1.6], [18, 6]]),
    link: P.exp(1.5, [[10, 0.5], [12, 1.8], [14, 3], [16, 7], [18, 13]]),
  };
  const fill = { highway: colour.highway, link: colour.highway, major: colour.major, medium: colour.medium, minor: colour.road, service: colour.road, drive: colour.road };
  const faded = { ...fill, highway: "#f5d5b6", link: "#f5d5b6", major: "#f9ebca" };
  const edge = { highway: colour.highwayEdge, link: colour.highwayEdge, major: colour.majorEdge, medium: colour.mediumEdge, minor: colour.roadEdge, service: colour.roadEdge, drive: colour.roadEdge };
  const edgeFrom = { highway: 9, link: 12, major: 11, medium: 12, minor: 13, service: 15, drive: 17 };
  const from = { drive: 16 };
  const upwards = ["drive", "service", "minor", "medium", "link", "major", "highway"];
  const line = (options) => new P.LineSymbolizer({ lineCap: "round", lineJoin: "round", ...options });
  const linkColour = (table) => (_, f) => (f && /^(primary|secondary|tertiary)/.test(f.props.detail) ? table.major : table.highway);
  const roadColour = (one, table) => (one === "link" ? linkColour(table) : table[one]);
  const inTunnel = (f) => !!f.props.tunnel;
  const casing = (one, under) => ({
    dataLayer: "roads", minzoom: edgeFrom[one], filter: (_, f) => f.props.kind === one && inTunnel(f) === under,
    symbolizer: line({
      color: roadColour(one, edge), width: (z) => width[one](z) + (z >= 15 ? 2 : 1.4), lineCap: "butt", perFeature: one === "link", ...(under && { dash: [5, 3] }),
    }),
  });
  /* A tunnel is pale without being transparent, which would show its casing. */
  const road = (one, under) => ({
    dataLayer: "roads", minzoom: from[one], filter: (_, f) => f.props.kind === one && inTunnel(f) === under,
    symbolizer: line({ color: roadColour(one, under ? faded : fill), width: width[one], lineCap: under ? "butt" : "round", perFeature: one === "link" }),
  });

  const paintRules = [
    ...area("landuse", "residential", "commercial", "industrial", "school", "hospital", "farmland", "grass", "scrub", "wood", "wetland", "sand", "rock"),
    ...area("landuse", "cemetery", "park", "pitch"),
    ...area("landuse", "parking").map((rule) => ({ ...rule, minzoom: 15 })),
    ...area("aeroway", "aerodrome", "apron", "runway"),
    { dataLayer: "water", filter: (_, f) => f.geomType === 2 && ["river", "canal"].includes(f.props.kind), symbolizer: line({ color: colour.waterLine, width: P.exp(1.4, [[9, 0.8], [14, 3], [18, 10]]) }) },
    { dataLayer: "water", minzoom: 14, filter: (_, f) => f.geomType === 2 && f.props.kind === "stream", symbolizer: line({ color: colour.waterLine, width: P.exp(1.4, [[14, 1], [18, 4]]) }) },
    { dataLayer: "water", filter: (_, f) => f.geomType === 3, symbolizer: new P.PolygonSymbolizer({ fill: colour.water }) },
    { dataLayer: "water", filter: kind("ferry"), symbolizer: line({ color: colour.ferry, width: 1.1, dash: [5, 4], lineCap: "butt" }) },
    ...area("landuse", "pier"),
    { dataLayer: "landuse", filter: (_, f) => f.geomType === 2 && f.props.kind === "pier", symbolizer: line({ color: colour.pier, width: P.exp(1.6, [[12, 0.6], [15, 2.5], [18, 14]]), lineCap: "butt" }) },
    { dataLayer: "aeroway", filter: (_, f) => f.geomType === 2, symbolizer: line({ color: colour.runway, width: P.exp(1.6, [[11, 1], [14, 5], [18, 40]]), lineCap: "butt" }) },
    { dataLayer: "buildings", minzoom: 15, symbolizer: new P.PolygonSymbolizer({ fill: colour.building, stroke: colour.buildingEdge, width: 0.6 }) },
    { dataLayer: "boundaries", filter: kind("country", "region"), symbolizer: line({ color: colour.boundary, width: 1.4, opacity: 0.8, dash: [6, 3] }) },
    { dataLayer: "boundaries", minzoom: 9, filter: kind("county"), symbolizer: line({ color: colour.boundary, width: 1, opacity: 0.6, dash: [4, 3] }) },
    { dataLayer: "roads", minzoom: 14, filter: kind("path"), symbolizer: line({ color: colour.path, width: P.exp(1.3, [[14, 0.6], [18, 2]]), dash: [3, 2] }) },
    { dataLayer: "roads", minzoom: 11, filter: kind("rail"), symbolizer: line({ color: colour.rail, width: P.exp(1.3, [[11, 0.6], [18, 2.4]]) }) },
    ...[true, false].flatMap((under) => [...upwards.map((one) => casing(one, under)), ...upwards.map((one) => road(one, under))]),
  ];

  const place = (kinds, size, weight, minzoom, maxzoom) => ({
    dataLayer: "places", minzoom, maxzoom, filter: (z, f) => kinds.includes(f.props.kind) && z >= f.props.from_zoom,
    sort: (a, b) => (b.population || 0) - (a.population || 0),
    symbolizer: new P.CenteredTextSymbolizer({ labelProps: ["name"], fill: colour.text, stroke: colour.halo, width: 2, lineHeight: 1.2, maxLineChars: 14, ...font(size, weight) }),
  });
  const areaName = (kinds, fillColour, style = "normal") => ({
    dataLayer: "places", filter: (z, f) => kinds.includes(f.props.kind) && z >= f.props.from_zoom,
    symbolizer: new P.CenteredTextSymbolizer({ labelProps: ["name"], fill: fillColour, stroke: colour.halo, width: 1.6, lineHeight: 1.2, maxLineChars: 16, ...font(11, 500, style) }),
  });
  const streetName = (kinds, minzoom, size) => ({
    dataLayer: "roads", minzoom, filter: (_, f) => kinds.includes(f.props.kind) && !!f.props.name,
    symbolizer: new P.LineLabelSymbolizer({ labelProps: ["name"], fill: colour.street, stroke: colour.halo, width: 2, repeatDistance: 300, ...font(size, 500) }),
  });
  const shieldSign = new P.ShieldSymbolizer({ labelProps: ["shield"], background: "#7484a0", fill: "#ffffff", padding: 2.5, ...font(9, 600) });
  const sparse = {
    place: (layout, geom, f) => shieldSign.place(layout, geom, f)?.map((label) => ({ ...label, deduplicationKey: f.props.shield, deduplicationDistance: 220 })),
  };
  const shield = (kinds, minzoom) => ({ dataLayer: "roads", minzoom, filter: (_, f) => kinds.includes(f.props.kind) && !!f.props.shield, symbolizer: sparse });

  const labelRules = [
    place(["city"], (z) => (z < 10 ? 13 : 16), 700),
    place(["town"], (z) => (z < 12 ? 12 : 14), 600, 9),
    place(["island"], 12, 600, 9, 12),
    place(["village", "suburb"], 12, 600, 11),
    shield(["highway"], 9),
    shield(["major"], 11),
    place(["hamlet", "neighbourhood", "locality"], 11, 500, 13),
    streetName(["highway", "major"], 13, 11),
    streetName(["medium", "minor"], 14, 11),
    streetName(["service"], 16, 10.5),
    areaName(["water"], colour.waterText, "italic"),
    areaName(["park", "cemetery"], colour.parkText),
    areaName(["aerodrome", "school", "hospital", "commercial", "industrial"], colour.quiet),
  ];
  return { background: colour.earth, paintRules, labelRules };
};
