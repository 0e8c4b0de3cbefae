import {
  type Files,
  judgeFileList,
  judgeFiles,
  judgeFileText,
  judgeLinked,
  judgeOrder,
  judgePdf,
} from "../../contract/answers/files.js";
import { fault, readJson } from "../../contract/answers/reply.js";
import { errorText, judgeStatus } from "../../contract/answers/status.js";
import type { Answer } from "../types.js";
import type { WidgetCheck } from "./check.js";
import { askOptions } from "./options.js";
import { paramsOf, type Values, withValues } from "./params.js";
import { tryOptions } from "./plain.js";

const MOST_LINKS = 3;
const MOST_FILES = 3;

/** A PDF, asked for without headers (contract 3.11). */
export async function pdf(check: WidgetCheck): Promise<void> {
  const ask = (values: Values) => check.ask({ endpoint: withValues(check.endpoint, values), bare: true });
  const judge = (answer: Answer): Files => {
    const failed = judgeStatus(check.widget, answer, { unsent: check.unsent });
    return failed ? { findings: [failed], links: [] } : judgePdf(check.widget, answer);
  };
  const answer = await ask(check.values);
  if (answer === undefined) return;
  const { findings, links } = judge(answer);
  check.tell(findings, answer);
  await follow(check, links);
  if (findings.some(({ severity }) => severity === "error")) return;
  await tryOptions(check, ask, (one) => judge(one).findings);
}

/** The browser fetches linked files by itself, without headers. */
async function follow(check: WidgetCheck, links: readonly string[]): Promise<void> {
  for (const link of links.slice(0, MOST_LINKS)) {
    const answer = await check.ask({ endpoint: link, bare: true });
    if (answer) check.tell(judgeLinked(check.widget, answer, link), answer);
  }
}

/** Several files: the list to choose from, some of them together, and one alone (contract 3.12). */
export async function multiFile(check: WidgetCheck): Promise<void> {
  const { widget } = check;
  const selector = paramsOf(widget.definition).find(
    ({ raw }) => Array.isArray(raw.roles) && raw.roles.includes("fileSelector"),
  );
  if (selector === undefined) return;
  const offered = await askOptions(check, selector, { selector: true });
  const chosen = [check.values.get(selector.name) ?? []].flat();
  const wanted = [...new Set([...chosen, ...(offered ?? [])].filter((value) => typeof value === "string"))];
  const names = wanted.slice(0, MOST_FILES).sort();
  if (names.length === 0) return;
  const ask = (files: string[]) =>
    check.ask({ endpoint: check.endpoint, method: "POST", body: { [selector.name]: files }, credentials: true });
  const answer = await ask(names);
  if (answer === undefined) return;
  const failed = judgeStatus(widget, answer);
  if (failed) {
    check.tell([/method not allowed/i.test(errorText(answer) ?? "") ? oneByOne(check) : failed], answer);
    return;
  }
  const { findings, links } = judgeFiles(widget, answer, names);
  check.tell(findings, answer);
  await follow(check, links);
  if (names.length < 2 || findings.length > 0) return;
  const alone = await ask(names.slice(0, 1));
  if (alone) check.tell(judgeOrder(widget, answer, alone), answer);
}

function oneByOne({ widget }: WidgetCheck) {
  const message =
    'POST is refused with "Method Not Allowed": Workspace then asks for each file with a GET, and warns "Deprecated".';
  return fault("warning", "files-one-by-one", widget, ["endpoint"], message, "Take a POST with the list of files.");
}

/** A list of files, and the first of them (contract 3.13). */
export async function fileViewer(check: WidgetCheck): Promise<void> {
  const { widget } = check;
  const answer = await check.ask({ endpoint: withValues(check.endpoint, check.values), credentials: true });
  if (answer === undefined) return;
  const failed = judgeStatus(widget, answer, { unsent: check.unsent });
  const read = failed ? { findings: [failed] } : readJson(widget, answer);
  if (read.findings) return check.tell(read.findings, answer);
  const { link, findings } = judgeFileList(widget, read.value);
  check.tell(findings, answer);
  const { fileEndpoint } = widget.definition;
  if (link === undefined || typeof fileEndpoint !== "string" || fileEndpoint === "") return;
  const endpoint = fileUrl(check, fileEndpoint, link);
  if (endpoint === undefined) return;
  const file = await check.ask({ endpoint, credentials: true, path: ["fileEndpoint"] });
  if (file) check.tell(judgeFileText(widget, file, link), file);
}

/** The URL of the list with another path: what stands before it in the base URL is lost (contract 3.13). */
function fileUrl(check: WidgetCheck, fileEndpoint: string, link: string): string | undefined {
  const base = check.endpoint.startsWith("http") ? check.endpoint : check.caller.connection.url;
  if (!URL.canParse(base)) return undefined;
  const query = new URLSearchParams({ path: link });
  const symbol = check.values.get("symbol");
  if (typeof symbol === "string") query.set("symbol", symbol);
  return `${new URL(base).origin}/${fileEndpoint.replace(/^\/+/, "")}?${query}`;
}
