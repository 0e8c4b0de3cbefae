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
      const licenses = [...new Set(folders)].sort().map(licenseOf);
      if (licenses.length === 0) return;
      this.emitFile({ type: "asset", fileName: "LICENSES.md", source: document(licenses) });
    },
  };
}

interface License {
  /** Name, version and kind. */
  title: string;
  /** Who has the copyright, as the package says it. */
  holders: string[];
  /** The licence without its own name and the holders, a paragraph each. */
  terms: string[];
}

function licenseOf(folder: string): License {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
  if (!license && !text) throw new Error(`${name} in ${dirname(folder)} has no licence.`);
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
    .filter((paragraph) => !/^\(?(the )?(MIT|ISC) licen[cs]e( \(MIT\))?\)?$/i.test(paragraph));
  const isHolder = (paragraph: string) => /^((MIT|ISC) License )?(\(c\)|copyright)/i.test(paragraph);
  return {
    title: `${name} ${version} (${license})`,
    holders: paragraphs.filter(isHolder),
    terms: text ? paragraphs.filter((paragraph) => !isHolder(paragraph)) : ["(The package has no licence file.)"],
  };
}

/** The same terms are written once, below all the packages that come with them and those who hold their copyright. */
function document(licenses: License[]): string {
  const byTerms = new Map<string, License[]>();
  for (const license of licenses) {
    const terms = license.terms.join("\n\n");
    byTerms.set(terms, [...(byTerms.get(terms) ?? []), license]);
  }
  const parts = [...byTerms].map(([terms, same]) => {
    const packages = same.map(({ title, holders }) => [`- ${title}`, ...holders.map((one) => `  ${one}`)].join("\n"));
    return `## ${packages.length === 1 ? "This package" : "These packages"}\n\n${packages.join("\n")}\n\n${terms}\n`;
  });
  return `# Licences of the packages that are bundled here\n\n${parts.join("\n")}`;
}
