import type { FormFacts } from "../model/form.js";
import { lineLength } from "./lineLength.js";
import { markdownLines } from "./lines.js";
import { signOff } from "./signOff.js";

/** What is seen of a proposal's form that a list for members may ask about (gate.begin). null: it was not read, or cannot be told. */
export interface Noticed {
  readonly signedOff: boolean | null;
  /** A heading names security. */
  readonly security: boolean | null;
  /** The first identifier with a prefix of the proposal's own, such as `org.matrix.msc1234`; empty: there is none. */
  readonly unstable: string | null;
  /** How many lines are over the length that the form check asks for. */
  readonly longLines: number | null;
}

export const NOTHING_NOTICED: Noticed = { signedOff: null, security: null, unstable: null, longLines: null };

export function noticedIn(facts: FormFacts | null): Noticed {
  if (facts === null || facts.read === null) return NOTHING_NOTICED;
  const texts = facts.read.texts.flatMap((one) => ("text" in one ? [one.text] : []));
  const whole = texts.length > 0 && texts.length === facts.read.texts.length;
  const signed = signOff(facts);
  const long = lineLength(facts);
  return {
    signedOff: signed.some(({ severity }) => severity === "unknown") ? null : signed.length === 0,
    security: whole ? texts.some(namesSecurity) : null,
    unstable: whole ? (texts.flatMap((text) => UNSTABLE.exec(text)?.[0] ?? [])[0] ?? "") : null,
    longLines: whole
      ? long.reduce((sum, { fault }) => sum + (fault.code === "more_long_lines" ? fault.count : 1), 0)
      : null,
  };
}

/** `org.matrix.msc1234`: a domain the other way round, and then the number. */
const UNSTABLE = /\b[a-z]{2,20}(?:\.[a-z0-9-]{1,40}){1,3}\.msc\d{1,6}\b/iu;

const namesSecurity = (text: string): boolean =>
  markdownLines(text).some(
    ({ text: line, kind }) => kind === "prose" && /^ {0,3}#{1,6}[ \t].*\bsecurity\b/iu.test(line),
  );
