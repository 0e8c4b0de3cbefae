import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const ID = "virtual:templates";

/** Source files of ours that land in a generated project word for word, and where they land there. */
const SHARED_SOURCES: Record<string, string> = {
  "src/contract": "project/src/openbb/contract",
  "src/typegen": "project/src/openbb/typegen",
};

/**
 * A Vite and Rolldown plugin: turns `templates/` into one module, so that nothing is read from disk at run time.
 *
 * `virtual:templates` exports `texts` (files copied as they are) and `specs` (Handlebars templates, compiled now:
 * compiling forty of them at run time costs 170 ms), both keyed by the path below `templates/`; and `versions`, the
 * ranges that this repository's own tests ran with, which generated projects pin.
 */
export function templatesPlugin() {
  return {
    name: "openbb-templates",
    resolveId: (id: string) => (id === ID ? `\0${ID}` : undefined),
    load(this: { addWatchFile?: (file: string) => void }, id: string) {
      if (id !== `\0${ID}`) return undefined;
      const texts: string[] = [];
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
          texts.push(`${JSON.stringify(key)}: ${JSON.stringify(source)}`);
        }
      }
      return `export const texts = {${texts.join(",\n")}};\nexport const specs = {${specs.join(",\n")}};\nexport const versions = ${JSON.stringify(packageJson().devDependencies)};\n`;
    },
  };
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
    for (const file of walk(join(root, folder))) {
      found.push({ key: `${target}/${relative(join(root, folder), file).split(sep).join("/")}`, file });
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
