import { slug } from "../names.js";

/** Names that Windows keeps for devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d|conin|conout)$/i;
const LONGEST = 60;

/**
 * Names for the handler files of widgets with any ids: an id that is a plain word stays as it is, of any other its
 * letters and digits are taken. No two are the same on a disk that does not tell upper from lower case.
 *
 * @returns for each id its file in src/widgets, without the ending
 */
export function handlerNames(ids: string[]): Map<string, string> {
  const taken = new Set(["index"]);
  const names = new Map<string, string>();
  const give = (id: string, base: string) => {
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${base}_${count}`;
    taken.add(name.toLowerCase());
    names.set(id, name);
  };
  // Plain ids first: none of them gives way to one that had to be changed.
  for (const id of ids) if (isPlain(id)) give(id, id);
  for (const id of ids) if (!isPlain(id)) give(id, safeName(id));
  return names;
}

function isPlain(id: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(id) && id.length <= LONGEST && !isDevice(id) && id.toLowerCase() !== "index";
}

function safeName(id: string): string {
  const name = slug(id.slice(0, 4 * LONGEST), "_")
    .slice(0, LONGEST)
    .replace(/_+$/, "");
  if (name === "") return "widget";
  return isDevice(name) || name === "index" || /^\d/.test(name) ? `widget_${name}` : name;
}

function isDevice(name: string): boolean {
  return DEVICE.test(name);
}
