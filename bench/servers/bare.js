// What the generated server is measured against: node:http and nothing else, the same objects, JSON.stringify at each
// call.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const [data, port] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(join(data, `${name}.json`), "utf8"));
const answers = {
  "/widgets.json": read("widgets-json"),
  "/rows_100": read("rows-100"),
  "/rows_10k": read("rows-10k"),
  "/health": {},
};

createServer((req, res) => {
  const body = JSON.stringify(answers[req.url.split("?", 1)[0]]);
  res.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  res.end(body);
}).listen(Number(port), "127.0.0.1");
