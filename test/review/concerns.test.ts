import { describe, expect, test } from "vitest";
import { answerTo, openConcerns, replies } from "../process/reading.js";
import { proposed } from "../support/world.js";

describe("resolving the wrong one", () => {
  test("concern.resolve: the number of a concern resolved before is not taken for the start of another's text", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern first");
    w.say("dbkr", "@mscbot concern 1 more thing");
    w.say("dbkr", "@mscbot resolve C1");
    w.look();
    const again = w.say("uhoreg", "@mscbot resolve 1");
    expect(openConcerns(w.look())).toEqual(["1 more thing"]);
    expect(answerTo(w, again)).toMatchObject({ confused: true, thumbsUp: false });
  });

  test("reply.always: two dozen wrong guesses at sixty long concerns outgrow neither comment nor register", () => {
    const w = proposed();
    for (let i = 0; i < 60; i++) w.say("dbkr", `@mscbot concern ${i} ${"@*_<".repeat(130)}`);
    w.look();
    const guesses = Array.from({ length: 25 }, (_, i) => `@mscbot resolve nothing ${i} ${"`".repeat(250)}`);
    w.say("uhoreg", guesses.join("\n"));
    w.look();
    expect(Math.max(...replies(w).map((body) => body.length))).toBeLessThan(45_000);
    expect(JSON.stringify(w.snapshot().register).length).toBeLessThan(250_000);
  });
});
