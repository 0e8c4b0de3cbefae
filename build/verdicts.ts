import { CATALOG_TYPES, PRESETS, variantsOf, type Widget } from "../src/catalog/index.ts";
import { validateApps, validateWidgets } from "../src/contract/index.ts";
import { worthTelling } from "../src/plan/findings.ts";
import { appsFingerprint, widgetFingerprint } from "../src/plan/fingerprint.ts";
import { dashboard } from "../src/plan/layout.ts";
import { resolveWidgets } from "../src/plan/widgets.ts";

const ID = "virtual:verdicts";

/** A Vite and Rolldown plugin: `virtual:verdicts` exports `inOrder`, the fingerprints of what needs no second check. */
export function verdictsPlugin() {
  return {
    name: "openbb-verdicts",
    resolveId: (id: string) => (id === ID ? `\0${ID}` : undefined),
    load: (id: string) =>
      id === `\0${ID}` ? `export const inOrder = new Set(${JSON.stringify(verdicts())});\n` : undefined,
  };
}

/** A widget of each type and variant, as a user gets it who asks for no more than that. */
export function samples(): Widget[] {
  return resolveWidgets(
    CATALOG_TYPES.flatMap((type) => [{ type }, ...variantsOf(type).map((variant) => ({ type, variant }))]),
  );
}

/**
 * Asks the contract about each sample of the catalog, and about the dashboard over those that `--yes` takes.
 *
 * @returns the fingerprints of those of which it has nothing to say. The others are checked at every run
 */
export function verdicts(
  widgets: Widget[] = samples(),
  apps: unknown = [dashboard("Desk", resolveWidgets(PRESETS.starter.widgets))],
): string[] {
  // As they are written, and read again.
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
  const found = widgets
    .filter(({ id, definition }) => !validateWidgets({ [id]: plain(definition) }).some(worthTelling))
    .map(({ id, definition }) => widgetFingerprint(id, plain(definition)));
  if (!validateApps(plain(apps)).some(worthTelling)) found.push(appsFingerprint(plain(apps)));
  return found.filter((one) => one !== undefined);
}
