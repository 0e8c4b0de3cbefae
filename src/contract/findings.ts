/** What is said about one place of a widgets.json or apps.json. */
export interface Finding {
  /** A stable name in kebab-case, to filter by. */
  code: string;
  /**
   * `error`: Workspace rejects the backend, or its apps. `warning`: it connects, and then fails, misleads or is
   * ignored. `info`: good to know.
   */
  severity: "error" | "warning" | "info";
  /** JSON pointer (RFC 6901) of the place: `/prices/params/0/type`. The empty string is the whole file. */
  path: string;
  /** One sentence: what is wrong. */
  message: string;
  /** What to do about it. */
  hint?: string;
}
