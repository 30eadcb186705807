import { z } from "zod";
import { GATE_MOMENTS, GATE_STATES } from "../../domain/model/gates.js";
import { PLACES } from "../../domain/model/publicView.js";
import { DISPOSITIONS } from "../../domain/model/rules.js";

// What stands in the answers, field by field: the one source of the JSON Schema that is published and of the types that the answers are written by.
// Each field says what it is, as nobody reads it elsewhere. A value may be added anywhere; what goes or comes to mean something else raises the format.

export const moment = (about: string) => z.iso.datetime({ precision: 0 }).describe(about);
export const line = (about: string) => z.string().describe(about);
export const whole = (about: string) => z.int().min(0).describe(about);
export const flag = (about: string) => z.boolean().describe(about);
const lines = (about: string) => z.array(z.string()).describe(about);
const person = (about: string) => z.string().describe(`${about}: a login on GitHub`);

export const numberOfProposal = whole("Number of its pull request");
const disposition = z.enum(DISPOSITIONS).describe("What the motion is to do with the proposal");
const choice = (about: string) => z.enum(["yes", "abstain"]).describe(about);
const kindOfConcern = z
  .enum(["spoken", "changes_requested"])
  .describe("How it was raised: by a command, or by a review that requests changes");
const numberOfMotion = whole("Which motion of the proposal, counted from 1");
const numberOfConcern = whole("C1 is 1; counted through the proposal");
const team = line("Name of the team in the config");
const title = line("Title of the team, for people");
const before = z
  .enum(GATE_MOMENTS)
  .describe("Before what it has to be met; never: it holds nothing and is only shown");
const via = z
  .enum(["command", "review", "tick", "label", "motion", "takeover", "override"])
  .describe("How it was said");

const motion = z
  .object({
    number: numberOfMotion,
    disposition,
    mover: person("Who moved it"),
    at: moment("When it was moved"),
    url: line("Where it was moved"),
    end: z
      .enum(["concluded", "cancelled", "merged_undecided", "overridden", "void"])
      .nullable()
      .describe("How it ended; null: it is open"),
  })
  .nullable()
  .describe("The open motion, or the last one; null: there was none");

const teamLine = z
  .object({
    team,
    title,
    yes: whole("Members who say yes"),
    needed: whole("How many it takes"),
    size: whole("How many members the team has"),
    passed: flag("It has what it takes"),
    count: line("The count as a sentence"),
    missing: z
      .array(z.object({ login: person("The member"), away: flag("They have said that they are away") }))
      .describe("Members without a vote, in the order of the roster"),
    abstained: lines("Members who abstain: logins on GitHub"),
  })
  .describe("How the count of one team stands, or stood when it was decided");

const concernFields = {
  number: numberOfConcern,
  text: line("What it says, as its author wrote it"),
  by: person("Who raised it"),
  at: moment("When"),
  url: line("Where"),
  kind: kindOfConcern,
  blocks: flag("It stands in the way of the present motion"),
};

export const summaryShape = z
  .object({
    number: numberOfProposal,
    title: line("Title, as people wrote it"),
    url: line("Its page on GitHub"),
    author: person("Who opened it").nullable().describe("Login of who opened it; null: the account is gone"),
    authors: lines("Logins of all who are its authors now"),
    shepherd: person("Its shepherd").nullable().describe("Login of its shepherd; null: it names none"),
    documentation: lines("What its description names as documentation, as people wrote it"),
    labels: lines("Labels it has on GitHub"),
    state: z.enum(["open", "closed", "merged"]).describe("Of the pull request on GitHub"),
    draft: flag("It is marked as a draft on GitHub"),
    createdAt: moment("When it was opened"),
    updatedAt: moment("When something about it last changed on GitHub"),
    endedAt: moment("When it was closed or merged")
      .nullable()
      .describe("When it was closed or merged; null: it is open"),
    known: z
      .enum(["clerk", "labels"])
      .describe("labels: it is from before the clerk came, which goes by its labels and has no record of it"),
    amendment: flag("It changes the roster or the rules"),
    place: z
      .enum(PLACES)
      .describe(
        "Where it stands, in the order of the process; undecided: closed or merged without a decision, or a placeholder",
      ),
    sentence: line("What it waits for or how it ended; empty: it is known by its labels only"),
    motion,
    teams: z
      .array(teamLine)
      .describe("The needed teams; of an amendment the routes nearest to passing. Empty: nothing is counted"),
    concerns: z.array(z.object(concernFields)).describe("The open ones, by number"),
    gates: z
      .array(z.object({ words: line("What it waits for"), before }))
      .describe("What has to be in place and is not yet"),
    fcp: z
      .object({ startedAt: moment("When it began"), endsAt: moment("When its time is up") })
      .nullable()
      .describe("The running Final Comment Period; null: none is running"),
    turn: z
      .enum(["author", "team", "mover", "others"])
      .nullable()
      .describe("Whose turn it is; null: nobody's, as it has ended or time has to pass"),
    since: moment("Since when it waits for that"),
  })
  .describe("One proposal, as a line of the board");

