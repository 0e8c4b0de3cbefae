// A real generated project for the server rows: made by the tool, its handlers replaced by ones that return rows kept
// in memory, built and started as its README says. Nothing else of it is changed.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cleanEnv } from "./machine.js";

/** How large the manifest is to be, in bytes as it is sent. */
const MANIFEST_BYTES = 20_000;

/** The widgets that are called; those with `cache` use the caching definer. */
const MEASURED = [
  { id: "rows_100", data: "rows-100" },
  { id: "rows_100_cached", data: "rows-100", cache: 60 },
  { id: "rows_10k", data: "rows-10k" },
  { id: "rows_10k_cached", data: "rows-10k", cache: 60 },
];

/** Widgets that only make the manifest as large as that of a grown backend. */
const OTHERS = ["table", "chart", "metric", "markdown", "newsfeed", "html"].flatMap((type) => [{ type }, { type }]);

/**
 * Makes and builds the project.
 *
 * @param {string} bin the tool
 * @param {string} folder where the project goes, and the data that all servers read
 * @returns {{project: string, data: string, caching: boolean}} whether the caching definer is there; without it the
 * cached widgets answer without a cache
 */
export function makeProject(bin, folder) {
  const project = join(folder, "backend");
  const config = { name: "backend", widgets: [...MEASURED.map(({ id }) => ({ type: "table", id })), ...OTHERS] };
  const flags = [project, "--config", "-", "--yes", "--no-install", "--no-git", "--package-manager", "npm"];
  execFileSync(process.execPath, [bin, ...flags], { input: JSON.stringify(config), stdio: ["pipe", "ignore", "pipe"] });

  const data = join(folder, "data");
  mkdirSync(data);
  writeFileSync(join(data, "rows-100.json"), JSON.stringify(makeRows(100, 6)));
  writeFileSync(join(data, "rows-10k.json"), JSON.stringify(makeRows(10_000, 8)));
  writeFileSync(join(data, "widgets-json.json"), padManifest(join(project, "widgets.json")));

  // NODE_ENV=production would leave out what builds it.
  const npm = (...args) =>
    spawnSync("npm", args, {
      cwd: project,
      encoding: "utf8",
      env: cleanEnv({ NODE_ENV: "" }),
      shell: process.platform === "win32",
    });
  must(npm("install", "--no-audit", "--no-fund", "--prefer-offline"));
  writeHandlers(project, data, true);
  const caching = npm("run", "build").status === 0;
  if (!caching) {
    writeHandlers(project, data, false);
    must(npm("run", "build"));
  }
  return { project, data, caching };
}

/** Dates, a name and prices, as a table of a backend would have them: the same at every run. */
function makeRows(count, columns) {
  const names = ["open", "high", "low", "close", "volume", "change"].slice(0, columns - 2);
  let seed = 42;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  return Array.from({ length: count }, (_, index) => ({
    date: new Date(Date.UTC(2000, 0, 1 + index)).toISOString().slice(0, 10),
    company: ["Apple Inc.", "JPMorgan Chase & Co.", "Exxon Mobil"][index % 3],
    ...Object.fromEntries(names.map((name) => [name, Math.round(random() * 100_000) / 100])),
  }));
}

/** Lengthens a description until the manifest has its size. @returns the manifest as it is to be sent */
function padManifest(path) {
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  const missing = MANIFEST_BYTES - Buffer.byteLength(JSON.stringify(manifest));
  if (missing > 0) manifest.rows_100.description += " More about it.".repeat(Math.ceil(missing / 15));
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
  return JSON.stringify(manifest);
}

function writeHandlers(project, data, caching) {
  for (const { id, data: name, cache } of MEASURED) {
    const option = cache !== undefined && caching ? `, { cache: ${cache} }` : "";
    const code = `import { readFileSync } from "node:fs";
import { table } from "../openbb/table.js";

const rows: Record<string, unknown>[] = JSON.parse(readFileSync(${JSON.stringify(join(data, `${name}.json`))}, "utf8"));

export default table("${id}", async () => rows${option});
`;
    writeFileSync(join(project, "src", "widgets", `${id}.ts`), code);
  }
}

function must({ status, stdout, stderr }) {
  if (status !== 0) throw new Error(`The generated project does not build:\n${stdout}${stderr}`);
}
