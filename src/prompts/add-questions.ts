import { CATALOG, sampleOf } from "../catalog/index.js";
import type { AddRequest } from "../plan/edit/add.js";
import type { WidgetSpec } from "../plan/spec.js";
import { textProblem } from "../plan/widgets.js";
import type { Asker } from "./asker.js";
import { chooseCategory } from "./categories.js";
import { type Dashboard, freeName, type ProjectContents } from "./present.js";
import { askAnswer, askVariant, capital, textAt, typeChoices } from "./widgets.js";

/** The answers so far. */
export interface AddDraft {
  widget: WidgetSpec;
  place: Omit<AddRequest, "specs">;
}

/** A conversation of `add-widget` under way. */
export interface AddTalk {
  ask: Asker;
  around: ProjectContents;
  draft: AddDraft;
  /** Why the project cannot have a widget; undefined when it can. */
  refusal: (widget: WidgetSpec) => Promise<string | undefined>;
  /** Whether an answer is being changed: its question then begins with the present value. */
  again: boolean;
}

/** One question. The list below drives the first pass, the summary and "Change an answer": there is no other. */
export interface AddQuestion {
  key: string;
  /** What the summary calls it. */
  label: (talk: AddTalk) => string;
  /** What the summary says. */
  show: (talk: AddTalk) => string;
  ask: (talk: AddTalk) => Promise<AddDraft>;
  /** Whether the question makes sense as things stand; it always does when left out. */
  applies?: (talk: AddTalk) => boolean;
  /** Whether it is asked in the first pass, where that is not whenever it applies. */
  asked?: (talk: AddTalk) => boolean;
}

const type: AddQuestion = {
  key: "type",
  label: () => "Type",
  show: ({ draft: { widget } }) => CATALOG[widget.type].label,
  ask: async ({ ask, draft, refusal }) => {
    let chosen = draft.widget.type;
    for (;;) {
      chosen = await ask.select("Which type?", typeChoices(), chosen);
      // Not every project can have every type: better said now than after all the other questions.
      const problem = await refusal({ type: chosen });
      ask.check();
      if (problem === undefined) break;
      ask.warn(problem);
    }
    const { experimental } = CATALOG[chosen];
    if (experimental) ask.warn(`This type is experimental. ${experimental}`);
    if (chosen === draft.widget.type) return draft;
    // What was said of one type says nothing of another.
    const { category, subCategory } = draft.widget;
    return withWidget(draft, { type: chosen, ...filed({ category, subCategory }) });
  },
};

const variant: AddQuestion = {
  key: "variant",
  label: () => "Sample",
  show: ({ draft: { widget } }) => widget.variant ?? "the usual one",
  applies: ({ draft: { widget } }) => CATALOG[widget.type].variantQuestion !== undefined,
  ask: async ({ ask, draft, around }) => {
    const usual = usualName(draft.widget, around);
    const changed = await askVariant(ask, draft.widget);
    if (changed === draft.widget || changed.name !== usual) return withWidget(draft, changed);
    return withWidget(draft, { ...changed, name: usualName(changed, around) });
  },
};

const name: AddQuestion = {
  key: "name",
  label: () => "Name",
  show: ({ draft: { widget } }) => widget.name ?? "",
  ask: async ({ ask, draft, around, again }) => {
    const preset = draft.widget.name ?? usualName(draft.widget, around);
    const given = await ask.text({
      message: "What is it called?",
      preset,
      ...(again ? { initial: preset } : {}),
      whileTyping: textProblem,
    });
    return withWidget(draft, { ...draft.widget, name: given });
  },
};

const answers: AddQuestion = {
  key: "answers",
  label: ({ draft }) =>
    capital(
      questionsOf(draft)
        .map((question) => question.name)
        .join(", "),
    ),
  show: ({ draft }) =>
    questionsOf(draft)
      .map(({ path }) => textAt(draft.widget, path))
      .join("; "),
  applies: ({ draft }) => questionsOf(draft).length > 0,
  ask: async ({ ask, draft, again }) => {
    let { widget } = draft;
    for (const question of questionsOf(draft)) widget = await askAnswer(ask, widget, question, { again });
    return withWidget(draft, widget);
  },
};

