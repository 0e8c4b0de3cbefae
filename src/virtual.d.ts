/** Made by build/templates.ts out of the folder `templates/`. */
declare module "virtual:templates" {
  /** Files that are copied as they are, by their path below `templates/`. */
  export const texts: Record<string, string>;
  /** Handlebars templates, precompiled, by their path below `templates/` without `.hbs`. */
  export const specs: Record<string, unknown>;
  /** The version ranges of this repository's own devDependencies. */
  export const versions: Record<string, string>;
}
