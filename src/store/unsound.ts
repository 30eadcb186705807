import { numberIn, type Statements } from "./sql.js";

/**
 * What holds between the rows of the tables, and does not here, in a sentence each: the newest line of a register's changes is that of the
 * register, and the decisions of a repository are numbered without a gap.
 */
export async function unsoundIn({ rows }: Pick<Statements, "rows">): Promise<readonly string[]> {
  const registers = await rows(
    `SELECT repository, pull FROM (
       SELECT repository, pull, sequence, 0 AS line FROM clerk_registers
       UNION ALL
       SELECT repository, pull, MAX(sequence) AS sequence, 1 AS line FROM clerk_transitions GROUP BY repository, pull
     ) AS both_of GROUP BY repository, pull
     HAVING COUNT(*) <> 2 OR MIN(sequence) <> MAX(sequence) ORDER BY repository, pull LIMIT 20`,
  );
  const decisions = await rows(
    `SELECT repository FROM clerk_decisions GROUP BY repository
     HAVING COUNT(*) <> MAX(number) OR MIN(number) <> 1 ORDER BY repository LIMIT 20`,
  );
  return [
    ...registers.map(
      (row) =>
        `The register of proposal ${numberIn(row, "pull")} in repository ${numberIn(row, "repository")} does not fit the lines of its changes.`,
    ),
    ...decisions.map(
      (row) => `The decisions of repository ${numberIn(row, "repository")} are not numbered without a gap.`,
    ),
  ];
}
