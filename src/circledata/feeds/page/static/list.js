// Filter, search, and the list of what fits.
const STEP = matchMedia("(max-width: 44rem)").matches ? 10 : 30;
const form = document.getElementById("find");
const status_ = document.getElementById("status");
const listed = document.getElementById("list");
const more = document.getElementById("more");
let shown = STEP;
let counts = null; // what there is to choose from; see countOutlets

function wish() {
  const chosen = new FormData(form);
  return {
    kind: chosen.get("kind") ?? "",
    categories: new Set(chosen.getAll("category")),
    circle: chosen.get("circle") ?? "",
    service: chosen.get("service") ?? "",
    open: chosen.has("open"),
    all: chosen.has("all"),
    terms: plain(chosen.get("search") ?? "").split(/\s+/).filter(Boolean),
  };
}

function apply() {
  const wanted_ = wish();
  choose(wanted_, Date.now());
  shown = STEP;
  fillList();
  dots.show(wanted, opened);
  repaint();
  const chosen = wanted_.categories.size + [wanted_.circle, wanted_.service, wanted_.open, wanted_.all].filter(Boolean).length;
  document.getElementById("chosen").textContent = chosen ? `(${chosen})` : "";
}

// The same again with what there is now; whoever is in the list with the keyboard is left in peace.
function refresh() {
  choose(wish(), Date.now());
  if (!listed.contains(document.activeElement)) fillList();
  dots.show(wanted, opened);
}

function fillList() {
  const instant = Date.now();
  listed.replaceChildren(...wanted.slice(0, shown).map((place) => rowOf(place, instant)));
  const left = wanted.length - shown;
  more.hidden = left <= 0;
  more.textContent = say("more", { n: Math.min(STEP, left) });
  const without = wanted.length - wanted.filter(located).length;
  const parts = [wanted.length ? count("status", wanted.length) : say("status-none")];
  if (origin) parts.push(say("sorted-by", { place: say(origin.words) }));
  if (without) parts.push(count("status-without", without));
  status_.textContent = parts.join(say("stop"));
}

more.addEventListener("click", () => {
  const before = shown;
  shown += STEP;
  fillList();
  listed.children[before]?.querySelector("button").focus();
});

function rowOf(place, instant) {
  const properties = store.properties[place];
  const now = openNow(properties, instant);
  const away = distanceTo(place);
  const known = [categoryTitle(properties), Number.isFinite(away) ? farAway(away) : "", String(properties.address ?? "")].filter(Boolean);
  const face = element("button", { type: "button", class: "outlet" });
  face.append(
    element("i", { class: "key " + CLASSES[store.kind[place]] }),
    element("b", {}, String(properties.name ?? properties.outlet_id)),
    element("span", { class: "now " + now.state }, now.words),
    element("span", { class: "known" }, known.join(" · ")),
  );
  face.addEventListener("click", () => openOutlet(place));
  return element("li", {}, face);
}

// What can be chosen depends on what there is.
function offerChoices() {
  counts = countOutlets(wish().all);
  offerCategories();
  const select = document.getElementById("circle");
  const chosen = select.value;
  const options = [...circles].map(([id, { name }]) => element("option", { value: id }, name));
  select.replaceChildren(element("option", { value: "" }, say("all-circles")), ...options);
  select.value = chosen;
  select.closest("label").hidden = !circles.size;
  offerServices();
  document.querySelector(".legend .ring").parentElement.hidden = ![...circles.values()].some(({ layer }) => layer);
  for (const [place, name] of CLASSES.entries()) {
    const label = form.querySelector(`[name=kind][value="${place}"]`).closest("label");
    const total = counts.kinds[place];
    label.hidden = !total;
    label.querySelector(".n").textContent = number(total);
    document.querySelector(`.legend .${name}`).parentElement.hidden = !total;
  }
  form.querySelector('[name=kind][value=""]').closest("label").querySelector(".n").textContent = number(counts.total);
}

function offerServices() {
  const select = document.getElementById("service");
  const chosen = select.value;
  const order = [...Object.keys(data("lists").services), ...FACILITIES];
  const services = [...counts.services].sort((one, other) => order.indexOf(one) - order.indexOf(other));
  const options = services.map((code) => element("option", { value: code }, FACILITIES.includes(code) ? fieldTitle(code) : title("services", code)));
  select.replaceChildren(element("option", { value: "" }, say("all-services")), ...options);
  select.value = chosen;
  select.closest("label").hidden = !options.length;
}

// Categories by class, in the order of the standard's list; those of the package itself come after them.
function offerCategories() {
  const chosen = new Set(new FormData(form).getAll("category"));
  const order = Object.keys(data("lists").categories);
  const rank = (code) => (order.includes(code) ? order.indexOf(code) : order.length);
  const codes = [...counts.categories.keys()].sort((one, other) => rank(one) - rank(other));
  const groups = CLASSES.map((name, place) => [name, codes.filter((code) => classOf(code) === place)]).filter(([, those]) => those.length);
  document.getElementById("categories").replaceChildren(
    ...groups.map(([name, those]) =>
      element("fieldset", {}, element("legend", {}, say("class-" + name)), ...those.map((code) => chip(code, chosen.has(code)))),
    ),
  );
}

function chip(code, checked) {
  const box = element("input", { type: "checkbox", name: "category", value: code });
  box.checked = checked;
  const { count: n, titles } = counts.categories.get(code);
  return element("label", { class: "chip" }, box, element("span", {}, titles[tongue()], " ", element("small", {}, number(n))));
}

let waiting = 0;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(apply, 120);
});
form.addEventListener("change", ({ target }) => {
  if (target.name === "all") offerChoices();
  const circle = target.name === "circle" && circles.get(target.value)?.layer;
  if (circle) theMap.fitBounds((circle.getBounds?.() ?? circle.getLatLng().toBounds(1500)).pad(0.05), { animate: false });
});
form.addEventListener("reset", () =>
  // The fields have their first values only after the event.
  setTimeout(() => {
    origin = null;
    markOrigin();
    sayNear("");
    offerChoices();
    theMap.fitBounds(home, { padding: [12, 12], animate: false });
    apply();
  }),
);

// Distances are told from here on; `words` says what the place is.
function setOrigin(lon, lat, words) {
  origin = { lon, lat, words };
  markOrigin();
  shown = STEP;
  refresh();
  const nearest = wanted.length ? distanceTo(wanted[0]) : Infinity;
  sayNear(nearest > 50_000 && nearest < Infinity ? say("far-away", { far: farAway(nearest) }) : "");
}

function sayNear(words) {
  document.getElementById("near-status").textContent = words;
}

// The place is asked for only here, on a click, and stays on this page.
document.getElementById("near").addEventListener("click", () => {
  if (!isSecureContext || !navigator.geolocation) return sayNear(say("near-impossible"));
  sayNear(say("near-wait"));
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      setOrigin(coords.longitude, coords.latitude, "from-here");
      if (wanted.length && distanceTo(wanted[0]) < 50_000) goTo(coords.longitude, coords.latitude, 15);
    },
    (fault) => sayNear(say(fault.code === fault.PERMISSION_DENIED ? "near-refused" : "near-failed")),
    { timeout: 10_000, maximumAge: 60_000 },
  );
});

document.getElementById("centre").addEventListener("click", () => {
  const { lng, lat } = theMap.getCenter();
  setOrigin(lng, lat, "from-centre");
});

document.addEventListener("speak", () => {
  if (!counts) return;
  offerChoices();
  fillList();
});
