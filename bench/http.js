// The rows on the generated server. All that is compared on one endpoint is measured in turn, a few seconds each, as
// often as asked for.
import { join } from "node:path";
import { load, pathOf, startServer, untilIdle } from "./load.js";
import { compare } from "./stats.js";

/** FastAPI varies little, and is slow: three of its measurements do. */
const FASTAPI_REPEATS = 3;
/** On 10,000 rows it answers a few times a second: count over a longer time. */
const FASTAPI_SLOW_SECONDS = 8;

/**
 * Measures server rows.
 *
 * @param {import("./rows.js").Row[]} rows
 * @param {ReturnType<typeof import("./project.js").makeProject>} made
 * @param {{repeats: number, seconds: number, folder: string, say: (line: string) => void}} options
 * @returns {Promise<Map<string, object>>} by row id: `compare`'s numbers, or `failed` with the reason
 */
export async function measureServers(rows, made, options) {
  const results = new Map();
  const { folder } = options;
  const ours = await startServer("ours", made, join(folder, "ours.log"));
  const bare = await startServer("bare", made, join(folder, "bare.log"));
  try {
    for (const endpoint of new Set(rows.map((row) => row.endpoint))) {
      const wanted = rows.filter((row) => row.endpoint === endpoint);
      options.say(`Measuring ${pathOf(endpoint)} …`);
      try {
        await assertSame(`${bare.url}${pathOf(endpoint)}`, `${ours.url}${pathOf(endpoint)}`);
        const rates = await measureEndpoint(endpoint, wanted, { ours, bare }, made, options);
        for (const row of wanted) {
          const [a, b] = [rates[row.ours], rates[row.against]];
          const count = Math.min(a.length, b.length);
          results.set(row.id, { ...compare(a.slice(0, count), b.slice(0, count)), unit: "requests/s" });
        }
      } catch (error) {
        // One broken endpoint must not hide what was learnt of the others.
        for (const row of wanted) results.set(row.id, { failed: error.message });
      }
    }
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
  }
  return results;
}

async function measureEndpoint(endpoint, rows, { ours, bare }, made, { repeats, seconds, folder }) {
  const steady = (server, cached) => async (duration) => {
    const rate = await load(`${server.url}${pathOf(endpoint, cached)}`, duration);
    // Requests that wrk left behind must not fall on the next one's account.
    await untilIdle(server.url);
    return rate;
  };
  const fastapi = async (duration) => {
    // Anew each time: it would go on for half a minute with what wrk left behind.
    const server = await startServer("fastapi", made, join(folder, "fastapi.log"));
    try {
      return await load(`${server.url}${pathOf(endpoint)}`, duration);
    } finally {
      await server.stop();
    }
  };
  const subjects = { bare: steady(bare, false), plain: steady(ours, false), cached: steady(ours, true), fastapi };
  const needed = Object.keys(subjects).filter((name) => rows.some((row) => row.ours === name || row.against === name));

  const rates = Object.fromEntries(needed.map((name) => [name, []]));
  for (const name of needed) if (name !== "fastapi") await subjects[name](Math.min(2, seconds));
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const name of needed) {
      if (name === "fastapi" && repeat >= FASTAPI_REPEATS) continue;
      const slow = name === "fastapi" && endpoint === "rows-10k";
      rates[name].push(await subjects[name](slow ? Math.max(seconds, FASTAPI_SLOW_SECONDS) : seconds));
    }
  }
  return rates;
}

/** Both must send the same bytes, else a ratio says nothing. */
async function assertSame(a, b) {
  const [one, other] = await Promise.all([a, b].map(async (url) => (await fetch(url)).text()));
  if (one !== other) throw new Error(`${a} and ${b} do not answer the same: ${one.length} and ${other.length} bytes.`);
}
