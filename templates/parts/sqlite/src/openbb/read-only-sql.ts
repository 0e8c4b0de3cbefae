import { HttpError } from "./errors.js";

/** One comment, text, quoted name, word, run of blanks, or other character, as SQLite divides a statement. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'[^']*(?:''[^']*)*'|"[^"]*(?:""[^"]*)*"|`[^`]*(?:``[^`]*)*`|\[[^\]]*\]|[\w$\u0080-\uffff]+|\s+|[\s\S]/g;

/** Words of statements that write, or reach out of the database. None can be the name of a column unless quoted. */
const FORBIDDEN = new Set(
  (
    "alter analyze attach begin call commit copy create delete detach drop exec execute grant insert into load lock " +
    "merge pragma reindex release revoke rollback savepoint truncate update vacuum"
  ).split(" "),
);

/**
 * Checks a statement that somebody typed: it must be one `SELECT` (or `WITH … SELECT`, `VALUES`), and fit in the
 * brackets of `SELECT * FROM (…)`.
 *
 * This reads SQL as SQLite does. It is a fence, not the wall: give a database of yours an account that may only read,
 * only what callers may see, with a limit on time.
 *
 * @returns the statement without comments and without a semicolon at its end
 * @throws HttpError 400 with the reason
 */
export function readOnlySql(text: string): string {
  if (text.includes("\0")) throw refused("it contains a NUL character.");
  const kept: string[] = [];
  let first: string | undefined;
  let depth = 0;
  let ended = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.startsWith("--") || token.startsWith("/*") || token.trim() === "") {
      kept.push(token.trim() === "" ? token : " ");
      continue;
    }
    if (ended) throw refused("only one statement is allowed.");
    if (token === ";") {
      ended = true;
      continue;
    }
    if (/^['"`[]$/.test(token)) throw refused(`a text or a name that starts with ${token} has no end.`);
    const word = token.toLowerCase();
    first ??= word;
    if (FORBIDDEN.has(word)) throw refused(`"${word}" is not allowed. Put a column of that name in double quotes.`);
    depth += token === "(" ? 1 : token === ")" ? -1 : 0;
    if (depth < 0) break;
    kept.push(token);
  }
  if (first === undefined) throw refused("it is empty.");
  if (!["select", "with", "values"].includes(first)) throw refused("it must start with SELECT or WITH.");
  if (depth !== 0) throw refused("its brackets do not match.");
  return kept.join("").trim();
}

function refused(reason: string): HttpError {
  return new HttpError(400, `The query is refused: ${reason}`);
}
