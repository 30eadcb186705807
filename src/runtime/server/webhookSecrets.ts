/**
 * The secrets of `WEBHOOK_SECRET`, the newest first: several while one takes the place of another. One alone is taken to the letter.
 * An empty one would be known to everybody: whoever reads the environment refuses it.
 */
export const webhookSecrets = (text: string): readonly [string, ...string[]] => {
  const [newest = "", ...older] = text.includes(",") ? text.split(",").map((one) => one.trim()) : [text];
  return [newest, ...older];
};
