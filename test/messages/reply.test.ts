import { describe, expect, it } from "vitest";
import type { ReplyContext } from "../../src/domain/messages/reply.js";
import { replyComment } from "../../src/domain/messages/reply.js";
import type { Reply } from "../../src/domain/model/register.js";
import { context, owed, PULL_URL } from "../support/decision.js";
import { byText } from "../support/titles.js";

const here = (neededTeams: readonly string[] = ["Spec Core Team"]): ReplyContext => ({
  ...context(),
  neededTeams,
  now: 0,
});
const says = (reply: Reply, teams?: readonly string[]) =>
  replyComment(owed([reply]), here(teams))
    .split("\n\n")
    .slice(1)
    .join("\n\n");
const open = [
  { number: 1, text: "Fallback *missing*" },
  { number: 4, text: "Fallback @room" },
];

describe("reply.always: the clerk's answer", () => {
  it("begins with a link to what it answers, and speaks to the person", () => {
    expect(replyComment(owed([{ code: "nothing_to_second", said: "second" }]), here())).toBe(
      `@alice, in answer to [your comment](${PULL_URL}#issuecomment-7):\n\n“second” has nothing to apply to: nothing of the lead’s waits to be seconded here. What was reworded waits no more.`,
    );
    const opening = (on: string | null) => replyComment(owed([], { utterance: on }), here());
    expect(opening("review:5")).toBe(`@alice, in answer to [your review](${PULL_URL}#issuecomment-7):`);
    expect(opening("inline:5")).toBe(`@alice, in answer to [your comment](${PULL_URL}#issuecomment-7):`);
    expect(opening(null)).toBe(`@alice, in answer to [what you did here](${PULL_URL}#issuecomment-7):`);
  });

  it.each(
    byText<Reply>([
      [
        { code: "not_a_member", said: "fcp merge" },
        "“fcp merge” is for members of the Spec Core Team, so nothing has changed. Your comments are read all the same, and `@msc-clerk status` and `@msc-clerk help` are open to everyone.",
      ],
      [
        { code: "unknown_command", said: "concert x", nearest: "concern" },
        "“concert x” is not a command the clerk knows, so nothing has changed. Did you mean `@msc-clerk concern`?",
      ],
      [
        { code: "unknown_command", said: "@all <!-- x -->", nearest: null },
        "“@&#8203;all &lt;!-- x --&gt;” is not a command the clerk knows, so nothing has changed. `@msc-clerk help` shows them all.",
      ],
      [
        { code: "for_authors", said: "ready" },
        "“ready” is for the authors of this proposal, so nothing has changed.",
      ],
      [
        { code: "moved_already", said: "ready" },
        "“ready” comes too late to ask for anything: a Final Comment Period is proposed already, or running.",
      ],
      [
        { code: "obsolete_noted", supersededBy: 77, label: "obsolete" },
        `Noted: this proposal is superseded by [77](${PULL_URL.replace(/\d+$/, "77")}). It is labelled “obsolete”. The pull request stays open until you close it; if it goes on after all, take the label off.`,
      ],
      [
        { code: "superseded_by_what", said: "superseded by it" },
        "“superseded by it” names no other proposal, so nothing has changed. Say its number, for example `@msc-clerk superseded by 1234`, or `@msc-clerk obsolete` where there is none.",
      ],
      [
        { code: "names_nobody", said: "hand over to all" },
        "“hand over to all” names no account on GitHub, or more than one, so nothing has changed. Name one, for example `@msc-clerk hand over to @octocat`.",
      ],
      [
        { code: "no_more_authors", said: "hand over to @x", because: "disowned" },
        "“hand over to @&#8203;x” was not done: they have said that they are no author of this.",
      ],
      [
        { code: "no_more_authors", said: "hand over to @x", because: "too_many" },
        "“hand over to @&#8203;x” was not done: as many authors are named here as the clerk keeps.",
      ],
      [
        { code: "not_named", said: "not an author" },
        "“not an author” has nothing to apply to: you are not named as an author here. Who opened the pull request passes it on with `@msc-clerk hand over to @octocat`.",
      ],
      [
        { code: "not_the_author", said: "withdraw" },
        "“withdraw” is for the author of this pull request, so nothing has changed. A member of the Spec Core Team can say `@msc-clerk fcp cancel`.",
      ],
      [
        { code: "withdrawn_in_fcp", said: "withdraw" },
        "“withdraw” comes too late: the Final Comment Period is running, and only a member of the Spec Core Team ends it, with `@msc-clerk fcp cancel`.",
      ],
      [
        { code: "needs_text", said: "concern" },
        "“concern” lacks its text, so nothing has changed. Write it on the same line, for example `@msc-clerk concern the fallback for old clients is missing`.",
      ],
      [
        { code: "needs_text", said: "resolve" },
        "“resolve” lacks its text, so nothing has changed. Write it on the same line, for example `@msc-clerk resolve C1`.",
      ],
      [
        { code: "needs_text", said: "override finished:" },
        "“override finished:” lacks its text, so nothing has changed. Write it on the same line, for example `@msc-clerk override finished: decided at the meeting of 3 March`.",
      ],
      [
        { code: "draft", said: "fcp merge" },
        "“fcp merge” has to wait: this is a draft. Once it is marked ready for review, please say it again.",
      ],
      [
        { code: "ended", said: "reviewed" },
        "“reviewed” comes too late: this pull request has ended. If it is reopened, please say it again.",
      ],
      [
        { code: "wrong_base", said: "fcp merge", base: "dev", wanted: "main" },
        "“fcp merge” was not accepted: this pull request aims at “dev”, and only what aims at “main” is decided here. Change the base branch, then please say it again.",
      ],
      [
        { code: "no_motion", said: "reviewed" },
        "“reviewed” has nothing to apply to: no Final Comment Period is proposed or running. A member of the Spec Core Team proposes one with `@msc-clerk fcp merge`.",
      ],
      [
        { code: "motion_open", said: "fcp close", disposition: "merge", fcp: false },
        "“fcp close” was not accepted: it is already proposed to merge this. Vote on that with `@msc-clerk reviewed`, or take it away first with `@msc-clerk fcp cancel`.",
      ],
      [
        { code: "motion_open", said: "fcp close", disposition: "merge", fcp: true },
        "“fcp close” was not accepted: a Final Comment Period to merge is running. `@msc-clerk fcp cancel` ends it first.",
      ],
      [
        { code: "concluded", said: "cancel" },
        "“cancel” comes too late: the Final Comment Period has concluded. To decide anew, a member of the Spec Core Team proposes it, for example with `@msc-clerk fcp close`.",
      ],
      [
        {
          code: "unknown_team",
          said: "reviewed as gards",
          team: "gards",
          teams: ["spec-core-team", "guardians"],
        },
        "“reviewed as gards” names “gards”, and no team needed here is called that. Needed here: “spec-core-team” and “guardians”.",
      ],
      [
        { code: "unknown_team", said: "reviewed as x", team: "x", teams: [] },
        "“reviewed as x” names “x”, and no team needed here is called that. No team is needed here.",
      ],
      [
        { code: "not_in_team", said: "reviewed as guardians", team: "Guardians" },
        "“reviewed as guardians” was not counted: you are not on the roster of the Guardians.",
      ],
      [
        { code: "no_such_concern", said: "resolve C9", open },
        "“resolve C9” fits no open concern. Please name one by its number, for example `@msc-clerk resolve C1`. Open: **C1** “Fallback \\*missing\\*” and **C4** “Fallback @&#8203;room”.",
      ],
      [
        { code: "no_such_concern", said: "resolve C9", open: [] },
        "“resolve C9” fits no concern: none is open.",
      ],
      [
        { code: "several_concerns", said: "resolve fall", open },
        "“resolve fall” fits more than one concern. Please name one by its number, for example `@msc-clerk resolve C1`. Open: **C1** “Fallback \\*missing\\*” and **C4** “Fallback @&#8203;room”.",
      ],
      [
        { code: "unknown_command", said: "fcp cancel is not what I meant", nearest: "fcp cancel" },
        "“fcp cancel is not what I meant” changes nothing: the words behind the command do not read as its reason. If you mean it, say `@msc-clerk fcp cancel`, or put the reason behind a colon.",
      ],
      [
        { code: "no_proposal", said: "fcp merge", placeholder: false },
        "“fcp merge” has nothing to apply to: this pull request is not a proposal. It becomes one when a maintainer adds the label “proposal”. Once it is one, please say it again. `@msc-clerk status` and `@msc-clerk help` work here too.",
      ],
      [
        { code: "in_description", said: "fcp merge" },
        "“fcp merge” stands in the description of the pull request, where commands are not heard, so nothing has changed. Please say it in a comment, on a line of its own.",
      ],
      [
        {
          code: "already_resolved",
          said: "resolve C1 and C2",
          concerns: [
            { number: 1, by: { login: "alice", id: 1 } },
            { number: 2, by: { login: "x_y_", id: 2 } },
          ],
        },
        "“resolve C1 and C2”: **C1** is resolved already, by alice and **C2** is resolved already, by x\\_y\\_.",
      ],
      [
        { code: "motion_joined", said: "fcp merge", disposition: "merge", mover: { login: "alice", id: 1 } },
        "alice had proposed to merge this already, so “fcp merge” is counted as your approval. `@msc-clerk retract` takes it back.",
      ],
      [
        { code: "not_the_lead", said: "override finished: x" },
        "“override finished: x” is for the lead of the Spec Core Team, so nothing has changed.",
      ],
      [
        { code: "second_yourself", said: "second" },
        "“second” was not accepted: it is seconded by other members than the one who said it.",
      ],
      [
        {
          ...{ code: "override_recorded", said: "override finished: *x*", outcome: "finished" },
          ...{ head: null, teams: ["Spec Core Team", "Guardians"] },
        },
        "“override finished: \\*x\\*” is noted. It takes effect when another member of each of the Spec Core Team and the Guardians says `@msc-clerk second` after this answer.",
      ],
      [
        {
          ...{ code: "override_recorded", said: "override finished: x", outcome: "finished" },
          ...{ head: "abc1234", teams: ["Spec Core Team"] },
        },
        "“override finished: x” is noted. It takes effect when another member of the Spec Core Team says `@msc-clerk second` after this answer. As nothing is proposed, it is a decision to merge this, as it stands at [`abc1234`](https://github.com/matrix-org/matrix-spec-proposals/commit/abc1234).",
      ],
      [
        { code: "correction_recorded", said: "correct record 1: x", record: 1, teams: ["Spec Core Team"] },
        "“correct record 1: x” is noted. Record 1 is marked as wrong when another member of the Spec Core Team says `@msc-clerk second` after this answer.",
      ],
      [
        { code: "second_recorded", said: "second", teams: ["Guardians"] },
        "“second” is noted. It takes effect when a member of the Guardians seconds it too.",
      ],
      [
        { code: "second_too_early", said: "second" },
        "“second” was not counted: by then the clerk had not answered what it would second, as it is worded now. Please read that answer, then say it again.",
      ],
      [
        { code: "second_which", said: "second", waiting: ["override", "correction"] },
        "“second” does not say what it seconds, and more than one thing waits: please say `@msc-clerk second override` or `@msc-clerk second correction`.",
      ],
      [
        { code: "no_such_record", said: "correct record 4: x", records: [1, 2] },
        "“correct record 4: x” names no record of this pull request. Recorded here: record 1 and record 2. Say for example `@msc-clerk correct record 2: the roster was out of date`.",
      ],
      [
        { code: "no_such_record", said: "correct record 1: x", records: [] },
        "“correct record 1: x” has nothing to apply to: nothing has been recorded here.",
      ],
      [
        { code: "needs_text", said: "correct record 1" },
        "“correct record 1” lacks its text, so nothing has changed. Write it on the same line, for example `@msc-clerk correct record 1: the roster was out of date`.",
      ],
      [
        { code: "no_amendment", said: "propose" },
        "“propose” has nothing to apply to: it is for pull requests that change the roster or the rules. To propose a Final Comment Period, say `@msc-clerk fcp merge`.",
      ],
      [
        { code: "label_by_outsider", label: "disposition-merge" },
        "The label “disposition-merge” was taken off again: it is the voice of members of the Spec Core Team, and you are not on that roster.",
      ],
      [
        { code: "box_of_another", boxes: ["dbkr"] },
        "The box of dbkr was put back: members tick their own box only. Your own vote can also be given with `@msc-clerk reviewed`.",
      ],
      [
        { code: "box_of_another", boxes: ["dbkr", "x_y_"] },
        "The boxes of dbkr and x\\_y\\_ were put back: members tick their own box only. Your own vote can also be given with `@msc-clerk reviewed`.",
      ],
    ]),
  )("says “%s”", (text, reply) => {
    expect(says(reply)).toBe(text);
  });

  it("names every needed team, or none", () => {
    const reply: Reply = { code: "not_the_lead", said: "x" };
    expect(says(reply, ["Spec Core Team", "Guardians"])).toContain(
      "the lead of the Spec Core Team or the Guardians",
    );
    expect(says(reply, [])).toContain("the lead of the teams on the roster");
  });

  it("puts several answers into one comment, as a list", () => {
    const text = replyComment(
      owed([
        { code: "needs_text", said: "concern" },
        { code: "nothing_to_second", said: "second" },
      ]),
      here(),
    );
    expect(text.split("\n\n")[1]?.split("\n")).toEqual([
      expect.stringMatching(/^- “concern” lacks its text/),
      "- “second” has nothing to apply to: nothing of the lead’s waits to be seconded here. What was reworded waits no more.",
    ]);
  });

  it("ballot.label: says that a refused label was taken off", () => {
    const text = replyComment(
      owed([{ code: "no_motion", said: "Vote:approve" }], { utterance: null }),
      here(),
    );
    expect(text).toMatch(
      /^@alice, in answer to \[what you did here\].*\n\n“Vote:approve” has nothing to apply to: /,
    );
    expect(text.endsWith(" The clerk has taken the label off again.")).toBe(true);
  });

  it("help: shows every command once, after the other answers", () => {
    const text = replyComment(
      owed([{ code: "help" }, { code: "nothing_to_second", said: "second" }, { code: "help" }]),
      here(),
    );
    expect(text).toMatchInlineSnapshot(`
      "@alice, in answer to [your comment](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-7):

      “second” has nothing to apply to: nothing of the lead’s waits to be seconded here. What was reworded waits no more.

      The clerk counts the votes, keeps the record, and has no vote. A command stands on a line of its own in a comment or a review; “member” is a member of the Spec Core Team.

      | Command | Who | What it does |
      |---|---|---|
      | \`@msc-clerk fcp merge\` | member | propose a Final Comment Period to merge; \`fcp close\` and \`fcp postpone\` likewise |
      | \`@msc-clerk fcp cancel\` | member | cancel what is proposed, or the running Final Comment Period |
      | \`@msc-clerk reviewed\` | member | approve, as ticking your box or an approving review does (a review only to merge); \`reviewed as TEAM\` if you sit in two |
      | \`@msc-clerk abstain\` | member | be recorded as abstaining; this is not an approval |
      | \`@msc-clerk retract\` | member | take your vote back |
      | \`@msc-clerk concern TEXT\` | member | raise a concern, which keeps a Final Comment Period from beginning and from concluding |
      | \`@msc-clerk resolve C1\` | member | resolve a concern, by its number or its text; also \`resolve C1, C2 and C4\` and \`resolve all\` |
      | \`@msc-clerk propose\` | member | stand behind a change of the roster or the rules that somebody else wrote |
      | \`@msc-clerk withdraw\` | author | end what is proposed before the Final Comment Period begins, as closing your pull request does |
      | \`@msc-clerk override finished: REASON\` | lead | record a decision taken elsewhere, to merge this where nothing was proposed; \`override cancelled: REASON\` ends what is proposed |
      | \`@msc-clerk correct record 1: REASON\` | lead | say that a record of the clerk’s is wrong; it stays, marked |
      | \`@msc-clerk second\` | another member | second the lead’s override or correction, once the clerk has answered it; \`second override\` where both wait |
      | \`@msc-clerk confirm\` | member | go on from a record that was lost and rebuilt, once you have compared it |
      | \`@msc-clerk status\` | anyone | look again and bring the status comment up to date; \`refresh\` likewise |
      | \`@msc-clerk help\` | anyone | show this list |"
    `);
  });

  it("a hundred thousand characters quoted back stay short", () => {
    expect(says({ code: "unknown_command", said: "x@".repeat(50_000), nearest: null }).length).toBeLessThan(
      2000,
    );
    const says60 = Array.from(
      { length: 60 },
      (): Reply => ({ code: "unknown_command", said: "<@#1".repeat(500), nearest: null }),
    );
    expect(replyComment(owed(says60), here()).length).toBeLessThanOrEqual(40_000);
  });

  it("a login that is none calls nobody", () => {
    expect(replyComment(owed([], { to: { login: "[x](http://y) @all", id: null } }), here())).toMatch(
      /^\\\[x\\\]\(http:&#8203;\/\/y\) @&#8203;all, in answer to/,
    );
  });
});
