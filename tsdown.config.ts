import { defineConfig, type UserConfig } from "tsdown";
import { licensesPlugin } from "./build/licenses.ts";
import { asciiPlugin, builtinsPlugin, lightExecaPlugin, lightModulesPlugin } from "./build/light.ts";
import { modulesPlugin } from "./build/modules.ts";
import { schemasPlugin } from "./build/schemas.ts";
import { DEFINES, templatesPlugin } from "./build/templates.ts";
import { verdictsPlugin } from "./build/verdicts.ts";

const LIBRARY = { index: "src/index.ts", contract: "src/contract.ts" };

const shared = {
  platform: "node",
  hash: false,
  checks: { legacyCjs: false, pluginTimings: false },
  // Everything is bundled: the package installs as one, with no dependencies.
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
  define: DEFINES,
  logLevel: "warn",
} satisfies UserConfig;

/** The programs, and the library. */
const bundle: UserConfig = {
  ...shared,
  entry: { cli: "src/cli/main.ts", ...LIBRARY },
  target: "node20.19",
  format: "cjs",
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
  dts: false,
  // Its main file finds its parts in a way that no bundler understands.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  plugins: [
    templatesPlugin({ files: true }),
    schemasPlugin({ files: true }),
    verdictsPlugin(),
    licensesPlugin(),
    modulesPlugin(Object.keys(LIBRARY)),
    lightModulesPlugin(),
    lightExecaPlugin(),
    builtinsPlugin(),
    asciiPlugin(),
  ],
};

/** The library's typings. */
const typings: UserConfig = {
  ...shared,
  entry: LIBRARY,
  format: "esm",
  fixedExtension: false,
  outputOptions: { chunkFileNames: "chunks/[name].js" },
  dts: { emitDtsOnly: true },
  clean: false,
};

export default defineConfig([bundle, typings]);
