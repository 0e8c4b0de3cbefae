// The rows of the table: what is compared, in which direction, and what is wanted. Plain data, nothing is run here.

/**
 * A row. Ratios of speed are "ours / theirs" in requests per second (more is better); ratios of time are the same in
 * seconds (less is better); sizes are no ratios.
 *
 * @typedef {object} Row
 * @property {string} id what `--only` takes
 * @property {string} what the row's title
 * @property {"more" | "less"} better
 * @property {number} least the value from which on the row is good enough
 * @property {number} [aim]
 * @property {string} [unit] for rows that are no ratios
 * @property {"cli" | "package" | "server"} kind
 * @property {string} [endpoint] server rows: which of `ENDPOINTS`
 * @property {"plain" | "cached"} [ours] server rows: which of our answers
 * @property {"bare" | "fastapi"} [against] server rows
 */

/** What is called on every server: the same data under each name. */
export const ENDPOINTS = ["widgets-json", "rows-100", "rows-10k"];

const TITLES = {
  "widgets-json": "/widgets.json (20 kB)",
  "rows-100": "table, 100 rows x 6 columns",
  "rows-10k": "table, 10,000 rows x 8 columns",
};

/** @type {Row[]} */
export const ROWS = [
  {
    id: "help",
    what: "create-openbb-backend --help against create-vite --help (time)",
    kind: "cli",
    better: "less",
    least: 1.1,
    aim: 1.0,
  },
  {
    id: "create",
    what: "creating the six-widget project against create-vite vanilla-ts (time)",
    kind: "cli",
    better: "less",
    least: 1.8,
    aim: 1.3,
  },
  { id: "tarball", what: "packed tarball", kind: "package", better: "less", least: 250, aim: 150, unit: "kB" },
  { id: "packages", what: "packages installed", kind: "package", better: "less", least: 1, aim: 1, unit: "" },
  server("widgets-json", "plain", "bare", 0.8, 2),
  server("rows-100", "plain", "bare", 0.35, 0.45),
  server("rows-100", "cached", "bare", 0.8, 2),
  server("rows-10k", "plain", "bare", 0.85, 1),
  server("rows-10k", "cached", "bare", 12, 25),
  server("widgets-json", "plain", "fastapi", 3),
  server("rows-100", "plain", "fastapi", 4),
  server("rows-10k", "plain", "fastapi", 25),
];

function server(endpoint, ours, against, least, aim) {
  const cached = ours === "cached";
  return {
    id: `${against === "fastapi" ? "fastapi-" : ""}${endpoint}${cached ? "-cached" : ""}`,
    what: `${TITLES[endpoint]}${cached ? ", cached" : ""}, against ${against === "bare" ? "node:http" : "FastAPI"}`,
    kind: "server",
    better: "more",
    endpoint,
    ours,
    against,
    least,
    aim,
  };
}

/** Whether a value is as good as the row wants it at least. */
export function isGoodEnough(row, value) {
  return row.better === "more" ? value >= row.least : value <= row.least;
}
