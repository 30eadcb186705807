import type { Decision } from "../model/decision.js";

/** config.lawful: why what is under way may wait although the votes are there. Empty where it does not hang on the config. */
export function configNote({ config }: Pick<Decision, "config">): string {
  if (config === undefined) return "";
  return config === "lost"
    ? "The clerk does not know any more which config is lawful. Until it is confirmed or amended, or the clerk’s store is restored, nothing here begins or concludes."
    : "The config on the default branch was changed without an approved amendment. Until it is ratified or reverted, nothing here begins or concludes that would not by the last lawful config too.";
}
