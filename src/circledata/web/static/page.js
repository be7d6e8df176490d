"use strict";
// The page works without this script, too; it adds dropping a file, progress, and trying again when it is crowded.
(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const byId = (id) => document.getElementById(id);
  const words = JSON.parse(form.dataset.words);
  const limit = Number(form.dataset.limit);
  const file = byId("file"), drop = byId("drop"), chosen = byId("chosen"), refusal = byId("refusal");
  const box = byId("progress"), bar = byId("bar"), saying = byId("say"), options = byId("options");
  const steps = ["send", "queue", "read", "rules", "write"];
  // Where each step begins on the bar, in percent; sending and checking take the most of it.
  const begins = { send: 0, queue: 35, read: 35, rules: 60, write: 85, done: 100 };
  const tries = 30;
  let files = [], request = null, timer = 0;

  document.documentElement.classList.add("scripted");

  const say = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[`say-${key}`]);

  function names() {
    return files.length === 1 ? files[0].name : `${files[0].name} + ${files.length - 1}`;
  }

  function refuse(text) {
    show(false);
    refusal.textContent = text;
    refusal.hidden = false;
    drop.classList.add("wrong");
    file.focus();
  }

  function show(busy) {
    form.hidden = busy;
    box.hidden = !busy;
  }

  function step(name, percent = 0) {
    const place = steps.indexOf(name);
    for (const item of box.querySelectorAll("[data-step]")) {
      const other = steps.indexOf(item.dataset.step);
      item.className = other < place || name === "done" ? "past" : other === place ? "now" : "";
      if (other === place) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    }
    const next = begins[steps[place + 1]] ?? 100;
    bar.value = begins[name] + ((next - begins[name]) * percent) / 100;
  }

  function tell(text) {
    // Set only when it changes: each change is read aloud.
    if (saying.textContent !== text) saying.textContent = text;
  }

  function take(list) {
    files = [...list];
    refusal.hidden = true;
    drop.classList.remove("wrong");
    if (!files.length) return refuse(say("empty"));
    const size = files.reduce((sum, each) => sum + each.size, 0);
    if (size > limit) return refuse(say("large", { name: names(), limit: form.dataset.limitText }));
    chosen.textContent = names();
    chosen.hidden = false;
    // A CSV file cannot tell what it is, so there is something to add before it is sent.
    const bare = files.length === 1 && /\.(csv|tsv|txt)$/i.test(files[0].name);
    drop.classList.add("has-file");
    form.classList.toggle("ready", true);
    if (!bare) return send();
    options.open = true;
    options.querySelector("select").focus();
  }

  function send(attempt = 1) {
    const data = new FormData(form);
    data.delete("file");
    for (const each of files) data.append("file", each, each.name);
    show(true);
    byId("name").textContent = names();
    step("send");
    tell(say("send", { name: names() }));
    if (attempt === 1) box.focus();
    let read = 0;
    const asked = (request = new XMLHttpRequest());
    asked.open("POST", form.action);
    asked.setRequestHeader("Accept", "application/x-ndjson");
    asked.upload.onprogress = (event) => {
      if (event.lengthComputable) step("send", (100 * event.loaded) / event.total);
    };
    asked.upload.onload = () => {
      step("read");
      tell(say("read"));
    };
    const lines = () => {
      if (asked.status !== 200) return;
      const end = asked.responseText.lastIndexOf("\n");
      const fresh = asked.responseText.slice(read, end + 1);
      read = Math.max(read, end + 1);
      for (const line of fresh.split("\n")) if (line) hear(JSON.parse(line));
    };
    asked.onprogress = lines;
    asked.onload = () => {
      lines();
      if (asked.status === 200) return;
      let problem = {};
      try {
        problem = JSON.parse(asked.responseText);
      } catch {
        // A proxy in front may answer in words of its own.
      }
      if (asked.status === 503 && attempt < tries) return wait(problem.retry_after || 5, attempt);
      refuse(problem.detail || say("network"));
    };
    asked.onerror = () => refuse(say("network"));
    asked.send(data);
  }

  function hear(message) {
    if (message.done) {
      step("done");
      tell(say("done"));
      location.assign(new URL(message.done, form.action));
    } else if (message.problem) {
      refuse(message.problem.detail);
    } else {
      step(message.step, message.percent || 0);
      tell(say(message.step, { n: message.ahead || 0 }));
    }
  }

  function wait(seconds, attempt) {
    step("queue");
    tell(say("full", { n: seconds }));
    timer = setTimeout(() => send(attempt + 1), seconds * 1000);
  }

  function reset() {
    clearTimeout(timer);
    if (request) request.abort();
    request = null;
    show(false);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!files.length) files = [...file.files];
    if (files.length) send();
    else refuse(say("empty"));
  });
  file.addEventListener("change", () => take(file.files));
  byId("cancel").addEventListener("click", () => {
    reset();
    file.focus();
  });
  // Coming back to the page from its result must not show the progress of before.
  addEventListener("pageshow", (event) => event.persisted && reset());

  let inside = 0;
  const carries = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  addEventListener("dragenter", (event) => {
    if (!carries(event) || form.hidden) return;
    inside += 1;
    drop.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (carries(event) && (inside = Math.max(0, inside - 1)) === 0) drop.classList.remove("over");
  });
  addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    inside = 0;
    drop.classList.remove("over");
    if (form.hidden) return;
    const folder = [...event.dataTransfer.items].some((item) => item.webkitGetAsEntry?.()?.isDirectory);
    if (folder) refuse(say("folder"));
    else take(event.dataTransfer.files);
  });
})();
