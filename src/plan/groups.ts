/**
 * The group of templates that a path below `templates/` belongs to: what is loaded at one time. Every project takes
 * all of `project`; of the other folders it takes some, such as `widgets/table`.
 */
export function templateGroup(path: string): string {
  const [top = "", next = ""] = path.split("/");
  return top === "project" ? top : `${top}/${next}`;
}
