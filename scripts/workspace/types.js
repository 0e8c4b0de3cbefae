// How each widget type asks for its data, and what it takes for an answer (contract 3.1 to 3.19).
import { WebSocket } from "ws";
import { initialValues, trials, withQuery } from "./params.js";

const SOCKET_MS = 10_000;
const EXACT_JSON = "application/json";

/** One function a type; any other is asked with a plain GET. Each throws at what Workspace would not take. */
export const TYPES = {
  ssrm_table,
  ssrm_advanced,
  live_grid,
  advanced_charting,
  omni,
  pdf,
  iframe,
  multi_file_viewer,
  file_viewer,
};

/** The types that are asked with one GET. */
export async function plain({ id, definition, client, shapes }) {
  for (const values of trials(definition)) {
    const { text, type } = await client.call(withQuery(definition.endpoint, values));
    const shape = values.raw ? shapes.rawAnswer : shapes.answer;
    const result = shape.safeParse(type.startsWith("application/json") ? JSON.parse(text) : text);
    need(result.success, `${id} ${JSON.stringify(values)}: ${result.error?.message}`);
  }
}

async function ssrm_table({ id, definition, client }) {
  const path = withQuery(definition.endpoint, initialValues(definition));
  const ask = (body) => client.json(path, { method: "POST", body });
  const first = await ask({ startRow: 0, endRow: 500 });
  const odd = await ask({});
  for (const answer of [first, odd]) checkRows(id, answer);
  const field = Object.keys(first.rowData[0])[0];
  const sorted = await ask(gridRequest({ sortModel: [{ colId: field, sort: "desc" }] }));
  checkRows(id, sorted);
  need(sorted.rowCount === first.rowCount, `${id}: sorting changed the number of rows`);
}

async function ssrm_advanced({ id, definition, client }) {
  const { query, language: _, ...values } = initialValues(definition);
  const path = withQuery(definition.endpoint, values);
  const ask = (body) => client.json(path, { method: "POST", body: { query, ...body } });
  for (const body of [{ startRow: 0, endRow: 500 }, { disableCache: false }, gridRequest({ disableCache: true })]) {
    checkRows(id, await ask(body));
  }
  const wrong = await client
    .json(path, { method: "POST", body: { query: "DROP TABLE x", startRow: 0, endRow: 10 } })
    .catch((error) => ({ error: error.message }));
  need(typeof wrong.error === "string", `${id}: a statement that writes was not refused`);
}

async function live_grid({ id, definition, client }) {
  const { data = {} } = definition;
  const values = initialValues(definition);
  const rows = await client.json(withQuery(definition.endpoint, values));
  need(Array.isArray(rows) && rows.length > 0, `${id}: the snapshot is no list of rows`);
  const keys = [data.wsRowIdColumns ?? data.wsRowIdColumn].flat();
  const rowId = (row) => keys.map((key) => row[key]).join("-");
  const known = new Set(rows.map(rowId));
  const updates = await firstMessage(id, client, definition.wsEndpoint, { type: "params", params: values });
  need(updates.length > 0 && updates.every((row) => known.has(rowId(row))), `${id}: an update is of no row there is`);
  const live = (data.table?.columnsDefs ?? []).filter((column) => column.enableCellChangeWs).map(({ field }) => field);
  need(
    updates.some((row) => live.some((field) => field in row)),
    `${id}: no update has a column that may change`,
  );
}

/** No headers, no query, no subprotocol: the browser sends its origin and nothing else. */
function firstMessage(id, client, wsEndpoint, hello) {
  const path = wsEndpoint.replace(/^\/+/, "");
  const socket = new WebSocket(`${client.url}/${path}`.replace("http", "ws"), { origin: client.origin });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${id}: the socket said nothing in ${SOCKET_MS} ms`)), SOCKET_MS);
    socket.on("open", () => socket.send(JSON.stringify(hello)));
    socket.on("message", (message) => {
      client.done.push(`WS /${path.replace(/^t\/[^/]+\//, "")}`);
      resolve([JSON.parse(String(message))].flat());
    });
    socket.on("error", (error) => reject(new Error(`${id}: ${error.message}`)));
    socket.on("close", () => clearTimeout(timer));
  }).finally(() => socket.terminate());
}

