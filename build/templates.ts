import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";
import { templateGroup } from "../src/plan/groups.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const ID = "virtual:templates";

/** Source files of ours that land in a generated project word for word, and where they land there. */
const SHARED_SOURCES: Record<string, string> = {
  "src/contract": "project/src/openbb/contract",
  "src/typegen": "project/src/openbb/typegen",
};

/**
 * A Vite and Rolldown plugin: turns `templates/` into one module.
 *
 * `virtual:templates` exports `groups`, and `textsOf`, which gives the files of a group that are copied as they are;
 * `specs`, the Handlebars templates, compiled now, since compiling forty of them at run time costs 170 ms; both keyed by
 * the path below `templates/`; and `versions`, the ranges that this repository's own tests ran with, which generated
 * projects pin.
 *
 * @param files whether the bundle gets the texts of each group as a JSON file of its own, read when it is asked for:
 * a run pays for the groups that it needs, and parsing JSON is faster than parsing code. Else they stand in the module
 */
export function templatesPlugin({ files = false } = {}) {
  return {
    name: "openbb-templates",
    resolveId: (id: string) => (id === ID ? `\0${ID}` : undefined),
    load(this: PluginContext, id: string) {
      if (id !== `\0${ID}`) return undefined;
      const groups: Record<string, Record<string, string>> = {};
      const specs: string[] = [];
      for (const { key, file } of listTemplates()) {
        this.addWatchFile?.(file);
        const source = readFileSync(file, "utf8").replace(/\r\n/g, "\n");
        if (key.endsWith(".hbs")) {
          const spec = Handlebars.precompile(source, {
            noEscape: true,
            strict: true,
            knownHelpers: HELPERS,
            knownHelpersOnly: true,
          });
          specs.push(`${JSON.stringify(key.slice(0, -".hbs".length))}: ${String(spec)}`);
        } else {
          groups[templateGroup(key)] ??= {};
          groups[templateGroup(key)]![key] = source;
        }
      }
      const entries = Object.entries(groups).map(([group, texts]) => {
        const name = `templates/${group.replace("/", "-")}.json`;
        const value = files
          ? `read(import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: "asset", fileName: name, source: ascii(texts) })})`
          : ascii(texts);
        return `${JSON.stringify(group)}: () => (${value})`;
      });
      return `import { readFileSync } from "node:fs";
const read = (url) => JSON.parse(readFileSync(new URL(url), "utf8"));
const texts = {${entries.join(",\n")}};
export const groups = Object.keys(texts);
export const textsOf = (group) => texts[group]?.() ?? {};
export const specs = {${specs.join(",\n")}};
export const versions = ${JSON.stringify(packageJson().devDependencies)};
`;
    },
  };
}

interface PluginContext {
  addWatchFile?: (file: string) => void;
  emitFile: (file: { type: "asset"; fileName: string; source: string }) => string;
}

/** JSON without other characters than ASCII: Node reads and parses it at twice the speed. */
function ascii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The helpers of src/plan/render.ts: with all known, a misspelt one fails the build. */
const HELPERS = { json: true, property: true, docComment: true };

/** Names that the bundler and Vitest replace in the source. */
export const DEFINES = { __VERSION__: JSON.stringify(packageJson().version) };

function packageJson(): { version: string; devDependencies: Record<string, string> } {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
}

function listTemplates(): { key: string; file: string }[] {
  const found = walk(join(root, "templates")).map((file) => ({
    key: relative(join(root, "templates"), file).split(sep).join("/"),
    file,
  }));
  for (const [folder, target] of Object.entries(SHARED_SOURCES)) {
    // Not what stands in folders below: the rules are the tool's own.
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (entry.isFile()) found.push({ key: `${target}/${entry.name}`, file: join(root, folder, entry.name) });
    }
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}
