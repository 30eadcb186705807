import { z } from "zod";
import { decidedShape, eventOfShape, eventShape, rosterVersionShape } from "./eventShapes.js";
import { detailShape, flag, line, momentField, summaryShape, whole } from "./shapes.js";

/** Raised when a field is taken away or comes to mean something else; a field that is new raises nothing. */
export const API_FORMAT = "msc-clerk api 1";

/** Logins on GitHub, managed accounts' (`anna_corp`) and Apps' (`clerk[bot]`) too. */
export const LOGIN_TEXT = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?$/;

const head = {
  format: z.literal(API_FORMAT).describe("Raised when a field goes or comes to mean something else"),
  repository: z
    .object({
      id: whole("GitHub's number of it, which stays through a rename"),
      name: line("OWNER/NAME"),
      url: line("Its page on GitHub"),
    })
    .describe("Where the proposals are"),
};
const reading = z
  .object({ read: whole("How many have been read"), of: whole("How many there are") })
  .nullable()
  .describe("Proposals are being read for the first time, so that some are missing; null: all were read");
const caveats = z
  .array(
    z.object({
      why: z
        .enum(["invalid", "unlawful", "lost", "unread"])
        .describe(
          "invalid: the config has faults, so nothing is decided; unlawful: nobody approved the config; lost: nobody knows which config is lawful; unread: GitHub could not be read",
        ),
      since: momentField("Since when"),
      sentence: line("The same in words, for people: one line of plain text"),
    }),
  )
  .describe("Why what is told here may be old, or stands still; empty: all is well");

/** Their names are those of their schemas; what an answer that holds one looks like. */
export const DOCUMENTS = {
  index: z
    .object({
      ...head,
      asOf: momentField("When GitHub was last looked at for what is told here"),
      reading,
      caveats,
      root: line("Where the paths begin")
        .nullable()
        .describe(
          "Address that the paths are below, with a slash at the end; null: two folders above this file",
        ),
      documents: z
        .array(
          z.object({
            path: line("Below the root; N stands for a number"),
            schema: line("Path of its JSON Schema, below the root")
              .nullable()
              .describe("Path of its JSON Schema, below the root; null: it is no JSON"),
            about: line("What it holds"),
          }),
        )
        .describe("All there is"),
    })
    .describe("What data there is of a repository"),
  board: z
    .object({ ...head, reading, caveats, proposals: z.array(summaryShape).describe("Every one, by number") })
    .describe("Every proposal, and where it stands"),
  proposal: z
    .object({
      ...head,
      summary: summaryShape,
      detail: detailShape.nullable().describe("null: it is known by its labels only"),
      events: z.array(eventShape).describe("All that has happened to it, oldest first"),
    })
    .describe("All that is known of one proposal"),
  decisions: z
    .object({ ...head, decisions: z.array(decidedShape).describe("Every one, by number") })
    .describe("What was decided"),
  decision: z
    .object({
      ...head,
      decision: decidedShape,
      record: line("The record")
        .nullable()
        .describe(
          "The record as canonical JSON (RFC 8785): the very text whose SHA-256 is the hash, and that was signed; null: not known here",
        ),
    })
    .describe("One decision, with its record"),
  roster: z
    .object({
      ...head,
      versions: z.array(rosterVersionShape).describe("Each was in force until the next; oldest first"),
    })
    .describe("Who could decide, and what it took, at any time"),
  events: z
    .object({
      ...head,
      since: momentField("From when on")
        .nullable()
        .describe("From this moment on, as it was asked for; null: from the beginning"),
      more: flag("There are older ones that are not told here"),
      events: z.array(eventOfShape).describe("Newest first, 1,000 at most"),
    })
    .describe("What has moved proposals on, or held them up"),
  "spec-table": z
    .array(
      z.object({
        title: line("Heading of the section"),
        label: line("Label that stands for it"),
        proposals: z
          .array(
            z.object({
              number: whole("Number of its pull request"),
              url: line("Its page on GitHub"),
              title: line("Title, as people wrote it"),
              created_at: z.iso.date().describe("Day it was opened, in UTC"),
              updated_at: z.iso.date().describe("Day something about it last changed on GitHub, in UTC"),
              authors: z.array(z.string().regex(LOGIN_TEXT)).describe("Logins, without @"),
              shepherd: z
                .string()
                .regex(LOGIN_TEXT)
                .nullable()
                .describe("Login, without @; null: it names none"),
              documentation: z
                .array(z.url({ protocol: /^https?$/ }))
                .describe("Addresses, each fit for an attribute in double quotes"),
            }),
          )
          .describe("Newest first"),
      }),
    )
    .describe("Sections of proposals, as the table of the Matrix specification reads them"),
} as const;

export type DocumentName = keyof typeof DOCUMENTS;
export type DocumentOf<Name extends DocumentName> = z.infer<(typeof DOCUMENTS)[Name]>;

export const DOCUMENT_NAMES = Object.keys(DOCUMENTS) as readonly DocumentName[];

/**
 * The published schema. Fields that it does not name are let through, so that who validates by it is not stopped by a field that is new; `closed`
 * is for our own tests, where a field that nobody described may not slip out. The `$id` is no address: the same schema is served by every clerk.
 */
export function schemaOf(name: DocumentName, fields: "open" | "closed" = "open"): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(DOCUMENTS[name], {
    target: "draft-2020-12",
    io: fields === "open" ? "input" : "output",
  });
  return { $schema, $id: `urn:msc-clerk:api:1:${name}`, title: `${API_FORMAT}: ${name}`, ...rest };
}
