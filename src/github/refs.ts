import type { ProposalRef, RepositoryRef } from "./ports.js";

/** Names of owners and repositories are the same in any case (GitHub keeps the case they were made with). */
export const repositoryKey = ({ owner, name }: RepositoryRef): string => `${owner}/${name}`.toLowerCase();

export const proposalKey = (ref: ProposalRef): string => `${repositoryKey(ref)}#${ref.number}`;

/** As people write it: `matrix-org/matrix-spec-proposals#1779`. */
export const proposalName = (ref: ProposalRef): string => `${ref.owner}/${ref.name}#${ref.number}`;
