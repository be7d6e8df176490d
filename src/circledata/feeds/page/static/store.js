// The outlets as the page holds them, and which of them are wanted. Places are kept as Web Mercator from 0 to 1.
const CLASSES = ["basic", "quality", "public", "other"];
const FACILITIES = ["age_friendly", "accessible", "mother_baby", "home_delivery", "online_order", "accepts_cash", "emergency_supply"];

const store = { properties: [], lon: [], lat: [], x: [], y: [], kind: [], words: [], byId: new Map() };
const localClass = new Map(); // categories of the package itself → class
let wanted = []; // outlets that fit, in the order of the list
let origin = null; // {lon, lat, words}: the place from which distances are told

function mercator(lon, lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

function classOf(category) {
  const known = data("lists").categories;
  const own = Object.hasOwn(known, category) ? known[category][2] : localClass.get(category);
  const place = CLASSES.indexOf(own);
  return place < 0 ? CLASSES.length - 1 : place;
}

function plain(text) {
  return text.normalize("NFKC").toLowerCase();
}

function addOutlets(features) {
  for (const feature of features) {
    const properties = feature.properties ?? {};
    const [lon, lat] = feature.geometry?.coordinates ?? [NaN, NaN];
    const [x, y] = mercator(lon, lat);
    const place = store.properties.push(properties) - 1;
    store.lon.push(lon);
    store.lat.push(lat);
    store.x.push(x);
    store.y.push(y);
    store.kind.push(classOf(properties.category));
    const told = [properties.name, properties.brand, properties.address, properties.category_title_zh, properties.category_title_en, feature.id];
    store.words.push(plain(told.filter(Boolean).join("\n")));
    store.byId.set(String(feature.id), place);
  }
}

// What there is to choose from: categories, classes, services; of open outlets, or of all.
function countOutlets(all) {
  const counts = { total: 0, kinds: CLASSES.map(() => 0), categories: new Map(), services: new Set() };
  for (const [place, properties] of store.properties.entries()) {
    if (!all && properties.status !== "open") continue;
    counts.total++;
    counts.kinds[store.kind[place]]++;
    const code = String(properties.category);
    const known = counts.categories.get(code);
    if (known) known.count++;
    else counts.categories.set(code, { count: 1, titles: [properties.category_title_zh ?? code, properties.category_title_en ?? code] });
    for (const service of String(properties.services ?? "").split(";")) if (service) counts.services.add(service);
    for (const name of FACILITIES) if (properties[name] === true) counts.services.add(name);
  }
  return counts;
}

function located(place) {
  return Number.isFinite(store.y[place]);
}

function distanceTo(place) {
  return origin && located(place) ? metres(origin.lon, origin.lat, store.lon[place], store.lat[place]) : Infinity;
}

function has(properties, service) {
  if (FACILITIES.includes(service)) return properties[service] === true;
  return (properties.services ?? "").split(";").includes(service);
}

function inCircle(properties, circle) {
  return properties.circle_id === circle || (properties.other_circles ?? "").split(";").includes(circle);
}

// `wish`: {categories, kind, circle, service, terms, open, all}; what is empty asks for nothing.
function fits(place, wish, instant) {
  const properties = store.properties[place];
  if (!wish.all && properties.status !== "open") return false;
  if (wish.kind !== "" && store.kind[place] !== Number(wish.kind)) return false;
  if (wish.categories.size && !wish.categories.has(String(properties.category))) return false;
  if (wish.circle && !inCircle(properties, wish.circle)) return false;
  if (wish.service && !has(properties, wish.service)) return false;
  for (const term of wish.terms) if (!store.words[place].includes(term)) return false;
  return !wish.open || openNow(properties, instant).state === "open";
}

function choose(wish, instant) {
  wanted = [];
  for (let place = 0; place < store.properties.length; place++) if (fits(place, wish, instant)) wanted.push(place);
  if (!origin) return;
  const away = new Map(wanted.map((place) => [place, distanceTo(place)]));
  wanted.sort((one, other) => away.get(one) - away.get(other) || one - other);
}
