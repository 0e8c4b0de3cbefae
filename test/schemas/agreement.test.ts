import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { jsonSchemas } from "../../src/contract/schemas/index.js";
import { type Case, caseFile, hasShared, readShared, whySkipped } from "../contract/shared.js";
import { problems } from "./editor.js";

const ajv = new Ajv({ strict: false, validateFormats: false });
const schemas = jsonSchemas();
const compile = (kind: Case["kind"]) => ajv.compile(schemas[`${kind}.schema.json`]!);
const check = { widgets: compile("widgets"), apps: compile("apps") };

/** Whether Workspace takes the file. */
const accepted = ({ connects, accepted }: Case): boolean => connects ?? accepted ?? true;

/** What two programs that check by schema find wrong with a file: ajv, and VS Code. */
async function red(kind: Case["kind"], file: unknown): Promise<string[]> {
  const found = check[kind](file) ? [] : [`ajv: ${ajv.errorsText(check[kind].errors)}`];
  const underlined = await problems(`${kind}.json`, JSON.stringify(file));
  return [...found, ...underlined.filter((one) => one.startsWith("error"))];
}

/** How the schemas and Workspace differ on some files. */
async function compared(files: { one: Case; file: unknown }[]) {
  const found = { rejected: 0, caught: 0, wrong: [] as string[] };
  for (const { one, file } of files) {
    const faults = await red(one.kind, file);
    if (accepted(one) && faults.length > 0) found.wrong.push(`${JSON.stringify(one)} ${faults.join("; ")}`);
    if (!accepted(one)) found.rejected += 1;
    // Both programs must see it.
    if (!accepted(one) && faults.length > 1 && faults[0]?.startsWith("ajv")) found.caught += 1;
  }
  return found;
}

describe("the JSON Schemas underline nothing that Workspace accepts, and nearly all that it rejects", () => {
  it.skipIf(!hasShared)(`on every probe file${whySkipped}`, async () => {
    const { bases, cases } = JSON.parse(readShared("cases/workspace-verdicts.json")) as {
      bases: Record<string, unknown>;
      cases: Case[];
    };
    const { rejected, caught, wrong } = await compared(cases.map((one) => ({ one, file: caseFile(one, bases) })));
    console.log(`${caught} of ${rejected} rejected probe files are caught by the schemas`);
    expect(wrong).toEqual([]);
    expect(caught / rejected).toBeGreaterThan(0.98);
  });

  it.skipIf(!hasShared)(`on every public configuration file${whySkipped}`, async () => {
    const verdicts = JSON.parse(readShared("corpus/verdicts.json")) as (Case & { file: string; parses?: boolean })[];
    const parsing = verdicts.filter(({ parses }) => parses !== false);
    const { rejected, caught, wrong } = await compared(
      parsing.map((one) => ({ one, file: JSON.parse(readShared(`corpus/${one.file}`)) })),
    );
    console.log(`${caught} of ${rejected} rejected public files are caught by the schemas`);
    expect(wrong).toEqual([]);
    expect(caught).toBe(rejected);
  });
});
