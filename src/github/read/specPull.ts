import type { ElsewhereRef, SpecPull } from "../../domain/model/spec.js";
import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { ReadResult } from "../readResult.js";
import { markerOf } from "../record/marker.js";
import { accountOf } from "./accounts.js";
import { instant, present } from "./nodes.js";
import { isTooLong, type Progress, step } from "./paging.js";
import { SPEC_PULL, type SpecPullQuery } from "./queries/generated.js";

/** The clerk's comment on a pull request of the specification. */
export interface SpecComment {
  /** Database id as text, for REST. */
  readonly id: string;
  /** Number of the repository of the proposals that it links to. */
  readonly repository: number;
  readonly proposals: readonly number[];
}

/** In `<!-- msc-clerk:spec 123:12,34 -->`. */
export const linkKey = (repository: number, proposals: readonly number[]): string =>
  `${repository}:${[...proposals].sort((a, b) => a - b).join(",")}`;

const LINK_KEY = /^(\d{1,15}):(\d{1,9}(?:,\d{1,9})*)$/;

const PAGE = 100;
/** Comments of one pull request that are looked at for the clerk's own. */
const MOST_COMMENTS = 3000;

export interface SpecPullRead {
  readonly title: string;
  readonly description: string;
  readonly facts: Omit<SpecPull, "linked">;
  /** The clerk's own comments there, the oldest first; null: there are more comments than are looked at. */
  readonly links: readonly SpecComment[] | null;
}

/** Of those the ones that link to proposals of this repository. There is one, but for two processes that came to it at once (comment.once). */
export const linksTo = (links: readonly SpecComment[], repository: number): readonly SpecComment[] =>
  links.filter((one) => one.repository === repository);

/**
 * spec.linked: one pull request of the specification, as GitHub shows it now. `gone`: there is none of this number. `clerk`: the numeric id of its
 * account, whose links are looked for; left out: whoever asks is the clerk.
 */
export async function readSpecPull(
  caller: Caller,
  { installation, owner, name, number }: ElsewhereRef,
  clerk?: number,
): Promise<ReadResult<SpecPullRead>> {
  const links: SpecComment[] = [];
  const place: Progress = { after: null, done: false, asked: 0 };
  for (;;) {
    const variables = { owner, repo: name, number, after: place.after };
    const answered = await ask(caller, installation, SPEC_PULL, variables);
    if (answered.kind !== "read") return answered;
    const { viewer, repository } = answered.data;
    const pull = repository?.pullRequest;
    if (!pull) return { kind: "gone", why: "there is no such pull request" };
    const own = clerk ?? viewer.databaseId;
    links.push(...linksIn(pull, own));
    step(place, pull.comments.pageInfo, PAGE);
    if (place.done) return { kind: "read", ...readOf(pull), links };
    if (isTooLong(place, MOST_COMMENTS)) return { kind: "read", ...readOf(pull), links: null };
  }
}

type Node = NonNullable<NonNullable<SpecPullQuery["repository"]>["pullRequest"]>;

const linksIn = ({ comments }: Node, own: number | null): readonly SpecComment[] =>
  present(comments.nodes).flatMap(({ fullDatabaseId, body, author }): readonly SpecComment[] => {
    const account = accountOf(author);
    const marker = markerOf(body);
    if (own === null || account?.type !== "Bot" || account.id !== own || marker?.kind !== "spec") return [];
    const [, repository, proposals] = LINK_KEY.exec(marker.key) ?? [];
    if (repository === undefined || proposals === undefined || !fullDatabaseId) return [];
    return [
      {
        id: String(fullDatabaseId),
        repository: Number(repository),
        proposals: proposals.split(",").map(Number),
      },
    ];
  });

function readOf(pull: Node): Omit<SpecPullRead, "links"> {
  const items = present(pull.timelineItems.nodes);
  const timesOf = (type: "RenamedTitleEvent" | "ReopenedEvent") =>
    items.flatMap((item) =>
      item.__typename === type && "createdAt" in item ? [instant(item.createdAt)] : [],
    );
  const created = instant(pull.createdAt);
  const state = pull.state === "MERGED" ? "merged" : pull.state === "OPEN" ? "open" : "closed";
  const ended = pull.mergedAt ?? pull.closedAt;
  const merged = pull.mergedAt === null ? [] : [{ by: accountOf(pull.mergedBy), at: instant(pull.mergedAt) }];
  return {
    title: pull.title,
    description: pull.body,
    facts: {
      number: pull.number,
      url: pull.url,
      state,
      locked: pull.locked,
      author: accountOf(pull.author),
      at: Math.max(
        created,
        ...timesOf("ReopenedEvent"),
        state === "open" || ended === null ? 0 : instant(ended),
      ),
      savedAt: Math.max(
        created,
        ...timesOf("RenamedTitleEvent"),
        pull.lastEditedAt === null ? 0 : instant(pull.lastEditedAt),
      ),
      vouchers: [
        ...present(pull.reviews?.nodes).flatMap(({ submittedAt, author }) =>
          submittedAt === null ? [] : [{ by: accountOf(author), at: instant(submittedAt) }],
        ),
        ...merged,
      ],
    },
  };
}
