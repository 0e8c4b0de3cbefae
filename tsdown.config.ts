import { defineConfig } from "tsdown";
import { licensesPlugin } from "./build/licenses.ts";
import { DEFINES, templatesPlugin } from "./build/templates.ts";
import { verdictsPlugin } from "./build/verdicts.ts";

/**
 * Modules of Node that libraries import for what we never ask of them. child_process takes 5 ms: commander has it for
 * subcommands that are programs of their own. The module `process`, which is the global one, opens standard input.
 */
const lightLibraries = {
  name: "openbb-light-libraries",
  transform: (code: string, id: string) => {
    if (/[\\/]commander[\\/]lib[\\/]command\.js$/.test(id)) {
      return code
        .replace("require('node:child_process')", "{ spawn: undefined }")
        .replace("require('node:fs')", "{ existsSync: undefined }")
        .replace("require('node:process')", "globalThis.process");
    }
    return /[\\/]package-manager-detector[\\/]/.test(id)
      ? code.replace("import process from 'node:process';", "")
      : undefined;
  },
};

export default defineConfig({
  entry: { cli: "src/cli/main.ts", index: "src/index.ts", contract: "src/contract.ts" },
  platform: "node",
  target: "node20.19",
  format: "esm",
  fixedExtension: false,
  hash: false,
  outputOptions: {
    chunkFileNames: "chunks/[name].js",
    // Each file costs a start half a millisecond: what is loaded together stands together. The rest is split by use.
    codeSplitting: {
      groups: [
        // What --help needs beside commander, and the contract's constants.
        {
          name: "core",
          test: /src[\\/](errors|version|plan[\\/](edit[\\/])?options|contract[\\/]constants)\.ts$/,
          priority: 3,
        },
        { name: "in-place", test: /src[\\/]project[\\/](in-place|journal|lock)\.ts$/, priority: 1 },
        { name: "fs-extra", test: /node_modules[\\/]fs-extra[\\/]/, priority: 2 },
        // What creating a project in a new folder, without questions, needs beside these.
        {
          name: "create",
          test: /src[\\/](create|plan[\\/](?!judge|from)[\w-]+|project[\\/](apply|recover|target)|cli[\\/](create|finish|gather|show))\.ts$/,
          priority: 2,
        },
      ],
    },
  },
  minify: true,
  // Everything is bundled: the package installs as one, with no dependencies.
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
  dts: true,
  // Its main file finds its parts in a way that no bundler understands.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  define: DEFINES,
  plugins: [templatesPlugin({ files: true }), verdictsPlugin(), licensesPlugin(), lightLibraries],
  logLevel: "warn",
});
