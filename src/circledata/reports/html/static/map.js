// The map: circles and outlets on plain ground, coloured by the gravest finding on them.
const LEVELS = ["error", "warning", "advice", "fine"];
const RADII = [6, 5, 5, 3];
let findingsByRow = null; // "table row" → numbers of the findings that the report holds
let markers = null; // row of an outlet → its marker

function rowsOfFindings() {
  if (findingsByRow) return findingsByRow;
  findingsByRow = new Map();
  (data("findings") ?? []).forEach((finding, index) => {
    const key = data("places")[finding[1]].table + " " + finding[2];
    if (!findingsByRow.has(key)) findingsByRow.set(key, []);
    findingsByRow.get(key).push(index);
  });
  return findingsByRow;
}

function colour(level) {
  return getComputedStyle(root).getPropertyValue("--" + LEVELS[level]).trim();
}

// What is said of one thing on the map: its name, and its findings with links into the list.
function about(table, row, name, total) {
  const box = element("div", {}, element("p", {}, element("b", {}, name)));
  if (row !== null) box.append(element("p", {}, say("row", { n: row })));
  const known = (row !== null && rowsOfFindings().get(table + " " + row)) || [];
  for (const index of known.slice(0, 20)) {
    const finding = data("findings")[index];
    const title = data("rules")[finding[0]].title[tongue()];
    box.append(element("p", {}, element("a", { href: "#f" + index }, title), " ", messageOf(finding)));
  }
  const left = total - Math.min(known.length, 20);
  if (left > 0) box.append(element("p", {}, say("map-more", { n: number(left) })));
  return box;
}

function drawCircles(map, circles) {
  const named = circles.length <= 40;
  for (const circle of circles) {
    const style = { color: colour(circle.level), weight: 1.5, fillOpacity: 0.1 };
    const shape = circle.rings.length
      ? L.polygon(circle.rings.map((ring) => ring.map(([lon, lat]) => [lat, lon])), style)
      : L.circleMarker([circle.centre[1], circle.centre[0]], { ...style, radius: 9, dashArray: "3 3" });
    shape.bindPopup(() => about("circles", circle.row, circle.name, circle.findings));
    // As an element: a text would be taken for HTML.
    shape.bindTooltip(element("span", {}, circle.label), { permanent: named, direction: "center", className: "circle-name" });
    shape.addTo(map);
  }
}

function drawOutlets(map, outlets) {
  markers = new Map();
  const size = outlets.length > 500 ? 0.6 : 1;
  // The gravest last, so that nothing hides them.
  for (const outlet of [...outlets].sort((one, other) => other[3] - one[3])) {
    const [row, lon, lat, level, findings, name, id] = outlet;
    const style = { radius: RADII[level] * size, weight: 1, color: colour(level), fillColor: colour(level), fillOpacity: 0.8 };
    const marker = L.circleMarker([lat, lon], style);
    marker.bindPopup(() => about("outlets", row, [name, id].filter(Boolean).join(" "), findings));
    marker.addTo(map);
    markers.set(row, marker);
  }
}

function mapLink(finding, cell) {
  if (!markers || data("places")[finding[1]].table !== "outlets" || !markers.has(finding[2])) return;
  const button = element("button", { type: "button", class: "onmap" }, say("map-show"));
  button.addEventListener("click", () => {
    const marker = markers.get(finding[2]);
    document.getElementById("map-section").scrollIntoView();
    theMap.setView(marker.getLatLng(), Math.max(theMap.getZoom(), 16), { animate: false });
    marker.openPopup();
  });
  cell.append(button);
}

let theMap = null;

function nameControls(map, whole) {
  const zoom = map.zoomControl;
  for (const [button, key] of [[zoom._zoomInButton, "map-in"], [zoom._zoomOutButton, "map-out"], [whole, "map-whole"]]) {
    button.title = say(key);
    button.setAttribute("aria-label", say(key));
  }
}

function draw() {
  const shown = data("map");
  const holder = document.getElementById("map");
  holder.hidden = false;
  root.classList.add("scripted");
  const [west, south, east, north] = shown.box;
  const home = [[south, west], [north, east]];
  const map = (theMap = L.map(holder, { preferCanvas: true, attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25, minZoom: 2, maxZoom: 20 }));
  map.fitBounds(home, { padding: [16, 16], animate: false });
  L.control.scale({ imperial: false }).addTo(map);
  const whole = element("a", { href: "#map-section", role: "button", class: "whole" }, "⤢");
  whole.addEventListener("click", (event) => {
    event.preventDefault();
    map.fitBounds(home, { padding: [16, 16] });
  });
  map.zoomControl.getContainer().append(whole);
  nameControls(map, whole);
  document.addEventListener("speak", () => {
    map.closePopup();
    nameControls(map, whole);
  });
  // A wheel that turns over the page scrolls the page; once the map is clicked it zooms.
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  drawCircles(map, shown.circles);
  drawOutlets(map, shown.outlets);
}

// After the first picture, for the same reason as the list; places in the list then get their links to the map.
if (typeof L === "object")
  setTimeout(() => {
    draw();
    if (form) apply();
  });
