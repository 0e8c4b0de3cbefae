/** Groups of an app against the parameters of their widgets (contract §4.6 and §7). */
import { shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject, type Key } from "../../problems.js";
import { type App, type Group, listed, type Member, warning } from "../apps/model.js";
import type { Near } from "../apps/near.js";
import type { Subject, SubjectParam } from "../widgets/subject.js";
import {
  clicksOf,
  hasUnreadParams,
  type Link,
  linkOf,
  namesOf,
  once,
  paramOf,
  sourcesOf,
  type Widgets,
} from "./widgets.js";

/** A member of a group whose widget is known. */
interface Known extends Member {
  widget: Subject;
  /** Its parameter of the group's name. */
  param: SubjectParam | undefined;
}

/** Members that a group does not reach, for want of the parameter or of its kind; and default values that none has. */
export function linkFindings(app: App, widgets: Widgets, near: Near): Finding[] {
  return app.groups.flatMap((group) => {
    const members = group.members.flatMap((member): Known[] => {
      const widget = widgets.get(member.item.id);
      return widget && !hasUnreadParams(widget) ? [{ ...member, widget, param: paramOf(widget, group.paramName) }] : [];
    });
    if (group.type === "ticker") return members.flatMap((member) => tickerFindings(group, member));
    if ((group.type !== "param" && group.type !== "endpointParam") || group.paramName === undefined) return [];
    const wrong = mismatches(app, group, group.type, members);
    return [
      ...missing(group, group.paramName, members, near),
      ...wrong,
      ...(wrong.length === 0 && group.type === "endpointParam" ? differing(group, group.paramName, members) : []),
      ...(group.type === "param" ? defaults(app, group, members) : []),
    ];
  });
}

/** An iframe gets the values of all its groups (§3.17); people give a query editor parameters of their own (§3.3). */
const FOLLOWS_ANY = ["iframe", "ssrm_advanced"];

/** A ticker group sets the ticker parameter of its members. */
function tickerFindings(group: Group, { widget, item, said }: Known): Finding[] {
  if (widget.type === undefined || FOLLOWS_ANY.includes(widget.type)) return [];
  const name = shown(group.name);
  if (widget.type === "advanced_charting") {
    if (!widget.names.has("symbol")) return [];
    const message = `${shown(item.id)} is in the ticker group ${name}${item.onIt}, but follows its parameter \`symbol\`.`;
    return [warning("ticker-group-without-ticker", said, message, SYMBOL_HINT)];
  }
  if (widget.params.some(({ type }) => type === "ticker")) return [];
  const message = `${shown(item.id)} is in the ticker group ${name}${item.onIt}, and has no ticker parameter.`;
  return [warning("ticker-group-without-ticker", said, message, TICKER_HINT)];
}

const SYMBOL_HINT = 'Remove the parameter, or make it a group of type "param" with `"paramName": "symbol"`.';
const TICKER_HINT = 'Give the widget a parameter of type "ticker", or take it out of the group.';

/** Members without the parameter. Those with a click that sets it need none: they lead the group (contract §5). */
function missing(group: Group, paramName: string, members: readonly Known[], near: Near): Finding[] {
  const sources = new Set(members.flatMap(({ widget, param }) => (param && sourcesOf(widget).get(param)) ?? []));
  // Endpoint parameters are linked by where their choices come from, whatever they are called.
  const linked = once((widget) => [...sourcesOf(widget).values()].some((source) => sources.has(source)));
  return members.flatMap(({ widget, param, item, said }) => {
    if (widget.type === undefined || FOLLOWS_ANY.includes(widget.type)) return [];
    const unused = widget.type === "advanced_charting" && paramName !== "symbol";
    if (unused && param) {
      const message = `${shown(item.id)} is in the group ${shown(group.name)}${item.onIt}, but follows no parameter other than \`symbol\`.`;
      return [warning("group-param-missing", said, message, "Take it out of the group.")];
    }
    if (param || clicksOf(widget).some((click) => click.paramName === paramName)) return [];
    if (group.type === "endpointParam" && linked(widget)) return [];
    const message = `${shown(item.id)} is in the group ${shown(group.name)}${item.onIt}, and has no parameter ${shown(paramName)}.`;
    const names = namesOf(widget);
    const otherwise =
      names.length > 0 ? `Its parameters: ${listed(names)}.` : "Give it the parameter, or take it out of the group.";
    return [warning("group-param-missing", said, message, near.hint(paramName, names, otherwise))];
  });
}

