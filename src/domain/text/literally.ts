/** A text as a part of a regular expression (with the flag `u`, which takes no other escapes) that finds just this text. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&");
