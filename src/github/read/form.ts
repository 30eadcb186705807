import { LRUCache } from "lru-cache";
import { addedTexts, hasForm } from "../../domain/form/formFindings.js";
import { signsOff, uncommented } from "../../domain/form/signOff.js";
import { asksForText } from "../../domain/gates/askedFor.js";
import type { FormRead, FormText, ShownForm } from "../../domain/model/form.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { fingerprint } from "../../domain/text/fingerprint.js";
import { MINUTE } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import { ask, numbered, numberedParts } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import type { Facts } from "./facts.js";
import { present, type RunNode } from "./nodes.js";
import { FORM_RUN, formExternalId, type OwnForms } from "./ownForms.js";
import { BLOBS, FORM, type FormQuery } from "./queries/generated.js";

/** So many texts of one pull request are read; it should add one (form.check). */
const MOST_TEXTS = 5;
/** The longest real proposal has 43 kB; GitHub shows no more than half a megabyte of a text. */
const MOST_BYTES = 400_000;
/** Characters of all texts remembered together. */
const CAPACITY = 20_000_000;
/** What could not be read is asked for again after this time, and not with every event meanwhile. */
const AGAIN = 10 * MINUTE;
/** As in a tree: a symbolic link. Its text is the path of another file. */
const LINK = 0o120000;

type Kept = Extract<FormRead, { kind: "read" }>;

/**
 * form.check: what the form of a proposal goes by. It is asked for only where the config names it, once for each head and description (and anew
 * with each cold read, about once a day), and texts once for each blob. Nothing decides by it, so what fails here keeps no proposal from being
 * read: it is not known, and told so.
 */
export class Forms {
  readonly #parts: { readonly caller: Caller; readonly appId: number; readonly forms: OwnForms };
  readonly #known = new LRUCache<string, { readonly by: string; readonly read: FormRead }>({
    maxSize: CAPACITY,
    maxEntrySize: CAPACITY / 4,
    sizeCalculation: ({ read }) => sizeOf(read),
  });
  readonly #texts = new LRUCache<string, { readonly text: string | null }>({
    maxSize: CAPACITY,
    maxEntrySize: CAPACITY / 4,
    sizeCalculation: ({ text }) => (text?.length ?? 0) + 100,
  });

  constructor(parts: { readonly caller: Caller; readonly appId: number; readonly forms: OwnForms }) {
    this.#parts = parts;
  }

  async complete(ref: ProposalRef, snapshot: Snapshot, facts: Facts, rules: Rules): Promise<Snapshot> {
    const wanted = rules.form !== undefined || asksForText(snapshot, rules);
    if (!wanted || !hasForm(snapshot, rules)) return snapshot;
    const { caller, forms } = this.#parts;
    const { head } = snapshot.pull;
    const paths = addedTexts(snapshot.files, rules);
    const key = `${ref.owner}/${ref.name}#${ref.number}`.toLowerCase();
    const { title, isDraft, state, body, lastEditedAt } = facts.pull;
    const by = fingerprint("form", [head, title, isDraft, state, body, lastEditedAt, facts.coldAt, paths]);
    const known = this.#known.get(key);
    const fresh =
      known?.by === by && (known.read.kind === "read" || caller.gitHubNow() < known.read.retryAt)
        ? known.read
        : await this.#read(ref, snapshot, paths);
    this.#known.set(key, { by, read: fresh });
    const shown = forms.newest(ref, head, fresh.shown);
    const form: FormRead =
      fresh.kind === "read" && fresh.signedOff !== "commit" && commentSignsOff(facts, snapshot)
        ? { ...fresh, shown, signedOff: "comment" }
        : { ...fresh, shown };
    return { ...snapshot, form };
  }

  async #read(ref: ProposalRef, { pull }: Snapshot, paths: readonly string[]): Promise<FormRead> {
    const { caller, appId } = this.#parts;
    const unread = (shown: ShownForm | null = null): FormRead => ({
      kind: "unread",
      retryAt: caller.gitHubNow() + AGAIN,
      shown,
    });
    const asked = paths.slice(0, MOST_TEXTS);
    const { query, variables } = numbered(
      FORM,
      asked.map((path) => ({ path })),
    );
    const named = { owner: ref.owner, repo: ref.name, number: ref.number, head: pull.head, appId };
    const answered = await ask(caller, ref.installation, query, { ...named, ...variables });
    if (answered.kind !== "read") return unread();
    const { repository } = answered.data;
    const shown = shownIn(repository?.object, ref.number);
    const found = repository?.pullRequest;
    // A fork's newest commit may be new to GitHub too; and what has another head by now is read again for that.
    if (!found || found.headRefOid !== pull.head || !isCommit(repository?.object)) return unread(shown);
    const entries = numberedParts(repository.object, asked.length);
    const wanted = entries.flatMap((entry) =>
      entry && entry.mode !== LINK && entry.size <= MOST_BYTES && !this.#texts.has(entry.oid)
        ? [entry.oid]
        : [],
    );
    if (!(await this.#readTexts(ref, [...new Set(wanted)]))) return unread(shown);
    const texts = paths.map((path, at): FormText => {
      if (at >= MOST_TEXTS) return { path, unread: "too_many" };
      const entry = entries[at];
      if (!entry) return { path, unread: "not_there" };
      if (entry.mode === LINK) return { path, unread: "not_text" };
      if (entry.size > MOST_BYTES) return { path, unread: "too_large" };
      const text = this.#texts.get(entry.oid)?.text ?? null;
      return text === null ? { path, unread: "not_text" } : { path, text };
    });
    const read: Kept = {
      kind: "read",
      description: found.body,
      branch: found.headRefName,
      headRepository: found.headRepository?.nameWithOwner ?? null,
      texts,
      signedOff: signedOffIn(found, pull.author?.id ?? null),
      shown,
    };
    return read;
  }

  /** false: GitHub does not tell them. */
  async #readTexts(ref: ProposalRef, oids: readonly string[]): Promise<boolean> {
    if (oids.length === 0) return true;
    const { query, variables } = numbered(
      BLOBS,
      oids.map((oid) => ({ oid })),
    );
    const named = { owner: ref.owner, repo: ref.name };
    const answered = await ask(this.#parts.caller, ref.installation, query, { ...named, ...variables });
    if (answered.kind !== "read") return false;
    const blobs = numberedParts(answered.data.repository, oids.length);
    if (blobs.some((blob) => !blob || !("isTruncated" in blob))) return false;
    for (const [at, blob] of blobs.entries())
      if (blob && "isTruncated" in blob)
        this.#texts.set(oids[at] ?? "", {
          text: blob.isTruncated || blob.isBinary === true ? null : blob.text,
        });
    return true;
  }
}

