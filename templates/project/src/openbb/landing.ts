import type { RequestHandler } from "express";
import { type Config, NAME } from "../config.js";
import { HttpError } from "./errors.js";
import type { Manifest, ServedWidget } from "./manifest.js";
import { hasKey } from "./security.js";
import { sendBytes, sendJson } from "./send.js";

/**
 * `GET /`: a page for people that says what to give Workspace and what is served here; the same as JSON when asked for
 * JSON. Where a key is set, both list nothing without it: the page asks for it and calls itself again with it.
 */
export function landingPage(config: Config, manifest: Manifest): RequestHandler {
  return (req, res) => {
    const known = config.apiKey === undefined || hasKey(req.headers, config.apiKey);
    const baseUrl = `${req.protocol}://${req.headers.host}`;
    res.setHeader("Vary", "Accept");
    res.setHeader("Cache-Control", "no-store");

    if (req.accepts(["html", "json"]) === "json") {
      if (!known) throw new HttpError(401, "This backend needs its API key, in the header X-API-KEY.");
      const widgets = manifest.widgets.map(({ id, name, type, path }) => ({ id, name, type, url: baseUrl + path }));
      return sendJson(res, 200, { name: NAME, url: baseUrl, widgets });
    }
    res.setHeader("Content-Type", "text/html; charset=utf-8");
    const html = page(baseUrl, known ? manifest.widgets : undefined, config.apiKey !== undefined);
    sendBytes(res, 200, Buffer.from(html));
  };
}

function page(baseUrl: string, widgets: ServedWidget[] | undefined, keyed: boolean): string {
  const url = escapeHtml(baseUrl);
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
<li>Open <a href="https://pro.openbb.co" target="_blank" rel="noreferrer">OpenBB Workspace</a> and choose <b>Connect backend</b>.</li>
<li>Give it a name, and the URL above.</li>
<li>${keyed ? "Add a header: key <code>X-API-KEY</code>, and as its value this backend's API key." : "Leave the authentication empty: this backend asks for no key."}</li>
<li>Press <b>Test</b>, then <b>Add</b>. The widgets and the dashboard are now in Workspace.</li>
</ol>
<p class="note">Chrome asks once whether the page may reach devices on your network: allow it. Safari and Brave refuse plain http on this machine: use Chrome, Edge or Firefox, or put https in front.</p>
</section>
${widgets ? widgetList(widgets) : KEY_FORM}
</main>
</body>
</html>
`;
}

function widgetList(widgets: ServedWidget[]): string {
  const rows = widgets.map(
    ({ name, type, path }) =>
      `<tr><td>${escapeHtml(name)}</td><td><span class="type">${escapeHtml(type)}</span></td><td><a href="${escapeHtml(path)}"><code>${escapeHtml(path)}</code></a></td></tr>`,
  );
  return `<section id="widgets">
<h2>${widgets.length === 1 ? "One widget" : `${widgets.length} widgets`}</h2>
<table>
<thead><tr><th>Widget</th><th>Type</th><th>Endpoint</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
<p class="note">Also here: <a href="/widgets.json"><code>/widgets.json</code></a>, <a href="/apps.json"><code>/apps.json</code></a>, <a href="/health"><code>/health</code></a></p>
</section>`;
}

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
