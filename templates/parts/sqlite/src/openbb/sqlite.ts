import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { HttpError } from "./errors.js";
import type { Row } from "./widget.js";

export type SqlValue = string | number | boolean | null;

export interface Limits {
  /** How long one query may take. */
  seconds: number;
  /** How many rows it may give, and how many megabytes they may be. */
  rows: number;
  megabytes: number;
}

export interface SampleDatabase {
  /**
   * Runs one statement.
   *
   * @param sql a statement with a `?` for each value
   * @throws HttpError 400 with SQLite's own words, or when a limit is reached
   */
  query: (sql: string, values?: SqlValue[], context?: { signal?: AbortSignal }) => Promise<Row[]>;
  close: () => Promise<void>;
}

/**
 * What runs in a thread of its own, so that a query without end can be stopped and holds nobody else up. A text, for a
 * thread cannot load TypeScript.
 */
const THREAD = `
const { parentPort, workerData } = require("node:worker_threads");
const quote = (name) => '"' + name.replaceAll('"', '""') + '"';
const opened = require(workerData.sqlJs)().then(({ Database }) => {
  const database = new Database();
  database.run("BEGIN");
  for (const [table, rows] of Object.entries(workerData.tables)) {
    const columns = [...new Set(rows.flatMap(Object.keys))];
    database.run("CREATE TABLE " + quote(table) + " (" + columns.map(quote).join(", ") + ")");
    const places = columns.map(() => "?").join(", ");
    const insert = database.prepare("INSERT INTO " + quote(table) + " VALUES (" + places + ")");
    for (const row of rows) insert.run(columns.map((column) => row[column] ?? null));
    insert.free();
  }
  database.run("COMMIT; PRAGMA query_only = ON; PRAGMA hard_heap_limit = 300000000");
  return database;
});
parentPort.on("message", async ({ sql, values, limits }) => {
  try {
    const statement = (await opened).prepare(sql, values);
    const rows = [];
    let bytes = 0;
    try {
      while (statement.step()) {
        const row = statement.getAsObject();
        if (rows.push(row) > limits.rows) throw new Error("it gives more than " + limits.rows + " rows");
        for (const value of Object.values(row)) bytes += value?.length ?? 8;
        if (bytes > limits.megabytes * 1e6) throw new Error("it gives more than " + limits.megabytes + " MB");
      }
    } finally {
      statement.free();
    }
    parentPort.postMessage({ rows });
  } catch (error) {
    parentPort.postMessage({ error: error.message });
  }
});
`;

/**
 * A database in memory (SQLite, read-only) with tables of sample data. It is made at the first query.
 *
 * @param tables gives the rows of each table; their columns are the keys of the rows
 */
export function sampleDatabase(
  tables: () => Record<string, readonly object[]>,
  limits: Limits = { seconds: 10, rows: 100_000, megabytes: 50 },
): SampleDatabase {
  let thread: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const start = () => {
    const sqlJs = createRequire(import.meta.url).resolve("sql.js");
    const worker = new Worker(THREAD, { eval: true, workerData: { sqlJs, tables: tables() } });
    worker.unref();
    worker.on("error", () => {
      thread = undefined;
    });
    return worker;
  };

  const run = (sql: string, values: SqlValue[], signal?: AbortSignal) =>
    new Promise<Row[]>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      thread ??= start();
      const worker = thread;
      /** SQLite cannot be interrupted from here: the thread is done with, and the next query gets a new one. */
      const stop = (reason: unknown) => {
        thread = undefined;
        void worker.terminate();
        end(() => reject(reason));
      };
      const aborted = () => stop(signal?.reason);
      const timer = setTimeout(() => stop(failed(`it takes longer than ${limits.seconds} s`)), limits.seconds * 1000);
      const answered = (answer: { rows?: Row[]; error?: string }) =>
        end(() => (answer.rows ? resolve(answer.rows) : reject(failed(String(answer.error)))));
      const end = (settle: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", aborted);
        worker.off("message", answered).off("error", stop);
        settle();
      };
      signal?.addEventListener("abort", aborted);
      worker.once("message", answered);
      worker.once("error", stop);
      worker.postMessage({ sql, values, limits });
    });

  return {
    query: (sql, values = [], { signal } = {}) => {
      // One after the other: there is one thread.
      const result = last.then(() => run(sql, values, signal));
      last = result.catch(() => {});
      return result;
    },
    close: async () => {
      await thread?.terminate();
      thread = undefined;
    },
  };
}

function failed(reason: string): HttpError {
  return new HttpError(400, `The query failed: ${reason}.`);
}
