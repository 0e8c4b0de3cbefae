import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CATALOG_TYPES } from "../../src/catalog/index.js";
import { completeAnswers } from "../../src/plan/answers.js";
import { projectFiles } from "../../src/plan/files.js";
import { importWidgets } from "../../src/plan/from.js";
import { oddFile } from "../from/odd.js";
import { SURROUNDINGS } from "../plan/helpers.js";
import { command, temporaryFolder } from "./helpers.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CORPUS = [join(ROOT, "..", "shared", "corpus"), "/work/shared/corpus"].find(existsSync);

/** Parts of the names of public files that differ as much as public files do. */
const SPREAD = [
  "BIGDAVE-223+openbb-widgets__ScreenerWidget",
  "openbb-bittensor",
  "arcticdb_python",
  "snowflake_connector_python",
  "column_and_cell_rendering",
  "form_parameter",
  "KINGjetkong+backends-for-openbb__widget-examples__parameters-types__grouping_widgets",
  "KINGjetkong+backends-for-openbb__widget-examples__parameters-types__parameters_example",
  "tabs_parameter",
  ...(CATALOG_TYPES.includes("ssrm_table") ? ["ssrm_mode"] : []),
  "widget-types__advanced_charting",
  "widget-types__html_widget",
  "live_grid_widget",
  "widget-types__multi_file_viewer",
  "widget-types__newsfeed",
  "widget-types__news_widget",
  "omni_widget",
  "pdf_widget",
  "custom_templates__widgets",
  "94d3f06__full_example",
  "17cfbc9__snowflake_python",
  "c5af125",
  "73de3b1__demo-apps__databento",
  "polymarket-app",
  "demo-blackrock",
  "html_widgets__chat_widget",
  "openbb-snowflake-ai",
  "fonrex+fonrex",
  "openbb-app-tao",
  "openbb-dataconnector-crypto__old@e9e0554",
  "openbb-defillama",
  "openbb-snaptrade",
  "ftlab-openbb-desks-host",
];

/** Writes the project of a widgets.json; every widget of the file must be taken over as it stands there. */
function write(folder: string, file: unknown): void {
  const { widgets, left } = importWidgets(file, { fix: false });
  expect(left, folder).toEqual([]);
  expect(Object.fromEntries(widgets.map(({ id, definition }) => [id, definition]))).toEqual(file);
  const answers = { ...completeAnswers({ directory: "x" }, SURROUNDINGS, true), widgets: [] };
  for (const { path, text } of projectFiles(answers, "0.0.0-test", { widgets })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Type-checks all projects of a folder, and runs their tests: each is as its own `npm run check` and `npm test`. */
function checkAll(folder: string): void {
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  const settings = { extends: "./0/tsconfig.json", include: ["./*/src", "./*/test", "./*/scripts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const run = (program: string, args: string[]) => {
    const script = join(ROOT, "node_modules", program);
    return command(process.execPath, [script, ...args], { cwd: folder });
  };
  const types = run("typescript/bin/tsc", ["--noEmit", "-p", "."]);
  expect(types.stdout.slice(0, 5_000)).toBe("");
  // One module graph a worker: what all projects share is loaded once.
  const tests = run("vitest/vitest.mjs", ["run", "--no-isolate", "--pool=threads", "--reporter=dot"]);
  expect(tests.code, (tests.stdout + tests.stderr).slice(-8_000)).toBe(0);
}

describe("a working backend of any widgets.json", () => {
  it("of one that has everything that Workspace accepts, however odd", () => {
    const folder = temporaryFolder();
    write(join(folder, "0"), oddFile());
    checkAll(folder);
  });

  it.skipIf(CORPUS === undefined)("of public files (../shared/corpus; skipped where it is not)", () => {
    const corpus = CORPUS as string;
    const verdicts: { file: string; kind: string; connects: boolean }[] = JSON.parse(
      readFileSync(join(corpus, "verdicts.json"), "utf8"),
    );
    const usable = verdicts.filter(({ kind, connects }) => kind === "widgets" && connects);
    // CORPUS=all takes every file, for a good while.
    const spread = SPREAD.flatMap((part) => usable.find(({ file }) => file.includes(part)) ?? []);
    const chosen = process.env.CORPUS === "all" ? usable : spread;
    expect(chosen.length).toBeGreaterThan(25);
    const folder = temporaryFolder();
    for (const [index, { file }] of chosen.entries()) {
      write(join(folder, String(index)), JSON.parse(readFileSync(join(corpus, file), "utf8").replace(/^\uFEFF/, "")));
    }
    checkAll(folder);
  });
});