const cast = z
  .object({
    via,
    at: moment("When"),
    url: line("Where it can be looked up"),
    head: line("Commit it was given on").nullable().describe("Commit it was given on; null: not known"),
    onEarlierText: flag("It was given on another text than that of the present head"),
  })
  .nullable()
  .describe("How the vote came in; null: there is none");

export const detailShape = z
  .object({
    votes: z
      .array(
        z.object({
          team,
          title,
          measure: line("What it takes, in words"),
          decidedAt: moment("When it was decided")
            .nullable()
            .describe("When it was decided; null: it still counts"),
          seats: z
            .array(
              z.object({
                login: person("The member"),
                lead: flag("They lead the team"),
                away: flag("They have said that they are away"),
                choice: choice("").nullable().describe("Their vote; null: none, or none that counts"),
                cast,
                note: line("What they said that is no vote here, in words; empty: nothing"),
              }),
            )
            .describe("Every member, in the order of the roster"),
        }),
      )
      .describe("In the order of the teams; where it is decided, the votes that decided"),
    concerns: z
      .array(
        z.object({
          ...concernFields,
          motion: whole("The motion during which it was raised; 0: none was open"),
          resolved: z
            .object({
              by: person("Who resolved it"),
              at: moment("When it was resolved"),
              url: line("Where it was resolved"),
            })
            .nullable()
            .describe("null: it is open"),
        }),
      )
      .describe("Every one, by number"),
    gates: z
      .array(
        z.object({
          name: line("What people call it"),
          before,
          state: z.enum(GATE_STATES).describe("How it stands; unknown: GitHub did not tell, so it holds"),
          words: line("What it waits for; empty: nothing"),
          waiver: z
            .object({
              by: person("Who waived it"),
              reason: line("Why, in their words"),
              url: line("Where they said so"),
            })
            .nullable()
            .describe("null: it is not waived"),
        }),
      )
      .describe("What has to be in place, met or not"),
    head: line("Commit of the head"),
    approval: z
      .object({
        needed: whole("How many it takes"),
        by: lines("Logins of those who have"),
        met: flag("There are enough"),
      })
      .nullable()
      .describe("Yes to the text as it stands, of members who are not its authors; null: nothing is asked"),
    holds: lines("What keeps it, whatever the votes: a sentence each"),
    changes: lines("What an amendment changes, a sentence each; empty: it is none"),
  })
  .describe("What the page of one proposal tells besides");

const turnout = z.object({
  team,
  title,
  yes: whole("Members who said yes"),
  abstained: whole("Members who abstained"),
  size: whole("How many members the team had"),
});

const kind = <const K extends readonly [string, ...string[]]>(...kinds: K) =>
  z.enum(kinds).describe("What has happened");
const reason = line("Why, in the words of who said it");

