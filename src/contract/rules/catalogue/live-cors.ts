import type { CannedAnswer, Rule } from "../rule.js";
import { backend, KEY, NO_ORIGIN, PRICES, ROWS, WIDGETS } from "./live-example.js";

/** What keeps a page of Workspace from calling a backend, or from reading its answer. */
export const LIVE_CORS_RULES: readonly Rule[] = [
  {
    code: "no-cors",
    severity: "error",
    about: "live",
    title: "An answer has no Access-Control-Allow-Origin header.",
    why: 'The browser keeps it from Workspace, which then says "server error, see console" or "Failed to fetch".',
    remedy:
      'Answer every request, errors included, with "Access-Control-Allow-Origin: https://pro.openbb.co". CORS middleware does so, when it comes before all else.',
    section: "1.3",
    bad: backend({
      answers: {
        "GET /widgets.json": { headers: NO_ORIGIN, body: WIDGETS },
        "GET /prices": { headers: NO_ORIGIN, body: ROWS },
      },
    }),
    good: backend(),
  },
  {
    code: "wrong-cors-origin",
    severity: "error",
    about: "live",
    title: "Access-Control-Allow-Origin names another origin than Workspace's.",
    why: "It must be `*` or the page's origin to the letter: else the browser keeps the answer from Workspace.",
    remedy:
      "Allow https://pro.openbb.co, with https and without a slash at the end; one origin in the header, not a list.",
    section: "1.3",
    bad: backend({
      answers: {
        "GET /prices": {
          headers: { "access-control-allow-origin": "http://localhost:3000" },
          body: ROWS,
        },
      },
    }),
    good: backend(),
  },
  {
    code: "preflight-needs-credentials",
    severity: "error",
    about: "live",
    title: "A preflight is refused for want of credentials.",
    why: "Before a call with headers, the browser asks with OPTIONS, and never sends credentials with it. Refused, it does not make the call.",
    remedy: "Let OPTIONS requests pass before credentials are checked: put CORS before authentication.",
    section: "1.3",
    bad: backend({ headers: KEY, answers: { "OPTIONS *": { status: 401, body: { detail: "No key." } } } }),
    good: backend({ headers: KEY }),
  },
  {
    code: "preflight-redirected",
    severity: "error",
    about: "live",
    title: "A preflight is redirected.",
    why: "Browsers do not follow a redirect of a preflight: the call is not made.",
    remedy: "Give Workspace the URL at the end of the redirect (https, the right host), and answer OPTIONS directly.",
    section: "1.3",
    bad: backend({ headers: KEY, answers: { "OPTIONS *": { status: 307, headers: { location: "/login" } } } }),
    good: backend({ headers: KEY }),
  },
  {
    code: "preflight-refused",
    severity: "error",
    about: "live",
    title: "A preflight is answered with an error.",
    why: "The browser takes only 2xx for an answer to OPTIONS: else it does not make the call.",
    remedy: "Answer OPTIONS on every path with 204 and the CORS headers; the usual CORS middleware does so.",
    section: "1.3",
    bad: backend({ headers: KEY, answers: { "OPTIONS *": { status: 404, body: { detail: "Not found." } } } }),
    good: backend({ headers: KEY }),
  },
  {
    code: "header-not-allowed",
    severity: "error",
    about: "live",
    title: "A header that Workspace sends is not allowed.",
    why: "The browser makes a call with headers only if the preflight names each of them; `*` does not stand for Authorization.",
    remedy:
      "Name them in Access-Control-Allow-Headers: Content-Type, Authorization and every header of the connection.",
    section: "1.3",
    bad: backend({
      headers: { Authorization: "Bearer a-key-of-yours" },
      answers: { "OPTIONS *": { status: 204, headers: { "access-control-allow-headers": "*" } } },
    }),
    good: backend({
      headers: { Authorization: "Bearer a-key-of-yours" },
      answers: { "OPTIONS *": { status: 204, headers: { "access-control-allow-headers": "Authorization" } } },
    }),
  },
  {
    code: "method-not-allowed",
    severity: "error",
    about: "live",
    title: "A method that Workspace uses is not allowed.",
    why: "A form with the method PUT is not sent: the preflight has to name it, other than GET and POST.",
    remedy: 'Name it in Access-Control-Allow-Methods, in capital letters: "GET, POST, PUT, OPTIONS".',
    section: "1.3",
    bad: { widgets: { orders: withForm() }, live: { answers: { "OPTIONS /order": methods("GET, POST") } } },
    good: { widgets: { orders: withForm() }, live: { answers: { "OPTIONS /order": methods("GET, POST, PUT") } } },
  },
  {
    code: "other-origins",
    severity: "info",
    about: "live",
    title: "Only some of Workspace's origins are allowed.",
    why: "Workspace also runs at https://pro.openbb.dev, as a desktop app (http://localhost:1420) and in Excel (https://excel.openbb.co); there the backend does not work.",
    remedy: "Allow these origins as well, if anybody uses Workspace there.",
    section: "1.3",
    bad: backend({ answers: everywhereFor("https://pro.openbb.co") }),
    good: backend({ answers: everywhereFor("*") }),
  },
  {
    code: "no-preflight",
    severity: "info",
    about: "live",
    title: "Preflights fail, though no call needs one as it is.",
    why: "With a header in the connection, such as an API key, or with a widget that sends JSON, every such call is asked for first.",
    remedy: "Answer OPTIONS on every path with 204 and the CORS headers; the usual CORS middleware does so.",
    section: "1.3",
    bad: backend({ answers: { "OPTIONS *": { status: 405, body: { detail: "Method not allowed." } } } }),
    good: backend(),
  },
  {
    code: "error-without-cors",
    severity: "warning",
    about: "live",
    title: "The answer to missing credentials lacks CORS headers.",
    why: 'Who gives a wrong key in Workspace reads "server error, see console" in place of "authentication failed".',
    remedy: "Add the CORS headers to every answer, errors too: put CORS before authentication.",
    section: "1.2",
    bad: backend({
      headers: KEY,
      note: "Without the key every call gets 401, without CORS headers.",
      answers: {
        "GET /widgets.json without credentials": { status: 401, headers: NO_ORIGIN, body: { detail: "No." } },
      },
    }),
    good: backend({
      headers: KEY,
      answers: { "GET /widgets.json without credentials": { status: 401, body: { detail: "No." } } },
    }),
  },
  {
    code: "no-private-network",
    severity: "info",
    about: "live",
    title: "Preflights do not allow calls to a local network.",
    why: "Some browsers ask a server on this machine, or in the local network, whether a public page may call it, and make no call without a yes.",
    remedy:
      'Answer a preflight with Access-Control-Request-Private-Network with "Access-Control-Allow-Private-Network: true".',
    section: "1.3",
    bad: backend({
      answers: { "OPTIONS *": { status: 204, headers: { "access-control-allow-private-network": null } } },
    }),
    good: backend(),
  },
  {
    code: "no-vary",
    severity: "info",
    about: "live",
    title: "Shared caches may give one origin's answer to another.",
    why: "The answer allows one origin only, but does not say that it depends on who asks: a cache may hand it to other pages, whose browsers refuse it.",
    remedy: 'Add "Vary: Origin" to answers that name an origin, or allow "*".',
    section: "1.3",
    bad: backend({ answers: { "GET /widgets.json": cached({ vary: null }) } }),
    good: backend({ answers: { "GET /widgets.json": cached({ vary: "Origin" }) } }),
  },
];

function withForm() {
  return {
    ...PRICES,
    params: [
      {
        paramName: "order",
        type: "form",
        endpoint: "order",
        method: "PUT",
        inputParams: [
          { paramName: "symbol", type: "text" },
          { paramName: "send", type: "button", value: "Send" },
        ],
      },
    ],
  };
}

function methods(allowed: string): CannedAnswer {
  return { status: 204, headers: { "access-control-allow-methods": allowed } };
}

function everywhereFor(origin: string): Record<string, CannedAnswer> {
  const headers = { "access-control-allow-origin": origin };
  return {
    "GET /widgets.json": { headers, body: WIDGETS },
    "GET /apps.json": { headers, body: [] },
    "GET /prices": { headers, body: ROWS },
  };
}

function cached(headers: Record<string, string | null>): CannedAnswer {
  return {
    headers: {
      "cache-control": "public, max-age=60",
      ...headers,
    },
    body: WIDGETS,
  };
}
