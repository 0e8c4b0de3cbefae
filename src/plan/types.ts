/**
 * A plan: what a command would do to a folder, as data. `--dry-run`, `--diff`, `--json`, the tests and the real run
 * all use the same one.
 */

/** One file that a plan creates, changes or deletes. Paths are relative to the project, with `/`. */
export interface FileChange {
  path: string;
  action: "create" | "edit" | "delete";
  /** The text that is there now; null when there is none (or it is not text). */
  before: string | null;
  /** The text that will be there; null when the file is deleted, or when it holds a secret. */
  after: string | null;
  /** Why, in a few words: "how to call the widgets from a browser". */
  why: string;
  /** Where the present file is kept, relative to the project, when it is replaced. */
  backup?: string;
  /** The content is a secret: made only when the plan is applied, shown nowhere. */
  secret?: true;
}

/** A file that is left as it is, and why. */
export interface SkippedFile {
  path: string;
  why: string;
}

export interface Plan {
  changes: FileChange[];
  skipped: SkippedFile[];
  /** Sentences that the user should read: they do not stop the run. */
  warnings: string[];
}

/** Contents for the changes marked `secret`, given only to `applyPlan`. Keys are paths of the plan. */
export type Secrets = Record<string, { content: string; mode: number }>;

/** What is at the place where a project should go. */
export interface TargetState {
  /** Absolute path, symbolic links of the folder itself resolved. */
  path: string;
  exists: boolean;
  /** Names of the entries directly in the folder, sorted. */
  entries: string[];
  /**
   * What already stands at the paths that a plan wants to write.
   * `text` is null for a file that is not UTF-8 text. Paths where nothing stands are absent.
   */
  files: Record<string, { text: string | null }>;
}
