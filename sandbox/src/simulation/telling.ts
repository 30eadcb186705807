import { HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import type { StopAt, StoryStep } from "./story.js";

/** A step in a line, for people. */
export function inWords(step: StoryStep): string {
  switch (step.kind) {
    case "act": {
      const { kind, pull, by, ...rest } = step.act;
      return `${by}: ${kind} on proposal ${pull + 1} ${Object.values(rest).join(" ")} (after ${forSpan(step.pause)})`;
    }
    case "amendment": {
      const { kind, ...rest } = step.act;
      return `amendment: ${kind} ${Object.values(rest).join(" ")} (after ${forSpan(step.pause)})`;
    }
    case "weather":
      return step.weather === null ? "fair weather" : `weather: ${JSON.stringify(step.weather)}`;
    case "kill":
      return `machine ${step.machine + 1} loses its power ${stopInWords(step.at)}, back after ${forSpan(step.back)}`;
    case "hang":
      return `machine ${step.machine + 1} stands still ${stopInWords(step.at)}, for ${forSpan(step.back)}`;
    case "second instance":
      return `a second instance for ${forSpan(step.until)}`;
    case "machine's clock":
      return `the clock of machine ${step.machine + 1} goes ${step.ahead / SECOND} seconds ahead`;
    case "config":
      return `the config is ${step.pushed === "broken" ? "broken" : "changed without approval"} for ${forSpan(step.back)}`;
    case "wait":
      return `${forSpan(step.ms)} pass`;
    default:
      return step.kind;
  }
}

function stopInWords(at: StopAt): string {
  if (typeof at === "number") return `at the ${at}. thing it does from now on`;
  return at === "putRegister" ? "right before it keeps a register" : "right after it has kept a register";
}

function forSpan(ms: number): string {
  if (ms < 2 * MINUTE) return `${(ms / SECOND).toFixed(1)} s`;
  return ms < 2 * HOUR ? `${Math.round(ms / MINUTE)} min` : `${(ms / HOUR).toFixed(1)} h`;
}