async function advanced_charting({ id, definition, client }) {
  const base = definition.endpoint;
  const symbol = definition.data.defaultSymbol;
  await client.call(base);
  const config = await client.json(`${base}/config`);
  need(config.supports_search === true && config.supports_group_request === false, `${id}: config`);
  need(Number.isInteger(Number((await client.call(`${base}/time`)).text)), `${id}: time`);
  const [found] = await client.json(`${base}/search?query=${symbol}&type=&exchange=&limit=30`);
  need(found?.symbol === symbol, `${id}: search does not find ${symbol}`);
  const info = await client.json(`${base}/symbols?symbol=${symbol}`);
  need(info.name === symbol && typeof info.session === "string", `${id}: symbols`);
  const to = Math.floor(Date.now() / 1000);
  for (const resolution of config.supported_resolutions) {
    const query = `symbol=${symbol}&resolution=${resolution}&from=${to - 400 * 86_400}&to=${to}&countback=100`;
    const { s, t } = await client.json(`${base}/history?${query}`);
    need(
      s === "ok" && t.length > 0 && t.every((time, at) => at === 0 || time > t[at - 1]),
      `${id}: ${resolution}: ${s}`,
    );
  }
  const none = await client.json(`${base}/history?symbol=${symbol}&resolution=1D&from=1&to=1000`);
  need(none.s === "no_data", `${id}: no_data`);
}

async function omni({ id, definition, client, shapes }) {
  const values = initialValues(definition);
  const answer = await client.json(definition.endpoint, { method: "POST", body: { prompt: "", ...values } });
  const result = shapes.answer.safeParse(answer);
  need(result.success, `${id}: ${result.error?.message}`);
  await client.json(definition.endpoint, { method: "POST", body: { ...values, nothing: null } });
}

/** PDF files are asked for without headers, and their type must be exact. */
async function pdf({ id, definition, client }) {
  const { type, bytes, text } = await client.call(withQuery(definition.endpoint, initialValues(definition)), {
    bare: true,
  });
  if (type === "application/pdf") return checkPdf(id, bytes);
  need(type === EXACT_JSON, `${id}: the type is ${type}`);
  await checkFile(id, JSON.parse(text), client);
}

async function multi_file_viewer({ id, definition, client }) {
  const selector = definition.params.flat().find(({ roles }) => roles?.includes("fileSelector"));
  const others = Object.fromEntries(
    Object.entries(initialValues(definition)).filter(([name]) => name !== selector.paramName),
  );
  const choices = await client.json(
    withQuery(selector.optionsEndpoint, selector.optionsParams === undefined ? others : {}),
  );
  need(choices.length > 0 && choices.every(({ label, value }) => label && value), `${id}: the list of files`);
  const wanted = choices.map(({ value }) => value).sort();
  const { type, text } = await client.call(definition.endpoint, {
    method: "POST",
    body: { [selector.paramName]: [...wanted, "zz-no-such-file"] },
  });
  need(type === EXACT_JSON, `${id}: the type is ${type}`);
  const items = JSON.parse(text);
  need(items.length === wanted.length + 1, `${id}: ${items.length} items for ${wanted.length + 1} files`);
  need(items.at(-1).error_type === "not_found", `${id}: a missing file`);
  for (const item of items.slice(0, -1)) await checkFile(id, item, client);
}

/** The browser fetches a linked file by itself, without headers. */
async function checkFile(id, { data_format, content, url }, client) {
  need(data_format?.data_type === "pdf", `${id}: the data type`);
  checkPdf(id, content ? Buffer.from(content, "base64") : (await client.call(url, { bare: true })).bytes);
}

function checkPdf(id, bytes) {
  need(bytes.subarray(0, 5).toString() === "%PDF-", `${id}: no PDF`);
}

async function file_viewer({ id, definition, client }) {
  const values = initialValues(definition);
  const items = await client.json(withQuery(definition.endpoint, values));
  need(items.length > 0 && items.every(({ title, link }) => title && link), `${id}: the list of files`);
  const content = await client.json(`${definition.fileEndpoint}?path=${encodeURIComponent(items[0].link)}`);
  need(typeof content === "string" && content.length > 0, `${id}: the file`);
}

async function iframe({ id, definition, client }) {
  for (const values of trials(definition)) {
    const page = await client.call(withQuery(definition.endpoint, values), { bare: true });
    need(page.type.startsWith("text/html") && page.text.includes("<html"), `${id}: no page`);
    const policy = page.headers.get("content-security-policy") ?? "";
    need(/frame-ancestors [^;]*https:\/\/pro\.openbb\.co/.test(policy), `${id}: it may not be framed`);
    need(!page.headers.has("x-frame-options"), `${id}: X-Frame-Options`);
  }
}

function gridRequest(changes) {
  const empty = { rowGroupCols: [], valueCols: [], pivotCols: [], pivotMode: false, groupKeys: [], filterModel: {} };
  return { startRow: 0, endRow: 100, ...empty, sortModel: [], ...changes };
}

function checkRows(id, { rowData, rowCount, error }) {
  need(error === undefined && Array.isArray(rowData) && rowData.length > 0, `${id}: ${error ?? "no rows"}`);
  need(Number.isInteger(rowCount) && rowCount >= rowData.length, `${id}: rowCount`);
}

function need(condition, message) {
  if (!condition) throw new Error(message);
}
