// Indicators and the quality of the data, as the publisher's own check gives them.
let figures = null; // indicators.json
function valueText(value, { unit, decimals }) {
  if (unit === "share") return (value * 100).toFixed(1).replace(/\.0$/, "") + "%";
  const rounded = Number(value.toFixed(decimals ?? 2)).toLocaleString("en-US", { maximumFractionDigits: decimals ?? 2 });
  return say("with-unit", { value: rounded, unit: title("units", unit) });
}

// What a figure rests on: how many of the records say anything.
function basisText(figure) {
  if (figure.known === null || figure.known === undefined || !figure.records || figure.known === figure.records) return "";
  return say("known-of", { known: number(figure.known), records: number(figure.records) });
}

function figureRow(indicator, figure) {
  const none = figure.value === null || figure.value === undefined;
  const cell = element("td", { class: none ? "n none" : "n" }, none ? say("not-computed") : valueText(figure.value, indicator));
  const why = none ? title("not-computed", figure.reason ?? "") : basisText(figure);
  return element("tr", {}, element("th", { scope: "row" }, indicator.title[root.dataset.lang]), cell, element("td", {}, why));
}

function wholeFigures() {
  const known = new Map(figures.indicators.map((indicator) => [indicator.name, indicator]));
  return figures.figures
    .filter((figure) => figure.scope === "package" && (figure.item === null || figure.item === undefined) && known.has(figure.indicator))
    .map((figure) => [known.get(figure.indicator), figure]);
}

// Figures about the data themselves stand with its quality, all others under the heading of their group.
function fillFigures() {
  const all = wholeFigures().filter(([indicator]) => !indicator.by);
  const groups = new Map();
  for (const pair of all) groups.set(pair[0].group, [...(groups.get(pair[0].group) ?? []), pair]);
  put("quality-rows", (groups.get("data") ?? []).map((pair) => figureRow(...pair)));
  groups.delete("data");
  const heading = (group) => element("tr", { class: "group" }, element("th", { colspan: 3, scope: "rowgroup" }, title("indicator-groups", group)));
  put("indicator-rows", [...groups].flatMap(([group, pairs]) => [heading(group), ...pairs.map((pair) => figureRow(...pair))]));
}

function put(id, rows) {
  const body = document.getElementById(id);
  body.replaceChildren(...rows);
  body.closest("section, .part").hidden = !rows.length;
}

// The guide's kinds that a circle has no open outlet of; empty where nobody counted them.
function missingIn(circle) {
  const codes = figures?.missing_categories?.[circle];
  if (!codes) return "";
  return codes.length ? codes.map((code) => title("categories", code)).join(say("and")) : say("none-missing");
}

function fillCircles() {
  const open = new Map();
  for (const { circle_id: id, status } of store.properties) if (status === "open") open.set(id, (open.get(id) ?? 0) + 1);
  const rows = [...circles].map(([id, { name, properties }]) => {
    const target = properties.target_grade ? say("target", { grade: title("grades", properties.target_grade) }) : "—";
    const grade = properties.grade ? title("grades", properties.grade) : target;
    const cells = [title("circle-statuses", properties.status ?? ""), grade].map((words) => element("td", {}, words));
    const people = properties.population === undefined || properties.population === null ? "—" : number(Number(properties.population));
    const pick = counts ? button(name, () => pickCircle(id), { class: "link" }) : name;
    const numbers = [store.properties.length ? number(open.get(id) ?? 0) : "—", people].map((words) => element("td", { class: "n" }, words));
    return element("tr", {}, element("th", { scope: "row" }, pick), ...cells, ...numbers, element("td", { class: "long" }, missingIn(id)));
  });
  document.getElementById("circle-rows").replaceChildren(...rows);
  document.getElementById("circles").hidden = !rows.length;
  for (const cell of document.querySelectorAll(".circles .long")) cell.hidden = !Object.keys(figures?.missing_categories ?? {}).length;
}

function pickCircle(id) {
  const select = document.getElementById("circle");
  select.value = id;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  apply();
  document.getElementById("find-section").scrollIntoView();
}

document.addEventListener("speak", () => {
  if (figures) fillFigures();
  fillCircles();
});
