import type { Clock, ClockNews } from "./clock.js";

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener("abort", done, { once: true });
    }),
};

/** The line of the log about the machine's clock and GitHub's. */
export function clockSentence(news: ClockNews): string {
  switch (news.kind) {
    case "apart":
      return `The clock of this machine is ${difference(news.aheadSeconds, true)} GitHub's. Decisions go by GitHub's time; set this machine's right.`;
    case "together":
      return `The clock of this machine and GitHub's agree again to within a minute (${difference(news.aheadSeconds, false)}).`;
    case "unusable":
      return `An answer of GitHub's came with a date that cannot be right (${news.date}); it is left out of account. Does a proxy change it?`;
  }
}

/** `6 days (518400 seconds) ahead of`; `3 seconds behind` */
function difference(aheadSeconds: number, of: boolean): string {
  const seconds = Math.abs(aheadSeconds);
  const exact = `${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  const unit = UNITS.find(([length]) => seconds >= 2 * length);
  const much = unit === undefined ? exact : `${Math.floor(seconds / unit[0])} ${unit[1]} (${exact})`;
  return `${much} ${aheadSeconds < 0 ? "behind" : of ? "ahead of" : "ahead"}`;
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400, "days"],
  [3_600, "hours"],
  [60, "minutes"],
];
