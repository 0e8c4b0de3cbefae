import { describe, expect, it } from "vitest";
import { CancelledError } from "../../src/errors.ts";
import { confirmDeleting } from "../../src/prompts/remove.ts";
import { KEY, talkIn } from "./harness.ts";

const ask = (...paths: string[]) => talkIn((terminal) => confirmDeleting(paths, terminal), { columns: 60, rows: 20 });

describe("confirmDeleting", () => {
  it("names the files, and keeps them on Enter alone", async () => {
    const one = ask("src/widgets/prices.ts");
    await one.answer("Delete it all the same?");
    expect(await one.result).toBe(false);
    expect(one.text()).toContain("▲  This file was edited since this tool wrote it:\n│  src/widgets/prices.ts");

    const two = ask("src/widgets/prices.ts", "src/widgets/trades.ts");
    await two.answer("Delete them all the same?");
    expect(await two.result).toBe(false);
    expect(two.text()).toContain("│  src/widgets/prices.ts\n│  src/widgets/trades.ts");
  });

  it("takes a yes", async () => {
    const talk = ask("src/widgets/prices.ts");
    await talk.answer("Delete it", KEY.up);
    expect(await talk.result).toBe(true);
    const letter = ask("src/widgets/prices.ts");
    await letter.next();
    letter.input.write("y");
    expect(await letter.result).toBe(true);
  });

  for (const [way, key] of Object.entries({ "Ctrl-C": KEY.ctrlC, ESC: KEY.escape, "Ctrl-D": KEY.ctrlD })) {
    it(`is cancelled by ${way}, and by an input that ends`, async () => {
      const talk = ask("src/widgets/prices.ts");
      await talk.next();
      talk.input.write(key);
      await expect(talk.result).rejects.toBeInstanceOf(CancelledError);
      const cut = ask("src/widgets/prices.ts");
      await cut.next();
      cut.input.end();
      await expect(cut.result).rejects.toBeInstanceOf(CancelledError);
    });
  }
});
