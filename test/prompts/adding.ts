import type { CatalogTypeName } from "../../src/catalog/index.ts";
import type { PartialAnswers } from "../../src/plan/answers.ts";
import { type AddRequest, planAdd } from "../../src/plan/edit/add.ts";
import type { ProjectState } from "../../src/plan/state.ts";
import { type Adding, askAdd } from "../../src/prompts/add.ts";
import { stateOf, VERSION } from "../edit/helpers.ts";
import { tree } from "../plan/helpers.ts";
import { stepsTo, talkIn } from "./harness.ts";

/** The question of the last screen. */
export const LAST = "Add the widget?";

export function projectOf(given: PartialAnswers = {}): ProjectState {
  return stateOf(tree({ widgets: [{ type: "table" }, { type: "chart" }], ...given }));
}

// biome-ignore lint/suspicious/noExplicitAny: manifests of any shape
export function withApps(state: ProjectState, change: (apps: any[]) => void): ProjectState {
  const apps = JSON.parse(state.files["apps.json"]?.text as string);
  change(apps);
  return { files: { ...state.files, "apps.json": { text: JSON.stringify(apps, null, 2) } } };
}

export function twoBoards(): ProjectState {
  return withApps(projectOf(), (apps) => {
    const tab = (name: string) => ({ id: name.toLowerCase(), name, layout: [] });
    apps.push({ ...apps[0], name: "Rates", groups: [], prompts: [], tabs: { one: tab("One"), two: tab("Two") } });
  });
}

/** Starts the conversation of `add-widget`. */
export function add(
  state: ProjectState = projectOf(),
  place: Adding["place"] = {},
  screen: Parameters<typeof talkIn>[1] = { columns: 80, rows: 24 },
) {
  const preview = (request: AddRequest) => planAdd(state, request, VERSION);
  const talk = talkIn((terminal) => askAdd({ state, place, preview }, terminal), screen);
  return {
    ...talk,
    pick: (type: CatalogTypeName) => talk.answer("Which type?", ...stepsTo(type)),
    change: (label: string) => talk.changeAt(LAST, label),
    finish: async () => {
      await talk.enterUntil(LAST);
      await talk.answer(LAST);
      return talk.result;
    },
  };
}
