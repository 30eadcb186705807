import { z } from "zod";
import { GATE_MOMENTS, GATE_STATES } from "../../domain/model/gates.js";
import { PLACES } from "../../domain/model/publicView.js";
import { DISPOSITIONS } from "../../domain/model/rules.js";

// What stands in the answers, field by field: the one source of the JSON Schema that is published and of the types that the answers are written by.
// Each field says what it is, as nobody reads it elsewhere. A value may be added anywhere; what goes or comes to mean something else raises the format.

export const momentField = (about: string) => z.iso.datetime({ precision: 0 }).describe(about);
export const line = (about: string) => z.string().describe(about);
export const whole = (about: string) => z.int().min(0).describe(about);
export const flag = (about: string) => z.boolean().describe(about);
export const lines = (about: string) => z.array(z.string()).describe(about);
export const person = (about: string) => z.string().describe(`${about}: a login on GitHub`);

export const numberOfProposal = whole("Number of its pull request");
export const disposition = z.enum(DISPOSITIONS).describe("What the motion is to do with the proposal");
const choice = (about: string) => z.enum(["yes", "abstain"]).describe(about);
export const kindOfConcern = z
  .enum(["spoken", "changes_requested"])
  .describe("How it was raised: by a command, or by a review that requests changes");
export const numberOfMotion = whole("Which motion of the proposal, counted from 1");
export const numberOfConcern = whole("C1 is 1; counted through the proposal");
export const team = line("Name of the team in the config");
export const teamTitleText = line("Title of the team, for people");
const before = z
  .enum(GATE_MOMENTS)
  .describe("Before what it has to be met; never: it holds nothing and is only shown");
export const via = z
  .enum(["command", "review", "tick", "label", "motion", "takeover", "override"])
  .describe("How it was said");

const motion = z
  .object({
    number: numberOfMotion,
    disposition,
    mover: person("Who moved it"),
    at: momentField("When it was moved"),
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
    title: teamTitleText,
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
  at: momentField("When"),
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
    createdAt: momentField("When it was opened"),
    updatedAt: momentField("When something about it last changed on GitHub"),
    endedAt: momentField("When it was closed or merged")
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
      .object({ startedAt: momentField("When it began"), endsAt: momentField("When its time is up") })
      .nullable()
      .describe("The running Final Comment Period; null: none is running"),
    turn: z
      .enum(["author", "team", "mover", "others"])
      .nullable()
      .describe("Whose turn it is; null: nobody's, as it has ended or time has to pass"),
    since: momentField("Since when it waits for that"),
  })
  .describe("One proposal, as a line of the board");

const cast = z
  .object({
    via,
    at: momentField("When"),
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
          title: teamTitleText,
          measure: line("What it takes, in words"),
          decidedAt: momentField("When it was decided")
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
              at: momentField("When it was resolved"),
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
