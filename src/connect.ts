import type { Connect } from "./app.js";

/** What reads from GitHub and what writes to it, with the keys records are signed with. */
export function connectGitHub(_keys: {
  readonly privateKey: string;
  readonly recordKeys: string | undefined;
}): Connect {
  return () => {
    throw new Error("this build cannot reach GitHub");
  };
}
