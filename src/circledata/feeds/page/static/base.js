// What the page holds as data, and the language it is read in. The choice of language is all that it remembers.
const root = document.documentElement;
const read = new Map();

function data(name) {
  if (!read.has(name)) read.set(name, JSON.parse(document.getElementById(name + "-data").textContent));
  return read.get(name);
}

// 0 for Chinese, 1 for English: where a pair of texts has the one that is wanted.
function tongue() {
  return root.dataset.lang === "zh" ? 0 : 1;
}

function say(key, values = {}) {
  return data("words")[key][tongue()].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// The word for a number of things: its singular has a key of its own.
function count(key, n, values = {}) {
  const single = key + "-1";
  return say(n === 1 && data("words")[single] ? single : key, { n: number(n), ...values });
}

function number(value) {
  return value.toLocaleString("en-US");
}

// Whatever comes from the data goes in as text, never as HTML.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function button(words, action, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, words);
  made.addEventListener("click", action);
  return made;
}

// Title of a code in one of the standard's lists; a code that is not in it stands for itself.
function title(list, code) {
  const known = data("lists")[list];
  return Object.hasOwn(known, code) ? known[code][tongue()] : String(code);
}

function remembered() {
  try {
    return localStorage.getItem("circledata-lang");
  } catch {
    return null; // cookies and storage may be forbidden
  }
}

function remember(language) {
  try {
    localStorage.setItem("circledata-lang", language);
  } catch {
    // Then it is asked for again next time.
  }
}

const switcher = document.getElementById("switch");

function speak(language) {
  root.dataset.lang = language;
  root.lang = language === "zh" ? "zh-CN" : "en";
  document.title = document.querySelector("h1 .l-" + language)?.textContent ?? document.querySelector("h1").textContent;
  for (const text of document.querySelectorAll("[data-say]")) text.textContent = say(text.dataset.say);
  for (const attribute of ["aria-label", "placeholder"])
    for (const marked of document.querySelectorAll(`[data-say-${attribute}]`))
      marked.setAttribute(attribute, say(marked.getAttribute("data-say-" + attribute)));
  switcher.textContent = say("switch");
  switcher.lang = language === "zh" ? "en" : "zh-CN";
  switcher.setAttribute("aria-label", say("switch-label"));
  document.dispatchEvent(new Event("speak"));
}

switcher.addEventListener("click", () => {
  const language = root.dataset.lang === "zh" ? "en" : "zh";
  remember(language);
  speak(language);
});
switcher.hidden = false;
for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
