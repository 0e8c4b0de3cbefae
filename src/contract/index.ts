/**
 * What OpenBB Workspace accepts, as a library: `validateWidgets` and `validateApps` say of a parsed file what
 * Workspace would, and the interfaces say what an author may write. No I/O, and nothing here throws.
 */
export { validateApps } from "./apps.js";
export * from "./constants.js";
export type { Finding } from "./findings.js";
export type * from "./types.js";
export { validateWidgets } from "./widgets.js";
