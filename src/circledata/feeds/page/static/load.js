// Fetches the discovery file and the feeds that it names; nothing else, and nothing from elsewhere.
const LARGE = 4_000_000; // bytes from which a feed is read as it comes, with its progress shown

let found = null; // circledata.json

// Where a feed stands. One copy of the site may stand somewhere else than its base URL says: a file of a release is
// asked for beside this page.
function addressOf(feed) {
  const mark = `releases/${found.release}/`;
  const at = feed.url.indexOf(mark);
  return new URL(at < 0 ? feed.url : feed.url.slice(at), new URL("circledata.json", document.baseURI));
}

function feedNamed(name) {
  return found.feeds.find((feed) => feed.name === name);
}

// The browser itself refuses a file whose hash is not the one that circledata.json names.
function integrityOf(feed) {
  if (!/^[0-9a-f]{64}$/.test(feed.sha256) || feed.bytes > LARGE) return {};
  const bytes = feed.sha256.match(/../g).map((pair) => String.fromCharCode(parseInt(pair, 16)));
  return { integrity: "sha256-" + btoa(bytes.join("")) };
}

async function discover() {
  const answer = await fetch(new URL("circledata.json", document.baseURI), { cache: "no-cache" });
  if (!answer.ok) throw new Error(String(answer.status));
  found = await answer.json();
  document.getElementById("newer").hidden = found.release === root.dataset.release;
}

async function ask(feed) {
  const answer = await fetch(addressOf(feed), integrityOf(feed));
  if (!answer.ok) throw new Error(`${feed.name}: ${answer.status}`);
  return answer;
}

async function jsonOf(name) {
  const feed = feedNamed(name);
  return feed ? (await ask(feed)).json() : null;
}

const FEATURE = /^\s*\{\s*"type"\s*:\s*"Feature"\s*,/;

// Gives the features of a GeoJSON feed bit by bit. A feature on a line of its own is parsed as soon as it is there; what
// is left over is the collection around them, or the whole of it where it is written in some other way.
async function featuresOf(name, take) {
  const feed = feedNamed(name);
  if (!feed) return;
  const answer = await ask(feed);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  const rest = [];
  let line = "";
  let breath = performance.now();
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (line + (value ?? "")).split("\n");
    line = done ? "" : lines.pop();
    take(lines.map((text) => featureIn(text, rest)).filter(Boolean));
    if (done) break;
    if (performance.now() - breath > 50) {
      await new Promise((next) => setTimeout(next)); // so that the page can be used meanwhile
      breath = performance.now();
    }
  }
  take(JSON.parse(rest.join("\n")).features);
}

function featureIn(text, rest) {
  if (FEATURE.test(text)) {
    try {
      return JSON.parse(text.replace(/,\s*$/, ""));
    } catch {
      // It goes on in the next line.
    }
  }
  rest.push(text);
  return null;
}

// A small CSV as objects, as circledata writes it: commas, quotes doubled.
function rowsOf(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.replace(/^\ufeff/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows[rows.length - 1].push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") break;
    if (end !== ",") rows.push([]);
  }
  const [names, ...records] = rows;
  const whole = records.filter((cells) => cells.length === names.length);
  return whole.map((cells) => Object.fromEntries(names.map((name, place) => [name, cells[place]])));
}
