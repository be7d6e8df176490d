// The findings, rule by rule. A finding is [rule, place, row, value, suggestion, ...values]; see compact.py.
const FEW = 10;
const STEP = 50;
let byRule = null; // for every rule the findings that the report holds, by their number
const groups = new Map(); // rule → what of it is wanted and shown

function filled(finding, key) {
  const value = finding[5 + key];
  if (value === -1) return finding[3];
  return typeof value === "number" ? data("pool")[value][tongue()] : value;
}

function sentence(parts, finding) {
  return parts.map((part) => (typeof part === "string" ? part : filled(finding, part))).join("");
}

function placeOf(finding) {
  return data("places")[finding[1]].name[tongue()].join(finding[2]);
}

function messageOf(finding) {
  return sentence(data("rules")[finding[0]].message[tongue()], finding);
}

function prepare() {
  if (byRule) return;
  byRule = data("rules").map(() => []);
  data("findings").forEach((finding, index) => byRule[finding[0]].push(index));
}

function typed(finding, rule) {
  const cell = element("td", { role: "cell", class: "type", "data-label": say("column-type") });
  const mend = sentence(rule.fix[tongue()], finding);
  const same = mend === rule.head[tongue()];
  if (finding[4] !== null) cell.append(element("kbd", {}, finding[4]));
  if (!same) cell.append(element("span", {}, mend));
  else if (finding[4] === null) cell.append(element("i", {}, say("as-above")));
  return cell;
}

function rowOf(index) {
  const finding = data("findings")[index];
  const rule = data("rules")[finding[0]];
  const anchor = "f" + index;
  const place = element("td", { role: "cell", class: "place" }, element("a", { href: "#" + anchor }, placeOf(finding) || "—"));
  const none = rule.private ? say("hidden") : finding[2] === null ? "—" : say("empty");
  const value = finding[3] ? element("bdi", {}, finding[3]) : element("i", {}, none);
  const cell = element("td", { role: "cell", class: "value", "data-label": say("column-value") }, value);
  const row = element("tr", { id: anchor, role: "row" }, place, cell, element("td", { role: "cell" }, messageOf(finding)));
  if (rule.typed) row.append(typed(finding, rule));
  if (typeof mapLink === "function") mapLink(finding, place);
  return row;
}

// Shows the first places of a rule among those wanted, and `extra` wherever it stands.
function show(number_, wanted, narrowed) {
  const rule = data("rules")[number_];
  const article = document.getElementById(rule.code);
  const state = groups.get(number_) ?? { limit: FEW, extra: null };
  groups.set(number_, Object.assign(state, { wanted, narrowed }));
  const shown = wanted.slice(0, state.limit);
  if (state.extra !== null && !shown.includes(state.extra)) shown.push(state.extra);
  const body = article.querySelector("tbody");
  if (body) body.replaceChildren(...shown.map(rowOf));
  const values = { total: number(rule.count), listed: number(byRule[number_].length), match: number(wanted.length), n: number(shown.length) };
  article.querySelector(".shown").textContent = say(countWord(rule, number_, shown.length, narrowed), values);
  wire(article, number_, wanted.length - shown.length);
}

function countWord(rule, number_, n, narrowed) {
  if (!byRule[number_].length) return "shown-none";
  if (narrowed) return "shown-match";
  if (rule.count === n) return n === 1 ? "shown-all-1" : "shown-all";
  return byRule[number_].length === rule.count ? "shown-some" : "shown-capped";
}

function wire(article, number_, left) {
  const button = article.querySelector(".more");
  button.hidden = left <= 0;
  button.textContent = say("more", { n: Math.min(STEP, left) });
  button.onclick = () => {
    const state = groups.get(number_);
    const before = article.querySelectorAll("tbody tr").length;
    state.limit += STEP;
    show(number_, state.wanted, state.narrowed);
    article.querySelectorAll("tbody a")[before]?.focus({ preventScroll: true });
  };
}

// Opens the place that the address names, wherever it stands in the list.
function follow() {
  const name = decodeURIComponent(location.hash.slice(1));
  if (/^f\d+$/.test(name)) return reveal(Number(name.slice(1)));
  const article = name ? document.getElementById(name) : null;
  if (article?.classList.contains("rule") && article.hidden) {
    clearFilter();
    article.scrollIntoView();
  }
}

function reveal(index) {
  prepare();
  const finding = data("findings")[index];
  if (!finding) return;
  const number_ = finding[0];
  if (!groups.get(number_)?.wanted.includes(index) || document.getElementById(data("rules")[number_].code).hidden) clearFilter();
  const state = groups.get(number_);
  state.extra = index;
  show(number_, state.wanted, state.narrowed);
  document.querySelectorAll("tr.here").forEach((row) => row.classList.remove("here"));
  const row = document.getElementById("f" + index);
  row.classList.add("here");
  row.scrollIntoView({ block: "center" });
  row.querySelector("a").focus({ preventScroll: true });
}

addEventListener("hashchange", follow);
