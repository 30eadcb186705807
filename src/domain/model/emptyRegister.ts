import type { Register } from "./register.js";

/** Nothing judged, nothing recorded: the register before the first act. */
export const emptyRegister: Register = {
  seq: 0,
  judgedUpTo: 0,
  judged: [],
  motion: null,
  past: [],
  concerns: [],
  approvals: [],
  heads: [],
  pendingReplies: [],
  override: null,
  correction: null,
  takenAway: 0,
  recovery: null,
  lawful: null,
};
