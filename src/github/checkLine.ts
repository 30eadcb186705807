/** What people see of a run that was made so, in one line. */
export const checkLine = (pull: number, own: string | null, verdict: string, title: string): string =>
  `${pull}:${own ?? ""} ${verdict} ${title}`;
