// What `npm run release:version` writes into CHANGELOG.md for each change set: its own words, without the commit's number before them, as who reads it
// runs the clerk and reads no commits.
module.exports = {
  getReleaseLine: async ({ summary }) => {
    const [first, ...rest] = summary.trim().split("\n");
    return `- ${[first, ...rest.map((line) => (line === "" ? "" : `  ${line}`))].join("\n")}`;
  },
  getDependencyReleaseLine: async () => "",
};
