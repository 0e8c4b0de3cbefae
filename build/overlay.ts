import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const templates = join(dirname(fileURLToPath(import.meta.url)), "..", "templates");

/** The folders of `templates/` that are laid over each other in a project. */
function layers(): string[] {
  const inside = (folder: string) => readdirSync(join(templates, folder)).map((name) => join(templates, folder, name));
  return [join(templates, "project"), ...inside("parts"), ...inside("widgets")];
}

/**
 * A Vite plugin for this repository's own tests of files in `templates/`: their relative imports are looked for in the
 * other layers too, as they will stand side by side in a project.
 */
export function overlayPlugin() {
  return {
    name: "openbb-overlay",
    enforce: "pre" as const,
    resolveId(source: string, importer: string | undefined) {
      if (!importer?.startsWith(templates) || !source.startsWith(".")) return undefined;
      const all = layers();
      const own = all.find((layer) => importer.startsWith(`${layer}/`));
      if (own === undefined) return undefined;
      const wanted = resolve(dirname(importer), source.replace(/\.js$/, ".ts")).slice(own.length + 1);
      const shared = /^src\/openbb\/(contract|typegen)\//.test(wanted)
        ? join(templates, "..", wanted.replace("src/openbb/", "src/"))
        : undefined;
      return [...all.map((layer) => join(layer, wanted)), ...(shared ? [shared] : [])].find((file) => existsSync(file));
    },
  };
}
