import { pino } from "pino";
import { createApp } from "../src/app.js";
import { type Config, readConfig } from "../src/config.js";
import { loadManifest } from "../src/load.js";

export const KEY = "a-key-that-is-only-for-tests";

/** The settings that a test starts from: the defaults, and a key. */
export const config: Config = readConfig({ API_KEY: KEY });

export const manifest = loadManifest();

/** The app as `npm start` would run it, with settings changed as a test needs. */
export function app(changes: Partial<Config> = {}) {
  return createApp({ ...config, ...changes }, manifest, pino({ level: "silent" }));
}
