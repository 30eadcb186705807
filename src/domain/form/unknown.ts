import type { FormCheck, FormFinding, FormText, UnknownForm } from "../model/form.js";

export const unknown = (check: FormCheck, because: UnknownForm, path: string | null = null): FormFinding => ({
  check,
  severity: "unknown",
  path,
  line: null,
  fault: { code: "unknown", because },
});

/** Of a text that was not read nothing is known. */
export const unreadTexts = (check: FormCheck, texts: readonly FormText[]): readonly FormFinding[] =>
  texts.flatMap((text) => ("unread" in text ? [unknown(check, text.unread, text.path)] : []));
