import { z } from "zod";
import {
  disposition,
  flag,
  kindOfConcern,
  line,
  lines,
  momentField,
  numberOfConcern,
  numberOfMotion,
  numberOfProposal,
  person,
  team,
  teamTitleText,
  via,
  whole,
} from "./shapes.js";

const turnout = z.object({
  team,
  title: teamTitleText,
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
      endsAt: momentField("When its time is up"),
    }),
    z.object({ kind: kind("fcp_blocked"), motion: numberOfMotion, disposition }),
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
  at: momentField("When"),
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
    at: momentField("When it was decided"),
    hash: line("SHA-256 of the record, 64 hexadecimal digits"),
    url: line("Comment that carries the record; empty: not known"),
    verify: line("Command that verifies it"),
  })
  .describe("A line of the register of decisions");

export const rosterVersionShape = z
  .object({
    commit: line("Commit of the default branch by which it came"),
    at: momentField("When it came into force"),
    pull: numberOfProposal.nullable().describe("Pull request it came by; null: a direct push"),
    by: person("Who brought it").nullable().describe("Login of who brought it; null: not known"),
    valid: flag("false: nobody can vote by it; its teams are empty here"),
    lawful: flag("It came by the rules of the one before, or by an amendment"),
    teams: z
      .array(
        z.object({
          team,
          title: teamTitleText,
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
                  .object({ from: momentField("From when"), until: momentField("Until when") })
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