const category: AddQuestion = {
  key: "category",
  label: () => "Category",
  show: ({ draft: { widget }, around: { usual } }) =>
    widget.category ?? usual.category ?? "none: Workspace shows it under My Data",
  ask: async ({ ask, draft, around: { usual, places }, again }) => {
    const used = places.map((place) => place.category);
    // Where all widgets are in one category, this one probably belongs there too.
    const common = used.every((one) => one === used[0]) ? used[0] : undefined;
    const chosen = await chooseCategory(ask, {
      kind: "category",
      message: "Which category?",
      usual: usual.category,
      usualLabel: usual.category ? `${usual.category}, as usual here` : "None: Workspace shows it under My Data",
      present: draft.widget.category ?? (again || common === usual.category ? undefined : common),
      used,
      category: undefined,
    });
    const { category: before, subCategory, ...rest } = draft.widget;
    // A sub-category of another category would be left over from before.
    return withWidget(draft, {
      ...rest,
      ...filed({ category: chosen, subCategory: chosen === before ? subCategory : undefined }),
    });
  },
};

const subCategory: AddQuestion = {
  key: "subCategory",
  label: () => "Sub-category",
  show: ({ draft: { widget }, around: { usual } }) => widget.subCategory ?? usual.subCategory ?? "none",
  applies: ({ draft: { widget }, around: { usual } }) => (widget.category ?? usual.category) !== undefined,
  ask: async ({ ask, draft, around: { usual, places } }) => {
    const within = draft.widget.category ?? usual.category;
    const chosen = await chooseCategory(ask, {
      kind: "subCategory",
      message: "And which sub-category?",
      usual: usual.subCategory,
      usualLabel: usual.subCategory ? `${usual.subCategory}, as usual here` : "None",
      present: draft.widget.subCategory,
      used: places.flatMap((place) => (place.category === within ? [place.subCategory] : [])),
      category: within,
    });
    const { subCategory: _, ...rest } = draft.widget;
    return withWidget(draft, { ...rest, ...filed({ subCategory: chosen }) });
  },
};

const NO_DASHBOARD = "none: you place it in Workspace";

const dashboard: AddQuestion = {
  key: "dashboard",
  label: () => "Dashboard",
  show: (talk) => (talk.draft.place.noApp ? NO_DASHBOARD : (chosenDashboard(talk)?.label ?? "a new one")),
  applies: ({ around: { dashboards, makesDashboard } }) => dashboards.length > 0 || makesDashboard,
  // A flag that leaves one place, or none, has answered it.
  asked: (talk) => !talk.draft.place.noApp && placesFor(talk).length > 1,
  ask: async (talk) => {
    const { draft, ask, around, again } = talk;
    const choices = again ? around.dashboards : placesFor(talk);
    const first = choices.length > 0 ? choices.map(({ label }) => label) : ["A new one"];
    const present = draft.place.noApp ? first.length : Math.max(choices.indexOf(chosenDashboard(talk) as Dashboard), 0);
    const chosen = await ask.select(
      "Which dashboard shows it?",
      [...first, capital(NO_DASHBOARD)].map((label, index) => ({ value: String(index), label })),
      String(present),
    );
    if (Number(chosen) === first.length) return { ...draft, place: { noApp: true } };
    const place = choices[Number(chosen)];
    // The first one is where widgets go anyway.
    if (!place || place === around.dashboards[0]) return { ...draft, place: {} };
    return { ...draft, place: { app: place.app, tab: place.tab } };
  },
};

/** Every question, in the order in which they are asked and shown. */
export const ADD_QUESTIONS: AddQuestion[] = [type, variant, name, answers, category, subCategory, dashboard];

/** The dashboards that a flag leaves open. */
function placesFor({ around: { dashboards }, draft: { place } }: AddTalk): Dashboard[] {
  const same = (one: string, other: string | undefined) => one.toLowerCase() === other?.toLowerCase();
  const app = place.app ?? dashboards[0]?.app;
  if (place.tab !== undefined) return dashboards.filter((one) => same(one.app, app) && same(one.tab, place.tab));
  return place.app === undefined ? dashboards : dashboards.filter((one) => same(one.app, app));
}

function chosenDashboard(talk: AddTalk): Dashboard | undefined {
  return placesFor(talk)[0];
}

function questionsOf({ widget }: AddDraft) {
  return CATALOG[widget.type].questions ?? [];
}

function usualName(widget: WidgetSpec, { ids }: ProjectContents): string {
  return freeName(sampleOf(widget).name, ids);
}

function withWidget(draft: AddDraft, widget: WidgetSpec): AddDraft {
  return { ...draft, widget };
}

/** The categories that are set. */
function filed(places: { category?: string | undefined; subCategory?: string | undefined }): Partial<WidgetSpec> {
  return Object.fromEntries(Object.entries(places).filter(([, text]) => text !== undefined));
}
