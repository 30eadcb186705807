/**
 * What the rooms log through: a sentence and a few plain facts. Never a token, never a payload, never the text of a comment:
 * a log outlives what people delete, and is read by more people than the repository.
 */
export interface Log {
  debug(message: string, facts?: LogFacts): void;
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, facts?: LogFacts): void;
}

export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The sentence of whatever was thrown, in one line, without its properties: those of Octokit's errors hold requests. */
export const errorMessage = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\s+/g, " ").slice(0, 500);
