import { defineConfig } from "vitest/config";
import { overlayPlugin } from "./build/overlay.ts";
import { schemasPlugin } from "./build/schemas.ts";
import { DEFINES, templatesPlugin } from "./build/templates.ts";
import { verdictsPlugin } from "./build/verdicts.ts";

export default defineConfig({
  plugins: [templatesPlugin(), schemasPlugin(), verdictsPlugin(), overlayPlugin()],
  define: DEFINES,
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**"],
          testTimeout: 60_000,
          // Many of them wait, so that two at once use a core well.
          maxWorkers: "100%",
          sequence: { groupOrder: 1 },
        },
      },
      {
        // The packed tarball, installed and used as a user would.
        extends: true,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/e2e/setup.ts",
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // A project of its own each: more at once would only be slower.
          maxConcurrency: 2,
        },
      },
    ],
  },
});
