import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { EDITS, MORE_EVENTS, WARM } from "msc-clerk/github/read/queries/generated.js";
import { at, cold, errorsIn, GRAPHQL, listAt } from "../asking.js";
import { type Kit, Unsettled } from "../kit.js";
import type { AnswerSeen, RepositoryName } from "../place.js";
import type { Probe } from "../probe.js";

const PAGES = [100, 50, 25, 10] as const;
const REST_EVENTS = "GET /repos/{owner}/{repo}/issues/{issue_number}/events";

/** By REST's name of each kind that the clerk asks for by GraphQL. */
const KINDS: ReadonlySet<string> = new Set([
  "labeled",
  "unlabeled",
  "closed",
  "reopened",
  "merged",
  "convert_to_draft",
  "ready_for_review",
  "review_dismissed",
  "comment_deleted",
  "head_ref_force_pushed",
  "base_ref_changed",
  "automatic_base_change_succeeded",
]);

type Large = RepositoryName & { readonly number: number };

/** One query, with how long it took and what it cost. */
async function timed(kit: Kit, what: string, body: Readonly<Record<string, unknown>>): Promise<AnswerSeen> {
  const began = kit.place.now();
  const answer = await kit.ask("second", GRAPHQL, body);
  const seconds = ((kit.place.now() - began) / 1000).toFixed(1);
  const errors = errorsIn(answer);
  kit.measure(
    what,
    `${seconds} s, status ${answer.status}${errors.length > 0 ? `, ${JSON.stringify(errors)}` : ""}`,
  );
  return answer;
}

async function readWhole(kit: Kit, name: string, where: Large): Promise<AnswerSeen> {
  for (const page of PAGES) {
    const answer = await timed(
      kit,
      `${name}, read cold by pages of ${page}`,
      cold(kit.place.appId, where, page),
    );
    if (answer.status === 200 && errorsIn(answer).length === 0) {
      kit.note(`${name}, read cold`, "second", GRAPHQL, answer, { facts: () => ({ errors: [] }) });
      return answer;
    }
  }
  throw new Unsettled(`${where.owner}/${where.repo}#${where.number} is not answered by any size of page`);
}

/** Events by GraphQL, page after page, against those that REST lists. */
async function events(kit: Kit, name: string, where: Large): Promise<void> {
  let byGraphql = 0;
  for (let after: unknown = null; ; ) {
    const answer = await kit.ask("second", GRAPHQL, {
      query: MORE_EVENTS,
      variables: { ...where, since: null, after },
    });
    byGraphql += listAt(answer, "repository.pullRequest.timelineItems.nodes").length;
    if (at(answer, "repository.pullRequest.timelineItems.pageInfo.hasNextPage") !== true) break;
    after = at(answer, "repository.pullRequest.timelineItems.pageInfo.endCursor");
  }
  let byRest = 0;
  for (let page = 1; page <= 50; page += 1) {
    const { owner, repo, number } = where;
    const { data } = await kit.do("second", REST_EVENTS, {
      owner,
      repo,
      issue_number: number,
      per_page: 100,
      page,
    });
    const listed = data as readonly { event: string }[];
    byRest += listed.filter(({ event }) => KINDS.has(event)).length;
    if (listed.length < 100) break;
  }
  kit.measure(`${name}, events`, `${byGraphql} by GraphQL, ${byRest} by REST`);
  kit.fact(`${name}: GraphQL brings as many events as REST`, byGraphql === byRest);
}

export const largeReads: Probe = {
  id: "K9",
  kind: "large-reads",
  asks: "what reading large pull requests takes, and whether lists come whole",
  run: async (kit) => {
    if (kit.place.largePulls.length === 0) throw new Unsettled("its large pull requests are on github.com");
    for (const [index, where] of kit.place.largePulls.entries()) {
      const name = `large pull request ${index + 1}`;
      kit.measure(name, `${where.owner}/${where.repo}#${where.number}`);
      const read = await readWhole(kit, name, where);
      const ids = listAt(read, "repository.pullRequest.comments.nodes").map(({ id }) => id);
      const warm = {
        owner: where.owner,
        repo: where.repo,
        number0: where.number,
        since0: null,
        config: CONFIG_FILE,
        appId: kit.place.appId,
        status: ids.slice(0, 2),
      };
      const warmly = await timed(kit, `${name}, read warm`, { query: WARM, variables: warm });
      kit.note(`${name}, read warm`, "second", GRAPHQL, warmly, {
        facts: (answer) => ({ errors: errorsIn(answer) }),
      });
      const edits = await timed(kit, `${name}, edits of fifty comments`, {
        query: EDITS,
        variables: { ids: ids.slice(0, 50), first: 10 },
      });
      kit.note(`${name}, edits of fifty comments`, "second", GRAPHQL, edits, {
        facts: (answer) => ({ errors: errorsIn(answer) }),
      });
      await events(kit, name, where);
    }
  },
};
