/** What many widgets have in common is said once: what is wrong behind a hundred endpoints is one thing to mend. */
import type { BackendFinding } from "../contract/rules/rule.js";

/** Fewer may well be mistakes of their own. */
const MANY = 6;
const MOST_NAMES = 5;

/** Makes one finding of those that say the same of many widgets; it stands where the first of them stood. */
export function mergeShared(findings: readonly BackendFinding[]): BackendFinding[] {
  const keyOf = ({ code, severity, message, hint = "" }: BackendFinding) => [code, severity, message, hint].join("\n");
  const alike = new Map<string, BackendFinding[]>();
  for (const finding of findings) {
    if (widgetOf(finding) === undefined) continue;
    const group = alike.get(keyOf(finding));
    if (group) group.push(finding);
    else alike.set(keyOf(finding), [finding]);
  }
  return findings.flatMap((finding) => {
    const group = alike.get(keyOf(finding)) ?? [];
    const widgets = [...new Set(group.flatMap((one) => widgetOf(one) ?? []))];
    if (widgets.length < MANY || widgetOf(finding) === undefined) return [finding];
    if (group[0] !== finding) return [];
    const [first = finding] = [...group].sort((a, b) => compare(a.path, b.path));
    return [{ ...first, path: "", message: `${finding.message} This goes for the widgets ${named(widgets)}.` }];
  });
}

/** The same on every run, whatever was answered first. */
const { compare } = new Intl.Collator("en", { numeric: true });

/** `"a", "b" and 3 more`. */
export function named(widgets: readonly string[]): string {
  const sorted = [...widgets].sort(compare);
  const names = sorted.slice(0, MOST_NAMES).map((id) => JSON.stringify(id.slice(0, 60)));
  const more = widgets.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

/** The id in the first step of a finding's place. */
function widgetOf({ file, path }: BackendFinding): string | undefined {
  const step = file === "widgets.json" ? path.split("/", 2)[1] : undefined;
  return step?.replaceAll("~1", "/").replaceAll("~0", "~");
}
