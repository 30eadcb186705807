import { lossOf } from "../../domain/acts/loss.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import type { Caller } from "../client/call.js";
import { ask, numbered, numberedParts } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import type { Facts } from "./facts.js";
import { present } from "./nodes.js";
import { OLDER_RUNS } from "./queries/generated.js";

/** Of the commits that forced pushes took away, so many of the newest are asked about. */
const PUSHED_AWAY = 10;

/** So many of the PR's last commits come with every read (`commits(last:4)`). */
const AT_HAND = 4;

/** No record was found, or one may be missing by what the clerk's traces tell (memory.lost). */
const lacksRecord = (snapshot: Snapshot, rules: Rules): boolean =>
  snapshot.register === null || lossOf(snapshot, rules) !== null;

/**
 * Before a motion the register may stand in a check run alone, and a long push or a forced one leaves that run behind on commits
 * no read shows. They are asked about once for each head, and only where no comment and no nearer run has the record.
 * null: there is nothing more to ask.
 */
export async function withOlderRuns(
  caller: Caller,
  appId: number,
  ref: ProposalRef,
  facts: Facts,
  snapshot: Snapshot,
  rules: Rules,
): Promise<ReadResult<{ facts: Facts }> | null> {
  const head = facts.pull.headRefOid;
  if (!lacksRecord(snapshot, rules) || facts.older?.head === head) return null;
  const gone = pushedAway(facts);
  if (gone.length === 0 && present(facts.pull.commits.nodes).length < AT_HAND) return null;
  const { query, variables } = numbered(
    OLDER_RUNS,
    gone.map((oid) => ({ oid })),
  );
  const named = { owner: ref.owner, repo: ref.name, number: ref.number, appId };
  const answered = await ask(caller, ref.installation, query, { ...named, ...variables });
  if (answered.kind !== "read") return answered;
  const { repository } = answered.data;
  const commits = [
    ...present(repository?.pullRequest?.commits.nodes).map(({ commit }) => commit),
    ...numberedParts(repository, gone.length),
  ];
  const runs = commits.flatMap((commit) =>
    present(commit?.checkSuites?.nodes).flatMap(({ latest }) => present(latest?.nodes)),
  );
  return { kind: "read", facts: { ...facts, older: { head, runs } } };
}

/** Heads that forced pushes replaced, the newest first. */
function pushedAway({ events }: Facts): readonly string[] {
  const pushes = [...events.values()].flatMap((event) =>
    event.__typename === "HeadRefForcePushedEvent" ? [event] : [],
  );
  pushes.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const heads = pushes.flatMap((event) => event.beforeCommit?.oid ?? []);
  return [...new Set(heads)].slice(0, PUSHED_AWAY);
}
