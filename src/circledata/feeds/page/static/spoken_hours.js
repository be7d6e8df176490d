// Opening hours in words that people read, and what they say about this very moment.
function nameDays(rule) {
  if (rule.everyDay) return rule.dates.length ? "" : say("every-day");
  const days = [...new Set(rule.days)].sort((one, other) => one - other);
  const names = [];
  for (let start = 0; start < days.length; ) {
    let end = start;
    while (end + 1 < days.length && days[end + 1] === days[end] + 1) end++;
    const name = (place) => say("day-" + days[place]);
    if (days.length === 7) names.push(say("every-day"));
    else if (end - start > 1) names.push(say("from-to", { from: name(start), to: name(end) }));
    else for (let place = start; place <= end; place++) names.push(name(place));
    start = end + 1;
  }
  if (rule.holidays) names.push(say("holidays"));
  return names.join(say("and"));
}

function nameDates(rule) {
  const name = (date) => say("date", { month: say("month-" + Math.floor(date / 100)), day: date % 100 });
  const whole = ([first, last]) => first % 100 === 1 && last % 100 === 31;
  const month = (date) => say("month-" + Math.floor(date / 100));
  return rule.dates
    .map((range) => {
      const [from, to] = range.map(whole(range) ? month : name);
      return from === to ? from : say("from-to", { from, to });
    })
    .join(say("and"));
}

function nameTimes(rule) {
  if (rule.state === SHUT) return say("shut");
  if (rule.state === UNSURE) return say("not-known");
  const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  const spans = rule.times.map(([start, end]) => {
    if (start === 0 && end === DAY_MINUTES) return say("all-day");
    return `${clock(start)}–${end > DAY_MINUTES ? say("next-day", { time: clock(end - DAY_MINUTES) }) : clock(end)}`;
  });
  return spans.join(say("and"));
}

// One [days, times] a rule; null where the hours cannot be read.
function spokenHours(text) {
  const rules = parseHours(text);
  if (!rules) return null;
  return rules.map((rule) => [[nameDates(rule), nameDays(rule)].filter(Boolean).join(" "), nameTimes(rule)]);
}

function whenText(instant, minutes) {
  const then = beijing(instant + minutes * 60_000);
  const time = then.toISOString().slice(11, 16);
  const days = Math.floor(then.getTime() / 86_400_000) - Math.floor(beijing(instant).getTime() / 86_400_000);
  if (days === 0) return time;
  if (days === 1) return say("tomorrow", { time });
  return say("on-day", { day: say("day-" + ((then.getUTCDay() + 6) % 7)), time });
}

const nowByHours = new Map(); // hours as written → what they say this minute; thousands of outlets share a few dozen

function sayNow(text, instant) {
  const minute = Math.floor(instant / 60_000);
  if (nowByHours.minute !== minute) {
    nowByHours.clear();
    nowByHours.minute = minute;
  }
  if (!nowByHours.has(text)) nowByHours.set(text, hoursAt(text, instant));
  return nowByHours.get(text);
}

// {state: open | shut | unsure, words} of an outlet at an instant. What the publisher calls closed is not open.
function openNow(properties, instant) {
  if (properties.status !== "open") return { state: "shut", words: title("outlet-statuses", properties.status ?? "") };
  if (!properties.opening_hours) return { state: "unsure", words: say("hours-missing") };
  const found = sayNow(properties.opening_hours, instant);
  if (!found) return { state: "unsure", words: say("hours-unread") };
  if (found.state === UNSURE) return { state: "unsure", words: say("hours-not-today") };
  const when = found.change === null ? "" : whenText(instant, found.change);
  const key = found.state === OPEN ? (when ? "open-until" : "open-always") : when ? "shut-until" : "shut-now";
  const words = say(key, { when });
  if (found.holidays) return { state: "unsure", words: say("unless-holiday", { words }) };
  return { state: found.state === OPEN ? "open" : "shut", words };
}
