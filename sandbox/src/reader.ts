/** Who asks from a terminal, with the token that is told at the start: an account that nobody plays. */
export const READER = "a-reader";
