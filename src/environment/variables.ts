export type Variables = Readonly<Record<string, string | undefined>>;

/** undefined: it is not set, or empty. */
export const given = (variables: Variables, name: string): string | undefined => {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  return value === undefined || value.trim() === "" ? undefined : value;
};

/** What is neither is a fault, and stands for no. */
export function yesOrNo(name: string, text: string | undefined, faults: string[]): boolean {
  const word = (text ?? "false").trim().toLowerCase();
  if (["1", "true", "yes", "on"].includes(word)) return true;
  // A dry run that was meant and not understood would write.
  if (!["0", "false", "no", "off"].includes(word)) faults.push(`${name} is neither true nor false.`);
  return false;
}
