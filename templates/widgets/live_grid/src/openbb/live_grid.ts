import { WebSocketServer } from "ws";
import type { Feed } from "./live/feed.js";
import { Hub } from "./live/hub.js";
import type { Widgets } from "./params.gen.js";
import type { Params } from "./params.js";
import { endpointPath, isElsewhere } from "./typegen/paths.js";
import {
  type CachedHandler,
  definer,
  type Handler,
  json,
  type Row,
  Rows,
  type Settings,
  type SocketEndpoint,
  type WidgetId,
  type WidgetModule,
  type WidgetPlace,
} from "./widget.js";

/** The largest message that a client may send, in bytes: parameters are short. */
const MAX_MESSAGE = 16_384;
const EVERY_MS = 200;

export interface LiveSettings<Id extends keyof Widgets> {
  /** Where new values come from: `localFeed` for one process, another one for several. */
  feed: Feed;
  /**
   * Which rows a caller gets for its parameters, of the snapshot and of the feed alike; all of them if left out.
   * It is called for each row and client.
   */
  filter?: (row: Row, params: Widgets[Id]["params"]) => boolean;
  /** The shortest time between two messages to a client, in milliseconds; in between, the newest values win. */
  everyMs?: number;
}

/** A live grid as its handler file exports it. */
export interface LiveGrid extends WidgetModule {
  feed: Feed;
}

const snapshots = definer<"live_grid", Row[]>({ type: "live_grid", answer: Rows, encode: json });

/**
 * A table whose cells change: the handler answers with the rows of the moment, the feed brings what changes. Workspace
 * takes over what the feed brings where three things hold: the row is in the snapshot, by the columns that
 * `data.wsRowIdColumn` names; the field was there in the snapshot; its column has `enableCellChangeWs: true`. Without
 * `wsRowIdColumn` it adds each row that comes at the end.
 */
export function liveGrid<Id extends WidgetId<"live_grid">>(
  id: Id,
  snapshot: CachedHandler<Id, Row[]>,
  settings: LiveSettings<Id> & Settings<Id> & { cache: number },
): LiveGrid;
export function liveGrid<Id extends WidgetId<"live_grid">>(
  id: Id,
  snapshot: Handler<Id, Row[]>,
  settings: LiveSettings<Id> & Settings<Id> & { cache?: never },
): LiveGrid;
export function liveGrid<Id extends WidgetId<"live_grid">>(
  id: Id,
  snapshot: Handler<Id, Row[]>,
  { feed, filter = () => true, everyMs = EVERY_MS, ...settings }: LiveSettings<Id> & Settings<Id>,
): LiveGrid {
  const hubs: Hub[] = [];
  const rows: Handler<Id, Row[]> = async (params, context) =>
    (await snapshot(params, context)).filter((row) => filter(row, params));
  const module = (snapshots as (id: Id, handler: typeof rows, settings: object) => WidgetModule)(id, rows, settings);

  /** Takes the connections of this widget's clients. */
  function socket({ definition, parse }: WidgetPlace) {
    const { wsEndpoint } = definition;
    // Without one on this backend, Workspace shows the rows of the moment, or what another server sends.
    if (typeof wsEndpoint !== "string" || wsEndpoint === "" || isElsewhere(wsEndpoint)) return undefined;
    const check = filter as (row: Row, params: Params) => boolean;
    const hub = new Hub({ id, feed, parse, filter: check, rowId: rowIdOf(definition), everyMs });
    hubs.push(hub);
    const server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: MAX_MESSAGE,
      perMessageDeflate: false,
    });
    const upgrade: SocketEndpoint["upgrade"] = (request, connection, head) => {
      if (hub.open) return server.handleUpgrade(request, connection, head, (client) => hub.add(client));
      connection.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    };
    return { path: endpointPath(wsEndpoint), upgrade };
  }

  async function close() {
    await Promise.all(hubs.map((hub) => hub.close()));
    await feed.close();
  }

  return { ...module, feed, socket, close };
}

/**
 * What tells the rows of a widget apart, as Workspace does: the values of one column or several.
 *
 * @returns a function from a row to its id, undefined when the row lacks one; where widgets.json names no column, each
 * row is one of its own
 */
export function rowIdOf(definition: Record<string, unknown>): (row: Row) => string | undefined {
  const { wsRowIdColumns, wsRowIdColumn } = (definition.data ?? {}) as Record<string, string | string[] | undefined>;
  const columns = [wsRowIdColumns ?? wsRowIdColumn ?? []].flat();
  let count = 0;
  if (columns.length === 0) return () => String(count++);
  return (row) =>
    columns.every((name) => row[name] !== undefined) ? columns.map((name) => row[name]).join("-") : undefined;
}
