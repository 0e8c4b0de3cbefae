import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import initSqlJs from "sql.js";
import { memorySource } from "../../templates/parts/ssrm/src/openbb/ssrm/memory.js";
import type { RowSource } from "../../templates/parts/ssrm/src/openbb/ssrm/source.js";
import { duckdb, postgres, sqlite, sqlSource } from "../../templates/parts/ssrm/src/openbb/ssrm/sql.js";
import { atEnd, freePort, until } from "../e2e/helpers.js";
import type { TableRow, Types } from "./reference.js";

/** One kind of source, to be held against the reference. */
export interface Engine {
  name: string;
  /** What is missing on this machine, or undefined. */
  lacks?: string | undefined;
  /** Makes a table of these rows, whose column `id` is the key, and the source over it. */
  load: (rows: TableRow[], types: Types, sqlTypes?: Record<string, string>) => Promise<RowSource>;
}

let tables = 0;
const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

const memory: Engine = { name: "memory", load: async (rows, types) => memorySource(rows, types) };

const sqliteEngine: Engine = {
  name: "SQLite",
  load: async (rows, types) => {
    const { Database } = await initSqlJs();
    const database = new Database();
    atEnd(() => database.close());
    const names = Object.keys(types);
    // NOCASE: the source's own rules must hold whatever the table's are.
    const columns = names.map(
      (name) => `${quote(name)} ${types[name] === "number" ? "NUMERIC" : "TEXT COLLATE NOCASE"}`,
    );
    database.run(
      `CREATE TABLE "the ""table" (${columns.map((column, i) => (types[names[i]!] === "boolean" ? quote(names[i]!) : column)).join(", ")})`,
    );
    // In another order than the key's.
    for (const row of [...rows].reverse()) {
      database.run(
        `INSERT INTO "the ""table" VALUES (${names.map(() => "?").join(", ")})`,
        names.map((name) => (typeof row[name] === "boolean" ? Number(row[name]) : row[name]!)),
      );
    }
    return sqlSource({
      dialect: sqlite,
      table: 'the "table',
      key: ["id"],
      columns: types,
      execute: async (sql, values) => {
        const statement = database.prepare(sql);
        try {
          // sql.js would take a boolean; better-sqlite3 does not.
          if (values.some((value) => typeof value === "boolean")) throw new Error("SQLite has no booleans.");
          statement.bind(values as (string | number)[]);
          const found: Record<string, unknown>[] = [];
          while (statement.step()) found.push(statement.getAsObject());
          return found;
        } finally {
          statement.free();
        }
      },
    });
  },
};

const duckDbApi = await import("@duckdb/node-api").catch(() => undefined);
const duckDbEngine: Engine = {
  name: "DuckDB",
  lacks: duckDbApi ? undefined : "package @duckdb/node-api",
  load: async (rows, types, sqlTypes = {}) => {
    const instance = await duckDbApi!.DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    atEnd(() => connection.closeSync());
    const table = `table${++tables}`;
    const usual = { text: "VARCHAR", number: "DOUBLE", boolean: "BOOLEAN", date: "DATE" };
    const names = Object.keys(types);
    const typed = names.map((name) => `${quote(name)} ${sqlTypes[name] ?? usual[types[name]!]}`);
    await connection.run(`CREATE TABLE ${table} (${typed.join(", ")})`);
    for (const row of [...rows].reverse()) {
      const list = names.map((name, i) => `CAST($${i + 1} AS ${sqlTypes[name] ?? usual[types[name]!]})`);
      await connection.run(
        `INSERT INTO ${table} VALUES (${list.join(", ")})`,
        names.map((name) => row[name]!),
      );
    }
    return sqlSource({
      dialect: duckdb,
      table,
      key: ["id"],
      columns: types,
      execute: async (sql, values) => (await connection.runAndReadAll(sql, values)).getRowObjectsJS(),
    });
  },
};

const POSTGRES = postgresFolder();
let pool: Promise<pg.Pool> | undefined;
const postgresEngine: Engine = {
  name: "PostgreSQL",
  lacks: POSTGRES ? undefined : "PostgreSQL server",
  load: async (rows, types, sqlTypes = {}) => {
    pool ??= startPostgres(POSTGRES!);
    const database = await pool;
    const table = `Table ${++tables}`;
    const usual = { text: "text", number: "float8", boolean: "boolean", date: "date" };
    const names = Object.keys(types);
    const typed = names.map((name) => `${quote(name)} ${sqlTypes[name] ?? usual[types[name]!]}`);
    await database.query(`CREATE SCHEMA IF NOT EXISTS "a schema"`);
    await database.query(`CREATE TABLE "a schema".${quote(table)} (${typed.join(", ")})`);
    for (const row of [...rows].reverse()) {
      const list = names.map((_, i) => `$${i + 1}`).join(", ");
      await database.query(
        `INSERT INTO "a schema".${quote(table)} VALUES (${list})`,
        names.map((name) => row[name]),
      );
    }
    return sqlSource({
      dialect: postgres,
      table: ["a schema", table],
      key: ["id"],
      columns: types,
      execute: async (sql, values) => (await database.query(sql, values)).rows,
    });
  },
};

export const ENGINES: Engine[] = [memory, sqliteEngine, duckDbEngine, postgresEngine];

/** Where the programs of PostgreSQL are: Debian keeps them off the path. */
function postgresFolder(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const found = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, "bin")) : [];
  const onPath = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" }).stdout?.trim();
  return [...found, ...(onPath ? [onPath] : [])].findLast((folder) => existsSync(join(folder, "initdb")));
}

/** A server of the test's own, on a free port of loopback, gone afterwards. */
async function startPostgres(programs: string): Promise<pg.Pool> {
  const folder = mkdtempSync(join(tmpdir(), "openbb-postgres-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  // It does not run as root.
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  const user = process.getuid?.() === 0 ? { uid: id("-u"), gid: id("-g") } : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);

  const data = join(folder, "data");
  const options = { cwd: folder, ...user, encoding: "utf8" } as const;
  // A collation in which "a" stands before "B": the source must not lean on the database's.
  const icu = ["--locale-provider=icu", "--icu-locale=en-US"];
  const init = (more: string[]) =>
    spawnSync(join(programs, "initdb"), ["-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", ...more], options);
  if (init([...icu, "--locale=C.UTF-8"]).status !== 0) {
    rmSync(data, { recursive: true, force: true });
    const made = init([]);
    if (made.status !== 0) throw new Error(made.stderr);
  }
  const port = await freePort();
  const server: ChildProcess = spawn(
    join(programs, "postgres"),
    ["-D", data, "-p", String(port), "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"],
    { ...options, stdio: "ignore" },
  );
  const pool = new pg.Pool({ host: "127.0.0.1", port, user: "test", database: "postgres", max: 4 });
  pool.on("error", () => {});
  atEnd(() => {
    void pool.end();
    server.kill("SIGQUIT");
  });
  await until(
    () =>
      pool.query("SELECT 1").then(
        () => true,
        () => false,
      ),
    "PostgreSQL",
  );
  return pool;
}
