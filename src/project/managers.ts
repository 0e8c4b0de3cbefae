import { constants } from "node:fs";
import { posix, win32 } from "node:path";
import fs from "fs-extra";
import { PACKAGE_MANAGERS, type PackageManager } from "../plan/options.js";

/**
 * Which package managers can be started: looked for on PATH, without starting any.
 * @param env the environment; on Windows the names of its variables may be in any case
 * @returns in the order npm, pnpm, yarn, bun
 */
export async function installedManagers(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<PackageManager[]> {
  const windows = platform === "win32";
  const variable = (name: string) =>
    windows ? Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1] : env[name];
  const { delimiter, join } = windows ? win32 : posix;
  // An empty part of PATH means the current folder: what lies there is not what the user calls npm.
  const folders = (variable("PATH") ?? "")
    .split(delimiter)
    .map((folder) => (windows ? folder.replace(/^"(.*)"$/, "$1") : folder))
    .filter(Boolean);
  const endings = windows ? (variable("PATHEXT") || ".COM;.EXE;.BAT;.CMD").split(";").filter(Boolean) : [""];
  const found: PackageManager[] = [];
  for (const name of PACKAGE_MANAGERS) {
    const files = folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending.toLowerCase())));
    if (await some(files, isProgram)) found.push(name);
  }
  return found;
}

async function some(files: string[], test: (file: string) => Promise<boolean>): Promise<boolean> {
  for (const file of files) if (await test(file)) return true;
  return false;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await fs.access(file, constants.X_OK);
    return (await fs.stat(file)).isFile();
  } catch {
    return false;
  }
}
