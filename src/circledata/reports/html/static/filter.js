// Filter and search. The words of a finding are put together once in each language.
const form = document.getElementById("filter");
const status_ = document.getElementById("status");
const words = [null, null];

// Adds the words of at most `most` further findings; tells whether all are there.
function gather(most) {
  const texts = (words[tongue()] ??= []);
  const findings = data("findings");
  const end = Math.min(findings.length, texts.length + most);
  while (texts.length < end) {
    const finding = findings[texts.length];
    const rule = data("rules")[finding[0]];
    const parts = [rule.code, rule.name, rule.title[tongue()], placeOf(finding), finding[3], finding[4], messageOf(finding)];
    texts.push(parts.join("\n").toLowerCase());
  }
  return texts.length === findings.length;
}

function haystack() {
  gather(Infinity);
  return words[tongue()];
}

// Ahead of the first search, a little at a time, so that nothing on the page has to wait.
function gatherAhead() {
  if (!gather(1500)) setTimeout(gatherAhead, 30);
}

function wish() {
  const chosen = new FormData(form);
  return {
    levels: new Set(chosen.getAll("level")),
    table: chosen.get("table"),
    rule: chosen.get("rule"),
    search: chosen.get("search").trim().toLowerCase(),
  };
}

function matching(number_, wanted) {
  let found = byRule[number_];
  if (wanted.table) {
    const table = wanted.table === "package" ? "" : wanted.table;
    found = found.filter((index) => data("places")[data("findings")[index][1]].table === table);
  }
  if (wanted.search) {
    const texts = haystack();
    found = found.filter((index) => texts[index].includes(wanted.search));
  }
  return found;
}

function apply() {
  prepare();
  const wanted = wish();
  const narrowed = Boolean(wanted.table || wanted.search);
  let matches = 0;
  data("rules").forEach((rule, number_) => {
    const meant = wanted.levels.has(rule.level) && (!wanted.rule || wanted.rule === rule.code);
    const found = meant ? matching(number_, wanted) : [];
    matches += found.length;
    document.getElementById(rule.code).hidden = !meant || (narrowed && !found.length);
    groups.set(number_, { limit: FEW, extra: null });
    if (meant) show(number_, found, narrowed);
  });
  tell(matches, narrowed || wanted.rule || wanted.levels.size < 3);
}

function tell(matches, some) {
  const listed = number(data("findings").length);
  const total = number(data("rules").reduce((sum, rule) => sum + rule.count, 0));
  if (!some) status_.textContent = say("status-all", { total, listed });
  else status_.textContent = matches ? say("status-some", { n: number(matches), listed }) : say("status-none");
}

function clearFilter() {
  form.reset();
}

let waiting = 0;
if (form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  // The fields have their first values only after the event.
  const empty = form.reset.bind(form);
  form.reset = () => {
    empty();
    apply();
  };
  form.querySelector("[type=reset]").addEventListener("click", (event) => {
    event.preventDefault();
    form.reset();
  });
  document.addEventListener("speak", apply);
  // After the first picture: the page can be read before the findings are.
  setTimeout(() => {
    apply();
    follow();
    gatherAhead();
  });
}
