import type { Answer } from "../client/call.js";
import type { WriteOutcome } from "../ports.js";

type No = Pick<Extract<Answer, { kind: "no" }>, "status" | "why" | "needs" | "at">;

/** What GitHub refused, in words for whoever can help. `permission`: which the App needs for it. */
export function refusedAs(answer: No, permission: string): WriteOutcome {
  const refused = { kind: "refused", status: answer.status, why: refusal(answer, permission) } as const;
  return isLocked(answer) ? { ...refused, locked: true } : refused;
}

/** “Unable to create comment because issue is locked.” (https://github.com/renovatebot/renovate/issues/6215) */
const isLocked = ({ status, why, at }: No): boolean =>
  at === "call" && status === 403 && /\blocked\b/i.test(why);

/** The sentence for the person who can grant the permission. */
function refusal(answer: No, permission: string): string {
  const { status, why, needs, at } = answer;
  if (at === "sign-in") return `The App is not installed there any more, or suspended (${why})`;
  if (isLocked(answer)) return `GitHub refuses it because the conversation is locked (${why})`;
  if (status === 403) {
    return `GitHub refuses it (${why}). The App needs the permission "${permission}"${needs ? ` (GitHub: ${needs})` : ""}: grant it in the App's settings, then accept it for the installation.`;
  }
  if (status === 404)
    return `GitHub does not find it, or the App may not see it (${why}); it needs "${permission}".`;
  return `GitHub answered ${status}: ${why}`;
}
