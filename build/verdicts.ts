import { CATALOG_TYPES, PRESETS, variantsOf, type Widget } from "../src/catalog/index.ts";
import { type Backend, validateBackend } from "../src/contract/rules/index.ts";
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
 * @param shown the widgets that the dashboards show
 * @returns the fingerprints of those of which it has nothing to say. The others are checked at every run
 */
export function verdicts(
  widgets: Widget[] = samples(),
  shown: Widget[] = resolveWidgets(PRESETS.starter.widgets),
  apps: unknown = [dashboard("Desk", shown)],
): string[] {
  const isQuiet = (backend: Backend) => !validateBackend(backend).some(worthTelling);
  const found = widgets
    .filter(({ id, definition }) => isQuiet({ widgets: plain({ [id]: definition }) }))
    .map(({ id, definition }) => widgetFingerprint(id, plain(definition)));
  const file = plain(Object.fromEntries(shown.map(({ id, definition }) => [id, definition])));
  if (isQuiet({ widgets: file, apps: plain(apps) })) found.push(appsFingerprint(plain(apps), file));
  return found.filter((one) => one !== undefined);
}

/** As it is written, and read again. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
