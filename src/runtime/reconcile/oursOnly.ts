import { SECOND } from "../../domain/text/time.js";
import { mayStillWrite, NOT_OURS } from "../../github/client/mayStillWrite.js";
import type { DutyConnection } from "../../github/issues.js";
import type { RepositoryRef, WriteOutcome, Writer } from "../../github/ports.js";
import type { Clock } from "../../platform/clock.js";
import type { Ownership } from "../../store/ownership.js";

/**
 * What is not certainly this process's any more is not written: whoever has it now may be writing the same. Nothing happened; whether it is still to
 * be done, its owner knows. It is asked when a write begins, and again when it leaves, which may be many seconds later.
 */
export function oursOnly(
  github: { readonly writer: Writer; readonly issues: DutyConnection },
  ownership: Pick<Ownership<unknown>, "holds">,
  clock: Clock,
): { readonly writer: Writer; readonly issues: DutyConnection } {
  const refused = (ref: RepositoryRef): WriteOutcome | null =>
    ownership.holds(ref.installation)
      ? null
      : { kind: "later", why: NOT_OURS, retryAt: clock.now() + SECOND };
  const whileOurs = <T>({ installation }: RepositoryRef, write: () => T): T =>
    mayStillWrite.during(() => ownership.holds(installation), write);
  const { writer, issues } = github;
  return {
    writer: {
      apply: async (ref, action) => refused(ref) ?? whileOurs(ref, () => writer.apply(ref, action)),
      applyTogether: async (ref, actions) => {
        const not = refused(ref);
        return not === null ? whileOurs(ref, () => writer.applyTogether(ref, actions)) : [not];
      },
      canKeep: (repository, pull, register) => writer.canKeep(repository, pull, register),
      ensureLabels: async (repository, rules) =>
        refused(repository) ?? whileOurs(repository, () => writer.ensureLabels(repository, rules)),
    },
    issues: {
      issues: (ref, login) => issues.issues(ref, login),
      comments: (ref, login, since) => issues.comments(ref, login, since),
      apply: async (ref, action) => refused(ref) ?? whileOurs(ref, () => issues.apply(ref, action)),
    },
  };
}
