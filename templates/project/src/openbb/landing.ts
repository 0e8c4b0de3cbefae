import type { RequestHandler } from "express";
import { type Config, NAME } from "../config.js";
import { HttpError } from "./errors.js";
import { keyOwner } from "./keys.js";
import { baseUrl } from "./links.js";
import type { Manifest } from "./manifest.js";
import { sendBody, sendJson } from "./send.js";

const WORKSPACE = "https://pro.openbb.co/";

/**
 * `GET /`: a page for people that says what to give Workspace, and calls every widget to see whether it answers; the
 * list as JSON when asked for JSON. Where a key is set, both list nothing without it: the page asks for it and calls
 * itself again with it.
 */
export function landingPage(config: Config, manifest: Manifest): RequestHandler {
  const keyed = config.apiKeys.size > 0;
  return (req, res) => {
    const known = !keyed || keyOwner(req.headers, config.apiKeys) !== undefined;
    // A wrong key counts as a failed attempt; the page without any key does not.
    const wrong = !known && (req.headers["x-api-key"] !== undefined || req.headers.authorization !== undefined);
    const url = baseUrl(req, config);
    res.setHeader("Vary", "Origin, Accept");
    res.setHeader("Cache-Control", "no-store");

    if (req.accepts(["html", "json"]) === "json") {
      if (!known) throw new HttpError(401, "This backend needs its API key, in the header X-API-KEY.");
      const widgets = manifest.widgets.map(({ id, name, type, path }) => ({ id, name, type, url: url + path }));
      return sendJson(res, 200, { name: NAME, url, widgets, problems: manifest.problems });
    }
    const text = page(url, known ? manifest : undefined, keyed);
    sendBody(res, wrong ? 401 : 200, { contentType: "text/html; charset=utf-8", text });
  };
}

function page(baseUrl: string, manifest: Manifest | undefined, keyed: boolean): string {
  const url = escapeHtml(baseUrl);
  const connect = `${WORKSPACE}?${new URLSearchParams({ modal: "connect-backend", name: NAME, url: baseUrl })}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(NAME)}</title>
<link rel="icon" href="thumbnail.svg">
<link rel="stylesheet" href="landing.css">
<script src="landing.js" defer></script>
</head>
<body>
<header>
<img src="thumbnail.svg" alt="" width="64" height="40">
<div>
<h1>${escapeHtml(NAME)}</h1>
<p>A backend for OpenBB Workspace</p>
</div>
</header>
<main>
<section>
<h2>Connect it</h2>
<p class="url"><code id="url">${url}</code> <button type="button" data-copy="url">Copy</button></p>
<ol>
<li>Open <a id="connect" href="${escapeHtml(connect)}" target="_blank" rel="noreferrer">OpenBB Workspace with the dialog filled in</a>, or choose <b>Connect backend</b> there.</li>
<li>Give it a name, and the URL above.</li>
<li>${keyed ? KEY_STEP : "Leave the authentication empty: this backend asks for no key."}</li>
<li>Press <b>Test</b>, then <b>Add</b>. The widgets and the dashboard are now in Workspace.</li>
</ol>
<p class="note" id="reach"></p>
</section>
${manifest ? widgetList(manifest, keyed) : KEY_FORM}
</main>
</body>
</html>
`;
}

/** Workspace's own question when it tries a backend: what a type does not know of it, it passes over. */
function trial({ params }: Record<string, unknown>): string {
  const all = Array.isArray(params) ? params.flat() : [];
  const initial = all.filter(({ value }) => value).map(({ paramName, value }) => [paramName, value]);
  return JSON.stringify({ prompt: "test validation query", startRow: 0, endRow: 10, ...Object.fromEntries(initial) });
}

/** Who looks for a widget that was left out looks here first. */
function problemList(problems: string[]): string {
  if (problems.length === 0) return "";
  const items = problems.map((problem) => `<li>${escapeHtml(problem)}</li>`);
  return `<ul class="problems">
${items.join("\n")}
</ul>
<p class="note"><code>npx create-openbb-backend validate</code> shows the lines and the remedies.</p>
`;
}

function widgetList({ widgets, problems }: Manifest, keyed: boolean): string {
  // A link would not carry the key.
  const link = (path: string) =>
    keyed
      ? `<code>${escapeHtml(path)}</code>`
      : `<a href="${escapeHtml(path.slice(1))}"><code>${escapeHtml(path)}</code></a>`;
  const rows = widgets.map(
    ({
      name,
      type,
      path,
      endpoints,
      definition,
    }) => `<tr data-path="${escapeHtml(path)}"${endpoints[0]?.method === "POST" ? ` data-body="${escapeHtml(trial(definition))}"` : ""}>
<td>${escapeHtml(name)}<br><span class="type">${escapeHtml(type)}</span></td>
<td>${link(path)}</td>
<td class="state" aria-live="polite"></td>
</tr>`,
  );
  return `<section id="widgets">
<h2>${widgets.length === 1 ? "One widget" : `${widgets.length} widgets`}</h2>
${problemList(problems)}<table>
<thead><tr><th>Widget</th><th>Endpoint</th><th>Now</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
<p class="note"><button type="button" class="small" id="again">Call again</button> Each is called with its defaults. Also here: ${["/widgets.json", "/apps.json"].map(link).join(", ")}, <a href="health"><code>/health</code></a></p>
</section>`;
}

const KEY_STEP = `Add a header: key <code id="header">X-API-KEY</code> <button type="button" class="small" data-copy="header">Copy</button>, and as its value this backend's API key.`;

const KEY_FORM = `<section id="widgets">
<h2>Widgets</h2>
<form id="unlock">
<label for="key">This backend lists its widgets to those who have its API key.</label>
<p class="url"><input id="key" type="password" autocomplete="off" required> <button>Show</button></p>
<p class="note" id="wrong" role="alert" hidden>That is not the key.</p>
</form>
</section>`;

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
