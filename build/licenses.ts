import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface Chunk {
  type: "chunk" | "asset";
  modules?: Record<string, unknown>;
}

/**
 * A Rolldown plugin: writes `LICENSES.md` beside the bundle, with the licence of every package whose code is in it.
 * Fails the build when a package has none.
 */
export function licensesPlugin() {
  return {
    name: "openbb-licenses",
    generateBundle(
      this: { emitFile(file: { type: "asset"; fileName: string; source: string }): unknown },
      _options: unknown,
      bundle: Record<string, Chunk>,
    ) {
      const folders = Object.values(bundle)
        .flatMap((chunk) => Object.keys(chunk.modules ?? {}))
        .map((id) => /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll("\\", "/"))?.[1])
        .filter((folder): folder is string => folder !== undefined && existsSync(join(folder, "package.json")));
      const entries = [...new Set(folders)].sort().map(licenseOf);
      if (entries.length === 0) return;
      const source = `# Licences of the packages that are bundled here\n\n${entries.join("\n")}`;
      this.emitFile({ type: "asset", fileName: "LICENSES.md", source });
    },
  };
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
  if (!license && !text) throw new Error(`${name} in ${dirname(folder)} has no licence.`);
  return `## ${name} ${version} (${license})\n\n${text || "(The package has no licence file of its own.)"}\n`;
}
