// What a page in an iframe widget and Workspace say to each other, from the page's side. Workspace listens only where
// its operator lets pages talk to it; elsewhere it loads the page anew when a parameter changes. A page must therefore
// be right without any of this.

window.WorkspaceFrame = {
  /**
   * Tells Workspace what this page has to offer, and answers it from then on.
   *
   * @param {object} page
   * @param {object[]} [page.widgets] Tables and texts that people can take out of the page, and the AI can read:
   *   `{ widgetId, name, description, dataType: "table" | "markdown", data }`, where `data()` gives rows or a text.
   * @param {(params: Record<string, string>) => void} [page.onParams] The parameters have changed; `theme` is one.
   * @param {(headers: Record<string, string>) => void} [page.onHeaders] The headers of the connection, such as the
   *   API key, for requests of the page to its own backend.
   * @returns {{ update: (params: object) => void }} `update` sets parameters of the widget, and of its group.
   */
  connect({ widgets = [], onParams, onHeaders }) {
    // The browser has checked who shows this page in a frame: the policy of the page names who may (frame-ancestors).
    let origin = parentOrigin();
    let heard = false;

    function send(message) {
      if (window.parent !== window) window.parent.postMessage(message, origin ?? "*");
    }

    function greet() {
      send({ type: "openbb-connect", widgets: widgets.map(({ data, ...widget }) => widget) });
    }

    async function answer({ widgetId, dataType, data }) {
      try {
        send({ type: "openbb-data", widgetId, dataType, data: await data() });
      } catch (error) {
        send({ type: "openbb-error", widgetId, error: String(error?.message ?? error) });
      }
    }

    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || event.origin !== (origin ?? event.origin)) return;
      const { type, params, headers, widgetId } = event.data ?? {};
      if (!["openbb-params-update", "openbb-request", "openbb-auth"].includes(type)) return;
      origin = event.origin;
      heard = true;
      if (type === "openbb-params-update" && params) onParams?.(params);
      if (type === "openbb-auth" && headers) onHeaders?.(headers);
      if (type !== "openbb-request") return;
      const wanted = widgets.filter((widget) => (widgetId ?? widget.widgetId) === widget.widgetId);
      if (wanted.length === 0) send({ type: "openbb-error", widgetId, error: "The page has no such widget." });
      wanted.forEach(answer);
    });

    // Workspace may begin to listen only after the page has loaded.
    for (const wait of [0, 300, 1000, 3000]) setTimeout(() => heard || greet(), wait);

    return { update: (params) => send({ type: "openbb:params:update", params }) };
  },
};

/** Who shows this page in a frame; undefined where the browser does not tell. */
function parentOrigin() {
  if (location.ancestorOrigins?.length > 0) return location.ancestorOrigins[0];
  return URL.canParse(document.referrer) ? new URL(document.referrer).origin : undefined;
}
