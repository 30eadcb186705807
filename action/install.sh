#!/usr/bin/env bash
# What both actions begin with, in their own copy of this repository: what is in package-lock.json, by hash, without running any script of it. The
# clerk itself is in the commit: the release adds it, built, to what its tags stand on.
set -eu
cd "$1"
if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major >= 22 || (major === 20 && minor >= 19) ? 0 : 1)'; then
  echo "::error::msc-clerk needs Node 20.19, or 22 and newer: put actions/setup-node before it."
  exit 1
fi
if [ ! -f dist/cli/cli.js ]; then
  echo "::error::This commit of msc-clerk holds no built clerk: name a release, such as @v1, or the commit that its tag stands on."
  exit 1
fi
# No .npmrc of the workspace is read here, and no token is at hand.
npm ci --omit=dev --ignore-scripts --no-audit --no-fund --workspace=msc-clerk
