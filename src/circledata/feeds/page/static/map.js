// The map: the publisher's circles and outlets on plain ground, because no base map can come with the page.
let theMap = null;
const dots = new Dots();
const circles = new Map(); // id → {name, properties, layer}
let home = null; // what the map shows at first
let hereMark = null;

function startMap(box) {
  const holder = document.getElementById("map");
  theMap = L.map(holder, {
    preferCanvas: true, attributionControl: false, zoomAnimation: false, scrollWheelZoom: false, zoomSnap: 0.25, minZoom: 3, maxZoom: 20,
  });
  home = box;
  theMap.fitBounds(home, { padding: [12, 12], animate: false });
  L.control.scale({ imperial: false }).addTo(theMap);
  nameControls();
  document.addEventListener("speak", nameControls);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  // A wheel that turns over the page scrolls the page; once the map is clicked it zooms.
  theMap.on("focus", () => theMap.scrollWheelZoom.enable());
  theMap.on("blur", () => theMap.scrollWheelZoom.disable());
  theMap.on("click", clicked);
  theMap.on("mousemove", ({ containerPoint }) => (holder.style.cursor = dots.at(containerPoint, 3) ? "pointer" : ""));
}

function nameControls() {
  const zoom = theMap.zoomControl;
  for (const [control, key] of [[zoom._zoomInButton, "map-in"], [zoom._zoomOutButton, "map-out"]]) {
    control.title = say(key);
    control.setAttribute("aria-label", say(key));
  }
}

function clicked({ containerPoint, latlng }) {
  const group = dots.at(containerPoint, matchMedia("(pointer: coarse)").matches ? 14 : 5);
  if (!group) return setOrigin(latlng.lng, latlng.lat, "from-map");
  const box = L.latLngBounds(group.places.map((place) => [store.lat[place], store.lon[place]]));
  // At one address every click shows the next.
  if (theMap.getZoom() >= 19 || box.getNorthEast().equals(box.getSouthWest()))
    return openOutlet(group.places[(group.places.indexOf(opened) + 1) % group.places.length]);
  const closer = Math.min(20, Math.max(theMap.getZoom() + 1, theMap.getBoundsZoom(box.pad(0.1))));
  theMap.setView(box.getCenter(), closer, { animate: false });
}

// The rings of a polygon or of several, as Leaflet wants them.
function ringsOf(geometry) {
  const turn = (ring) => ring.map(([lon, lat]) => [lat, lon]);
  if (geometry?.type === "Polygon") return geometry.coordinates.map(turn);
  if (geometry?.type === "MultiPolygon") return geometry.coordinates.map((polygon) => polygon.map(turn));
  return null;
}

function drawCircles(features) {
  const named = features.length <= 40;
  const layers = [];
  for (const feature of features) {
    const properties = feature.properties ?? {};
    const name = String(properties.name ?? feature.id);
    const rings = ringsOf(feature.geometry);
    const layer = rings ? L.polygon(rings, { weight: 1.5, interactive: false }) : pointOf(feature.geometry);
    circles.set(String(feature.id), { name, properties, layer });
    if (!layer) continue;
    layers.push(layer);
    if (named) layers.push(nameAbove(layer, name));
  }
  return layers;
}

// The name stands above its circle, where no outlet hides it. As an element: a text would be taken for HTML.
function nameAbove(layer, name) {
  const box = layer.getBounds?.() ?? layer.getLatLng().toBounds(1);
  const label = L.tooltip({ permanent: true, direction: "top", offset: [0, 8], className: "circle-name" });
  return label.setLatLng([box.getNorth(), box.getCenter().lng]).setContent(element("span", {}, name));
}

function pointOf(geometry) {
  if (geometry?.type !== "Point") return null;
  const [lon, lat] = geometry.coordinates;
  return L.circleMarker([lat, lon], { radius: 9, dashArray: "3 3", weight: 1.5, interactive: false });
}

function repaint() {
  const [line, fill, strong] = coloursOf("--ring", "--ring", "--accent");
  const chosen = document.getElementById("circle").value;
  const usual = { color: line, fillColor: fill, fillOpacity: 0.14, weight: 1.5 };
  const marked = { color: strong, fillColor: fill, fillOpacity: 0.3, weight: 3 };
  for (const [id, { layer }] of circles) layer?.setStyle(id === chosen ? marked : usual);
  dots.draw();
}

// The box of everything that has a place; stray points (beyond three times the middle half) do not widen it.
function boxOf(layers) {
  const box = L.latLngBounds([]);
  for (const layer of layers) box.extend(layer.getBounds ? layer.getBounds() : layer.getLatLng());
  if (box.isValid() && layers.length > 2) return box;
  const places = store.lat.map((_, place) => place).filter(located);
  if (!places.length) return box.isValid() ? box : L.latLngBounds([[18, 73], [54, 135]]);
  const [south, north] = middle(places.map((place) => store.lat[place]));
  const [west, east] = middle(places.map((place) => store.lon[place]));
  return box.extend([south, west]).extend([north, east]);
}

function middle(values) {
  const sorted = values.sort((one, other) => one - other);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  const reach = 3 * (at(0.75) - at(0.25)) + 0.002;
  return [Math.max(sorted[0], at(0.25) - reach), Math.min(sorted[sorted.length - 1], at(0.75) + reach)];
}

function goTo(lon, lat, zoom) {
  theMap.setView([lat, lon], Math.max(theMap.getZoom(), zoom), { animate: false });
}

function markOrigin() {
  hereMark?.remove();
  hereMark = null;
  if (!origin) return;
  const [accent, paper] = coloursOf("--here", "--paper");
  const style = { radius: 8, color: paper, weight: 3, fillColor: accent, fillOpacity: 1, interactive: false };
  hereMark = L.circleMarker([origin.lat, origin.lon], style).addTo(theMap);
}
