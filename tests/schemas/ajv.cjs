// Judges values by JSON Schemas with ajv in its strictest mode. Reads one job from standard input, writes one answer.
"use strict";
const path = require("node:path");
const modules = process.argv[2];
const Ajv = require(path.join(modules, "ajv/dist/2020"));
const addFormats = require(path.join(modules, "ajv-formats"));

const job = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const answer = {};
for (const [name, schema] of Object.entries(job.schemas)) {
  const warnings = [];
  const logger = { log() {}, warn: (text) => warnings.push(text), error: (text) => warnings.push(text) };
  const strict = { strict: true, strictTypes: true, strictTuples: true, strictRequired: true };
  const ajv = new Ajv({ ...strict, allErrors: true, validateFormats: true, logger });
  addFormats(ajv);
  try {
    const validate = ajv.compile(schema);
    answer[name] = { warnings, valid: (job.values[name] ?? []).map((value) => validate(value)) };
  } catch (error) {
    answer[name] = { error: error.message };
  }
}
process.stdout.write(JSON.stringify(answer));
