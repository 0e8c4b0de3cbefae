import { defineConfig } from "tsdown";
import { licensesPlugin } from "./build/licenses.ts";
import { DEFINES, templatesPlugin } from "./build/templates.ts";

export default defineConfig({
  entry: { cli: "src/cli/main.ts", index: "src/index.ts", contract: "src/contract/index.ts" },
  platform: "node",
  target: "node20.19",
  format: "esm",
  fixedExtension: false,
  hash: false,
  outputOptions: { chunkFileNames: "chunks/[name].js" },
  minify: true,
  // Everything is bundled: the package installs as one, with no dependencies.
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
  dts: true,
  define: DEFINES,
  plugins: [templatesPlugin(), licensesPlugin()],
  logLevel: "warn",
});
