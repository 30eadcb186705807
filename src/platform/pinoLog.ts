import { type DestinationStream, type Logger, pino } from "pino";
import type { Log, LogFacts } from "./log.js";
import { origin, originFacts } from "./origin.js";

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * The log of the whole process, Probot's lines included, with everything left out that must not be in a log: an error's own
 * properties hold the request (token and text) or the webhook (its whole payload) it was about, and Probot logs the headers of
 * what comes in. `readable`: one plain line each, for a terminal; else JSON for machines.
 */
export function pinoLog(
  level: LogLevel,
  readable: boolean,
  destination: DestinationStream = pino.destination(1),
): Logger {
  const options = {
    level,
    base: null,
    serializers: { err: plainError, error: plainError },
    redact: {
      paths: ["event", "payload", "body", "req.headers", "req.query", "res.headers", "headers", "token"],
      remove: true,
    },
  };
  return pino(options, readable ? inPlainLines(destination) : destination);
}

/** Probot and Octokit tell of every request and its body at `debug`: they get no finer level than `info`. */
export const forProbot = (logger: Logger): Logger =>
  logger.child({}, { level: logger.isLevelEnabled("debug") ? "info" : logger.level });

/** Each line tells besides what led to it ({@link origin}). */
export const logThrough = (logger: Logger): Log => ({
  debug: (message, facts) => {
    // Each webhook has some, and mostly nobody listens.
    if (logger.isLevelEnabled("debug")) logger.debug(withOrigin(facts), message);
  },
  info: (message, facts) => logger.info(withOrigin(facts), message),
  warn: (message, facts) => logger.warn(withOrigin(facts), message),
  error: (message, facts) => logger.error(withOrigin(facts), message),
});

function withOrigin(facts: LogFacts = {}): LogFacts {
  const led = origin.current;
  return led === null ? facts : { ...originFacts(led), ...facts };
}

function plainError(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { name, message, stack } = thrown;
  return { type: name, message, stack };
}

/** `12:03:44 info  label: add final-comment-period  proposal=matrix-org/matrix-spec-proposals#1779` */
function inPlainLines(destination: DestinationStream): DestinationStream {
  return {
    write(line: string) {
      destination.write(`${plainLine(line)}\n`);
    },
  };
}

function plainLine(line: string): string {
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line);
  } catch {
    return line.trimEnd();
  }
  const { time, level, msg, name: _name, err, ...facts } = entry;
  const when = typeof time === "number" ? new Date(time).toISOString().slice(11, 19) : "";
  const word = pino.levels.labels[Number(level)] ?? "";
  const told = Object.entries(facts).map(
    ([key, value]) => `${key}=${typeof value === "object" ? JSON.stringify(value) : value}`,
  );
  const error =
    typeof err === "object" && err !== null && "message" in err && err.message !== msg
      ? [`error=${err.message}`]
      : [];
  // What stands on further lines, such as the words a dry run would write, is behind a bar: none can pass for a line of the log.
  const [first, ...more] = typeof msg === "string" ? msg.split("\n") : [msg];
  const whole = [when, word.padEnd(5), first, ...told, ...error].filter(
    (part) => part !== undefined && part !== "",
  );
  return [whole.join("  "), ...more.map((one) => `${MARGIN}| ${one}`)].map(onOneLine).join("\n");
}

const MARGIN = " ".repeat("12:03:44  ".length);

const onOneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trimEnd();
