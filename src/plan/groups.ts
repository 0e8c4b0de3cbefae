/**
 * The group of templates that a path below `templates/` belongs to: what is loaded at one time. Every project takes
 * all of `project`, code for an existing backend all of `foreign`; of the other folders some are taken, such as
 * `widgets/table`.
 */
export function templateGroup(path: string): string {
  const [top = "", next = ""] = path.split("/");
  return top === "project" || top === "foreign" ? top : `${top}/${next}`;
}
