import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const EVERY_MS = 250;

/** What is looked at: absolute paths, of which some may not be there. Of a folder, what is directly in it. */
export interface Watched {
  files: string[];
  folders: string[];
}

/**
 * Waits until files change. It looks at them, again and again: unlike the system's own notices, that works in
 * containers and on network drives, with editors that rename, and for files that come and go.
 *
 * @param before what `signatureOf` said of the state that is known
 * @returns once there was a change and the files have come to rest; false when the signal was aborted
 */
export async function waitForChange(watched: Watched, before: string, signal: AbortSignal): Promise<boolean> {
  for (let last = before; ; ) {
    const aborted = await sleep(EVERY_MS, false, { signal }).catch(() => true);
    if (aborted) return false;
    const now = await signatureOf(watched);
    // Not while it is being written: only when two looks in a row are the same.
    if (now !== before && now === last) return true;
    last = now;
  }
}

/** Sizes and times of what is watched, as a text that is another one after any change. */
export async function signatureOf({ files, folders }: Watched): Promise<string> {
  const inFolders = await Promise.all(
    folders.map(async (folder) => (await readdir(folder).catch(() => [])).map((name) => join(folder, name))),
  );
  const parts = [...files, ...inFolders.flat()].map(async (path) => {
    const found = await stat(path).catch(() => undefined);
    // A folder changes with any file in it, also with those that do not matter.
    if (found?.isDirectory()) return `${path} is a folder`;
    return found ? `${path} ${found.size} ${found.mtimeMs} ${found.ino}` : `${path} is not there`;
  });
  return (await Promise.all(parts)).join("\n");
}
