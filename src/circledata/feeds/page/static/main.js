// From the discovery file to the page that can be used.
const wait = document.getElementById("wait");

function sayWait(words, failed = false) {
  wait.hidden = !words;
  wait.querySelector("span").textContent = words;
  wait.querySelector("button").hidden = !failed;
  wait.classList.toggle("failed", failed);
}

async function begin() {
  sayWait(say("reading"));
  try {
    await discover();
    await Promise.all([readCircles(), readLocalCategories()]);
    await readOutlets();
  } catch (fault) {
    console.info(fault);
    sayWait(say(location.protocol === "file:" ? "from-disk" : "failed"), true);
    return;
  }
  sayWait("");
  await readFigures();
}

let shapes = [];

async function readCircles() {
  await featuresOf("circles", (features) => shapes.push(...features));
}

// The package's own categories have their class in a table of theirs; the class of the parent holds where none is given.
async function readLocalCategories() {
  const feed = feedNamed("csv-categories");
  if (!feed) return;
  const known = data("lists").categories;
  const ofParent = (parent) => (Object.hasOwn(known, parent) ? known[parent][2] : "");
  for (const row of rowsOf(await (await ask(feed)).text())) localClass.set(row.category, row.class || ofParent(row.parent));
}

// The map comes as soon as there are circles to show; the outlets come to it as they are read.
async function readOutlets() {
  const layers = drawCircles(shapes);
  if (layers.length) showMap(layers);
  const total = number(found.records?.outlets ?? 0);
  let told = 0;
  await featuresOf("outlets", (features) => {
    addOutlets(features);
    if (performance.now() - told < 1000) return;
    sayWait(say("reading-outlets", { n: number(store.properties.length), total }));
    if (theMap) refresh();
    told = performance.now();
  });
  if (layers.length || store.properties.length) offerAll(layers);
  else nothingToFind();
  fillCircles();
  root.classList.add("ready");
}

function offerAll(layers) {
  if (!theMap) showMap(layers);
  offerChoices();
  apply();
  follow();
  // Without outlets there is nothing to search, without any place nothing to draw.
  for (const part of [form, status_, document.querySelector(".found")]) part.hidden = !store.properties.length;
  document.querySelector(".mapped").hidden = !layers.length && !store.lon.some(Number.isFinite);
}

// A plan that names circles has neither outlets nor boundaries yet.
function nothingToFind() {
  document.getElementById("no-map").hidden = false;
  for (const link of document.querySelectorAll('a[href="#find-section"]')) (link.closest("li") ?? link).hidden = true;
}

function showMap(layers) {
  document.getElementById("find-section").hidden = false;
  startMap(boxOf(layers));
  for (const layer of layers) layer.addTo(theMap);
  dots.addTo(theMap);
  repaint();
}

async function readFigures() {
  try {
    figures = await jsonOf("indicators");
  } catch (fault) {
    console.info(fault); // The rest of the page does without.
  }
  if (!figures) return;
  fillFigures();
  fillCircles();
}

// Opens the outlet that the address names.
function follow() {
  let id = "";
  try {
    id = decodeURIComponent(location.hash.slice(1));
  } catch {
    return; // not an address of this page
  }
  if (store.byId.has(id)) openOutlet(store.byId.get(id), true);
}

wait.querySelector("button").addEventListener("click", () => location.reload());
addEventListener("hashchange", () => theMap && follow());
// A minute later a shop may have closed.
setInterval(() => {
  if (!theMap || document.hidden) return;
  refresh();
  if (opened >= 0 && !panel.contains(document.activeElement)) fillPanel();
}, 60_000);
if (remembered() && remembered() !== root.dataset.lang) speak(remembered() === "en" ? "en" : "zh");
begin();
