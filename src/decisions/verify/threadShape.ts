import { z } from "zod";
import { MARKER_KINDS } from "../../domain/model/snapshot.js";
import { iso } from "../../domain/text/time.js";
import type { Thread } from "./facts.js";

/** In the file `2026-03-02T14:05:00Z`, in the program milliseconds. */
export const moment = z.codec(z.iso.datetime(), z.number(), {
  decode: (text) => Date.parse(text),
  encode: (at) => (at % 1000 === 0 ? iso(at) : new Date(at).toISOString()),
});

const id = z.int().min(0).nullable();
const account = z.strictObject({
  type: z.enum(["User", "Bot", "Mannequin", "Other"]),
  login: z.string(),
  id,
});
const text = z.string();
const lines = z.array(text);

const utterance = z.strictObject({
  id: text,
  nodeId: text,
  kind: z.enum(["comment", "review", "inline"]),
  url: text,
  author: account.nullable(),
  byClerk: z.boolean(),
  createdAt: moment,
  revisions: z.array(z.strictObject({ editor: account.nullable(), at: moment, lines: lines.nullable() })),
  reactions: z.strictObject({ thumbsUp: z.boolean(), confused: z.boolean(), eyes: z.boolean() }),
  review: z
    .strictObject({
      submitted: z.enum(["approved", "changes_requested", "commented"]).nullable(),
      dismissed: z.boolean(),
      commit: text.nullable(),
    })
    .nullable(),
});

const happened = { id: text, at: moment, actor: account.nullable(), byClerk: z.boolean() };
const event = z.discriminatedUnion("kind", [
  z.strictObject({ ...happened, kind: z.enum(["labeled", "unlabeled"]), label: text.nullable() }),
  z.strictObject({
    ...happened,
    kind: z.enum(["closed", "reopened", "merged", "to_draft", "ready_for_review"]),
  }),
  z.strictObject({
    ...happened,
    kind: z.literal("review_dismissed"),
    review: text.nullable(),
    byPush: z.boolean(),
    forBase: z.boolean(),
  }),
  z.strictObject({ ...happened, kind: z.literal("comment_deleted"), author: account.nullable() }),
  z.strictObject({
    ...happened,
    kind: z.literal("force_pushed"),
    before: text.nullable(),
    after: text.nullable(),
  }),
  z.strictObject({ ...happened, kind: z.literal("base_changed"), from: text, to: text }),
]);

const ownComment = z.strictObject({
  id: text,
  nodeId: text,
  url: text,
  createdAt: moment,
  marker: z.strictObject({
    kind: z.enum(MARKER_KINDS),
    key: text,
  }),
  body: text,
  savedByOther: z.literal(true).exactOptional(),
  seq: z.number().nullable(),
  revisions: z.array(
    z.strictObject({
      id: text,
      editor: account.nullable(),
      byClerk: z.boolean(),
      at: moment,
      body: text.nullable(),
    }),
  ),
});

const legacyComment = z.strictObject({
  id: text,
  url: text,
  author: account.nullable(),
  createdAt: moment,
  body: text,
  revisions: z.array(z.strictObject({ editor: account.nullable(), at: moment, body: text.nullable() })),
});

/** What is saved of a thread; the compiler holds it against what the clerk's reader reads. */
export const threadShape = z.strictObject({
  repository: z.strictObject({
    owner: text,
    name: text,
    id: z.int(),
    defaultBranch: text,
    archived: z.boolean(),
  }),
  clerk: z.strictObject({ login: text, id: z.int() }),
  adoptedAt: moment,
  pull: z.strictObject({
    number: z.int(),
    nodeId: text,
    title: text,
    url: text,
    state: z.enum(["open", "closed", "merged"]),
    draft: z.boolean(),
    locked: z.boolean(),
    author: account.nullable(),
    base: text,
    head: text,
    createdAt: moment,
    description: z.strictObject({ lines, at: moment }).nullable(),
    closedAt: moment.nullable(),
    mergedAt: moment.nullable(),
  }),
  labels: lines,
  utterances: z.array(utterance),
  events: z.array(event),
  files: z.array(
    z.strictObject({
      path: text,
      change: z.enum(["added", "modified", "removed", "renamed", "other"]),
      previous: text.exactOptional(),
    }),
  ),
  filesCutOff: z.boolean(),
  ownComments: z.array(ownComment),
  legacyComments: z.array(legacyComment),
  texts: z.array(z.strictObject({ commit: text, text })),
}) satisfies z.ZodType<Thread>;

/** Of a snapshot, what is saved: the clerk's memory is not. */
export const threadOf = (snapshot: Thread): Thread => ({
  repository: plainRepository(snapshot.repository),
  clerk: snapshot.clerk,
  adoptedAt: snapshot.adoptedAt,
  pull: plainPull(snapshot.pull),
  labels: snapshot.labels,
  utterances: snapshot.utterances,
  events: snapshot.events,
  files: snapshot.files,
  filesCutOff: snapshot.filesCutOff,
  ownComments: snapshot.ownComments.map(plainComment),
  legacyComments: snapshot.legacyComments,
  texts: snapshot.texts,
});

/* What decides nothing is no part of a case: whether issues are on, whether its author is new. */
const plainRepository = ({ withoutIssues: _, ...repository }: Thread["repository"]): Thread["repository"] =>
  repository;
const plainPull = ({ newcomer: _, ...pull }: Thread["pull"]): Thread["pull"] => pull;

/** Numbers of the clerk's own registers prove nothing to a reader. */
const plainComment = (comment: Thread["ownComments"][number]): Thread["ownComments"][number] => ({
  ...comment,
  seq: null,
});
