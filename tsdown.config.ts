import { defineConfig } from "tsdown";
import { licensesPlugin } from "./build/licenses.ts";
import { asciiPlugin, builtinsPlugin, lightExecaPlugin, lightModulesPlugin } from "./build/light.ts";
import { modulesPlugin } from "./build/modules.ts";
import { schemasPlugin } from "./build/schemas.ts";
import { DEFINES, templatesPlugin } from "./build/templates.ts";
import { verdictsPlugin } from "./build/verdicts.ts";

/** The programs, and the library. */
const bundle = defineConfig({
  entry: { cli: "src/cli/main.ts", index: "src/index.ts", contract: "src/contract.ts" },
  platform: "node",
  target: "node20.19",
  format: "cjs",
  hash: false,
  outputOptions: {
    chunkFileNames: "chunks/[name].cjs",
    // Each file costs a start half a millisecond: what is loaded together stands together. The rest is split by use.
    codeSplitting: {
      groups: [
        // What --help needs beside commander, and the contract's constants.
        {
          name: "core",
          test: /rolldown[\\/]runtime|src[\\/](errors|version|plan[\\/](edit[\\/]|validate-)?options|contract[\\/]constants)\.ts$/,
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
  checks: { legacyCjs: false, pluginTimings: false },
  // Everything is bundled: the package installs as one, with no dependencies.
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
  dts: false,
  // Its main file finds its parts in a way that no bundler understands.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  define: DEFINES,
  plugins: [
    templatesPlugin({ files: true }),
    schemasPlugin({ files: true }),
    verdictsPlugin(),
    licensesPlugin(),
    modulesPlugin(["index", "contract"]),
    lightModulesPlugin(),
    lightExecaPlugin(),
    builtinsPlugin(),
    asciiPlugin(),
  ],
  logLevel: "warn",
});

/** The library's typings. */
const typings = defineConfig({
  entry: { index: "src/index.ts", contract: "src/contract.ts" },
  platform: "node",
  format: "esm",
  fixedExtension: false,
  hash: false,
  outputOptions: { chunkFileNames: "chunks/[name].js" },
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
  dts: { emitDtsOnly: true },
  clean: false,
  checks: { pluginTimings: false },
  define: DEFINES,
  logLevel: "warn",
});

export default [bundle, typings].flat();
