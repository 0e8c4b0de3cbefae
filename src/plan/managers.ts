import type { PackageManager } from "./options.js";

/** How each package manager is spoken to. */
interface Commands {
  install: string;
  /** Installs just what the lockfile says. */
  ci: string;
  run: (script: string) => string;
  test: string;
  lockfile: string;
}

export const MANAGERS: Record<PackageManager, Commands> = {
  npm: {
    install: "npm install",
    ci: "npm ci",
    run: (script) => `npm run ${script}`,
    test: "npm test",
    lockfile: "package-lock.json",
  },
  pnpm: {
    install: "pnpm install",
    ci: "pnpm install --frozen-lockfile",
    run: (script) => `pnpm ${script}`,
    test: "pnpm test",
    lockfile: "pnpm-lock.yaml",
  },
  yarn: {
    install: "yarn install",
    ci: "yarn install --immutable",
    run: (script) => `yarn ${script}`,
    test: "yarn test",
    lockfile: "yarn.lock",
  },
  bun: {
    install: "bun install",
    ci: "bun install --frozen-lockfile",
    run: (script) => `bun run ${script}`,
    test: "bun run test",
    lockfile: "bun.lock",
  },
};
