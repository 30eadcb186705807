import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { afterEach, expect, test } from "vitest";
import { LIFE } from "../src/demo/life.js";
import { play, prepare } from "../src/demo/play.js";
import { Screen } from "../src/demo/screen.js";
import { LiveStage } from "../src/stage.js";

const DEMO_START = Date.UTC(2026, 2, 2, 9, 0, 0);

let stage: LiveStage;
afterEach(() => stage.close());

async function played(meddle: (stage: LiveStage) => void = () => {}) {
  stage = new LiveStage({ start: DEMO_START, logger: pinoLog("error", true) });
  let text = "";
  const screen = new Screen({
    write: (piece) => (text += piece),
    colour: false,
    columns: 100,
    speed: Number.POSITIVE_INFINITY,
  });
  await stage.open();
  await prepare(stage, LIFE);
  meddle(stage);
  return { faults: await play(stage, screen, LIFE), text };
}

test("label.state, said.welcome, proposal.ready, gate.begin, gate.end, form.check, spec.linked: a first-time author’s proposal goes from a draft to the specification, and the clerk says six things", async () => {
  const { faults, text } = await played();
  expect(faults).toEqual([]);
  const order = [
    "opens a draft: proposals/xxxx-thing.md",
    "5 things to change",
    "Welcome, @newcomer",
    "✓ The form is as it should be",
    "+ proposal-ready-for-review",
    "Team member @richvdh has proposed to merge this",
    "Checklist: 0 of 3",
    "Waiting for a member to say that its implementation is in order",
    "The Final Comment Period to merge this has begun",
    "this proposal is accepted",
    "This pull request brings an accepted proposal into the specification",
    "+ merged",
  ];
  const plain = text.replace(/\s+/g, " ");
  const found = order.map((words) => plain.indexOf(words));
  expect(found).not.toContain(-1);
  expect(found).toEqual([...found].sort((a, b) => a - b));
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);

  const { app } = stage.sandbox;
  const said = stage.sandbox.thread(LIFE.number).comments.filter(({ authorId }) => authorId === app.botId);
  expect(said.length).toBeLessThanOrEqual(6);
  // None was made and taken away again.
  const made = stage.sandbox.requests.all.filter(
    ({ method, path }) => method === "POST" && path.endsWith(`/issues/${LIFE.number}/comments`),
  );
  expect(made).toHaveLength(said.length);
  expect(stage.sandbox.labelsOn(LIFE.number)).toEqual(["proposal", "merged"]);
});

test("spec.linked: without the App on the specification’s repository the story fails, and says where", async () => {
  const { faults, text } = await played(({ sandbox }) => {
    for (const { id, name } of sandbox.store.state.repositories.values())
      if (name === "matrix-spec") sandbox.store.changeRepository(id, (now) => ({ ...now, installed: false }));
  });
  expect(faults).toContain("the label spec-pr-in-review is on");
  expect(faults).toContain("every label came and went in its order");
  expect(faults).toContain("the clerk wrote 6 comments on the proposal, each of its kind");
  expect(text).toContain("✗ not so");
});

test("every beat of the life says what must be seen", () => {
  for (const { beats } of LIFE.chapters)
    for (const { expects } of beats) expect(expects.length).toBeGreaterThan(2);
});
