/* The week on the map: a panel with the days and their stops, routes and markers. All names are set as text, never as markup. */
const roadbookRouteMap = (map) => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const week = read("week");
  const markers = roadbookMarkers(L);
  const ALL = -1;

  const element = (tag, className, ...inside) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...inside.filter((one) => one !== ""));
    return made;
  };
  const drawing = (kind, number, size) => {
    const box = element("span", "sign");
    box.innerHTML = markers.svg(kind, number, size);
    return box;
  };
  const link = (text, href) => Object.assign(element("a", "", text), { href, target: "_blank", rel: "noopener noreferrer" });

  const unpacked = (steps) => {
    const line = [];
    let [lat, lon] = [0, 0];
    for (let i = 0; i < steps.length; i += 2) {
      lat += steps[i];
      lon += steps[i + 1];
      line.push([lat / 1e5, lon / 1e5]);
    }
    return line;
  };

  const popup = (day, entry) => {
    const box = element("div", "card", element("strong", "", entry.title));
    if (entry.type === "stop") {
      box.append(element("div", "quiet", `${week.kinds[entry.kind]} · ${day.name}, stop ${entry.number}`));
      if (entry.address) box.append(element("div", "", entry.address));
      box.append(element("div", "", entry.visit), element("div", "", entry.drive));
    } else {
      box.append(element("div", "quiet", day.name), element("div", "", `${entry.time} · ${entry.text}`));
    }
    box.append(element("div", "links", ...entry.links.map(([text, href]) => link(text, href))));
    return box;
  };

  /* Stops of one day at the same address stand side by side. */
  const sides = new Map();
  const side = (index, at) => {
    const key = `${index}/${at.map((degree) => degree.toFixed(4))}`;
    sides.set(key, (sides.get(key) ?? -1) + 1);
    return sides.get(key);
  };

  const days = week.days.map((day, index) => {
    const lines = day.lines.map(unpacked);
    const dash = day.onRoads || !lines.length ? null : "4 8";
    const casing = L.polyline(lines, { color: "#fff", weight: 8, opacity: 0.9, interactive: false });
    const route = L.polyline(lines, { color: day.colour, weight: 4.5, dashArray: dash, interactive: false });
    const group = L.layerGroup();
    const pins = new Map();
    const seen = new Set();
    for (const entry of day.entries) {
      if (!entry.at || (entry.type === "place" && seen.has(String(entry.at)))) continue;
      seen.add(String(entry.at));
      const icon = entry.type === "stop" ? markers.icon(entry.kind, entry.number, side(index, entry.at)) : markers.icon("place", undefined, 0);
      const label = entry.type === "stop" ? `${day.short} ${entry.number}: ${entry.title}` : entry.title;
      const pin = L.marker(entry.at, { icon, title: label, alt: label, riseOnHover: true }).bindPopup(() => popup(day, entry), { maxWidth: 270 });
      pins.set(entry, pin.addTo(group));
    }
    return { ...day, index, casing, route, group, pins, points: [...lines.flat(), ...day.entries.filter((e) => e.at).map((e) => e.at)] };
  });

  /* The panel: title, the days to choose from, and the list of what is chosen. */
  const tabs = element("div", "tabs");
  const list = element("div", "list");
  const heading = element("header", "", element("h1", "", week.title), element("p", "quiet", week.summary));
  const panel = element("aside", "panel", heading, tabs, list, element("footer", "quiet", `${week.made} with Roadbook`));
  if (week.notice) panel.prepend(element("p", "notice", week.notice));
  document.body.append(panel);

  const entryRow = (day, entry) => {
    if (entry.type === "pause") {
      return element("li", "pause", element("span", "time", entry.time), element("span", "what", `${entry.title}, ${entry.text}`));
    }
    const stop = entry.type === "stop";
    const sign = stop ? drawing(entry.kind, entry.number, 24) : drawing("place", undefined, 24);
    const what = element("span", "what", element("b", "", entry.title), element("span", "quiet", stop ? `${entry.stay} · ${entry.drive}` : entry.text));
    const row = element("button", "", element("span", "time", entry.time), sign, what);
    row.type = "button";
    row.addEventListener("click", () => showStop(day, entry));
    return element("li", "", row);
  };
  const dayList = (day) => {
    const title = element("h2", "", day.name);
    title.style.borderColor = day.colour;
    const directions = day.directions.map((href, part) => link(day.directions.length > 1 ? `Part ${part + 1}` : "Open", href));
    const rows = day.entries.map((entry) => entryRow(day, entry));
    return element(
      "section", "", title, element("p", "quiet", day.summary), element("ol", "", ...rows),
      directions.length ? element("p", "links", "Drive it in Google Maps: ", ...directions) : "",
    );
  };
  const overview = () => {
    const rows = days.map((day) => {
      const swatch = element("i", "swatch");
      swatch.style.background = day.colour;
      const row = element("button", "", swatch, element("span", "what", element("b", "", day.name), element("span", "quiet", day.summary)));
      row.type = "button";
      row.addEventListener("click", () => choose(day.index));
      return element("li", "", row);
    });
    const used = new Set(days.flatMap((day) => day.entries.map((entry) => entry.kind)));
    const legend = Object.entries(week.kinds).filter(([kind]) => used.has(kind)).map(([kind, text]) => {
      const sign = drawing(kind, undefined, 16);
      sign.querySelector("path + path").remove();
      return element("span", "key", sign, text);
    });
    return element("section", "", element("ol", "", ...rows), element("p", "legend", ...legend));
  };

  /* One day strong and the others dimmed, or all of them. */
  let chosen = ALL;
  let touched = false;
  const dress = (day) => {
    const strong = chosen === ALL || chosen === day.index;
    day.casing.setStyle({ opacity: strong ? 0.9 : 0 });
    day.route.setStyle({ opacity: strong ? 0.95 : 0.28, weight: strong ? 4.5 : 3 });
    if (strong) {
      day.casing.bringToFront();
      day.route.bringToFront();
    }
    for (const pin of day.pins.values()) {
      pin.setZIndexOffset(strong ? 1000 : 0);
      pin.getElement()?.classList.toggle("dimmed", !strong);
    }
  };
  const frame = () => {
    const points = (chosen === ALL ? days : [days[chosen]]).flatMap((day) => day.points);
    if (points.length) map.fitBounds(points, { paddingTopLeft: [30, 30], paddingBottomRight: [30, 30], maxZoom: 15, animate: false });
  };
  const choose = (index) => {
    chosen = index;
    touched = false;
    map.closePopup();
    days.forEach(dress);
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(Number(tab.dataset.day) === index));
    list.replaceChildren(index === ALL ? overview() : dayList(days[index]));
    list.scrollTop = 0;
    frame();
    drawArrows();
  };
  const showStop = (day, entry) => {
    touched = true;
    const pin = day.pins.get(entry) || [...day.pins.values()].find((one) => one.getLatLng().equals(entry.at));
    map.setView(entry.at, Math.max(map.getZoom(), 15), { animate: false });
    pin.openPopup();
  };

  /* Which way the chosen day goes, at close zooms. */
  const arrows = L.layerGroup();
  const arrow = (day, at, degrees) => {
    const html = `<svg viewBox="0 0 10 10" width="10" height="10" style="transform:rotate(${degrees}deg)"><path d="M1 1l7 4-7 4" fill="none" stroke="#fff" stroke-width="2"/></svg>`;
    return L.marker(at, { icon: L.divIcon({ className: "arrow", html, iconSize: [10, 10] }), interactive: false, keyboard: false, zIndexOffset: -1000 });
  };
  function drawArrows() {
    arrows.clearLayers();
    if (chosen === ALL || map.getZoom() < 13) return;
    const day = days[chosen];
    const view = map.getBounds();
    for (const line of day.route.getLatLngs()) {
      let gap = 40;
      for (let i = 1; i < line.length; i += 1) {
        const [from, to] = [map.latLngToLayerPoint(line[i - 1]), map.latLngToLayerPoint(line[i])];
        gap -= from.distanceTo(to);
        const middle = L.latLngBounds(line[i - 1], line[i]).getCenter();
        if (gap > 0 || from.distanceTo(to) < 14) continue;
        if (view.contains(middle)) arrow(day, middle, (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI).addTo(arrows);
        gap = 90;
      }
    }
  }

  const tab = (index, ...inside) => {
    const made = Object.assign(element("button", "", ...inside), { type: "button" });
    made.dataset.day = index;
    made.addEventListener("click", () => choose(index));
    tabs.append(made);
    return made;
  };
  tab(ALL, element("b", "", "Week"));
  for (const day of days) {
    const made = tab(day.index, element("span", "", day.short), element("b", "", day.number));
    made.style.setProperty("--day", day.colour);
    made.classList.toggle("empty", !day.points.length);
  }

  map.attributionControl.setPrefix(false);
  L.control.scale({ imperial: week.units === "miles", metric: week.units !== "miles", position: "bottomleft" }).addTo(map);
  map.invalidateSize({ animate: false });
  choose(ALL);
  roadbookBasemap(protomapsL, read("tiles"), "© OpenStreetMap contributors").addTo(map);
  for (const day of days) day.casing.addTo(map);
  for (const day of days) map.addLayer(day.route).addLayer(day.group);
  arrows.addTo(map);
  map.on("moveend zoomend", drawArrows);
  for (const act of ["pointerdown", "wheel", "keydown"]) map.getContainer().addEventListener(act, () => { touched = true; });
  map.on("resize", () => touched || frame());
};
