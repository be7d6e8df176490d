// Opening hours in OSM syntax, as far as the standard's own reader of Chinese hours writes them: days, dates, times,
// closed, unknown, public holidays. Everything else gives null, which the page calls "not known".
// How rules stand together follows the package opening-hours-py, with which a test compares it minute by minute.
const WEEK = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SHUT = 0;
const OPEN = 1;
const UNSURE = 2;
const STATES = { open: OPEN, closed: SHUT, off: SHUT, unknown: UNSURE };
const DAY_MINUTES = 1440;

const day_ = `(?:${WEEK.join("|")})`;
const month_ = `(?:${MONTHS.join("|")})`;
const days_ = `(?:PH|${day_}(?:-${day_})?)`;
const dates_ = `(?:${month_} [0-9]{1,2}-${month_} [0-9]{1,2}|${month_} [0-9]{1,2}|${month_}-${month_}|${month_})`;
const clock_ = "[0-9]{1,2}:[0-5][0-9]";
const span_ = `${clock_}-${clock_}`;
const RULE = new RegExp(
  `^(?:(24/7)|(${dates_}(?:,${dates_})*)?(?:(?:^| )(${days_}(?:,${days_})*))?(?:(?:^| )(${span_}(?:,${span_})*))?)` +
    "(?:(?:^| )(open|closed|off|unknown))?$",
);
const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

// What a text says, rule by rule; null where it is not of the subset.
function parseHours(text) {
  const rules = [];
  // A comma with a blank begins a rule that adds to those before it, unless a time follows: then it is a list.
  for (const part of text.replace(/, (?=[0-9])/g, ",").split(/(; |, )/)) {
    if (part === "; " || part === ", ") {
      rules.push({ adds: part === ", " });
      continue;
    }
    const found = RULE.exec(part);
    if (!part || !found) return null;
    const rule = rules.length ? rules[rules.length - 1] : rules[rules.push({ adds: false }) - 1];
    const filled = fillRule(rule, found);
    if (!filled) return null;
  }
  return rules;
}

function fillRule(rule, [, always, dates, days, times, state]) {
  rule.state = state ? STATES[state] : OPEN;
  rule.dates = dates ? dates.split(",").map(readDates) : [];
  rule.days = (days ?? "").split(",").flatMap(readDays);
  rule.holidays = Boolean(days) && days.split(",").includes("PH");
  rule.everyDay = Boolean(always) || !days;
  rule.times = times ? times.split(",").map(readSpan) : [[0, DAY_MINUTES]];
  return !rule.dates.includes(null) && !rule.times.includes(null);
}

// First and last day as month × 100 + day; null for a day that no year has.
function readDates(text) {
  const ends = text.split("-").map((end) => end.split(" "));
  const [first, last] = [ends[0], ends[ends.length - 1]].map(([month, day]) => [MONTHS.indexOf(month), day && Number(day)]);
  for (const [month, day] of [first, last]) if (day === 0 || day > LONGEST_MONTH[month]) return null;
  return [first[0] * 100 + (first[1] ?? 1), last[0] * 100 + (last[1] ?? 31)];
}

function readDays(text) {
  if (!text || text === "PH") return [];
  const [first, last] = [text.slice(0, 2), text.slice(-2)].map((name) => WEEK.indexOf(name));
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => (first + step) % 7);
}

// Minutes from midnight; what passes midnight ends above 1440.
function readSpan(text) {
  const [start, end] = text.split("-").map((clock) => clock.split(":").reduce((hour, minute) => Number(hour) * 60 + Number(minute)));
  if (start >= DAY_MINUTES || end > 2 * DAY_MINUTES) return null;
  return [start, end <= start ? end + DAY_MINUTES : end];
}

function ruleFits(rule, date, isHoliday) {
  const day = date.getUTCMonth() * 100 + date.getUTCDate();
  const inDates = ([first, last]) => (first <= last ? first <= day && day <= last : first <= day || day <= last);
  if (rule.dates.length && !rule.dates.some(inDates)) return false;
  return rule.everyDay || rule.days.includes((date.getUTCDay() + 6) % 7) || (rule.holidays && isHoliday(date));
}

// Spans of one rule that touch this day: its own, and what reaches over from the day before.
function spansOn(rule, date, isHoliday) {
  const spans = [];
  if (ruleFits(rule, new Date(date.getTime() - 86_400_000), isHoliday))
    for (const [start, end] of rule.times) if (end > DAY_MINUTES) spans.push([0, Math.min(end, 2 * DAY_MINUTES) - DAY_MINUTES, start]);
  const today = ruleFits(rule, date, isHoliday);
  if (today) for (const [start, end] of rule.times) spans.push([start, Math.min(end, DAY_MINUTES)]);
  return { today, spans };
}

// The state of every minute of a day. `date`: its midnight as if Beijing were UTC; `isHoliday(date)`: a public holiday?
function minutesOf(rules, date, isHoliday) {
  let minutes = null;
  for (const rule of rules) {
    const { today, spans } = spansOn(rule, date, isHoliday);
    if (!today && !spans.length) continue;
    // A rule for this very day stands instead of those before it, unless it adds or closes. What merely reaches over
    // from the day before counts where nothing else is open.
    const adds = rule.adds || rule.state === SHUT;
    if (!today && !adds && minutes?.some((state) => state !== SHUT)) continue;
    if (!minutes || (today && !adds)) minutes = new Uint8Array(DAY_MINUTES).fill(SHUT);
    for (const [start, end] of spans) minutes.fill(rule.state, start, end);
  }
  return minutes ?? new Uint8Array(DAY_MINUTES).fill(SHUT);
}

// Beijing time, whatever the reader's clock is set to: its hours read as UTC.
function beijing(instant) {
  return new Date(instant + 8 * 3_600_000);
}

// What can be said about an instant (milliseconds): {state, change, holidays}. `change`: minutes from now until the state
// changes, at most a week, else null. `holidays`: it holds unless today (or yesterday, for small hours) is a public
// holiday, which only the hours themselves name and no page can know for years to come.
function hoursAt(text, instant) {
  const rules = parseHours(text);
  if (!rules) return null;
  const plain = stateAt(rules, instant, () => false);
  const named = rules.some((rule) => rule.holidays);
  const now = beijing(instant);
  const midnight = now.getTime() - (now.getTime() % 86_400_000);
  const others = named ? [(date) => date.getTime() === midnight, (date) => date.getTime() < midnight, () => true] : [];
  return { ...plain, holidays: others.some((isHoliday) => stateAt(rules, instant, isHoliday).state !== plain.state) };
}

function stateAt(rules, instant, isHoliday) {
  const now = beijing(instant);
  const midnight = now.getTime() - (now.getTime() % 86_400_000);
  const minute = now.getUTCHours() * 60 + now.getUTCMinutes();
  const state = minutesOf(rules, new Date(midnight), isHoliday)[minute];
  for (let ahead = 0; ahead < 8; ahead++) {
    const day = minutesOf(rules, new Date(midnight + ahead * 86_400_000), isHoliday);
    for (let at = ahead ? 0 : minute; at < DAY_MINUTES; at++)
      if (day[at] !== state) return { state, change: ahead * DAY_MINUTES + at - minute };
  }
  return { state, change: null };
}
