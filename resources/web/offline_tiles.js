/* A tile source for protomaps-leaflet that finds its tiles in the page itself. Where a close tile was left out to keep the file small, it enlarges
   the part of the nearest tile above it, so that the map never has holes. */
const roadbookTiles = (P, packed) => {
  const unzip = async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return { data: await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer() };
  };
  const decoder = new P.PmtilesSource({ getZxy: (z, x, y) => unzip(packed[`${z}/${x}/${y}`]) }, false);
  const decoded = new Map();
  const decode = (z, x, y, size) => {
    const key = `${z}/${x}/${y}`;
    if (!decoded.has(key)) {
      decoded.set(key, decoder.get({ z, x, y }, size).then((layers) => {
        for (const road of layers.get("roads") || []) if (road.props.ref) road.props.shield = roadbookShield(String(road.props.ref));
        return layers;
      }));
    }
    return decoded.get(key);
  };
  const enlarge = (layers, scale, left, top, size) => {
    const box = ({ minX, minY, maxX, maxY }) => ({ minX: minX * scale - left, minY: minY * scale - top, maxX: maxX * scale - left, maxY: maxY * scale - top });
    const meets = (b, over) => b.maxX >= -over && b.minX <= size + over && b.maxY >= -over && b.minY <= size + over;
    const shift = { x: -left, y: -top };
    const larger = new Map();
    for (const [name, features] of layers) {
      larger.set(name, features
        .map((f) => ({ f, bbox: box(f.bbox) }))
        .filter(({ f, bbox }) => meets(bbox, f.geomType === 1 ? 0 : 16))
        .map(({ f, bbox }) => ({ ...f, bbox, geom: P.transformGeom(f.geom, scale, shift) })));
    }
    return larger;
  };
  return {
    async get({ z, x, y }, size) {
      for (let up = 0; up <= z; up += 1) {
        if (packed[`${z - up}/${x >> up}/${y >> up}`]) {
          const layers = await decode(z - up, x >> up, y >> up, size);
          const scale = 2 ** up;
          return up ? enlarge(layers, scale, (x % scale) * size, (y % scale) * size, size) : layers;
        }
      }
      return new Map();
    },
  };
};

/* The first number of a road that stands on a sign: none of a township or a county, and no detour for trucks. */
const roadbookShield = (ref) => {
  const signs = /^((?:I|US|(?!TR|CR)[A-Z]{2})?[ -]?H?\d{1,3}[A-Z]?)( bus\w*)?$/i;
  const read = ref.split(";").map((one) => one.match(signs)).find(Boolean);
  return read && `${read[1]}${read[2] ? " Bus." : ""}`;
};

const roadbookBasemap = (P, packed, attribution) => {
  const style = roadbookStyle(P);
  const nowhere = { getZxy: async () => undefined };
  const layer = P.leafletLayer({
    url: nowhere, maxZoom: 18, attribution, lang: "en", backgroundColor: style.background, paintRules: style.paintRules, labelRules: style.labelRules,
  });
  layer.views = new Map([["", new P.View(new P.TileCache(roadbookTiles(P, packed), 512), 14, 1)]]);
  return layer;
};
