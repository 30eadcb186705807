import { SECOND } from "../../domain/text/time.js";
import type { DutyConnection } from "../../github/issues.js";
import type { RepositoryRef, WriteOutcome, Writer } from "../../github/ports.js";
import type { Clock } from "../../platform/clock.js";
import type { Ownership } from "../../store/ownership.js";

/**
 * What is not certainly this process's any more is not written: whoever has it now may be writing the same. Nothing happened; whether it is still to
 * be done, its owner knows.
 */
export function oursOnly(
  github: { readonly writer: Writer; readonly issues: DutyConnection },
  ownership: Pick<Ownership<unknown>, "holds">,
  clock: Clock,
): { readonly writer: Writer; readonly issues: DutyConnection } {
  const refused = (ref: RepositoryRef): WriteOutcome | null =>
    ownership.holds(ref.installation)
      ? null
      : { kind: "later", why: "another instance has taken this over", retryAt: clock.now() + SECOND };
  const { writer, issues } = github;
  return {
    writer: {
      apply: async (ref, action) => refused(ref) ?? writer.apply(ref, action),
      applyTogether: async (ref, actions) => {
        const not = refused(ref);
        return not === null ? writer.applyTogether(ref, actions) : [not];
      },
      canKeep: (repository, pull, register) => writer.canKeep(repository, pull, register),
      ensureLabels: async (repository, rules) =>
        refused(repository) ?? writer.ensureLabels(repository, rules),
    },
    issues: {
      issues: (ref, login) => issues.issues(ref, login),
      apply: async (ref, action) => refused(ref) ?? issues.apply(ref, action),
    },
  };
}
