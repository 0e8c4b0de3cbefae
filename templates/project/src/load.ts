import { readJson } from "./openbb/files.js";
import { buildManifest, type Manifest } from "./openbb/manifest.js";
import { modules } from "./widgets/index.gen.js";

/** Reads widgets.json and apps.json, which stand beside src, and pairs each widget with its handler. */
export function loadManifest(): Manifest {
  const [widgets, apps] = ["widgets.json", "apps.json"].map((name) => readJson(new URL(`../${name}`, import.meta.url)));
  return buildManifest(widgets, apps, modules);
}
