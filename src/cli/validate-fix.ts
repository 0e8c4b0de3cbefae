import { basename } from "node:path";
import type { ExitCode } from "../errors.js";
import type { Plan } from "../plan/types.js";
import { applyPlan } from "../project/apply.js";
import { type ManifestFile, readManifests, refuseUnwritable } from "../project/manifests.js";
import { checkFiles } from "../validate/check.js";
import { applyFixes, type FixedFiles } from "../validate/fix.js";
import { jsonFinding, jsonReport } from "../validate/formats/json.js";
import type { ReportedFinding } from "../validate/report.js";
import { clipped, safe, safeJson } from "../validate/safe.js";
import { exitCodeOf, judge } from "../validate/verdict.js";
import { tidy } from "./edit.js";
import type { CommandContext } from "./program.js";
import { changeLines } from "./show.js";
import { checkedFiles, formatOf, type ValidateFlags } from "./validate.js";
import { printVerdict } from "./validate-print.js";

/**
 * `validate --fix`: makes every certain mend, all files or none, and reports what is left. With `--dry-run` or `--diff`
 * it only shows them, and ends as the real run would.
 */
export async function fixFiles(given: string, flags: ValidateFlags, context: CommandContext): Promise<ExitCode> {
  const { output, signal } = context;
  const dry = flags.dryRun === true || flags.diff === true;
  const { root, files, handlers } = await readManifests(given);
  if (!dry) await tidy(root, context);
  const about = handlers ? { handlers } : {};
  const checked = checkedFiles(files);
  const ignored = new Set(flags.ignore);
  // Not what is ignored, and not in files whose bytes would not be those of the text.
  const mendable = (all: ReportedFinding[]) =>
    all.filter(({ code, file }) => {
      return !ignored.has(code) && checked.some((one) => one.file === file && one.encoding === undefined);
    });
  const fixed = applyFixes(checked, mendable(checkFiles(given, checked, about).findings), (now) =>
    mendable(checkFiles(given, now, about).findings),
  );
  const plan = planOf(files, fixed);
  // In a dry run too, which ends as the real one.
  await refuseUnwritable(files.filter((_, index) => fixed.files[index] !== checked[index]));
  if (!dry) await applyPlan({ target: root, plan, signal });

  const verdict = judge(checkFiles(given, fixed.files, about), flags);
  const exitCode = exitCodeOf(verdict);
  if (formatOf(flags) === "json") {
    const mended = fixed.applied.map(({ finding, title }) => ({ ...jsonFinding(finding), title }));
    const changes = plan.changes.map(({ path, action, before, after }) => {
      return flags.diff ? { path, action, before, after } : { path, action };
    });
    output.result(safeJson({ ...jsonReport(verdict, exitCode), written: !dry, fixed: mended, changes }));
    return exitCode;
  }
  // A diff is shown as it is read by people and programs: its texts are the user's own files.
  if (flags.diff) for (const line of await changeLines(plan, true, output)) output.result(printable(line));
  for (const { finding, title } of fixed.applied) output.result(mendLine(finding, title, dry, context));
  const count = fixed.applied.length;
  if (count > 0) output.result("");
  await printVerdict(verdict, { format: "text", given, root }, context);
  const mends = count === 1 ? "One mend" : `${count} mends`;
  if (count === 0) output.say("Nothing can be mended for certain.");
  else if (dry) output.say(`${mends} in all. Nothing was written: this was a dry run.`);
  return exitCode;
}

function planOf(files: ManifestFile[], fixed: FixedFiles): Plan {
  const changes = files.flatMap(({ path, name, text }, index): Plan["changes"] => {
    const after = fixed.files[index]?.text ?? text;
    if (after === text) return [];
    const count = fixed.applied.filter(({ finding }) => finding.source === name).length;
    const why = count === 1 ? "one mend" : `${count} mends`;
    return [{ path: basename(path), action: "edit", before: text, after, why }];
  });
  return { changes, skipped: [], warnings: [] };
}

function mendLine(
  { source, place, code }: ReportedFinding,
  title: string,
  dry: boolean,
  context: CommandContext,
): string {
  const { output } = context;
  const where = place ? `${safe(source)}:${place.line}:${place.column}` : safe(source);
  const mark = output.paint("green", dry ? "would mend" : "mended");
  return `${mark} ${where} ${safe(clipped(title, 300))}  ${output.paint("dim", code)}`;
}

/** Lines of a diff, with all but their ends made safe. Colours of our own stand in the first one only. */
function printable(text: string): string {
  const [first = "", ...lines] = text.split("\n");
  return [first, ...lines.map((line) => line.split("\t").map(safe).join("\t"))].join("\n");
}
