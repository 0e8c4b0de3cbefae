import type { CannedAnswer, Rule } from "../rule.js";
import { backend, KEY, NO_ORIGIN, ROWS } from "./live-example.js";

const HTML: CannedAnswer = {
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!doctype html><title>Welcome</title><p>Please sign in.</p>",
};

/** What is wrong with an answer that the page can read: its status, a page in place of a file, redirects. */
export const LIVE_METADATA_RULES: readonly Rule[] = [
  {
    code: "bad-redirect",
    severity: "error",
    about: "live",
    title: "A redirect goes in circles, or leads nowhere.",
    why: "The browser gives up after twenty redirects, and follows none to what is no http address.",
    remedy: "Answer directly, or redirect once to the right address.",
    section: "1.2",
    bad: backend({ answers: { "GET /prices": { status: 307, headers: { location: "/prices" } } } }),
    good: backend(),
  },
  {
    code: "redirected",
    severity: "info",
    about: "live",
    title: "Calls are redirected.",
    why: "They work, but each is made twice; a POST that is redirected with 301 or 302 arrives as GET, and sockets follow no redirect.",
    remedy: "Give Workspace the URL at the end of the redirect, and write endpoints as the server has them.",
    section: "1.1",
    bad: backend({
      answers: {
        "GET /prices": { status: 307, headers: { location: "/prices/all" } },
        "GET /prices/all": { body: ROWS },
      },
    }),
    good: backend(),
  },
  {
    code: "login-page",
    severity: "error",
    about: "live",
    title: "A call ends at a login page.",
    why: "Workspace sends headers, no cookies: it cannot log in, and gets a page where it expects JSON.",
    remedy: "Let the backend, or the proxy before it, accept a header such as X-API-KEY, and answer 401 without it.",
    section: "1.6",
    bad: backend({
      answers: { "GET /widgets.json": { status: 302, headers: { location: "/login" } }, "GET /login": HTML },
    }),
    good: backend(),
  },
  {
    code: "html-instead-of-json",
    severity: "error",
    about: "live",
    title: "A page for people comes in place of JSON.",
    why: "Workspace shows the text of a parse error, such as: Unexpected token '<'.",
    remedy:
      "Check the URL: it must be the backend's. A route of a website that answers every path must not catch this one.",
    section: "1.2",
    bad: backend({ answers: { "GET /widgets.json": HTML } }),
    good: backend(),
  },
  {
    code: "tunnel-page",
    severity: "error",
    about: "live",
    title: "A tunnel or host answers with a page of its own.",
    why: "ngrok, localtunnel, Cloudflare and others put a page before the backend when a browser calls: Workspace gets that one.",
    remedy: "Add the header that the tunnel asks for to the connection, or make the port public.",
    section: "1.6",
    bad: backend({
      answers: {
        "GET /widgets.json": {
          headers: { "content-type": "text/html", "ngrok-error-code": "ERR_NGROK_6024", ...NO_ORIGIN },
          body: "<!DOCTYPE html><p>You are about to visit a site that is served by ngrok. ERR_NGROK_6024</p>",
        },
      },
    }),
    good: backend({ headers: { "ngrok-skip-browser-warning": "true" } }),
  },
  {
    code: "not-authorised",
    severity: "error",
    about: "live",
    title: "The backend refuses the credentials, or asks for some.",
    why: 'Workspace reads "authentication failed, check Authorization header".',
    remedy: 'Give them here as --header "Name: value" or --query name=value, and the same ones in Workspace\'s dialog.',
    section: "1.2",
    bad: backend({ answers: { "GET /widgets.json": { status: 401, body: { detail: "No key." } } } }),
    good: backend({ headers: KEY }),
  },
  {
    code: "no-widgets-json",
    severity: "error",
    about: "live",
    title: "There is no widgets.json under this URL.",
    why: 'Workspace reads "widgets.json was not found on the server", and connects nothing.',
    remedy: "Check the URL: Workspace asks for widgets.json right under it. Then see that the backend serves the file.",
    section: "1.2",
    bad: backend({ answers: { "GET /widgets.json": { status: 404, body: { detail: "Not found." } } } }),
    good: backend(),
  },
  {
    code: "widgets-json-fails",
    severity: "error",
    about: "live",
    title: "widgets.json is answered with an error.",
    why: 'Workspace reads "server error, see console" or "server rejected the request", and connects nothing.',
    remedy: "Look into the backend's log, and answer GET /widgets.json with 200 and the file.",
    section: "1.2",
    bad: backend({ answers: { "GET /widgets.json": { status: 500, body: { detail: "It broke." } } } }),
    good: backend(),
  },
  {
    code: "apps-json-fails",
    severity: "warning",
    about: "live",
    title: "apps.json is answered with an error.",
    why: "Workspace tries templates.json in its place, and then shows no apps of this backend.",
    remedy: "Answer with a list of apps, with [] where there are none, or with 404.",
    section: "1.1",
    bad: backend({ answers: { "GET /apps.json": { status: 500, body: { detail: "It broke." } } } }),
    good: backend(),
  },
  {
    code: "fails-validation",
    severity: "warning",
    about: "live",
    title: '"Validate widgets" in the connect dialog refuses the backend.',
    why: "With that option each widget is called once with its default parameters, and one that fails blocks adding. Credentials in the query are not sent there.",
    remedy:
      "Let each endpoint answer its default parameters with 2xx, and errors with JSON. Or leave the option at No, as it is by default.",
    section: "1.4",
    bad: backend({
      query: { key: "a-key-of-yours" },
      answers: {
        "GET /prices": { status: 401, body: { detail: "No key." } },
        "GET /prices?key=a-key-of-yours": { body: ROWS },
      },
    }),
    good: backend({ headers: KEY, note: "The key comes in a header." }),
  },
];
