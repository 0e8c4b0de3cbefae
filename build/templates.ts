import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { templateGroup } from "../src/plan/groups.ts";
import { archivesCode, type Emit, type Groups } from "./archives.ts";
import { besideCode } from "./modules.ts";
import { programOf } from "./programs.ts";

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
 * `virtual:templates` exports `groups`, and `templatesOf`, which gives the templates of a group by their path below
 * `templates/`: texts, which are copied as they are, and parsed Handlebars templates; and `versions`, the ranges that
 * this repository's own tests ran with, which generated projects pin.
 *
 * @param files whether the templates become files beside the bundle (build/archives.ts). Else they stand in the module
 */
export function templatesPlugin({ files = false } = {}) {
  return {
    name: "openbb-templates",
    resolveId: (id: string) => (id === ID ? `\0${ID}` : undefined),
    load(this: PluginContext, id: string) {
      if (id !== `\0${ID}`) return undefined;
      const groups: Groups = {};
      for (const { key, file } of listTemplates()) {
        this.addWatchFile?.(file);
        const source = readFileSync(file, "utf8").replace(/\r\n/g, "\n");
        const group = templateGroup(key);
        groups[group] ??= {};
        const templates = groups[group];
        if (key.endsWith(".hbs")) templates[key.slice(0, -".hbs".length)] = programOf(source, key);
        else templates[key] = source;
      }
      const emit: Emit = (fileName, source) => {
        this.emitFile({ type: "asset", fileName, source });
        return besideCode(fileName);
      };
      return `import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
// Loaded here: zlib takes 2 ms, and most projects do without.
const unpack = (bytes) => createRequire(__filename)("node:zlib").brotliDecompressSync(bytes);
const parse = (bytes) => JSON.parse(bytes.latin1Slice());
const once = (open) => {
  let opened;
  return () => (opened ??= open());
};
const archives = ${archivesCode(groups, files ? emit : undefined)};
export const groups = archives.flatMap(({ groups }) => groups);
export const templatesOf = (group) => archives.find(({ groups }) => groups.includes(group))?.open()[group] ?? {};
export const versions = ${JSON.stringify(packageJson().devDependencies)};
`;
    },
  };
}

interface PluginContext {
  addWatchFile?: (file: string) => void;
  emitFile: (file: { type: "asset"; fileName: string; source: string | Uint8Array }) => string;
}

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
