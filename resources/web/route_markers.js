/* Markers that differ by shape as well as by colour. */
const roadbookMarkers = (L) => {
  const shapes = {
    capture: { fill: "#1f5fd6", path: "M15 2a13 13 0 1 1 0 26a13 13 0 1 1 0-26z" },
    care: { fill: "#0f766e", path: "M6 3h18a3 3 0 0 1 3 3v18a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z" },
    support: { fill: "#b45309", path: "M13.2 1.7a2.5 2.5 0 0 1 3.6 0l11.5 11.5a2.5 2.5 0 0 1 0 3.6L16.8 28.3a2.5 2.5 0 0 1-3.6 0L1.7 16.8a2.5 2.5 0 0 1 0-3.6z" },
    duty: { fill: "#667085", path: "M9 3h12a2 2 0 0 1 1.7 1l5.6 10a2 2 0 0 1 0 2l-5.6 10a2 2 0 0 1-1.7 1H9a2 2 0 0 1-1.7-1L1.7 16a2 2 0 0 1 0-2L7.3 4A2 2 0 0 1 9 3z" },
    place: { fill: "#101828", path: "M15 2a13 13 0 1 1 0 26a13 13 0 1 1 0-26z" },
  };
  const house = "M15 8l7 6.2h-2V21h-3.4v-4.4h-3.2V21H10v-6.8H8z";

  /* The drawing of a kind, with a number in it; a house when there is no number. */
  const svg = (kind, number, size = 30) => {
    const { fill, path } = shapes[kind];
    const sign = number === undefined
      ? `<path d="${house}" fill="#fff"/>`
      : `<text x="15" y="15" dy=".36em" text-anchor="middle" fill="#fff" font-size="${number > 9 ? 12 : 13.5}" font-weight="700">${Number(number)}</text>`;
    return `<svg viewBox="0 0 30 30" width="${size}" height="${size}" aria-hidden="true"><path d="${path}" fill="${fill}" stroke="#fff" stroke-width="2"/>${sign}</svg>`;
  };
  const icon = (kind, number, nth) =>
    L.divIcon({ className: "stop-marker", html: svg(kind, number), iconSize: [30, 30], iconAnchor: [15 - nth * 16, 15], popupAnchor: [nth * 16, -12] });
  return { svg, icon, colour: (kind) => shapes[kind].fill };
};
