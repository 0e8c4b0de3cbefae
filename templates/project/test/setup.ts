import { pino } from "pino";
import type { Response, Test } from "supertest";
import { createApp } from "../src/app.js";
import { type Config, readConfig } from "../src/config.js";
import { loadManifest } from "../src/load.js";

export const KEY = "a-key-that-is-only-for-tests";
export const WORKSPACE = "https://pro.openbb.co";

/** The settings that a test starts from: the defaults, and a key. */
export const config: Config = readConfig({ API_KEY: KEY });

export const manifest = loadManifest();

/** The app as `npm start` would run it, with settings changed as a test needs. */
export function app(changes: Partial<Config> = {}) {
  return createApp({ ...config, ...changes }, manifest, pino({ level: "silent" }));
}

/** widgets.json as Workspace gets it, with the links that stand for the key. */
export async function served(http: { get: (path: string) => Test }): Promise<Record<string, Record<string, unknown>>> {
  return (await http.get("/widgets.json").set("X-API-KEY", KEY)).body;
}

/** For supertest's `parse`: the body as bytes, whatever its type. */
export function bytes(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on("data", (chunk: Buffer) => chunks.push(chunk));
  response.on("end", () => done(null, Buffer.concat(chunks)));
}
