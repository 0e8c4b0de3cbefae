import { describe, expect, it } from "vitest";
import { localFeed, polled } from "../../templates/widgets/live_grid/src/openbb/live/feed.js";
import { quotes } from "../../templates/widgets/live_grid/src/samples/quotes.js";
import { afterwards, type Row, sleep, until, watchLog } from "./helpers.js";

describe("a feed within the process", () => {
  it("hands rows to all who listen, and runs its source while there are any", () => {
    const calls: string[] = [];
    let publish: (rows: Row[]) => void = () => undefined;
    const feed = localFeed((give) => {
      calls.push("start");
      publish = give;
      return () => void calls.push("stop");
    });
    const got: number[] = [];
    const listener = (rows: Row[]) => void got.push(rows.length);
    feed.publish([{ a: 1 }]);
    expect(calls).toEqual([]);

    const leave = [feed.subscribe(listener), feed.subscribe(listener)];
    publish([{ a: 1 }, { a: 2 }]);
    expect(got).toEqual([2, 2]);
    leave[0]?.();
    leave[0]?.();
    expect(calls).toEqual(["start"]);
    leave[1]?.();
    expect(calls).toEqual(["start", "stop"]);
    publish([{ a: 1 }]);
    expect(got).toHaveLength(2);

    feed.subscribe(listener);
    feed.close();
    expect(calls).toEqual(["start", "stop", "start", "stop"]);
    feed.publish([{ a: 1 }]);
    expect(got).toHaveLength(2);
  });
});

describe("a source that is asked again and again", () => {
  it("brings all rows at first, then those that differ, until it is stopped", async () => {
    let last = 0;
    const published: Row[][] = [];
    const ask = async () => [
      { symbol: "AAPL", last },
      { symbol: "MSFT", last: 7 },
    ];
    const stop = polled(ask, 5)((rows) => published.push(rows));
    await until(() => published.length === 1, "the first rows");
    await sleep(40);
    last = 1;
    await until(() => published.length === 2, "the changed row");
    stop();
    last = 2;
    await sleep(40);
    expect(published).toEqual([
      [
        { symbol: "AAPL", last: 0 },
        { symbol: "MSFT", last: 7 },
      ],
      [{ symbol: "AAPL", last: 1 }],
    ]);
  });

  it("says why it fails, and is left alone for a while", async () => {
    const log = watchLog();
    let asked = 0;
    const ask = () => {
      asked++;
      throw new Error("the exchange is closed");
    };
    afterwards(polled(ask, 1)(() => undefined));
    await sleep(100);
    expect(asked).toBe(1);
    expect(log().join()).toContain("the exchange is closed");
  });

  it("that answers after it was stopped brings nothing", async () => {
    const published: Row[][] = [];
    const stop = polled(async () => {
      await sleep(20);
      return [{ a: 1 }];
    }, 1)((rows) => published.push(rows));
    stop();
    await sleep(60);
    expect(published).toEqual([]);
  });
});

describe("the sample quotes", () => {
  const noon = Date.UTC(2026, 5, 17, 12);

  it("follow from the clock alone, and move", () => {
    expect(quotes(noon)).toEqual(quotes(noon));
    const later = quotes(noon + 3_000);
    const moved = quotes(noon).filter((row, index) => row.last !== later[index]?.last);
    expect(moved.length).toBeGreaterThan(3);
  });

  it("look like prices at any time, weekends and midnight included", () => {
    for (let hour = 0; hour < 24 * 8; hour++) {
      for (const { last, bid, ask, change, volume, time } of quotes(noon + hour * 3_600_000)) {
        expect(bid).toBeLessThan(last);
        expect(ask).toBeGreaterThan(last);
        expect(Math.abs(change)).toBeLessThan(0.1);
        expect(volume).toBeGreaterThanOrEqual(0);
        expect(time).toMatch(/^\d\d:\d\d:\d\d$/);
      }
    }
  });
});
