import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { describe, expect, it } from "vitest";
import { play, prepare } from "../src/demo/play.js";
import { Screen, wrapped } from "../src/demo/screen.js";
import { inPlainText, votesInLine } from "../src/demo/sight.js";
import { DECISION } from "../src/demo/story.js";
import { LiveStage } from "../src/stage.js";

const DEMO_START = Date.UTC(2026, 2, 2, 9, 0, 0);

async function played(meddle: (stage: LiveStage) => void = () => {}) {
  const stage = new LiveStage({ start: DEMO_START, logger: pinoLog("error", true) });
  let text = "";
  const screen = new Screen({
    write: (piece) => (text += piece),
    colour: false,
    columns: 100,
    speed: Number.POSITIVE_INFINITY,
  });
  try {
    await stage.open();
    await prepare(stage, DECISION);
    meddle(stage);
    return { faults: await play(stage, screen, DECISION), text, stage };
  } finally {
    await stage.close();
  }
}

describe("the demo", () => {
  it("plays the whole story, and everything in it comes out as told", async () => {
    const { faults, text } = await played();
    expect(faults).toEqual([]);
    const order = [
      "“fcp merge” is for members of the",
      "Team member @richvdh has proposed to merge this",
      "2 of 6 needed, of 8",
      "submits an approving review",
      "ticks the box beside their name",
      "adds the label vote:approve",
      "The Final Comment Period to merge this has begun",
      "concern space summaries leak private rooms",
      "but it cannot conclude yet",
      "resolve C1",
      "this proposal is accepted",
      "✓ Accepted",
      "+ spec-pr-missing",
    ];
    const found = order.map((words) => text.replace(/\s+/g, " ").indexOf(words));
    expect(found).not.toContain(-1);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("fails, and says where, when the story does not come out as told", async () => {
    const { faults, text } = await played((stage) => {
      stage.sandbox.faults.lose = ({ event }) => event === "pull_request_review";
    });
    expect(faults).toContain("the status comment counts 2 of 6");
    expect(text).toContain("✗ not so");
  });

  it("asserts something in every beat", () => {
    for (const { beats } of DECISION.chapters)
      for (const { expects } of beats) expect(expects.length).toBeGreaterThan(2);
    expect(DECISION.number).toBe(1772);
  });
});

describe("the demo's screen", () => {
  it("breaks lines at spaces, and counts no colours", () => {
    expect(wrapped("one two three", 8)).toEqual(["one two", "three"]);
    expect(wrapped("\u001b[32m+\u00a0a\u001b[0m \u001b[31m−\u00a0b\u001b[0m", 7)).toHaveLength(1);
    expect(wrapped("unbreakablelongword x", 5)).toEqual(["unbreakablelongword", "x"]);
  });

  it("waits in proportion to the speed, and not at all when fast", async () => {
    const began = Date.now();
    const screen = (speed: number) => new Screen({ write: () => {}, colour: false, columns: 80, speed });
    await screen(Number.POSITIVE_INFINITY).paragraph("x".repeat(10_000));
    expect(Date.now() - began).toBeLessThan(50);
    await screen(100).paragraph("x".repeat(500));
    expect(Date.now() - began).toBeGreaterThan(80);
  });

  it("shows Markdown as plain words", () => {
    expect(inPlainText("<!-- hidden -->\n\n@a, **b** [c](https://d) `e` \\_f\\_\n\nmore")).toBe(
      "@a, b c e _f_",
    );
    expect(
      votesInLine(
        "**1 of 6 needed, of 8** (75%).\n\n- [x] @ara4n <!-- box t -->\n- [ ] @dbkr <!-- box t -->",
      ),
    ).toBe("1 of 6 needed, of 8: ☑ ara4n");
    expect(
      votesInLine("This team **passed on 2 March 2026 with 6 of 8** (75%).\n\n- [x] @ara4n <!-- box t -->"),
    ).toBe("passed on 2 March 2026 with 6 of 8: ☑ ara4n");
  });
});
