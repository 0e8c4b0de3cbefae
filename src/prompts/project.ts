import { DEFAULT_PORT, originProblem } from "../plan/answers.js";
import { PACKAGE_MANAGERS, type PackageManager } from "../plan/options.js";
import type { Question } from "./draft.js";

const auth: Question = {
  key: "auth",
  label: () => "API key",
  show: ({ auth }) => (auth === "api-key" ? "yes: only callers who have it get data" : "no"),
  ask: async ({ ask, draft }) => ({
    auth: (await ask.confirm("Should callers need an API key?", draft.auth === "api-key")) ? "api-key" : "none",
  }),
};

const docker: Question = {
  key: "docker",
  label: () => "Dockerfile",
  show: ({ docker }) => yesNo(docker),
  ask: async ({ ask, draft }) => ({ docker: await ask.confirm("Add a Dockerfile?", draft.docker ?? true) }),
};

const ci: Question = {
  key: "ci",
  label: () => "CI workflow",
  show: ({ ci }) => (ci === "github" ? "GitHub Actions" : "no"),
  ask: async ({ ask, draft }) => ({
    ci: (await ask.confirm("Add a GitHub workflow that tests what is pushed?", draft.ci !== "none"))
      ? "github"
      : "none",
  }),
};

const packageManager: Question = {
  key: "packageManager",
  label: () => "Package manager",
  show: (draft) => draft.packageManager ?? "",
  ask: async ({ ask, draft, conversation: { surroundings, installed } }) => {
    const order = [...new Set([surroundings.packageManager, ...installed, ...PACKAGE_MANAGERS])];
    const choices = order.map((value) => ({
      value,
      label: value,
      ...(installed.includes(value) ? {} : { hint: "not installed" }),
    }));
    return {
      packageManager: await ask.select<PackageManager>(
        "Which package manager?",
        choices,
        draft.packageManager ?? order[0],
      ),
    };
  },
  next: (_, { draft, conversation: { installed } }) =>
    draft.install && draft.packageManager && !installed.includes(draft.packageManager) ? ["install"] : [],
};

const install: Question = {
  key: "install",
  label: () => "Install now",
  show: ({ install }) => yesNo(install),
  ask: async ({ ask, draft, conversation: { installed } }) => {
    const manager = draft.packageManager ?? "npm";
    const there = installed.includes(manager);
    const message = `Install the dependencies with ${manager} now?${there ? "" : ` (${manager} was not found here)`}`;
    return { install: await ask.confirm(message, there && (draft.install ?? true)) };
  },
};

const git: Question = {
  key: "git",
  label: () => "Git repository",
  show: ({ git }) => yesNo(git),
  ask: async ({ ask, draft }) => ({ git: await ask.confirm("Start a git repository?", draft.git ?? true) }),
};

const port: Question = {
  key: "port",
  onlyLater: true,
  label: () => "Port",
  show: ({ port = DEFAULT_PORT }) => String(port),
  ask: async ({ ask, draft: { port = DEFAULT_PORT } }) => ({
    port: Number(
      await ask.text({
        message: "Which port should the backend listen on?",
        preset: String(port),
        initial: String(port),
        whileTyping: (text) =>
          /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535
            ? undefined
            : "Ports are whole numbers from 1 to 65535.",
      }),
    ),
  }),
};

const origins: Question = {
  key: "origins",
  onlyLater: true,
  label: () => "Extra origins",
  show: ({ origins = [] }) => origins.join(", ") || "none: only those of OpenBB Workspace",
  ask: async ({ ask, draft: { origins = [] } }) => ({
    origins: originsOf(
      await ask.text({
        message: "Which other origins may call the backend? (none, or several with spaces between)",
        initial: origins.join(" "),
        // Every origin is wrong until its last letter is typed.
        atEnter: (text) =>
          originsOf(text)
            .map(originProblem)
            .find((problem) => problem !== undefined),
      }),
    ),
  }),
};

/** The questions about the project around the widgets. */
export const PROJECT_QUESTIONS: Question[] = [auth, docker, ci, packageManager, install, git, port, origins];

function originsOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((part) => part !== ""))];
}

function yesNo(value: boolean | undefined): string {
  return value ? "yes" : "no";
}
