"use strict";
// A map of one kind of outlet, made from nothing but a publisher's circledata.json and the feeds that it lists.
// Where the discovery file is: app/index.html?feed=https://data.example/circles/circledata.json
const address = new URL(new URLSearchParams(location.search).get("feed") ?? "circledata.json", location.href);
const at = (id) => document.getElementById(id);

// 1. Discovery: one small file tells what there is and where.
async function discover() {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const found = await answer.json();
  if (found.type !== "discovery" || !found.circledata.startsWith("1.")) throw new Error("not a circledata.json 1.x");
  return found;
}

// 2. A feed: its address is relative to the discovery file; the browser checks the SHA-256 that stands there.
async function read(feed) {
  const bytes = feed.sha256.match(/../g).map((pair) => parseInt(pair, 16));
  const integrity = "sha256-" + btoa(String.fromCharCode(...bytes));
  const answer = await fetch(new URL(feed.url, address), { integrity });
  if (!answer.ok) throw new Error(`${feed.url}: ${answer.status}`);
  return answer.json();
}

// 3. What the reader sees goes in as text, never as HTML: names come from strangers.
function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  return Object.assign(made, attributes);
}

function shape(name, attributes, title) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (title) made.append(document.createElementNS("http://www.w3.org/2000/svg", "title"));
  if (title) made.firstChild.textContent = title;
  return made;
}

// 4. The map: longitude and latitude become metres to the east and south of the first point.
function draw(circles, outlets) {
  const rings = ({ type, coordinates }) => (type === "Polygon" ? coordinates : type === "MultiPolygon" ? coordinates.flat() : []);
  const placed = outlets.filter((outlet) => outlet.geometry);
  const shapes = circles.filter((circle) => circle.geometry && rings(circle.geometry).length);
  const all = [...shapes.flatMap((circle) => rings(circle.geometry).flat()), ...placed.map((outlet) => outlet.geometry.coordinates)];
  if (!all.length) return new Map();
  const [lon0, lat0] = all[0];
  const wide = 111320 * Math.cos((lat0 * Math.PI) / 180);
  const flat = ([lon, lat]) => [(lon - lon0) * wide, (lat0 - lat) * 110574];
  const [west, north] = [0, 1].map((axis) => all.reduce((least, place) => Math.min(least, flat(place)[axis]), 0));
  const [east, south] = [0, 1].map((axis) => all.reduce((most, place) => Math.max(most, flat(place)[axis]), 0));
  const size = Math.max(east - west, south - north, 500);
  const pad = size * 0.05;
  at("map").setAttribute("viewBox", [west - pad, north - pad, east - west + 2 * pad, south - north + 2 * pad].join(" "));
  const areas = shapes.map((circle) => {
    const d = rings(circle.geometry).map((ring) => "M" + ring.map((place) => flat(place).join()).join("L") + "Z").join("");
    return shape("path", { d, class: "circle", "fill-rule": "evenodd" }, circle.properties.name);
  });
  const dots = new Map(placed.map((outlet) => {
    const [cx, cy] = flat(outlet.geometry.coordinates);
    return [outlet.id, shape("circle", { cx, cy, r: size / 90, class: "outlet" }, outlet.properties.name)];
  }));
  at("map").replaceChildren(...areas, ...dots.values());
  return dots;
}

// 5. The list; the pointer over a line marks its dot.
function list(outlets, dots) {
  const lines = outlets.map(({ id, properties }) => {
    const line = element("li", properties.name);
    line.append(element("small", [properties.address, properties.opening_hours].filter(Boolean).join(" · ")));
    for (const phone of (properties.phone ?? "").split(";").filter(Boolean)) line.append(element("a", phone, { href: "tel:" + phone }), " ");
    for (const [event, on] of [["mouseenter", true], ["mouseleave", false]])
      line.addEventListener(event, () => dots.get(id)?.classList.toggle("chosen", on));
    return line;
  });
  at("list").replaceChildren(...lines);
}

// 6. All together: discovery, circles, and the feed of the chosen kind; the first choice is 维修点 (repair).
async function start() {
  const found = await discover();
  const feedOf = (name) => found.feeds.find((feed) => feed.name === name);
  const kinds = found.feeds.filter((feed) => feed.kind === "geojson" && feed.category);
  const circles = feedOf("circles") ? (await read(feedOf("circles"))).features : [];
  const from = `${found.publisher.name} · ${found.area.name.zh} · ${found.as_of} · ${found.license}`;
  const warning = (found.synthetic ? "（虚构数据）" : "") + (found.draft ? "（草稿）" : "");

  async function show() {
    const feed = feedOf(at("category").value);
    if (!feed) return (at("about").textContent = `${from}${warning}：没有按业态分的网点。`);
    const outlets = (await read(feed)).features.filter((outlet) => outlet.properties.status === "open");
    list(outlets, draw(circles, outlets));
    at("about").textContent = `${from}${warning}：${outlets.length} 个`;
  }

  const fail = (fault) => (at("about").textContent = `没有读到：${fault.message}`);
  at("category").replaceChildren(...kinds.map((feed) => element("option", feed.title.zh, { value: feed.name })));
  if (feedOf("category-repair")) at("category").value = "category-repair";
  at("category").addEventListener("change", () => show().catch(fail));
  return show();
}

start().catch((fault) => (at("about").textContent = `没有读到：${fault.message}`));
