import { type Guard, idFault } from "./guardViews.js";
import type { NoticeKeeper, NoticeStore } from "./notices.js";

/** The part of a store that tells what a Matrix room was told, from its bare implementation. */
export const guardedNotices = (
  notices: NoticeKeeper,
  { kept, repositoryFault, keyFaults, moment }: Guard,
): NoticeStore => ({
  marks: () => kept([], () => notices.marks()),
  putMark: (mark) =>
    kept([repositoryFault(mark.repository), moment(mark.since)], () => notices.putMark(mark)),
  add: (repository, event) =>
    kept([repositoryFault(repository), idFault(event.id), moment(event.at)], () =>
      notices.add(repository, event),
    ),
  untold: (repository) => kept([repositoryFault(repository)], () => notices.untold(repository)),
  begin: (of, attempt) =>
    kept([...keyFaults(of), idFault(attempt.event), moment(attempt.at)], () => notices.begin(of, attempt)),
  end: (of, event) => kept([...keyFaults(of), idFault(event)], () => notices.end(of, event)),
});
