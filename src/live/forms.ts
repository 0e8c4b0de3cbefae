/** Forms that are not sent: whether the browser would let them be (contract 4.7). */
import type { BrowserCaller } from "./caller.js";
import { WORKSPACE_ORIGIN } from "./url.js";
import { type Definition, paramsOf } from "./values.js";

/** Asks, by preflights only, whether each form's method and its JSON body are allowed. */
export async function checkFormMethods(
  caller: BrowserCaller,
  widgets: readonly [string, Definition][],
  deadline: AbortSignal,
): Promise<void> {
  const forms = widgets.flatMap(([widget, definition]) =>
    paramsOf(definition)
      .filter(({ type, endpoint }) => type === "form" && typeof endpoint === "string")
      .map(({ endpoint, method }) => ({
        widget,
        endpoint: endpoint as string,
        method: method === "PUT" ? "PUT" : "POST",
      })),
  );
  const headers = { ...caller.connection.headers, "Content-Type": "application/json" };
  await Promise.all(
    forms.map(async ({ widget, endpoint, method }) => {
      const url = caller.urlOf(endpoint);
      if (!/^https?:/.test(url) || !URL.canParse(url)) return;
      const refused = await caller.browser.preflight({ url, method, headers, origin: WORKSPACE_ORIGIN, deadline });
      const path = `/${widget.replaceAll("~", "~0").replaceAll("/", "~1")}/params`;
      if (refused) caller.fail(refused, { path, widget, call: `OPTIONS ${url}` });
    }),
  );
}
