import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unseenIn } from "../../src/domain/messages/escape.js";
import { isNoticed, type NoticedProposal, roomNotice } from "../../src/domain/messages/roomNotice.js";
import type { Happening, PublicEvent } from "../../src/domain/model/publicView.js";
import { noticeContent } from "../../src/matrix/content.js";
import { byText } from "../support/titles.js";

const PROPOSAL: NoticedProposal = {
  number: 12,
  title: "MSC12: Spaces",
  url: "https://github.com/o/r/pull/12",
  amendment: false,
  place: "proposed",
  teams: [],
  sentence: "",
  fcp: null,
};
const event = (what: Happening, more: Partial<PublicEvent> = {}): PublicEvent => ({
  ...{ id: "e", at: 0, by: "alice", url: null, what },
  ...more,
});
const MOTION: Happening = { kind: "motion", motion: 1, disposition: "merge" };
const MERGED: Happening = { kind: "merged" };
const AMENDMENT: Partial<NoticedProposal> = { amendment: true };
const UNDECIDED: Partial<NoticedProposal> = { place: "undecided" };

describe("what a room is told", () => {
  test("which proposal, with its title; of several repositories, which; and where it can be looked up", () => {
    expect(roomNotice(event(MOTION), PROPOSAL, null)).toEqual({
      subject: "#12 “MSC12: Spaces”",
      sentence: "alice moved to merge it.",
      url: "https://github.com/o/r/pull/12",
    });
    const url = "https://github.com/o/r/pull/12#issuecomment-1";
    expect(roomNotice(event(MOTION, { url }), { ...PROPOSAL, ...AMENDMENT }, "o/r")).toMatchObject({
      subject: "Amendment o/r#12 “MSC12: Spaces”",
      url,
    });
  });

  test.each(
    byText<readonly [Happening, Partial<NoticedProposal>, string | null]>([
      [[MOTION, AMENDMENT, "alice"], "alice proposed it."],
      [[MOTION, AMENDMENT, null], "It was proposed."],
      [[MERGED, {}, "alice"], "alice merged the pull request."],
      [[MERGED, UNDECIDED, "alice"], "alice merged it without a decision."],
      [[MERGED, UNDECIDED, null], "It was merged without a decision."],
      [[MERGED, AMENDMENT, "alice"], "alice merged it, and it is in force."],
      [
        [MERGED, { ...AMENDMENT, ...UNDECIDED }, null],
        "It was merged without approval. By the rules it does not count until it is ratified or reverted.",
      ],
      [
        [
          { kind: "fcp_blocked", motion: 1, disposition: "merge" },
          { fcp: { startedAt: 0, endsAt: 1 }, sentence: "Concern C1 is open." },
          null,
        ],
        "The time of the Final Comment Period is up, but it cannot conclude yet. Concern C1 is open.",
      ],
      [
        [{ kind: "fcp_blocked", motion: 1, disposition: "merge" }, { sentence: "It is accepted." }, null],
        "The time of the Final Comment Period is up, but it cannot conclude yet.",
      ],
    ]),
  )("%s", (sentence, [what, of, by]) => {
    expect(roomNotice(event(what, { by }), { ...PROPOSAL, ...of }, null).sentence).toBe(sentence);
  });

  test("not votes, reviews and texts, nor what any stranger can do as often as they like", () => {
    const kinds = ["opened", "ready", "closed", "reopened"] as const;
    for (const kind of kinds) expect(isNoticed(event({ kind }))).toBe(false);
    expect(isNoticed(event({ kind: "new_text", commit: "c" }))).toBe(false);
    expect(isNoticed(event(MOTION))).toBe(true);
  });
});

describe("what strangers write, in a room", () => {
  const contentFor = (title: string, text = "") => {
    const concern: Happening = { kind: "concern", number: 1, text, of: "spoken" };
    const content = noticeContent(roomNotice(event(concern), { ...PROPOSAL, title }, null), "t");
    return content as { readonly body: string; readonly formatted_body: string };
  };

  test("calls nobody and links nothing: everybody, people, rooms, addresses", () => {
    const { body, formatted_body } = contentFor(
      "@room @alice:example.org !id:example.org #room:example.org",
      "https://matrix.to/#/@bob:example.org matrix:u/bob:example.org www.example.org",
    );
    const own = "https://github.com/o/r/pull/12";
    expect(body.endsWith(` ${own}`)).toBe(true);
    for (const text of [body.slice(0, -own.length), formatted_body.replace(own, "")]) {
      expect(text).not.toMatch(/@(?:room|alice|bob)|!id|#room|:\/\/|matrix\.to|matrix:u|www\.example/);
      expect(text.replaceAll("\u200B", "")).toContain("@alice:example.org");
    }
  });

  test("is text in the HTML, whatever it is", () => {
    const { formatted_body } = contentFor("<img src=x onerror=alert(1)>", '"><script>&amp;');
    expect(formatted_body).not.toMatch(/<(?!a href="https:\/\/github\.com\/o\/r\/pull\/12">|\/a>)/);
    expect(formatted_body).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(formatted_body).toContain("&quot;&gt;&lt;script&gt;&amp;amp;");
  });

  test("hides and turns round nothing, and is a line that fits", () => {
    const some = fc.string({ unit: "binary", maxLength: 3_000 });
    fc.assert(
      fc.property(some, some, (title, text) => {
        const { subject, sentence } = roomNotice(
          event({ kind: "concern", number: 1, text, of: "spoken" }),
          { ...PROPOSAL, title },
          null,
        );
        for (const one of [subject, sentence]) {
          expect(unseenIn(one)).toEqual([]);
          expect(one).not.toMatch(/[\r\n\t]/);
          expect([...one].length).toBeLessThan(500);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("an address that is none that a browser should follow is not linked", () => {
    const content = noticeContent({ subject: "#1", sentence: "It is.", url: "javascript:alert(1)" }, "t");
    expect(content).toMatchObject({ body: "#1: It is.", formatted_body: "#1: It is." });
  });
});
