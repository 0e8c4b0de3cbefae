/**
 * Makes a git repository in a project, unless the project is in one already.
 * @param target absolute path of the project
 * @returns `done` when a repository was made; `warning` when it should have been, and why it was not. Never throws.
 */
export async function initGit(target: string): Promise<{ done: boolean; warning?: string }> {
  // Loaded here: only the end of a create needs it.
  const { execa } = await import("execa");
  const git = (...args: string[]) =>
    execa("git", args, {
      cwd: target,
      reject: false,
      stdin: "ignore",
      // Inside a git hook these name another repository. LC_ALL: the answer is compared below.
      env: { GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined, LC_ALL: "C" },
    });
  const inside = await git("rev-parse", "--is-inside-work-tree");
  if (inside.exitCode === 0) return { done: false };
  if (inside.code === "ENOENT") {
    return { done: false, warning: "git is not installed: no repository was made. Install it, then run: git init" };
  }
  const noRepository = /not a git repository/i.test(inside.stderr);
  const result = noRepository ? await git("init", "--quiet") : inside;
  if (noRepository && result.exitCode === 0) return { done: true };
  // For example a parent repository of another owner ("dubious ownership"): nothing to put a second one into.
  const why = result.stderr.split("\n")[0] || result.shortMessage;
  return { done: false, warning: `No git repository was made: ${why}` };
}
