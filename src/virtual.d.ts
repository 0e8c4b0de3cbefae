/** Made by build/templates.ts out of the folder `templates/`. */
declare module "virtual:templates" {
  /** Every group of templates, as `templateGroup` names them. */
  export const groups: string[];
  /** The files of one group (`templateGroup`) that are copied as they are, by their path below `templates/`. */
  export function textsOf(group: string): Record<string, string>;
  /** Handlebars templates, precompiled, by their path below `templates/` without `.hbs`. */
  export const specs: Record<string, unknown>;
  /** The version ranges of this repository's own devDependencies. */
  export const versions: Record<string, string>;
}

/** Made by build/verdicts.ts by asking the contract. */
declare module "virtual:verdicts" {
  /** Fingerprints (src/plan/fingerprint.ts) of the definitions of ours that the contract has nothing to say of. */
  export const inOrder: ReadonlySet<string>;
}
