import fc from "fast-check";
import nock from "nock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import { CLERK, connect, FakeGitHub, type FakeSaid, snapshot, user } from "./fakeGitHub.js";

const PEOPLE = [user("richvdh", 103), user("dbkr", 104), user("maintainer", 7), null, CLERK];
const TEXTS = [
  "@mscbot fcp merge",
  "words",
  "@msc-clerk concern a",
  "> @mscbot reviewed",
  "<!-- msc-clerk:status 1 -->\n- [ ] @dbkr",
  "",
];

type Doing = {
  readonly what: number;
  readonly who: number;
  readonly text: number;
  readonly which: number;
  readonly sameSecond: boolean;
};
const doing: fc.Arbitrary<Doing> = fc.record({
  what: fc.nat(12),
  who: fc.nat(PEOPLE.length - 1),
  text: fc.nat(TEXTS.length - 1),
  which: fc.nat(1000),
  sameSecond: fc.boolean(),
});

function happen(github: FakeGitHub, { what, who, text, which, sameSecond }: Doing): void {
  const actor = PEOPLE[who] ?? null;
  const body = TEXTS[text] ?? "";
  if (sameSecond) github.at -= 60_000; // the next thing falls into the second of the last one
  const pick = <T>(all: readonly T[]): T | undefined => all[which % Math.max(all.length, 1)];
  const edit = (said: FakeSaid | undefined) => {
    // Two edits in one second that come to the same text cannot be told from one, and need not be.
    if (said !== undefined) github.edit(said, actor, `${body}\n\nedit ${said.edits.length}`);
  };
  switch (what) {
    case 0:
    case 1:
      github.comment(actor, body);
      break;
    case 2:
      edit(pick(github.comments));
      break;
    case 3: {
      const gone = pick(github.comments);
      github.comments = github.comments.filter((one) => one !== gone);
      if (gone !== undefined)
        github.event("CommentDeletedEvent", actor, { deletedCommentAuthor: gone.author });
      break;
    }
    case 4:
      github.review(actor, which % 2 ? "APPROVED" : "CHANGES_REQUESTED", body);
      break;
    case 5:
      edit(pick(github.reviews));
      break;
    case 6: {
      const review = pick(github.reviews);
      if (review === undefined || review.state === "DISMISSED") break;
      github.event("ReviewDismissedEvent", actor, {
        previousReviewState: review.state,
        pullRequestCommit: null,
        review,
      });
      review.state = "DISMISSED";
      break;
    }
    case 7:
      github.inline(actor, body, `T_${which % 4}`);
      break;
    case 8:
      edit(pick(github.threads)?.comments[0]);
      break;
    case 9: {
      const thread = pick(github.threads);
      thread?.comments.pop();
      github.threads = github.threads.filter(({ comments }) => comments.length > 0);
      github.tick();
      break;
    }
    case 10: {
      const name = `label ${which % 3}`;
      if (github.labels.includes(name)) {
        github.labels = github.labels.filter((one) => one !== name);
        github.event("UnlabeledEvent", actor, { label: { name } });
      } else github.label(name, actor);
      break;
    }
    case 11:
      github.files.push({ path: `proposals/${which}.md`, changeType: "ADDED" });
      github.pull.headRefOid = String(which % 10).repeat(40);
      github.commits.push(String(which % 10).repeat(40));
      github.tick();
      break;
    case 12:
      github.pull.isDraft = which % 2 === 0;
      github.event(which % 2 === 0 ? "ConvertToDraftEvent" : "ReadyForReviewEvent", actor);
      break;
  }
}

const sorted = (read: Snapshot): Snapshot => ({
  ...read,
  utterances: [...read.utterances].sort((a, b) => (a.id < b.id ? -1 : 1)),
  events: [...read.events].sort((a, b) => (a.id < b.id ? -1 : 1)),
});

// Not among them: a maintainer who deletes the content of a revision. A reader that has read it keeps it until its next cold read.
describe("a reader that remembers", () => {
  beforeAll(() => nock.disableNetConnect());
  afterAll(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it("shows the same as one that does not, whatever happened in whatever order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(doing, { maxLength: 6 }), { minLength: 1, maxLength: 6 }),
        async (rounds) => {
          nock.cleanAll();
          const github = new FakeGitHub().serve();
          const warm = connect();
          for (const round of rounds) {
            for (const one of round) happen(github, one);
            warm.clock.at = github.at + 120_000;
            const remembered = sorted(await snapshot(warm));
            const anew = sorted(await snapshot(connect({ clock: warm.clock })));
            expect(remembered).toEqual(anew);
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});
