import { relative, resolve } from "node:path";

/**
 * A path as one would type it from a folder: relative, unless the whole path is shorter. Never begins with a hyphen,
 * which would make it an option; empty when it is that very folder.
 */
export function pathFrom(folder: string, target: string): string {
  const absolute = resolve(target);
  const near = relative(folder, absolute);
  return near.length > absolute.length ? absolute : near.replace(/^-/, "./-");
}

/** A word as the user's shell reads it, quoted if it needs it. */
export function shellQuote(word: string, platform: NodeJS.Platform = process.platform): string {
  const windows = platform === "win32";
  if (/^[\w@%+=:,./~\\-]+$/.test(word) && !word.startsWith("~") && (windows || !word.includes("\\"))) return word;
  return windows ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
