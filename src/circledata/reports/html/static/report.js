// What the page holds as data, and the language it is read in. Nothing is remembered and nothing is asked for.
const root = document.documentElement;
const read = new Map();

function data(name) {
  if (!read.has(name)) {
    const element = document.getElementById(name + "-data");
    read.set(name, element ? JSON.parse(element.textContent) : null);
  }
  return read.get(name);
}

// 0 for Chinese, 1 for English: where a pair of texts has the one that is wanted.
function tongue() {
  return root.dataset.lang === "zh" ? 0 : 1;
}

function say(key, values = {}) {
  return data("words")[key][tongue()].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function number(value) {
  return value.toLocaleString("en-US");
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const switcher = document.getElementById("switch");
const label = document.title.slice(document.title.indexOf(" · "));

function speak(language) {
  root.dataset.lang = language;
  root.lang = language === "zh" ? "zh-CN" : "en";
  document.title = say("report") + label;
  for (const text of document.querySelectorAll("[data-say]")) text.textContent = say(text.dataset.say);
  for (const option of document.querySelectorAll("option[data-zh]")) option.textContent = option.dataset[language];
  for (const attribute of ["aria-label", "placeholder"])
    for (const marked of document.querySelectorAll(`[data-say-${attribute}]`))
      marked.setAttribute(attribute, say(marked.getAttribute("data-say-" + attribute)));
  switcher.textContent = say("switch");
  switcher.lang = language === "zh" ? "en" : "zh-CN";
  switcher.setAttribute("aria-label", say("switch-label"));
  document.dispatchEvent(new Event("speak"));
}

switcher.addEventListener("click", () => speak(root.dataset.lang === "zh" ? "en" : "zh"));
switcher.hidden = false;

// Paper shows what is folded away; afterwards everything is as it was.
const folded = [];
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.open = true;
    folded.push(details);
  }
});
addEventListener("afterprint", () => {
  for (const details of folded.splice(0)) details.open = false;
});
