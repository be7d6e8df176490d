// One outlet: all that the publisher says of it, whether it is open now, and links that lead there.
const panel = document.getElementById("outlet");
let opened = -1; // the outlet that is shown; -1 for none
let cameFrom = null; // what had the focus before

function openOutlet(place, keepHash = false) {
  if (opened < 0) cameFrom = document.activeElement;
  opened = place;
  fillPanel();
  panel.hidden = false;
  panel.focus({ preventScroll: true });
  panel.scrollTop = 0;
  if (located(place)) {
    goTo(store.lon[place], store.lat[place], 16);
    // On a phone the panel covers the lower half of the screen.
    if (matchMedia("(max-width: 44rem)").matches) document.getElementById("map").scrollIntoView({ block: "start" });
  }
  dots.show(wanted, place);
  if (!keepHash) history.replaceState(null, "", "#" + encodeURIComponent(idOf(place)));
}

function idOf(place) {
  return String(store.properties[place].outlet_id ?? "");
}

function closeOutlet() {
  if (opened < 0) return;
  opened = -1;
  panel.hidden = true;
  dots.show(wanted, -1);
  history.replaceState(null, "", location.pathname + location.search);
  if (cameFrom?.isConnected) cameFrom.focus({ preventScroll: true });
}

panel.addEventListener("keydown", (event) => event.key === "Escape" && closeOutlet());
document.addEventListener("speak", () => opened >= 0 && fillPanel());

function fillPanel() {
  const properties = store.properties[opened];
  const now = openNow(properties, Date.now());
  const name = String(properties.name ?? properties.outlet_id);
  panel.replaceChildren(
    button("✕", closeOutlet, { class: "close", "aria-label": say("close") }),
    element("h3", { id: "outlet-title" }, name),
    element("p", { class: "kind" }, element("i", { class: "key " + CLASSES[store.kind[opened]] }), categoryTitle(properties)),
    element("p", { class: "now " + now.state }, now.words),
    element("dl", { class: "told" }, ...toldOf(properties)),
    ...routesOf(name),
  );
}

function categoryTitle(properties) {
  const known = [properties.category_title_zh, properties.category_title_en];
  return String(known[tongue()] ?? known[0] ?? properties.category ?? "");
}

function fieldTitle(name) {
  return title("fields", name);
}

function line(name, ...what) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, ...what));
}

function toldOf(properties) {
  const lines = [];
  if (properties.address) lines.push(line(fieldTitle("address"), String(properties.address)));
  if (origin && located(opened)) lines.push(line(say("distance"), farAway(distanceTo(opened))));
  if (properties.opening_hours) lines.push(line(fieldTitle("opening_hours"), hoursTable(String(properties.opening_hours))));
  const phones = String(properties.phone ?? "").split(";").map((phone) => phone.trim()).filter(Boolean);
  if (phones.length) lines.push(line(fieldTitle("phone"), ...phones.flatMap(phoneLink)));
  const services = String(properties.services ?? "").split(";").filter(Boolean);
  if (services.length) lines.push(line(fieldTitle("services"), tags(services.map((code) => title("services", code)))));
  for (const answer of [true, false]) {
    const those = FACILITIES.filter((name) => properties[name] === answer);
    const titles = those.map(fieldTitle);
    if (titles.length) lines.push(line(say(answer ? "has" : "has-not"), answer ? tags(titles) : titles.join(say("and"))));
  }
  const circle = circles.get(String(properties.circle_id));
  if (circle) lines.push(line(fieldTitle("circle_id"), circle.name));
  if (properties.brand) lines.push(line(fieldTitle("brand"), String(properties.brand)));
  if (properties.chain && properties.chain !== "unknown") lines.push(line(fieldTitle("chain"), title("chain-kinds", properties.chain)));
  if (properties.mobility && properties.mobility !== "fixed") lines.push(line(fieldTitle("mobility"), title("mobilities", properties.mobility)));
  for (const name of ["verified_on", "source", "outlet_id"]) if (properties[name]) lines.push(line(fieldTitle(name), String(properties[name])));
  return lines;
}

function hoursTable(text) {
  const rules = spokenHours(text);
  if (!rules) return element("code", {}, text);
  return element("ul", { class: "hours" }, ...rules.map(([days, times]) => element("li", {}, days ? element("span", {}, days) : "", " ", times)));
}

function phoneLink(phone, place) {
  const digits = phone.replace(/[^0-9+]/g, "");
  return [place ? element("br") : "", digits.length > 2 ? element("a", { href: "tel:" + digits }, phone) : phone];
}

function tags(words) {
  return element("ul", { class: "tags" }, ...words.map((word) => element("li", {}, word)));
}

function routesOf(name) {
  if (!located(opened)) return [element("p", { class: "about" }, say("no-place"))];
  const links = mapLinks(name, store.lon[opened], store.lat[opened]);
  return [
    element("h4", {}, say("route")),
    element("ul", { class: "routes" }, ...links.map(([key, href]) => element("li", {}, routeLink(key, href)))),
    element("p", { class: "about" }, say("route-about")),
  ];
}

function routeLink(key, href) {
  const outside = href.startsWith("https:") ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return element("a", { href, ...outside }, say(key));
}
