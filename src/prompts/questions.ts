import { CATALOG, CATALOG_TYPES, type CatalogTypeName } from "../catalog/index.js";
import type { PartialAnswers } from "../plan/answers.js";
import { directoryProblem, nameProblem } from "../plan/names.js";
import { askCategory, askExceptions, hasExceptions, isException, NO_CATEGORY } from "./categories.js";
import { directoryOf, namesOf, presetName, type Question, type Talk, typesOf } from "./draft.js";
import { PROJECT_QUESTIONS } from "./project.js";
import { askTypes, askWidgets, capital, describeWidget } from "./widgets.js";

const name: Question = {
  key: "name",
  label: () => "Name",
  show: (draft) => draft.name ?? "",
  ask: async (talk) => ({
    name: await talk.ask.text({
      message: "What is the backend called?",
      preset: presetName(talk),
      ...(talk.again ? { initial: presetName(talk) } : {}),
      whileTyping: nameProblem,
      // The name is the directory too unless there is one already.
      atEnter: (typed) => (talk.draft.directory === undefined ? directoryTrouble(talk, typed) : undefined),
    }),
  }),
};

const directory: Question = {
  key: "directory",
  onlyLater: true,
  label: () => "Directory",
  show: (draft) => directoryOf(draft) ?? "",
  ask: async (talk) => ({
    directory: await talk.ask.text({
      message: "Where should the project go?",
      initial: directoryOf(talk.draft) ?? "",
      whileTyping: directoryProblem,
      atEnter: (typed) => directoryTrouble(talk, typed),
    }),
  }),
};

const widgets: Question = {
  key: "widgets",
  label: () => "Widget types",
  show: (draft) =>
    typesOf(draft)
      .map((type) => CATALOG[type].label)
      .join(", "),
  ask: async (talk) => ({ widgets: await askTypes(talk) }),
  next: (before, { draft }) =>
    typesOf(draft)
      .filter((type) => !typesOf(before).includes(type))
      .map((type) => `widgets.${type}`),
};

function widgetsOfType(type: CatalogTypeName): Question {
  const own = ({ widgets = [] }: PartialAnswers) => widgets.filter((widget) => widget.type === type);
  return {
    key: `widgets.${type}`,
    applies: (draft) => own(draft).length > 0,
    label: (draft) => capital(own(draft).length > 1 ? CATALOG[type].plural : CATALOG[type].label),
    show: ({ widgets = [] }) => {
      const names = namesOf(widgets);
      const described = widgets.map((widget, index) => describeWidget(names[index] as string, widget));
      return described.filter((_, index) => widgets[index]?.type === type).join(", ");
    },
    ask: async (talk) => ({ widgets: await askWidgets(talk, type) }),
  };
}

const category: Question = {
  key: "category",
  label: () => "Category",
  show: (draft) => draft.category ?? NO_CATEGORY,
  // Widgets that all came with a category of their own need none in common.
  applies: ({ widgets = [] }) => widgets.some((widget) => widget.category === undefined),
  ask: async (talk) => {
    const chosen = await askCategory(talk, "category");
    // A sub-category of nothing would be left over from the category before.
    return { category: chosen, ...(chosen === undefined && talk.again ? { subCategory: undefined } : {}) };
  },
};

const subCategory: Question = {
  key: "subCategory",
  label: () => "Sub-category",
  show: (draft) => draft.subCategory ?? "none",
  applies: (draft) => draft.category !== undefined || draft.subCategory !== undefined,
  ask: async (talk) => ({ subCategory: await askCategory(talk, "subCategory") }),
};

const exceptions: Question = {
  key: "widgets.categories",
  label: () => "Other categories",
  applies: ({ widgets = [] }) => widgets.length > 1 || widgets.some(isException),
  show: (draft) => {
    if (!hasExceptions(draft)) return "none";
    const names = namesOf(draft.widgets ?? []);
    const places = (draft.widgets ?? []).flatMap((widget, index) =>
      isException(widget) ? [`${names[index]} in ${placeOf({ ...draft, ...widget })}`] : [],
    );
    return places.join("; ");
  },
  ask: async (talk) => ({ widgets: await askExceptions(talk) }),
};

/** Every question, in the order in which they are asked and shown. */
export const QUESTIONS: Question[] = [
  name,
  directory,
  widgets,
  ...CATALOG_TYPES.map(widgetsOfType),
  category,
  subCategory,
  exceptions,
  ...PROJECT_QUESTIONS,
];

/** Why the project cannot go into a directory; undefined when it can. */
export async function directoryTrouble({ conversation }: Talk, path: string): Promise<string | undefined> {
  return directoryProblem(path) ?? (await conversation.checkDirectory?.(path));
}

function placeOf({ category, subCategory }: Pick<PartialAnswers, "category" | "subCategory">): string {
  return [category ?? "My Data", subCategory].filter((part) => part !== undefined).join(" / ");
}
