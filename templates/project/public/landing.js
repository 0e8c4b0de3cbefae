// The landing page: copy buttons, advice on this browser, the form that asks for the API key, and live calls.

/** The headers of the calls: the API key, once it has been typed. */
const headers = {};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.copy) copy(button);
  if (button?.id === "again") callAll();
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "unlock") return;
  event.preventDefault();
  unlock(document.getElementById("key").value);
});

showUrl();
document.getElementById("reach").textContent = reachFromWorkspace();
callAll();

/** Shows the URL that this browser used: behind a proxy the backend may not know it. */
function showUrl() {
  const url = location.origin + location.pathname.replace(/\/+$/, "");
  document.getElementById("url").textContent = url;
  const connect = document.getElementById("connect");
  const link = new URL(connect.href);
  link.searchParams.set("url", url);
  connect.href = link.href;
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = "Copied";
  } catch {
    // Browsers allow the clipboard only on https and localhost: leave the text selected instead.
    getSelection().selectAllChildren(source);
    button.textContent = "Press Ctrl+C";
  }
  setTimeout(() => {
    button.textContent = "Copy";
  }, 2000);
}

/** Whether Workspace, an https page, could reach this backend from this browser, in words. */
function reachFromWorkspace() {
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  if (location.protocol === "https:") {
    return local
      ? "Served over https: every browser that trusts this certificate can use it from Workspace. Chrome asks once whether the page may reach devices on your network: allow it."
      : "Served over https: every browser can use it from Workspace.";
  }
  if (!local) {
    return "Workspace will not reach this: it is an https page, and browsers block plain http from one, except to this very machine. Put https in front (README.md, under Deploy).";
  }
  const safari = /^((?!chrome|android).)*safari/i.test(navigator.userAgent);
  if (safari || navigator.brave) {
    return `${safari ? "Safari" : "Brave"} refuses plain http from an https page, on this machine too: run npm run cert and restart for https, or use Chrome, Edge or Firefox.`;
  }
  return "This browser can use it from Workspace. Chrome and Edge ask once whether the page may reach devices on your network: allow it. Safari and Brave refuse plain http: npm run cert makes a certificate for https.";
}

/** Fetches this page with the key, and shows its list if the key is right. */
async function unlock(key) {
  const wrong = document.getElementById("wrong");
  // A key with characters that no header can have makes fetch itself fail.
  const response = await fetch(location.href, { headers: { Accept: "text/html", "X-API-KEY": key } }).catch(() => null);
  wrong.hidden = response?.ok === true;
  if (response?.status === 429) wrong.textContent = "Too many wrong keys. Try again in a minute.";
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.getElementById("widgets").replaceWith(page.getElementById("widgets"));
  headers["X-API-KEY"] = key;
  callAll();
}

/** Calls the widgets one after the other: a page that is opened should not put the backend under load. */
async function callAll() {
  for (const row of document.querySelectorAll("tr[data-path]")) await call(row);
}

function request({ dataset }) {
  if (dataset.body === undefined) return { headers };
  return { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: dataset.body };
}

async function call(row) {
  const state = row.querySelector(".state");
  state.className = "state";
  state.textContent = "…";
  const began = performance.now();
  try {
    const response = await fetch(row.dataset.path.slice(1), { ...request(row), cache: "no-store" });
    const text = await response.text();
    const time = `${Math.round(performance.now() - began)} ms`;
    state.classList.add(response.ok ? "good" : "bad");
    state.textContent = response.ok
      ? `answers, ${time}, ${(new Blob([text]).size / 1000).toFixed(1)} kB`
      : `${response.status}, ${time}: ${detail(text)}`;
  } catch (error) {
    state.classList.add("bad");
    state.textContent = `no answer: ${error.message}`;
  }
}

function detail(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return text.slice(0, 200);
  }
}
