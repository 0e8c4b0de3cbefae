import { setTimeout as pause } from "node:timers/promises";
import { fault, typeOf, type Widget } from "../../contract/answers/reply.js";
import { pointer } from "../../contract/explain.js";
import type { Finding } from "../../contract/findings.js";
import type { Key } from "../../contract/problems.js";
import type { Answer, Caller, CallRequest } from "../types.js";
import { initialValues, unsentOf, type Values } from "./params.js";

/** How a widget is checked. */
export interface WidgetOptions {
  /** Whether forms are sent: they may write. */
  forms: boolean;
  /** The time there is for an answer, in milliseconds: a minute when it is not given. */
  budgetMs?: number;
}

const MINUTE_MS = 60_000;
/** Whoever waits for this part of the time there is waits too long: five seconds of a minute. */
const SLOW_PART = 1 / 12;
const BIG_BYTES = 5_000_000;
/** Workspace tries a failed call once more after this time (contract 3.0). */
const RETRY_MS = 1000;
/** After so many calls that failed again, one after the other, none is tried once more. */
const MOST_FUTILE = 8;
const FUTILE = new WeakMap<Caller, number>();
/** However many parameters a widget has, it gets no more calls than this. */
const MOST_CALLS = 150;

const isFailing = ({ status }: Answer): boolean => status >= 500 || status === 429;

/** The calls of one widget, and what is said of them: each thing once. */
export class WidgetCheck {
  readonly values: Values;
  readonly unsent: string[];
  /** What options endpoints gave to choose from, by the names of the parameters. */
  readonly offered = new Map<string, readonly unknown[]>();
  readonly #said = new Set<string>();
  readonly #codes = new Set<string>();
  #calls = 0;

  constructor(
    readonly widget: Widget,
    readonly caller: Caller,
    readonly options: WidgetOptions,
  ) {
    this.values = initialValues(widget.definition);
    this.unsent = unsentOf(widget.definition, this.values);
  }

  get endpoint(): string {
    return String(this.widget.definition.endpoint);
  }

  /**
   * Makes a call of the widget.
   *
   * @param request without `path` it is about the endpoint
   * @returns undefined where there is nothing to judge: the reason is told
   */
  async ask(request: Omit<CallRequest, "widget" | "path"> & { path?: Key[] }): Promise<Answer | undefined> {
    this.#calls += 1;
    if (this.#calls > MOST_CALLS) return undefined;
    const path = request.path ?? ["endpoint"];
    const page = request.navigation === true || typeOf(this.widget) === "html";
    const full = { ...request, page, widget: this.widget.id, path: pointer([this.widget.id, ...path]) };
    let answer = await this.caller.call(full);
    const futile = () => FUTILE.get(this.caller) ?? 0;
    if (futile() < MOST_FUTILE && answer && (request.method ?? "GET") === "GET" && isFailing(answer)) {
      await pause(RETRY_MS, undefined, { signal: this.caller.signal }).catch(() => undefined);
      answer = await this.caller.call(full);
      FUTILE.set(this.caller, answer && isFailing(answer) ? futile() + 1 : 0);
    }
    if (answer) this.#measure(answer, path);
    return answer;
  }

  #measure(answer: Answer, path: Key[]): void {
    const { ms, bytes } = answer;
    // Whoever asks a model expects to wait.
    if (typeOf(this.widget) !== "omni" && ms > (this.options.budgetMs ?? MINUTE_MS) * SLOW_PART) {
      const message = `The answer took ${(ms / 1000).toFixed(1)} seconds.`;
      const hint = "Keep what is slow to get in a cache, or send less.";
      this.tell([fault("info", "slow-answer", this.widget, path, message, hint)], answer);
    }
    if (bytes.length > BIG_BYTES) {
      const message = `The answer has ${Math.round(bytes.length / 1e6)} MB, which the browser reads as a whole.`;
      const hint = "Send fewer rows or columns, or make it an ssrm_table, which is read page by page.";
      this.tell([fault("info", "big-answer", this.widget, path, message, hint)], answer);
    }
  }

  /** Reports what was found, each code once for a place. */
  tell(findings: readonly Finding[], answer?: { call: string }): void {
    for (const finding of findings) {
      const key = `${finding.code} ${finding.path}`;
      if (this.#said.has(key)) continue;
      this.#said.add(key);
      this.#codes.add(finding.code);
      this.caller.report(answer === undefined ? finding : { ...finding, call: answer.call });
    }
  }

  /** Reports the errors that only one option of a parameter brings about. */
  tellOption(findings: readonly Finding[], option: { path: Key[]; what: string }, answer: { call: string }): void {
    const own = findings.filter(({ severity, code }) => severity === "error" && !this.#codes.has(code));
    const path = pointer([this.widget.id, ...option.path]);
    for (const finding of own) {
      const key = `${finding.code} ${path}`;
      if (this.#said.has(key)) continue;
      this.#said.add(key);
      this.caller.report({ ...finding, path, message: `With ${option.what}: ${finding.message}`, call: answer.call });
    }
  }
}