function sizeOf(read: FormRead): number {
  if (read.kind === "unread") return 500;
  const texts = read.texts.reduce(
    (sum, one) => sum + one.path.length + ("text" in one ? one.text.length : 0),
    0,
  );
  return 500 + read.description.length + texts;
}

type Shown = NonNullable<FormQuery["repository"]>["object"];

const isCommit = (object: Shown | undefined): object is Extract<Shown, { readonly part0: unknown }> =>
  object !== null && object !== undefined && "part0" in object;

/** This pull request's newest run on the head; others' with the same head are theirs. */
function shownIn(object: Shown | undefined, number: number): ShownForm | null {
  if (!object || !("checkSuites" in object)) return null;
  const runs = present(object.checkSuites?.nodes)
    .flatMap(({ latest, all }) => [...present(latest?.nodes), ...present(all?.nodes)])
    .filter(({ name, externalId }) => name === FORM_RUN && externalId === formExternalId(number));
  const [newest] = runs.toSorted((a, b) => (b.fullId ?? 0) - (a.fullId ?? 0));
  return newest === undefined ? null : shownOf(newest);
}

const shownOf = ({ fullId, conclusion, title, summary }: RunNode): ShownForm => ({
  id: fullId ?? 0,
  verdict: conclusion === "SUCCESS" ? "success" : conclusion === "NEUTRAL" ? "neutral" : "other",
  title: title ?? "",
  summary: summary ?? "",
});

/**
 * form.sign-off: in a commit that GitHub knows as the author's, or as nobody's: an address need not be known to it. One of another account's
 * says nothing of the author.
 */
function signedOffIn(
  { first, last }: NonNullable<NonNullable<FormQuery["repository"]>["pullRequest"]>,
  author: number | null,
): Kept["signedOff"] {
  const commits = [...present(first.nodes), ...present(last.nodes)].map(({ commit }) => commit);
  const own = commits.filter(({ author: by }) => {
    const id = by?.user?.databaseId ?? null;
    return id === null || id === author;
  });
  if (own.some(({ message }) => signsOff(message))) return "commit";
  return first.totalCount > commits.length ? "unknown" : "nowhere";
}

/** A comment of the author's, as it stands. */
const commentSignsOff = ({ comments }: Facts, { pull }: Snapshot): boolean => {
  const author = pull.author?.login.toLowerCase();
  return [...comments.values()].some(
    ({ author: by, body }) =>
      author !== undefined &&
      by?.login.toLowerCase() === author &&
      /signed-off-by/iu.test(body) &&
      signsOff(uncommented(body)),
  );
};