export const happeningShape = z
  .discriminatedUnion("kind", [
    z.object({ kind: kind("opened", "ready", "closed", "reopened", "merged") }),
    z.object({ kind: kind("spec_missing", "spec_in_review", "spec_merged") }),
    z.object({ kind: kind("motion"), motion: numberOfMotion, disposition }),
    z.object({
      kind: kind("vote"),
      motion: numberOfMotion,
      team,
      choice: z.enum(["yes", "abstain", "retracted"]).describe("The vote; retracted: it was taken back"),
      via,
      text: line("What its author wrote with it; empty: nothing, or it cannot be read any more"),
    }),
    z.object({
      kind: kind("review"),
      verdict: z.enum(["approved", "changes_requested"]).describe("What the review says on GitHub"),
      dismissed: flag("It was dismissed"),
      text: line("What its author wrote with it"),
    }),
    z.object({
      kind: kind("concern"),
      number: numberOfConcern,
      text: line("What it says, as its author wrote it"),
      of: kindOfConcern,
    }),
    z.object({ kind: kind("resolved"), number: numberOfConcern }),
    z.object({
      kind: kind("fcp_begun"),
      motion: numberOfMotion,
      disposition,
      endsAt: moment("When its time is up"),
    }),
    z.object({
      kind: kind("concluded"),
      motion: numberOfMotion,
      disposition,
      turnout: z.array(turnout).describe("How many of each team took part"),
    }),
    z.object({
      kind: kind("cancelled"),
      motion: numberOfMotion,
      how: z
        .enum(["command", "closed", "lost"])
        .describe("By a command, as it was closed, or as the record was lost"),
    }),
    z.object({
      kind: kind("overridden"),
      motion: numberOfMotion,
      outcome: z.enum(["finished", "cancelled"]).describe("What was decided elsewhere"),
      reason,
    }),
    z.object({ kind: kind("merged_undecided"), motion: numberOfMotion }),
    z.object({ kind: kind("corrected"), motion: numberOfMotion, reason }),
    z.object({ kind: kind("waived"), gate: line("What people call the gate"), reason }),
    z.object({ kind: kind("new_text"), commit: line("The commit that has another text") }),
    z.object({
      kind: kind("obsolete"),
      by: whole("Number of the proposal in its place")
        .nullable()
        .describe("Number of the proposal that takes its place; null: none was named"),
    }),
  ])
  .describe("What has happened; `kind` says which of the other fields are there");

const eventFields = {
  id: line("The same happening has the same at every look, and no other of the proposal has it"),
  at: moment("When"),
  by: person("Who did it").nullable().describe("Login of who did it; null: the clerk, or nobody knows"),
  url: line("Where").nullable().describe("Where it can be looked up; null: nowhere by itself"),
  transition: flag("It moves the proposal on, or holds it up: what events.json and the feed tell"),
  sentence: line("The same in words, for people: one line of plain text"),
  what: happeningShape,
};

/** Of one proposal. */
export const eventShape = z.object(eventFields);
/** Among those of others. */
export const eventOfShape = z.object({ number: numberOfProposal, ...eventFields });

export const decidedShape = z
  .object({
    number: whole("Number of the decision in its repository, counted from 1"),
    pull: numberOfProposal,
    motion: numberOfMotion,
    outcome: line("merge, close, postpone, amendment, override finished, override cancelled, …"),
    at: moment("When it was decided"),
    hash: line("SHA-256 of the record, 64 hexadecimal digits"),
    url: line("Comment that carries the record; empty: not known"),
    verify: line("Command that verifies it"),
  })
  .describe("A line of the register of decisions");

export const rosterVersionShape = z
  .object({
    commit: line("Commit of the default branch by which it came"),
    at: moment("When it came into force"),
    pull: numberOfProposal.nullable().describe("Pull request it came by; null: a direct push"),
    by: person("Who brought it").nullable().describe("Login of who brought it; null: not known"),
    valid: flag("false: nobody can vote by it; its teams are empty here"),
    lawful: flag("It came by the rules of the one before, or by an amendment"),
    teams: z
      .array(
        z.object({
          team,
          title,
          minimum: whole("How many members it has to have; 0: nothing is said"),
          members: z
            .array(
              z.object({
                login: person("The member"),
                id: whole("Number of the account")
                  .nullable()
                  .describe("GitHub's number of the account; null: not known"),
                lead: flag("They lead the team"),
                since: z.iso
                  .date()
                  .nullable()
                  .describe("Day they joined, as the config says it; null: it does not"),
                domains: lines("What they look after, as the config says it"),
                away: z
                  .object({ from: moment("From when"), until: moment("Until when") })
                  .nullable()
                  .describe("null: they are not away"),
              }),
            )
            .describe("In the order of the config"),
        }),
      )
      .describe("In the order of the config"),
    decisions: z
      .array(
        z.object({
          name: line("Name of the rule in the config"),
          takes: lines("What each team has to give, in words"),
          period: line("How long its Final Comment Period is, in words"),
        }),
      )
      .describe("Kinds of decisions"),
  })
  .describe("The roster and the rules from one moment on");
