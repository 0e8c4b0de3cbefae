// npm run bench: one table of ratios, each measured side by side in one run, and the same as bench/results.json.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt, ensureInstalled } from "../scripts/setup.js";
import { installPackage, measureCreate, measureHelp } from "./cli.js";
import { measureServers } from "./http.js";
import { BENCH, describeMachine, ensureBenchInstalled, fastapiProblem } from "./machine.js";
import { makeProject } from "./project.js";
import { isGoodEnough, ROWS } from "./rows.js";
import { round } from "./stats.js";

const HELP = `npm run bench -- [options]
  --only <row>    measure this row alone; may be repeated; results.json is left as it is
  --repeats <n>   how often each pair is measured (default 5; command lines five times as often)
  --seconds <n>   how long each server is under load at a time (default 3)
  --json          print JSON instead of the table
  --no-fail       exit code 0 even when a row is worse than wanted
The rows: ${ROWS.map(({ id }) => id).join(", ")}`;

const { values: options } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    repeats: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    "no-fail": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** Progress goes to standard error: standard output holds the result alone. */
const say = (line) => console.error(line);

async function main() {
  if (options.help) return console.log(HELP);
  const unknown = options.only.filter((id) => !ROWS.some((row) => row.id === id));
  if (unknown.length > 0) throw new Error(`There is no row ${unknown.join(", ")}.\n${HELP}`);
  const wanted = ROWS.filter(({ id }) => options.only.length === 0 || options.only.includes(id));
  const repeats = count("repeats");
  const seconds = count("seconds");

  ensureInstalled();
  ensureBuilt();
  ensureBenchInstalled();
  const folder = mkdtempSync(join(tmpdir(), "openbb-bench-"));
  try {
    const measured = await measure(wanted, { repeats, seconds, folder, say });
    const rows = wanted.map(({ id, what, better, least, aim, unit }) => {
      const numbers = measured.get(id) ?? { skipped: "not available" };
      const good = numbers.skipped ? undefined : !numbers.failed && isGoodEnough({ better, least }, numbers.value);
      return { id, what, better, least, aim, ...numbers, unit: unit ?? numbers.unit, good };
    });
    const result = { machine: describeMachine(), repeats, seconds, rows };
    const document = `${JSON.stringify(result, null, 2)}\n`;
    if (options.only.length === 0) writeFileSync(join(BENCH, "results.json"), document);
    process.stdout.write(options.json ? document : table(result));
    if (rows.some(({ good }) => good === false) && !options["no-fail"]) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @returns {Promise<Map<string, object>>} by row id: numbers, or `skipped` or `failed` with the reason */
async function measure(wanted, options) {
  const { repeats, folder } = options;
  const results = new Map();
  const has = (id) => wanted.some((row) => row.id === id);
  say("Packing and installing the tool …");
  const { bin, bytes, packages } = installPackage(folder);
  results.set("tarball", { value: round(bytes / 1000) });
  results.set("packages", { value: packages });
  if (has("help") || has("create")) say("Measuring the command line …");
  if (has("help")) results.set("help", measureHelp(bin, repeats));
  if (has("create")) results.set("create", measureCreate(bin, repeats, folder));

  let servers = wanted.filter(({ kind }) => kind === "server");
  if (servers.length === 0) return results;
  say("Making and building a project …");
  const made = makeProject(bin, folder);
  const without = { cached: made.caching ? undefined : "no caching definer", fastapi: fastapiProblem() };
  for (const { id, ours, against } of servers) {
    const reason = without[ours] ?? without[against];
    if (reason) results.set(id, { skipped: `not available: ${reason}` });
  }
  servers = servers.filter(({ id }) => !results.has(id));
  for (const [id, numbers] of await measureServers(servers, made, options)) results.set(id, numbers);
  return results;
}

/** The result as a Markdown table. */
function table({ machine, rows }) {
  const lines = rows.map(({ what, better, least, aim, value, low, high, ours, theirs, unit, good, ...not }) => {
    const sign = better === "more" ? "≥" : "≤";
    const spread = low === undefined ? "" : ` (${low}–${high})`;
    const raw = ours === undefined ? (unit ?? "") : `${ours} / ${theirs} ${unit}`;
    const mark = good === undefined ? "–" : good ? "yes" : "NO";
    return [
      what,
      not.skipped ?? not.failed?.split("\n")[0] ?? `${value}${spread}`,
      raw,
      `${sign} ${least}`,
      aim === undefined ? "" : `${aim}`,
      mark,
    ];
  });
  const head = ["what", "value (lowest–highest pair)", "ours / theirs", "at least", "aim", "good"];
  const cells = [head, head.map(() => "---"), ...lines].map((line) => `| ${line.join(" | ")} |`);
  const on = `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${machine.load}, ${machine.fastapi}`;
  return `${cells.join("\n")}\n\n${on}, create-vite ${machine.createVite}, ${machine.date.slice(0, 10)}\n`;
}

function count(name) {
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1 on.`);
  return value;
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