const KINDS: Record<Link, string> = {
  param: "a parameter without `optionsEndpoint`",
  endpointParam: "an endpoint parameter",
  ticker: "a ticker parameter",
};

/** Groups of another type than their parameter: where all members agree, it is the group that is wrong. */
function mismatches(app: App, group: Group, type: Link, members: readonly Known[]): Finding[] {
  const links = members.flatMap((member) => {
    const link = member.param && linkOf(member.param);
    return link === undefined ? [] : [{ ...member, link }];
  });
  const wrong = links.filter(({ link }) => link !== type);
  const meant = wrong[0]?.link;
  if (meant === undefined) return [];
  const name = shown(group.paramName);
  if (links.every(({ link }) => link === meant)) {
    const path = [...group.where, "type"];
    const message = `The group ${shown(group.name)}${app.inIt} is of type ${shown(type)}, but ${name} is ${KINDS[meant]} of its widgets.`;
    return [warning("group-type-mismatch", path, message, `Write "type": "${meant}".`)];
  }
  return wrong.map(({ item, said, link }) => {
    const message = `${shown(item.id)} is in the group ${shown(group.name)} of type ${shown(type)}${item.onIt}, but its ${name} is ${KINDS[link]}.`;
    return warning(
      "group-type-mismatch",
      said,
      message,
      "Take it out of the group, or give it a parameter of the same kind.",
    );
  });
}

/** Endpoint parameters are one only where their choices come from paths with one last segment (contract §4.6). */
function differing(group: Group, paramName: string, members: readonly Known[]): Finding[] {
  const linked = members.flatMap(({ widget, param, item, said }) => {
    const source = param && sourcesOf(widget).get(param);
    return source === undefined ? [] : [{ source, item, said }];
  });
  const [first] = linked;
  return linked.flatMap(({ source, item, said }) => {
    if (first === undefined || source === first.source) return [];
    const message = `${shown(item.id)} is in the group ${shown(group.name)}${item.onIt}, but its ${shown(paramName)} has its choices from ${shown(source)}, not ${shown(first.source)} as that of ${shown(first.item.id)}.`;
    return [
      warning(
        "group-options-differ",
        said,
        message,
        "Give both the same `optionsEndpoint`, or take one of them out of the group.",
      ),
    ];
  });
}

/** The value that a group starts with must be one of the options of each member that has some. */
function defaults(app: App, group: Group, members: readonly Known[]): Finding[] {
  const { defaultValue } = group;
  const values = (Array.isArray(defaultValue) ? defaultValue : [defaultValue]).filter(isPlain);
  for (const { item, param } of members) {
    const options = param === undefined ? undefined : optionsOf(param);
    if (param === undefined || options === undefined) continue;
    const parts = param.param.multiSelect === true ? values.flatMap((value) => String(value).split(",")) : values;
    const strange = parts.map((part) => String(part).trim()).find((part) => part !== "" && !options.has(part));
    if (strange === undefined) continue;
    const path: Key[] = [...group.where, "defaultValue"];
    const message = `The group ${shown(group.name)}${app.inIt} starts with ${shown(strange)}, which is no option of ${shown(param.name)} of ${shown(item.id)}.`;
    return [warning("group-default-not-an-option", path, message, `Options: ${listed([...options])}.`)];
  }
  return [];
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" ? !value.startsWith("$") : typeof value === "number" || typeof value === "boolean";
}

/** The values of a drop-down list, as text; undefined where anything may be chosen, or a value is not known. */
function optionsOf({ param, type }: SubjectParam): Set<string> | undefined {
  const { options } = param;
  if (type === "boolean" || param.multiple === true || !Array.isArray(options) || options.length === 0)
    return undefined;
  const values = new Set<string>();
  for (const option of options) {
    if (!isObject(option) || !isPlain(option.value)) return undefined;
    values.add(String(option.value));
  }
  return values;
}
