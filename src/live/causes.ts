/** Calls that came to nothing, by what was in the way: one wrong setting is one finding, however many calls it stops. */
import type { BackendFinding } from "../contract/rules/rule.js";
import type { Loaded } from "./browser.js";
import type { Failure } from "./http.js";
import { named } from "./shared.js";
import { where } from "./url.js";

/** The call that failed. */
export interface FailedCall {
  path: string;
  widget?: string;
  call: string;
  severity?: BackendFinding["severity"];
  file?: BackendFinding["file"];
}

interface Cause {
  failure: Failure;
  calls: FailedCall[];
}

const RANK = { error: 2, warning: 1, info: 0 } as const;

export class Causes {
  /** Calls that were not made any more, as nobody answers. */
  skipped = 0;
  readonly #causes = new Map<string, Cause>();

  /** Notes a call that failed. */
  add(failure: Failure, call: FailedCall): void {
    const [, url = ""] = call.call.split(" ", 2);
    const host = URL.canParse(url) ? new URL(url).host : "";
    // One path may lack what the others have: all that a host does wrong in the same way is one mistake.
    const key = `${failure.code} ${host}`;
    const known = this.#causes.get(key);
    if (known) known.calls.push(call);
    else this.#causes.set(key, { failure, calls: [call] });
  }

  /** Notes a call that was redirected and went well. */
  redirected({ redirects, url }: Loaded, call: FailedCall): void {
    const failure = {
      code: "redirected",
      message: `${where(redirects[0] as string)} is redirected to ${where(url)}: every call is made twice.`,
      hint: "Give Workspace the address at the end of the redirect, or write the endpoint as the server has it.",
    };
    this.add(failure, { ...call, severity: "info" });
  }

  /** Whether there is a cause of this kind. */
  has(codes: RegExp): boolean {
    return [...this.#causes.values()].some(({ failure }) => codes.test(failure.code));
  }

  /** The widgets that met with causes of this kind. */
  widgetsOf(codes: RegExp): string[] {
    const causes = [...this.#causes.values()].filter(({ failure }) => codes.test(failure.code));
    return causes.flatMap(({ calls }) => calls.flatMap(({ widget }) => widget ?? []));
  }

  /** One finding for each cause, in the order they were met. */
  findings(): (Omit<BackendFinding, "file" | "why"> & { file?: BackendFinding["file"] })[] {
    return [...this.#causes.values()].map(({ failure, calls }) => {
      const [first] = calls as [FailedCall];
      const severity = calls
        .map((call) => call.severity ?? "error")
        .reduce((gravest, next) => (RANK[next] > RANK[gravest] ? next : gravest));
      const paths = new Set(calls.map(({ path }) => path));
      const widgets = [...new Set(calls.flatMap(({ widget }) => (widget === undefined ? [] : [widget])))];
      const oneWidget = calls.every(({ widget }) => widget === first.widget) && first.widget !== undefined;
      const path = paths.size === 1 ? first.path : oneWidget ? pointerOf(first.path) : "";
      const affected = {
        calls: new Set(calls.map(({ call }) => call)).size,
        paths: paths.size,
        widgets,
        others: calls.some(({ widget }) => widget === undefined),
      };
      const finding = {
        code: failure.code,
        severity,
        path,
        message: failure.message + this.#affected(failure, affected),
        hint: failure.hint,
        call: first.call,
      };
      return first.file === undefined ? finding : { ...finding, file: first.file };
    });
  }

  #affected(
    failure: Failure,
    { calls, paths, widgets, others }: { calls: number; paths: number; widgets: string[]; others: boolean },
  ): string {
    const skipped =
      failure.code === "timed-out" && this.skipped > 0
        ? ` After that, ${this.skipped} more ${this.skipped === 1 ? "call was" : "calls were"} not made.`
        : "";
    if (paths === 1 || widgets.length === 0) return skipped;
    const files = others ? "the files and " : "";
    const whose = widgets.length === 1 ? "the widget" : "the widgets";
    return ` This goes for ${calls === 1 ? "a call" : `${calls} calls`}, of ${files}${whose} ${named(widgets)}.${skipped}`;
  }
}

/** The widget's own place: the first step of a pointer. */
function pointerOf(path: string): string {
  return path.split("/").slice(0, 2).join("/");
}
