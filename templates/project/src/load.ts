import { readFileSync } from "node:fs";
import { buildManifest, type Manifest } from "./openbb/manifest.js";
import { modules } from "./widgets/index.gen.js";

/** Reads widgets.json and apps.json, which stand beside src, and pairs each widget with its handler. */
export function loadManifest(): Manifest {
  return buildManifest(readJson("../widgets.json"), readJson("../apps.json"), modules);
}

function readJson(path: string): unknown {
  const url = new URL(path, import.meta.url);
  try {
    return JSON.parse(readFileSync(url, "utf8"));
  } catch (error) {
    throw new Error(`${url.pathname} cannot be read: ${(error as Error).message}`);
  }
}
