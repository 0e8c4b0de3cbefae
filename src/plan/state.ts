/** Larger files are data: no plan looks into them. */
export const MOST_BYTES = 10_000_000;

/** One file of a project that is there already. */
export interface PresentFile {
  /** Null when it is not UTF-8 text, or too large. */
  text: string | null;
}

/**
 * A project as a command finds it: what stands at each path, relative to its root, with `/`. Hidden folders, and those
 * of what is installed or built, are not read.
 */
export interface ProjectState {
  files: Record<string, PresentFile>;
  /** Symbolic links, which are not followed. */
  links?: string[];
}

/** The text of a file; undefined when there is none, or it is not text. */
export function textOf(state: ProjectState, path: string): string | undefined {
  return Object.hasOwn(state.files, path) ? (state.files[path]?.text ?? undefined) : undefined;
}
