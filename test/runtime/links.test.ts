import { describe, expect, it } from "vitest";
import { Tokens, withoutToken } from "../../templates/project/src/openbb/links.js";

const keys = new Map([
  ["ann", "a-key-of-ann-which-is-long"],
  ["bob", "a-key-of-bob-which-is-long"],
]);

describe("links that work without headers", () => {
  it("open one widget, for the owner of one key", () => {
    const tokens = new Tokens(keys, ["report", "page"]);
    const link = tokens.path("ann", "report", "/report");
    expect(tokens.take(`${link}?theme=dark`)).toEqual({
      url: "/report?theme=dark",
      grant: { owner: "ann", widget: "report" },
    });
    const all = ["ann", "bob"].flatMap((owner) => ["report", "page"].map((id) => tokens.path(owner, id, "/")));
    expect(new Set(all).size).toBe(4);
  });

  it("end with the key, and stay the same while it stays", () => {
    const link = new Tokens(keys, ["report"]).path("ann", "report", "/report");
    expect(new Tokens(keys, ["report", "more"]).take(link)?.grant?.owner).toBe("ann");
    expect(new Tokens(new Map([["ann", "another-key-of-ann-longer"]]), ["report"]).take(link)?.grant).toBeUndefined();
  });

  it("are plain paths where no key is set", () => {
    expect(new Tokens(new Map(), ["report"]).path(undefined, "report", "/report")).toBe("/report");
  });

  it("open nothing when they are changed, cut or empty", () => {
    const tokens = new Tokens(keys, ["report"]);
    const link = tokens.path("ann", "report", "/report");
    for (const wrong of [link.replace(/.(?=\/report)/, "_"), "/t/", "/t//report", "/t/x", "/t/../report"]) {
      expect(tokens.take(wrong)?.grant, wrong).toBeUndefined();
    }
    expect(tokens.take("/table")).toBeUndefined();
  });

  it("do not stand in the log", () => {
    expect(withoutToken("/t/secret/report")).toBe("/t/…/report");
    expect(withoutToken("/report")).toBe("/report");
  });
});
