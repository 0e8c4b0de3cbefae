import { mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, inject } from "vitest";
import { CHROMIUM, itWith, script, start } from "./helpers.js";

const KEY = "a-key-that-is-only-for-tests";
const itBrowser = itWith("Chromium", CHROMIUM !== undefined);
/** Where the screenshots go, for people to look at. */
const SHOTS = join(process.cwd(), "node_modules", ".cache", "screenshots");

let browser: Browser;
const servers: Server[] = [];

beforeAll(async () => {
  if (!CHROMIUM) return;
  mkdirSync(SHOTS, { recursive: true });
  script(inject("six"), "build");
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  for (const server of servers) server.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  itBrowser(`the landing page, ${colorScheme}: its widgets, its URL to copy, no error`, async () => {
    const { url } = await start(inject("six"));
    const context = await browser.newContext({ colorScheme, viewport: { width: 900, height: 1000 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(url);
    await page.screenshot({ path: join(SHOTS, `landing-${colorScheme}.png`) });
    expect(await page.locator("tbody tr").count()).toBe(6);
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(url);
    const [back, text] = (await page.evaluate(
      "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color].map((rgb) => Number(/\\d+/.exec(rgb)[0]))",
    )) as [number, number];
    expect(back > text).toBe(colorScheme === "light");
    expect(errors).toEqual([]);
  });
}

itBrowser("the landing page calls every widget, and links to Workspace's dialog, filled in", async () => {
  const { url } = await start(inject("six"));
  const page = await browser.newPage();
  await page.route("**/price_chart**", (route) =>
    route.fulfill({ status: 500, json: { detail: "The source is down." } }),
  );
  await page.goto(url);
  await page.locator(".good").nth(4).waitFor();
  const rows = await page.locator("tbody tr").allInnerTexts();
  const failed = rows.filter((row) => row.includes("The source is down."));
  expect(failed).toHaveLength(1);
  expect(failed[0]).toContain("500");
  // Each of the others with its time and its size.
  for (const row of rows) if (row !== failed[0]) expect(row).toMatch(/answers, \d+ ms, \d+\.\d kB/);
  expect(await page.locator("#reach").innerText()).toContain("This browser can use it from Workspace.");
  const link = new URL((await page.locator("#connect").getAttribute("href")) ?? "");
  expect(link.origin).toBe("https://pro.openbb.co");
  expect(Object.fromEntries(link.searchParams)).toMatchObject({
    modal: "connect-backend",
    url,
    name: expect.any(String),
  });
});

itBrowser("with a key set, the landing page lists nothing until the key is typed", async () => {
  const { url } = await start(inject("six"), { API_KEY: KEY });
  const page = await browser.newPage();
  await page.goto(url);
  expect(await page.locator("tbody tr").count()).toBe(0);
  await page.getByRole("textbox").fill("not the key at all");
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByText("That is not the key.").waitFor();
  await page.screenshot({ path: join(SHOTS, "landing-locked.png") });
  await page.getByRole("textbox").fill(KEY);
  await page.getByRole("button", { name: "Show" }).click();
  await page.locator("tbody tr").first().waitFor();
  expect(await page.locator("tbody tr").count()).toBe(6);
});

itBrowser("a page of an allowed origin can fetch a widget, with the key too; another cannot", async () => {
  const [good, bad] = [await emptyPage(), await emptyPage()];
  const { url } = await start(inject("six"), { API_KEY: KEY, ALLOWED_ORIGINS: good });
  const page = await browser.newPage();
  const call = `fetch("${url}/price_history?symbol=MSFT", { headers: { "X-API-KEY": "${KEY}" } }).then(async (r) => [r.status, (await r.json()).length > 50], (e) => e.message)`;
  await page.goto(good);
  expect(await page.evaluate(call)).toEqual([200, true]);
  await page.goto(bad);
  expect(await page.evaluate(call)).toBe("Failed to fetch");
  // The picture of the dashboard is for all.
  const picture = `new Promise((done) => { const i = new Image(); i.onload = () => done(i.naturalWidth > 0); i.onerror = () => done(false); i.src = "${url}/thumbnail.svg"; })`;
  expect(await page.evaluate(picture)).toBe(true);
});

itBrowser("the HTML widget shows without scripts, in both themes", async () => {
  const { url } = await start(inject("six"));
  const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 480, height: 420 } });
  for (const theme of ["light", "dark"]) {
    await page.goto(`${url}/sector_map?theme=${theme}`);
    await page.screenshot({ path: join(SHOTS, `html-${theme}.png`) });
    expect(await page.locator("li").count()).toBe(8);
  }
});

/** An empty page on an origin of its own. */
function emptyPage(): Promise<string> {
  const server = createServer((_req, res) => res.setHeader("Content-Type", "text/html").end("<!doctype html>"));
  servers.push(server);
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(`http://localhost:${(server.address() as { port: number }).port}`)),
  );
}
