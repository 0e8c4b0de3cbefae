import { defineConfig } from "tsdown";
import { licensesPlugin } from "./build/licenses.ts";
import { DEFINES, templatesPlugin } from "./build/templates.ts";
import { verdictsPlugin } from "./build/verdicts.ts";

/**
 * Commander loads child_process, which takes 5 ms, for subcommands that are programs of their own. We have none.
 */
const lightCommander = {
  name: "openbb-light-commander",
  transform: (code: string, id: string) =>
    id.endsWith("/commander/lib/command.js")
      ? code.replace("require('node:child_process')", "{ spawn: undefined }")
      : undefined,
};

export default defineConfig({
  entry: { cli: "src/cli/main.ts", index: "src/index.ts", contract: "src/contract/index.ts" },
  platform: "node",
  target: "node20.19",
  format: "esm",
  fixedExtension: false,
  hash: false,
  outputOptions: {
    chunkFileNames: "chunks/[name].js",
    // What --help needs beside commander, in one file instead of three.
    codeSplitting: { groups: [{ name: "core", test: /src[\\/](errors|version|plan[\\/]options)\.ts$/ }] },
  },
  minify: true,
  // Everything is bundled: the package installs as one, with no dependencies.
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
  dts: true,
  // Its main file finds its parts in a way that no bundler understands.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  define: DEFINES,
  plugins: [templatesPlugin({ files: true }), verdictsPlugin(), licensesPlugin(), lightCommander],
  logLevel: "warn",
});
