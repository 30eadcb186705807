/** A proposal of the seed. Numbers and titles are those of the real ones; the texts here are made up and short. */
export interface Seeded {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly path: string;
  readonly summary: string;
  readonly text: string;
  readonly draft?: boolean;
  readonly labels?: readonly string[];
}

const text = (title: string, ...paragraphs: readonly string[]): string =>
  `# ${title}\n\n${paragraphs.join("\n\n")}\n\n## Security considerations\n\nNone beyond those of the events it builds on.\n`;

const seeded = (
  number: number,
  name: string,
  author: string,
  slug: string,
  paragraphs: readonly [string, ...string[]],
  more: Pick<Seeded, "draft" | "labels"> = {},
): Seeded => ({
  number,
  title: `MSC${number}: ${name}`,
  author,
  path: `proposals/${number}-${slug}.md`,
  summary: `${paragraphs[0]}\n\nThe text is in \`proposals/${number}-${slug}.md\`.`,
  text: text(`MSC${number}: ${name}`, ...paragraphs),
  ...more,
});

/** In order of number. */
export const PROPOSALS: readonly Seeded[] = [
  seeded(
    1763,
    "Proposal for specifying configurable message retention periods",
    "ara4n",
    "configurable-retention-periods",
    [
      "Rooms say how long their messages are kept, and servers keep to it.",
      "A state event holds the shortest and the longest time.",
    ],
    { labels: ["kind:feature"] },
  ),
  seeded(
    1772,
    "Matrix spaces",
    "ara4n",
    "groups-as-rooms",
    [
      "Groups of rooms are rooms themselves: a space lists its children in state events.",
      "Clients show the hierarchy, and spaces can hold spaces.",
    ],
    { labels: ["kind:core"] },
  ),
  seeded(
    1779,
    "Proposal for Open Governance for Matrix.org (v2)",
    "ara4n",
    "open-governance",
    [
      "Who decides about Matrix, and how: a Spec Core Team that looks after the specification, and Guardians who look after the Foundation.",
      "Decisions of both boards take 75%.",
    ],
    { labels: ["kind:governance"] },
  ),
  seeded(
    2448,
    "Using BlurHash as a Placeholder for Matrix Media",
    "anoadragon453",
    "blurhash-for-media",
    [
      "A short string stands in for a picture until the picture itself has arrived.",
      "It goes beside the thumbnail’s address in the event.",
    ],
    { labels: ["kind:feature"] },
  ),
  seeded(
    2676,
    "Message editing",
    "uhoreg",
    "message-editing",
    [
      "A message can replace an earlier one of the same sender.",
      "Servers bundle the newest replacement with the original.",
    ],
    { labels: ["kind:core"] },
  ),
  seeded(
    2918,
    "Refresh tokens",
    "sandhose",
    "refresh-tokens",
    [
      "An access token can run out, and a refresh token gets the next one.",
      "Clients that do not ask for one are served as before.",
    ],
    { labels: ["kind:core"] },
  ),
  seeded(
    2965,
    "OAuth 2.0 Authorization Server Metadata discovery",
    "sandhose",
    "auth-metadata",
    [
      "Clients ask the homeserver where its authorization server is and what it can do.",
      "The answer has the form of RFC 8414.",
    ],
    { labels: ["kind:core"] },
  ),
  seeded(
    3381,
    "Polls (mk II)",
    "turt2live",
    "polls",
    [
      "Questions with a list of answers, and people’s choices, as events.",
      "A poll ends with an event of its own, so that late answers do not count.",
    ],
    { labels: ["kind:feature"] },
  ),
  seeded(
    3391,
    "API to delete account data",
    "ShadowJonathan",
    "account-data-deletion",
    [
      "What clients have stored in an account can be taken away again, not only emptied.",
      "It adds a DELETE beside each PUT.",
    ],
    { labels: ["kind:maintenance"] },
  ),
  seeded(
    3575,
    "Sliding Sync (aka Sync v3)",
    "kegsay",
    "sync",
    [
      "Clients ask for a window of the room list, and get what changed in it.",
      "Big accounts open as fast as small ones.",
    ],
    { labels: ["kind:core"] },
  ),
  seeded(
    4186,
    "Simplified Sliding Sync",
    "erikjohnston",
    "simplified-sliding-sync",
    ["Sliding sync without the parts that nobody needed.", "Lists stay in the order the server finds best."],
    { draft: true, labels: ["kind:core"] },
  ),
];

/** Labels the repository has of its own; those the clerk uses and does not find, it makes. */
export const LABELS: readonly (readonly [name: string, color: string, description: string])[] = [
  ["proposal", "0366d6", "A matrix spec change proposal"],
  ["proposal-in-review", "c5def5", "Proposal in review"],
  ["proposed-final-comment-period", "bfd4f2", "A final comment period is proposed and awaits approval"],
  ["disposition-merge", "c2e0c6", "Proposed to be merged"],
  ["disposition-close", "f9d0c4", "Proposed to be closed"],
  ["kind:core", "d4c5f9", "MSC which is critical to the protocol’s success"],
  ["kind:feature", "e99695", "MSC for not-core and not-maintenance stuff"],
  ["kind:maintenance", "fef2c0", "MSC which clarifies or updates existing spec"],
  ["kind:governance", "fbca04", "MSC which changes how Matrix is governed"],
  ["client-server", "ededed", "Client-Server API"],
];

/** A status comment as the older bot wrote them. */
export function olderStatusComment(mover: string, disposition: string, ticked: readonly string[]): string {
  const members = [
    "dbkr",
    "uhoreg",
    "turt2live",
    "ara4n",
    "anoadragon453",
    "richvdh",
    "erikjohnston",
    "KitsuneRal",
  ];
  return `Team member @${mover} has proposed to **${disposition}** this. The next step is review by the rest of the tagged people:

${members.map((login) => `- [${ticked.includes(login) ? "x" : " "}] @${login}`).join("\n")}

Once at least 75% of reviewers approve (and there are no outstanding concerns), this will enter its final comment period. If you spot a major issue that hasn't been raised at any point in this process, please speak up!

See [this document](https://github.com/matrix-org/mscbot-python/blob/master/docs/user_guide.md) for information about what commands tagged team members can give me.`;
}
