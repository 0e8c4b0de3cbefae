/** Made by build/templates.ts out of the folder `templates/`. */
declare module "virtual:templates" {
  /** Every group of templates, as `templateGroup` names them. */
  export const groups: string[];
  /** The templates of one group (`templateGroup`), by their path below `templates/`, without `.hbs`. */
  export function templatesOf(group: string): Record<string, string | import("./plan/template.js").Program>;
  /** The version ranges of this repository's own devDependencies. */
  export const versions: Record<string, string>;
}

/** Made by build/schemas.ts out of src/contract/schemas. */
declare module "virtual:schemas" {
  /** The file names of the JSON Schemas. */
  export const names: string[];
  /** The text of one. */
  export function textOf(name: string): string;
}

/** Made by build/verdicts.ts by asking the contract. */
declare module "virtual:verdicts" {
  /** Fingerprints (src/plan/fingerprint.ts) of the definitions of ours that the contract has nothing to say of. */
  export const inOrder: ReadonlySet<string>;
}
