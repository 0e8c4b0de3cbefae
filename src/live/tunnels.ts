/** Pages that tunnels and hosts put before a backend: a browser gets them in place of the backend's answer. */
import type { Failure, Reply } from "./http.js";
import { where } from "./url.js";

interface Tunnel {
  name: string;
  /** Whether it was its page. */
  shows: (page: { host: string; headers: Headers; text: string; status: number }) => boolean;
  hint: string;
}

const TUNNELS: Tunnel[] = [
  {
    name: "ngrok",
    shows: ({ headers, text }) =>
      headers.has("ngrok-error-code") || /ERR_NGROK_\d+|ngrok-skip-browser-warning/.test(text),
    hint: "If it is ngrok's warning page, add the header ngrok-skip-browser-warning with the value true to the connection; else start the tunnel and the backend.",
  },
  {
    name: "localtunnel",
    shows: ({ host, text }) => /bypass-tunnel-reminder/i.test(text) || (/\.loca\.lt$/.test(host) && isPage(text)),
    hint: "Add the header bypass-tunnel-reminder, with any value, to the connection.",
  },
  {
    name: "Cloudflare",
    shows: ({ headers, text, status }) =>
      headers.get("cf-mitigated") === "challenge" ||
      /<title>Just a moment\.\.\.<\/title>|challenges\.cloudflare\.com/.test(text) ||
      (status >= 520 && headers.has("cf-ray") && isPage(text)),
    hint: "Turn the challenge off for this host, and see that the tunnel and the backend run.",
  },
  {
    name: "GitHub Codespaces",
    shows: ({ host, text }) => /\.app\.github\.dev$/.test(host) && isPage(text),
    hint: "Make the port public in the Codespace's list of ports.",
  },
  {
    name: "Dev Tunnels",
    shows: ({ host, text }) => /\.devtunnels\.ms$/.test(host) && isPage(text),
    hint: "Make the port public, and add the header X-Tunnel-Skip-AntiPhishing-Page with the value true to the connection.",
  },
];

/** Whether an answer is not the backend's own, but the page of a tunnel in front of it. */
export function tunnelPage({ status, headers, bytes }: Reply, url: string): Failure | undefined {
  const type = headers.get("content-type") ?? "";
  // A page is HTML, and small: nothing is searched in data.
  if (!/html|^$/i.test(type) && !headers.has("ngrok-error-code")) return undefined;
  const text = Buffer.from(bytes.subarray(0, 100_000)).toString("utf8");
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  const tunnel = TUNNELS.find(({ shows }) => shows({ host, headers, text, status }));
  return (
    tunnel && {
      code: "tunnel-page",
      message: `${where(url)} is answered by a page of ${tunnel.name}, not by the backend.`,
      hint: tunnel.hint,
    }
  );
}

function isPage(text: string): boolean {
  return /^\s*<(!doctype|html)/i.test(text);
}
