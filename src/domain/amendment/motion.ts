import type { Motion } from "../model/register.js";

/** A motion to adopt an amendment: its ballots say which changes they are for, the mover's first of all. */
export const adopts = ({ ballots }: Motion): boolean =>
  ballots.some((ballot) => ballot.appliesTo !== undefined);
